"""The measures that the regulator asks of every landlord: 12 from tenants, 10 from the landlord's own records.

Names are short; the wording to be asked stands with the surveys. Source: reference tenant-satisfaction-measures,
sections 1.4 and 1.5 (data dictionary of the Regulator of Social Housing).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tenure(StrEnum):
    """Whose homes a figure is about."""

    LCRA = "LCRA"  # low cost rental accommodation
    LCHO = "LCHO"  # low cost home ownership: shared owners
    COMBINED = "COMB"  # both, for the few landlords who may answer for both at once
    ALL = "ALL"  # management measures that are asked of all homes together


TENURE_WORDS = {
    Tenure.LCRA: "low cost rental",
    Tenure.LCHO: "low cost home ownership",
    Tenure.COMBINED: "rental and home ownership combined",
    Tenure.ALL: "all homes",
}


class Better(StrEnum):
    """Which way is good. Some have none: more complaints recorded may mean that complaining is easier."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


@dataclass(frozen=True)
class Measure:
    """One measure, or one numbered part of it."""

    code: str  # "TP01", "RP02(1)"
    name: str
    per: int = 100  # 100 for per cent, 1,000 for a rate per thousand homes
    better: Better = Better.HIGHER
    dont_know: bool = False  # "not applicable/ don't know" is offered and left out of the base
    asked_first: bool = False  # a Yes to a filter question comes before it

    @property
    def perception(self) -> bool:
        """Whether tenants were asked, rather than records counted."""
        return self.code.startswith("TP")

    @property
    def unit(self) -> str:
        """What stands behind its figures on a page."""
        return "%" if self.per == 100 else " per 1,000 homes"


_LIST = [
    Measure("TP01", "Overall satisfaction"),
    Measure("TP02", "Repairs service over the last 12 months", asked_first=True),
    Measure("TP03", "Time taken for the most recent repair", asked_first=True),
    Measure("TP04", "Home is well maintained"),
    Measure("TP05", "Home is safe", dont_know=True),
    Measure("TP06", "Landlord listens and acts", dont_know=True),
    Measure("TP07", "Landlord keeps tenants informed", dont_know=True),
    Measure("TP08", "Landlord treats tenants fairly and with respect", dont_know=True),
    Measure("TP09", "Approach to complaints", asked_first=True),
    Measure("TP10", "Communal areas clean and well maintained", asked_first=True),
    Measure("TP11", "Positive contribution to the neighbourhood", dont_know=True),
    Measure("TP12", "Approach to anti-social behaviour", dont_know=True),
    Measure("RP01", "Homes that do not meet the Decent Homes Standard", better=Better.LOWER),
    Measure("RP02(1)", "Non-emergency repairs within target"),
    Measure("RP02(2)", "Emergency repairs within target"),
    Measure("BS01", "Gas safety checks"),
    Measure("BS02", "Fire safety checks"),
    Measure("BS03", "Asbestos safety checks"),
    Measure("BS04", "Water safety checks"),
    Measure("BS05", "Lift safety checks"),
    Measure("NM01(1)", "Anti-social behaviour cases", per=1000, better=Better.NEITHER),
    Measure("NM01(2)", "Anti-social behaviour cases that involve hate incidents", per=1000, better=Better.NEITHER),
    Measure("CH01(1)", "Stage one complaints", per=1000, better=Better.NEITHER),
    Measure("CH01(2)", "Stage two complaints", per=1000, better=Better.NEITHER),
    Measure("CH02(1)", "Stage one complaints answered in time"),
    Measure("CH02(2)", "Stage two complaints answered in time"),
]
MEASURES = {one.code: one for one in _LIST}
METHODS = ("Telephone", "Internet", "Face to face", "Postal", "SMS", "Other")


def measure_of(code: str) -> Measure:
    """The measure with a code; one that Hearth does not know yet is a percentage without a direction."""
    return MEASURES.get(code) or Measure(code, code, better=Better.NEITHER)


def in_order(codes: object) -> list[str]:
    """Codes in the order in which the regulator lists them; unknown ones last, by name."""
    places = {code: place for place, code in enumerate(MEASURES)}
    return sorted(set(codes), key=lambda code: (places.get(code, len(places)), code))  # type: ignore[call-overload]


def year_words(year: int) -> str:
    """A reporting year by the calendar year in which it begins on 1 April: 2024 is "2024-25"."""
    return f"{year}-{(year + 1) % 100:02}"
