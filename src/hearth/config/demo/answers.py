"""What the people of the demonstration told about themselves: invented, uneven, and with much that is not known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from hearth.equality import queries, services
from hearth.equality.rules import Population, Source, Standing, Told
from hearth.kernel.permits import Actor
from hearth.register import queries as register

# Which sets people are asked with, and how the answers fall: weights in the order of the set, then prefer not to say
# and not known; the last number is how many in a hundred were asked at all.
ASKED: dict[str, tuple[str, Sequence[int], int, int, int]] = {
    "sex": ("census-2021-sex", (62, 38), 1, 1, 92),
    "race": ("core-2026-ethnic-group", (78, 5, 8, 7, 2), 4, 3, 70),
    "disability": ("core-2026-condition", (38, 62), 3, 3, 66),
    "religion": ("census-2021-religion", (40, 44, 1, 2, 1, 7, 2, 3), 9, 3, 41),
    "sexual_orientation": ("census-2021-sexual-orientation", (93, 2, 2, 1, 1, 1, 1), 14, 4, 33),
}
DUTIES = [("2024-25", "prevention", "7.10", 412), ("2024-25", "relief", "23.80", 365), ("2024-25", "main", "5.20", 173)]


def load(*, today: date, by: Actor) -> None:
    """Ask the people of the register, count a profile, and begin a campaign. Needs the reference sets and the register.

    Nothing is told where the register is empty.
    """
    began = today - timedelta(days=400)
    services.add_purpose(
        text="We ask so that our services are fair to everybody, and to see whether some people are left out. Answers "
        "are counted; they change nothing about your home.",
        lawful_basis="public_task", condition="equality", holds_from=began,
        consent_words="I agree that the council keeps my answers for this purpose until I take them back.", by=by,
    )  # fmt: skip
    kept = {one.key: one for one in queries.category_sets(by=by)}
    used = {code: kept[row[0]] for code, row in ASKED.items() if row[0] in kept}
    for one in (*used.values(), kept["census-2021-age-8"]):
        services.ask_with(kept=one, from_on=began, by=by)
    for year, duty, share, base in DUTIES:
        services.add_duty_figure(
            year=year, duty=duty, share=Decimal(share), base=base, source="Invented for this demonstration", by=by
        )
    people = queries.members(Population.TENANTS, on=today, by=by)
    if not people:
        return
    random = Random(2026)  # noqa: S311 - the same answers each time, not a secret
    records = {one.pk: one for one in register.people(by=by).filter(pk__in=[one.person_id for one in people])}
    for number in sorted(records):
        told = [said for code in used if (said := _answer(code, used[code], random)) is not None]
        if told:
            on = began + timedelta(days=random.randrange(380))
            at = datetime.combine(on, datetime.min.time()).astimezone()
            services.tell(person=records[number], told=told, source=Source.OFFICER, on=on, at=at, by=by)
    month = today.replace(day=1)
    for population in (Population.LEAD_TENANTS, Population.TENANTS):
        title = f"{population.label}, {month:%B %Y}"
        services.count_profile(title=title, population=population, as_at=month, by=by)
    services.start_campaign(
        title="Sexual orientation and religion: lead tenants not asked yet", population=Population.LEAD_TENANTS,
        characteristics=["religion", "sexual_orientation"], on=today, ends_on=today + timedelta(days=120), by=by,
    )  # fmt: skip


def _answer(code: str, kept: Any, random: Random) -> Told | None:
    _, weights, refuse, unknown, asked = ASKED[code]
    if random.randrange(100) >= asked:
        return None
    categories = [one.pk for one in kept.categories.all() if not one.unknown][: len(weights)]
    chosen = random.choices([*categories, "refuse", "unknown"], [*weights[: len(categories)], refuse, unknown])[0]
    if chosen == "refuse":
        return Told(code, Standing.PREFER_NOT)
    return Told(code, Standing.UNKNOWN) if chosen == "unknown" else Told(code, Standing.ANSWERED, (int(chosen),))
