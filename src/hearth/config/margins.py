"""What surveys weight by: counts of the register and of people's own answers, wired here because surveys lie beside.

`surveys` finds `margins` by the setting HEARTH_MARGINS and imports nothing of `equality`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from hearth.equality import queries as equality
from hearth.kernel.permits import Actor


def margins(
    characteristics: Collection[str],
    *,
    person_ids: Collection[int] | None = None,
    population: str = "lead_tenants",
    on: date,
    by: Actor,
) -> dict[str, dict[str, int]]:
    """How many people of a population are in each category on a day: {characteristic: {label: people}}.

    `characteristics`: codes of the equality room ("sex", "race", "disability", …) or "age", "tenure", "area",
    "online". `person_ids`: the people to count, such as a frozen frame; None: a `population` of the register, one of
    "lead_tenants", "tenants", "leaseholders", "residents". The counts of a characteristic add up to the number of
    people, with those of whom nothing is known under labels of their own ("Not asked", "Not known", "Prefer not to
    say"). The counts are exact: they are for weighting, and are treated before anybody is shown them. Raises Forbidden
    where `by` may not see equality figures (equality.see).
    """
    return equality.population_margins(characteristics, person_ids=person_ids, population=population, on=on, by=by)


def codes(
    person_ids: Collection[int], characteristics: Sequence[str], *, on: date, by: Actor
) -> tuple[dict[str, tuple[str, ...]], dict[int, tuple[int, ...]]]:
    """In which category each person is: ({characteristic: labels}, {person: places in the labels, in the order asked}).

    For weighting inside a service: never kept, never shown. Everybody whom the register knows has a place for each
    characteristic; strangers are left out. Raises Forbidden (equality.see).
    """
    found = equality.coded(person_ids, characteristics, on=on, by=by)
    return dict(found.labels), dict(found.codes)
