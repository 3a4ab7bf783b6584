"""How figures of people are put together, frozen, and treated before anybody else may see them (PROF-03 to PROF-26)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import cattrs

from hearth.kernel.counts import Cell, Table, Treated, percent, rounding_tolerance, sum_gap
from hearth.kernel.counts import decimals as decimals_of
from hearth.kernel.figures import plain_label
from hearth.kernel.refusals import Refused

# The nine protected characteristics, Equality Act 2010 s.4, by the codes that reviews use too.
PROTECTED = {
    "age": "Age",
    "disability": "Disability",
    "sex": "Sex",
    "gender_reassignment": "Gender reassignment",
    "race": "Race",
    "religion": "Religion or belief",
    "sexual_orientation": "Sexual orientation",
    "pregnancy": "Pregnancy and maternity",
    "marriage": "Marriage and civil partnership",
}
# What landlords count besides (reference 5.4).
OTHER = {
    "nationality": "Nationality",
    "work": "Working situation",
    "armed_forces": "Armed forces",
    "condition_effects": "Effects of a condition",
    "access_needs": "Access needs",
}
CHARACTERISTICS = PROTECTED | OTHER
LESS_SENSITIVE = frozenset({"age", "sex"})  # the lower threshold; every other characteristic takes the higher one

_plain = cattrs.Converter()
_plain.register_unstructure_hook(Decimal, str)
_plain.register_structure_hook(Decimal, lambda value, _: Decimal(value))


def treated_to_plain(treated: Treated) -> dict[str, Any]:
    """Treated tables as JSON can hold them, without the editions before."""
    return _plain.unstructure(replace(treated, earlier=()))


def treated_from_plain(plain: Mapping[str, Any]) -> Treated:
    """Treated tables as they were published."""
    return _plain.structure(plain, Treated)


@dataclass(frozen=True)
class Answer:
    """How many people of a population gave one answer; or, where only that was published, the share as printed."""

    label: str
    count: int | None
    unknown: bool = False
    printed: Decimal | None = None  # per cent, with the decimals of its source; only where there is no count

    def share(self, base: int | None, places: int = 2) -> Decimal:
        """The share of the base in per cent, half-up (PROF-13); a published one stays as it was printed (PROF-20)."""
        if self.printed is not None:
            return self.printed
        if not base or self.count is None:
            raise Refused("A percentage needs a count and a base above zero.", field="base")
        return percent(self.count, base, places)


@dataclass(frozen=True)
class Figures:
    """The answers to one characteristic in one profile. Counts add up to the base; printed shares come without."""

    characteristic: str
    answers: tuple[Answer, ...]
    base: int | None
    category_set: str = ""

    @property
    def counted(self) -> bool:
        """Whether these are counts, and not percentages that somebody else published."""
        return all(answer.count is not None for answer in self.answers)

    @property
    def unknown_share(self) -> Decimal:
        """The share of people of whom nothing is known, in per cent (PROF-11, CAR-25)."""
        unknown = [answer for answer in self.answers if answer.unknown]
        if not self.counted:
            return sum((answer.printed or Decimal(0) for answer in unknown), Decimal(0))
        return percent(sum(answer.count or 0 for answer in unknown), self.base) if self.base else Decimal(0)


def title_of(characteristic: str) -> str:
    """A characteristic as people call it."""
    return CHARACTERISTICS.get(characteristic) or characteristic.replace("_", " ").capitalize()


def table_name(characteristic: str, population: str) -> str:
    """The name under which a table is treated and remembered, so that its editions are compared with each other."""
    return f"{characteristic}|{' '.join(population.lower().split())}"


def table_of(figures: Figures, population: str, sensitive: bool = False) -> Table:
    """One characteristic as the protection of small numbers takes it (reference 5.5 no. 1)."""
    cells = tuple(Cell(answer.label, answer.count or 0, answer.unknown) for answer in figures.answers)
    kept = sensitive or figures.characteristic not in LESS_SENSITIVE
    return Table(table_name(figures.characteristic, population), cells, sensitive=kept)


def check_names(labels: Sequence[str], *, what: str) -> None:
    """Refuse the same answer twice, naming the rows (PROF-23)."""
    seen: dict[str, int] = {}
    for row, label in enumerate(labels, start=1):
        plain = plain_label(label)
        if plain in seen:
            raise Refused(
                f"“{label}” stands in row {seen[plain]} and again in row {row} of {what}. "
                "Give each answer its own name.",
                field="categories",
            )
        seen[plain] = row


def check_figures(*, characteristic: str, answers: Sequence[Answer], base: int) -> None:
    """Refuse answers that do not add up to the base, or the same answer twice (PROF-03, PROF-23)."""
    check_names([answer.label for answer in answers], what=title_of(characteristic))
    if below := next((answer for answer in answers if answer.count is None or answer.count < 0), None):
        raise Refused(f"“{below.label}” has no count, or one below zero.")
    check_sum(f"The answers under {title_of(characteristic)}", (answer.count or 0 for answer in answers), base)


def check_sum(what: str, parts: Iterable[int], total: int) -> None:
    """Refuse parts that do not make their total, and say by how much (PROF-03): 3,732 + 428 is 4,160, not 4,159."""
    found = sum(parts)
    if found != total:
        gap = abs(found - total)
        raise Refused(
            f"{what} add up to {found:,}, which is {gap:,} {'more' if found > total else 'fewer'} than {total:,}."
        )


def check_shares(*, characteristic: str, answers: Sequence[Answer]) -> None:
    """Refuse printed percentages that do not make 100 within what rounding explains (PROF-12), or one name twice."""
    what = title_of(characteristic)
    check_names([answer.label for answer in answers], what=what)
    if wrong := next((a for a in answers if a.printed is None or not 0 <= a.printed <= 100), None):
        raise Refused(f"“{wrong.label}” must be between 0 and 100 per cent.")
    values = [answer.printed for answer in answers if answer.printed is not None]
    gap = sum_gap(values)
    if abs(gap) > rounding_tolerance(map(decimals_of, values)):
        raise Refused(
            f"The percentages under {what} add up to {sum(values)}%, not to 100%, and rounding does not explain it. "
            "Look at the source again."
        )


def total_words(shares: Sequence[Decimal]) -> str:
    """The total of printed percentages, with a note where rounding moved it (PROF-05): "100.01% (rounding)"."""
    total = sum(shares, Decimal(0))
    if total == 100:
        return "100%"
    within = abs(sum_gap(shares)) <= rounding_tolerance(map(decimals_of, shares))
    return f"{total}% ({'rounding' if within else 'does not make 100%'})"


def check_same_basis(first: str, second: str) -> str:
    """A warning where two profiles count different people, or nothing (PROF-16)."""
    if first.strip().lower() == second.strip().lower():
        return ""
    return f"These profiles count different people: “{first}” and “{second}”. Do not read a change into the difference."


def check_averages(first: str, second: str) -> str:
    """A warning where a mean would stand beside a median (PROF-22), or nothing."""
    if first == second:
        return ""
    return "These are different kinds of average: a mean and a median cannot be compared."


def outdated(*, draft: bool, replaced_by: str) -> str:
    """A warning about a source that is a draft or has been replaced (CAR-13), or nothing."""
    if replaced_by:
        return f"This source has been replaced: {replaced_by}. Look whether the newer one says the same."
    return "This source is a draft. Look whether a final version has been published." if draft else ""
