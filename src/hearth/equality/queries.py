"""Reading equality figures. Exact counts leave only for those who may see them; everybody else gets treated tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from hearth.equality import permissions, rules
from hearth.equality.models import Category, CategorySet, Cell, Mapping, Profile, PublishedTable, Statistic, StockFigure
from hearth.equality.rules import Answer, Common, Figures, Known, Way
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
    """The latest published table of each characteristic and population, by "characteristic|population"."""
    found: dict[str, Treated] = {}
    rows = PublishedTable.objects.only("characteristic", "population", "treated")
    latest = rows.order_by("characteristic", "population", "-published_at", "-id")
    for row in latest.distinct("characteristic", "population"):
        found[f"{row.characteristic}|{row.population}"] = rules.treated_from_plain(row.treated)
    return found


def published_tables(*, by: Actor) -> QuerySet[PublishedTable]:
    """Every table as it was published, newest first, without the counts behind it. Raises Forbidden."""
    check(by, permissions.SEE)
    return PublishedTable.objects.defer("exact")


def profiles(*, by: Actor) -> QuerySet[Profile]:
    """Every profile whose base is known, newest first. Raises Forbidden."""
    return every_profile(by=by).filter(base__isnull=False)


def every_profile(*, by: Actor) -> QuerySet[Profile]:
    """Every profile, newest first; one of published percentages may have no base. Raises Forbidden."""
    check(by, permissions.SEE)
    return Profile.objects.all()


def profile(number: int, *, by: Actor) -> Profile | None:
    """One profile, or None."""
    return every_profile(by=by).filter(pk=number).first()


def figures_of(profile: Profile) -> list[Figures]:
    """The exact figures of a profile, for rooms that keep them to officers and treat them before publishing."""
    grouped: dict[str, list[Answer]] = {}
    sets: dict[str, str] = {}
    for cell in _cells(profile):
        printed = Decimal(cell.share) if cell.share else None
        grouped.setdefault(cell.characteristic, []).append(Answer(cell.label, cell.count, cell.unknown, printed))
        sets[cell.characteristic] = cell.category_set.name if cell.category_set else ""
    order = {code: place for place, code in enumerate(rules.CHARACTERISTICS)}
    found = [Figures(code, tuple(answers), profile.base, sets[code]) for code, answers in grouped.items()]
    return sorted(found, key=lambda figures: order.get(figures.characteristic, len(order)))


def _cells(profile: Profile) -> Iterable[Cell]:
    return profile.cells.select_related("category_set")


def sets_of(profile: Profile) -> dict[str, CategorySet]:
    """The category set of each characteristic in a profile, where it was said."""
    return {cell.characteristic: cell.category_set for cell in _cells(profile) if cell.category_set}


def not_held(profile: Profile, characteristics: Iterable[str]) -> list[str]:
    """The characteristics of which a profile says nothing (PROF-11)."""
    held = set(profile.cells.values_list("characteristic", flat=True))
    return [code for code in characteristics if code not in held]


def treated(profile: Profile, on: date) -> Treated:
    """A profile with small numbers hidden as they would be published on a day, beside what was published last.

    One table a characteristic, named as `rules.table_name` names it. Percentages that somebody else published are not
    counts and are no part of it; see `printed_hidden`. Costs count people, so they are for officers with exact rights.
    """
    policy, before = policy_on(on), last_published()
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


def printed_hidden(profile: Profile, on: date) -> dict[str, set[str]]:
    """The answers, by characteristic, whose published percentage would give a few people away, with their cover.

    A percentage with a known base stands for a count: what gives back a small one is not shown either (S01 to S03).
    """
    found: dict[str, set[str]] = {}
    policy = policy_on(on)
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


def category_sets(*, by: Actor) -> QuerySet[CategorySet]:
    """Every category set with its answers. Raises Forbidden."""
    check(by, permissions.SEE)
    return CategorySet.objects.prefetch_related("categories")


def known_sets(*, by: Actor) -> list[Known]:
    """The category sets that counts may be from, the latest first."""
    rows = category_sets(by=by).filter(several=False).order_by("-holds_from", "name")
    return [Known(s.name, s.characteristic, {c.label: c.unknown for c in s.categories.all()}) for s in rows]


def mappings_from(kept: CategorySet) -> QuerySet[Mapping]:
    """What the answers of a set count as in other sets, in order."""
    found = Mapping.objects.filter(category__category_set=kept).select_related("category", "target__category_set")
    return found.order_by("target__category_set__name", "category__position")


def commons(first: CategorySet | None, second: CategorySet | None) -> list[Common]:
    """The sets in which two sets can both be read: one of them, or a third (PROF-07, PROF-21)."""
    if first is None or second is None:
        return []
    one, two = _readings(first), _readings(second)
    shared = [key for key in one if key in two]
    labels: dict[int, list[str]] = {}
    for category in Category.objects.filter(category_set__in=shared).order_by("position"):
        labels.setdefault(category.category_set_id, []).append(category.label)
    names = dict(CategorySet.objects.filter(pk__in=shared).values_list("pk", "name"))
    return [Common(names[key], tuple(labels[key]), one[key], two[key]) for key in shared]


def _readings(kept: CategorySet) -> dict[int, dict[str, Way]]:
    """In which sets, by number, the answers of a set can be read, its own first."""
    found: dict[int, dict[str, Way]] = {kept.pk: {c.label: Way(c.label) for c in kept.categories.all()}}
    for row in mappings_from(kept):
        ways = found.setdefault(row.target.category_set_id, {})
        ways[row.category.label] = Way(row.target.label, row.differs)
    return found


def roll_ups(kept: CategorySet) -> list[tuple[CategorySet, dict[str, Way], list[str]]]:
    """The sets into which answers of a set can be rolled up, with the ways and the answers there (PROF-07)."""
    readings = _readings(kept)
    targets = CategorySet.objects.filter(pk__in=readings).exclude(pk=kept.pk).prefetch_related("categories")
    return [(target, readings[target.pk], [c.label for c in target.categories.all()]) for target in targets]


def full_roll_ups(kept: CategorySet) -> list[CategorySet]:
    """Those of them in which every answer that says something about a person means the same people."""
    known = [c.label for c in kept.categories.all() if not c.unknown]
    return [
        target
        for target, ways, _ in roll_ups(kept)
        if all(label in ways and not ways[label].differs for label in known)
    ]


def stock(*, by: Actor) -> QuerySet[StockFigure]:
    """Every stock figure, newest first. Raises Forbidden."""
    check(by, permissions.SEE)
    return StockFigure.objects.all()


def official_on(as_at: date) -> dict[str, int]:
    """The official number of each kind on a day."""
    return dict(StockFigure.objects.filter(as_at=as_at, official=True).values_list("kind", "number"))


def statistics(characteristic: str = "") -> QuerySet[Statistic]:
    """The evidence library: figures that somebody else published (PROF-25)."""
    return Statistic.objects.filter(characteristic=characteristic) if characteristic else Statistic.objects.all()


def find_statistics(*, words: str = "", characteristic: str = "", by: Actor) -> QuerySet[Statistic]:
    """The evidence library, narrowed to entries that hold all the words, in any of their parts. Raises Forbidden."""
    check(by, permissions.SEE)
    found = statistics(characteristic or "")
    for word in (words or "").split():
        found = found.filter(
            Q(text__icontains=word) | Q(publisher__icontains=word) | Q(title__icontains=word)
            | Q(period__icontains=word) | Q(published__icontains=word)
        )  # fmt: skip
    return found
