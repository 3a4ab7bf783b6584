"""Whether those who took part in something stand for the people of the register (PROF-28, INC-02)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from hearth.equality import permissions, rules
from hearth.equality.queries.counting import HELD_BY_THE_REGISTER, Counts, counts_of
from hearth.equality.queries.population import described, members
from hearth.equality.queries.sets import sets_in_use
from hearth.equality.queries.treated import policy_on
from hearth.equality.rules import Line, Population, Verdict
from hearth.kernel.counts import Cell, Policy, Table, Treated, percent, treat
from hearth.kernel.permits import Actor, check


@dataclass(frozen=True)
class CoverageSection:
    """One characteristic, or tenure or area: its groups; `known` is False where nobody who took part told it."""

    characteristic: str
    title: str
    lines: tuple[Line, ...]
    known: bool


@dataclass(frozen=True)
class Coverage:
    """Who took part beside who is in the register, with small numbers hidden. `people` is None where they are few."""

    on: date
    against: str
    people: int | None
    register: int | None
    sections: tuple[CoverageSection, ...] = field(default=())

    def groups(self, verdict: Verdict) -> list[tuple[str, str]]:
        """The groups of which this is said: (characteristic in words, group)."""
        return [(one.title, line.label) for one in self.sections for line in one.lines if line.verdict is verdict]

    @property
    def under(self) -> list[tuple[str, str]]:
        """Groups that are under-represented."""
        return self.groups(Verdict.UNDER)

    @property
    def over(self) -> list[tuple[str, str]]:
        """Groups that are over-represented."""
        return self.groups(Verdict.OVER)

    @property
    def missing(self) -> list[tuple[str, str]]:
        """Groups of the register of which nobody took part."""
        return self.groups(Verdict.NONE)


def coverage(
    person_ids: Collection[int],
    *,
    against: Population | str = Population.TENANTS,
    characteristics: Sequence[str] | None = None,
    on: date,
    by: Actor,
) -> Coverage:
    """How far those who took part stand for a population of the register on a day (PROF-28, INC-02).

    By every characteristic that is in use, and by age, tenure, area and internet access, or by those named. All
    figures are treated; verdicts say no more than what is printed. Two queries and a few more a characteristic,
    whatever the number of people. Raises Forbidden.
    """
    check(by, permissions.SEE)
    population = Population(against)
    took, everybody = described(person_ids, on=on, by=by), members(population, on=on, by=by)
    policy = policy_on(on)
    people = len(took) if len(took) >= policy.sensitive else None
    registered = len(everybody) if len(everybody) >= policy.sensitive else None
    if people is None or registered is None:
        return Coverage(on, population.label, people, registered)
    used = [code for code, kept in sets_in_use(on).items() if code != "age" and not kept.several]
    codes = characteristics or ["age", *used, "tenure", "area", "online"]
    sections = []
    for code in codes:
        ours = counts_of(everybody, code, on=on, by=by)
        theirs = counts_of(took, code, kept=ours.category_set, on=on, by=by)
        if ours.known:
            sections.append(_section(code, theirs, ours, policy))
    return Coverage(on, population.label, people, registered, tuple(sections))


def _section(code: str, theirs: Counts, ours: Counts, policy: Policy) -> CoverageSection:
    names = list(dict.fromkeys([label for label, _, _ in ours.cells] + [label for label, _, _ in theirs.cells]))
    unknown = {label for counts in (ours, theirs) for label, _, nothing in counts.cells if nothing}
    sensitive = code not in rules.LESS_SENSITIVE | set(HELD_BY_THE_REGISTER)
    took = _treated(code, theirs, names, unknown, sensitive, policy)
    registered = _treated(code, ours, names, unknown, sensitive, policy)
    lines = rules.lines(
        took.tables[0], registered.tables[0],
        people=sum(count for _, count, _ in theirs.cells), rounding=policy.rounding, unknown=frozenset(unknown),
    )  # fmt: skip
    title = HELD_BY_THE_REGISTER.get(code) or rules.title_of(code)
    return CoverageSection(code, title, lines, known=bool(theirs.known))


def _treated(
    code: str, counts: Counts, names: list[str], unknown: set[str], sensitive: bool, policy: Policy
) -> Treated:
    held = {label: count for label, count, _ in counts.cells}
    cells = tuple(Cell(label, held.get(label, 0), label in unknown) for label in names)
    return treat([Table(code, cells, sensitive)], sum(held.values()), policy)


@dataclass(frozen=True)
class Gap:
    """Of how many people of a population something is not known: work to do (PROF-11, PROF-30)."""

    characteristic: str
    title: str
    people: int
    not_known: int
    refused: int  # who prefer not to say: they were asked, and that is an answer

    @property
    def share(self) -> str:
        """The share of people of whom it is not known, in per cent with two places: "99.78%"."""
        return f"{percent(self.not_known, self.people)}%" if self.people else ""


def gaps(population: Population | str, *, on: date, by: Actor) -> list[Gap]:
    """What is not known of a population, by characteristic, the largest gap first; also what is asked of nobody yet.

    That something is not known says nothing about a person, so these figures are exact. Raises Forbidden.
    """
    check(by, permissions.SEE)
    people = members(Population(population), on=on, by=by)
    used = sets_in_use(on)
    codes = ["age", *(c for c in rules.PROTECTED if c != "age"), *(c for c in used if c not in rules.PROTECTED)]
    found = []
    for code in [*codes, "online"]:
        title = HELD_BY_THE_REGISTER.get(code) or rules.title_of(code)
        if code not in used and code not in HELD_BY_THE_REGISTER:  # asked of nobody
            found.append(Gap(code, title, len(people), len(people), 0))
            continue
        cells = counts_of(people, code, on=on, by=by).cells
        missing = sum(count for label, count, _ in cells if label in rules.GAPS)
        refused = sum(count for label, count, _ in cells if label == rules.Standing.PREFER_NOT.label)
        found.append(Gap(code, title, len(people), missing, refused))
    return sorted(found, key=lambda gap: -gap.not_known)
