"""When two records are likely to be one person: what is compared, how much it weighs, and why, in words; pure.

The model is that of Fellegi and Sunter, "A theory for record linkage" (1969), as splink reckons it. `m` is how often
something agrees when the records are one person, `u` how often it does when they are two. The numbers are set here, not
learnt from each landlord's data, so that the same two records get the same answer everywhere and it can be explained;
common names are allowed for by how common they are in the register. A person always decides (issue 3, A.3; PROF-31).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FEWEST = 100  # records, below which a register counts as one of so many
DOUBLE = 0.03  # the share of records that are taken to have a double, before anything is compared
NAMES = ("family", "given", "born")  # of the comparisons


@dataclass(frozen=True)
class Level:
    """One way in which two records may compare: its condition, how often it is met, and the words for it."""

    condition: str
    m: float
    u: float
    words: str
    common: str = ""  # a column whose common values count for less


@dataclass(frozen=True)
class Comparison:
    """What is compared; its levels from most to least alike, of which the last is "all else"."""

    name: str
    missing: str
    levels: tuple[Level, ...]

    def settings(self) -> dict[str, Any]:
        """The comparison as splink wants it."""
        levels: list[dict[str, Any]] = [
            {"sql_condition": self.missing, "label_for_charts": "Not known", "is_null_level": True}
        ]
        for level in self.levels:
            found = {
                "sql_condition": level.condition, "label_for_charts": level.words, "m_probability": level.m,
                "u_probability": level.u,
            }  # fmt: skip
            if level.common:
                found |= {"tf_adjustment_column": level.common, "tf_adjustment_weight": 1.0}
            levels.append(found)
        return {"output_column_name": self.name, "comparison_levels": levels}

    def words(self, gamma: int) -> str:
        """The words for the level that was met; nothing where it is not known."""
        place = len(self.levels) - 1 - gamma
        return "" if gamma < 0 or place < 0 else self.levels[place].words


def _missing(column: str) -> str:
    return f"{column}_l is null or {column}_r is null"


_TOGETHER = (
    "(coalesce(home_l = home_r, false) or coalesce(email_l = email_r, false) or list_has_any(phones_l, phones_r))"
)


def comparisons(records: int) -> tuple[Comparison, ...]:
    """What is compared in a register of so many records.

    Address, telephone, email and family name are one question, because families share them all: how often two people
    share them falls with the size of the register. Given names and the date of birth tell people of a family apart.
    """
    each = 1 / max(records, FEWEST)
    return (
        Comparison(
            "family",
            _missing("family"),
            (
                Level(f"family_l = family_r and {_TOGETHER}", 0.55, 2 * each, "Same family name and contact details"),
                Level(_TOGETHER, 0.1, 1.5 * each, "Same address, telephone or email, different family names"),
                Level("family_l = family_r", 0.25, 0.005, "Same family name", common="family"),
                Level("jaro_winkler_similarity(family_l, family_r) >= 0.92", 0.03, 0.004,
                      "Family names nearly the same"),
                Level("family_l = given_r and given_l = family_r", 0.01, 0.0001, "Names the other way round"),
                Level("ELSE", 0.06, 0.98, "Different family names and contact details"),
            ),
        ),
        Comparison(
            "given",
            _missing("given"),
            (
                Level("given_l = given_r", 0.82, 0.006, "Same given names", common="given"),
                Level("first_l = first_r", 0.08, 0.004, "Same first name"),
                Level("jaro_winkler_similarity(first_l, first_r) >= 0.9", 0.05, 0.008, "First names nearly the same"),
                Level("left(first_l, 1) = left(first_r, 1) and least(length(first_l), length(first_r)) = 1",
                      0.045, 0.01, "Same initial"),
                Level("ELSE", 0.005, 0.972, "Different given names"),
            ),
        ),
        Comparison(
            "born",
            _missing("born"),
            (
                Level("born_l = born_r", 0.93, 0.00005, "Same date of birth"),
                Level("damerau_levenshtein(born_l, born_r) <= 1 or born_l = swapped_r", 0.05, 0.0015,
                      "Dates of birth that differ in one place"),
                Level("ELSE", 0.02, 0.99845, "Different dates of birth"),
            ),
        ),
    )  # fmt: skip


# Only records that agree in one of these ways are compared at all.
BLOCKS = (
    "l.born = r.born and left(l.family, 1) = left(r.family, 1)",
    "l.born = r.born and left(l.given, 1) = left(r.given, 1)",
    "l.family = r.family and l.first = r.first",
    "l.family = r.given and l.given = r.family",
    "l.email = r.email",
    "l.mobile = r.mobile",
    "l.postcode = r.postcode and l.first = r.first",
    "l.postcode = r.postcode and l.family = r.family and left(l.first, 1) = left(r.first, 1)",
)


def settings(records: int) -> dict[str, Any]:
    """Everything that splink is told, for a register of so many records."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "id",
        "probability_two_random_records_match": 2 * DOUBLE / max(records, FEWEST),
        "blocking_rules_to_generate_predictions": [{"blocking_rule": rule, "sql_dialect": "duckdb"} for rule in BLOCKS],
        "comparisons": [one.settings() for one in comparisons(records)],
        "retain_intermediate_calculation_columns": True,
    }


def reasons(gammas: Mapping[str, int]) -> list[str]:
    """What agrees between two records and what does not, in words and without the values."""
    found = [(one.words(gammas[one.name]), gammas[one.name]) for one in comparisons(FEWEST) if one.name in gammas]
    alike = [words for words, gamma in found if words and gamma > 0]
    return alike + [words for words, gamma in found if words and gamma == 0]


def plain_name(text: str) -> str | None:
    """A name as it is compared: small letters without accents, hyphens and marks; None where there is none."""
    letters = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w]+", " ", letters.replace("'", "").replace("’", "")).split()) or None


def plain_address(address: str, postcode: str) -> str | None:
    """A home as it is compared: its letters and figures; None where there is none."""
    bare = re.sub(r"[^a-z0-9]+", "", f"{address}{postcode}".casefold())
    return bare or None


def record(
    *, id: int, given: str, family: str, born: str, email: str, phones: tuple[str, ...], address: str, postcode: str
) -> dict[str, Any]:
    """One person as the comparison takes it; `born` is an ISO date or nothing."""
    given_names = plain_name(given)
    born_on = born or None
    swapped = f"{born[:5]}{born[8:]}-{born[5:7]}" if born else None
    numbers = sorted({number for number in phones if number})
    return {
        "id": id,
        "given": given_names,
        "first": given_names.partition(" ")[0] if given_names else None,
        "family": plain_name(family),
        "born": born_on,
        "swapped": swapped,
        "email": email.casefold() or None,
        "phones": numbers,
        "mobile": numbers[0] if numbers else None,
        "home": plain_address(address, postcode),
        "postcode": postcode or None,
    }
