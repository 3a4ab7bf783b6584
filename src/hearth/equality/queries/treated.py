"""Profiles with small numbers hidden, and what stands published already."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from hearth.equality import permissions, rules
from hearth.equality.models import Profile, PublishedTable
from hearth.equality.queries.profiles import figures_of, sets_of
from hearth.kernel.counts import Cost, Difference, Policy, Treated, TreatedTable, check_against, safe_to_print, treat
from hearth.kernel.permits import Actor, check
from hearth.landlords import queries as landlords


def policy_on(day: date) -> Policy:
    """How the landlord hides small numbers on a day (Q-13)."""
    return Policy(
        sensitive=int(landlords.setting("disclosure.threshold", on=day)),
        other=int(landlords.setting("disclosure.threshold_other", on=day)),
        rounding=int(landlords.setting("disclosure.rounding", on=day)),
    )


def last_published() -> dict[str, Treated]:
    """The latest published table of each characteristic and population, by "characteristic|population".

    All editions before it are its `earlier`, so that a new one is compared with everything that was ever published.
    """
    found: dict[str, list[Treated]] = {}
    rows = PublishedTable.objects.only("characteristic", "population", "treated").order_by("-published_at", "-id")
    for row in rows:
        name = f"{row.characteristic}|{row.population}"
        found.setdefault(name, []).append(rules.treated_from_plain(row.treated))
    return {name: replace(editions[0], earlier=tuple(editions[1:])) for name, editions in found.items()}


def published_tables(*, by: Actor) -> QuerySet[PublishedTable]:
    """Every table as it was published, newest first, without the counts behind it. Raises Forbidden."""
    check(by, permissions.SEE)
    return PublishedTable.objects.defer("exact")


def treated(profile: Profile, on: date, policy: Policy | None = None) -> Treated:
    """A profile with small numbers hidden as they would be published on a day, beside what was published last.

    One table a characteristic, named as `rules.table_name` names it. Percentages that somebody else published are not
    counts and are no part of it; see `printed_hidden`. Costs count people, so they are for officers with exact rights.
    """
    policy, before = policy or policy_on(on), last_published()
    sensitive = {code for code, kept in sets_of(profile).items() if kept.sensitive}
    tables: list[TreatedTable] = []
    hidden = cells = people = 0
    bases: list[int | None] = []
    for figures in figures_of(profile):
        if not figures.counted or profile.base is None:
            continue
        table = rules.table_of(figures, profile.population, figures.characteristic in sensitive)
        done = treat([table], profile.base, policy, before.get(table.name))
        tables += done.tables
        bases.append(done.base)
        hidden, cells, people = hidden + done.cost.hidden, cells + done.cost.cells, people + done.cost.people
    base = None if None in bases else next(iter(bases), None)
    return Treated(base, tuple(tables), Cost(hidden, cells, people), policy.rounding)


def printed_hidden(profile: Profile, on: date, policy: Policy | None = None) -> dict[str, set[str]]:
    """The answers, by characteristic, whose published percentage would give a few people away, with their cover.

    A percentage with a known base stands for a count: what gives back a small one is not shown either (S01 to S03).
    """
    found: dict[str, set[str]] = {}
    policy = policy or policy_on(on)
    for figures in figures_of(profile):
        if figures.counted or not profile.base:
            continue
        threshold = policy.threshold(rules.table_of(figures, profile.population))
        shares = [(answer.label, answer.printed or Decimal(0)) for answer in figures.answers]
        exposure = safe_to_print(shares, profile.base, threshold)
        if exposure.fits and exposure.small:
            hidden = {cell.label for cell in exposure.small} | set(exposure.further)
            enough = exposure.hiding_is_enough or exposure.further
            found[figures.characteristic] = hidden if enough else {label for label, _ in shares}
    return found


def differences(profile: Profile, on: date) -> tuple[Difference, ...]:
    """What a reader of the last publication would learn by subtraction if this were shown untreated beside it.

    Empty where `treated` has hidden every change that is too small; anything else is a fault that stops publication.
    """
    done, before = treated(profile, on), last_published()
    found: list[Difference] = []
    for table in done.tables:
        if table.name in before:
            found += check_against(before[table.name], Treated(done.base, (table,), done.cost, done.rounding))
    return tuple(found)


def in_other_answers(profile: Profile) -> list[str]:
    """The characteristics of a profile that were published of the same people in other answers, such as other bands.

    Bands of age that are parts of each other are the usual case: what lies between them may be a few people.
    """
    published = last_published()
    found = []
    for figures in figures_of(profile):
        table = rules.table_of(figures, profile.population)
        labels = {answer.label for answer in figures.answers if not answer.unknown}
        before = published.get(table.name)
        for edition in before.editions if before else ():
            kept = edition.table(table.name)
            if kept and labels - {label for cell in kept.cells for label in (cell.label, *cell.merged)}:
                found.append(figures.characteristic)
                break
    return found
