"""Reading equality figures. Exact counts leave only for those who may see them; everybody else gets treated tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from hearth.equality import permissions, rules
from hearth.equality.models import CategorySet, Profile, PublishedTable, Statistic
from hearth.equality.rules import Answer, Figures
from hearth.kernel.counts import Policy, Treated
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
    for row in PublishedTable.objects.order_by("published_at", "id"):
        found[f"{row.characteristic}|{row.population}"] = rules.treated_from_plain(row.treated)
    return found


def profiles(*, by: Actor) -> QuerySet[Profile]:
    """Every profile, newest first. Raises Forbidden."""
    check(by, permissions.SEE)
    return Profile.objects.all()


def profile(number: int, *, by: Actor) -> Profile | None:
    """One profile, or None."""
    return profiles(by=by).filter(pk=number).first()


def figures_of(profile: Profile) -> list[Figures]:
    """The exact figures of a profile, for rooms that keep them to officers and treat them before publishing."""
    grouped: dict[str, list[Answer]] = {}
    sets: dict[str, str] = {}
    for cell in profile.cells.select_related("category_set"):
        grouped.setdefault(cell.characteristic, []).append(Answer(cell.label, cell.count, cell.unknown))
        sets[cell.characteristic] = cell.category_set.name if cell.category_set else ""
    return [Figures(code, tuple(answers), profile.base, sets[code]) for code, answers in grouped.items()]


def not_held(profile: Profile, characteristics: Iterable[str]) -> list[str]:
    """The characteristics of which a profile says nothing (PROF-11)."""
    held = set(profile.cells.values_list("characteristic", flat=True))
    return [code for code in characteristics if code not in held]


def category_sets(*, by: Actor) -> QuerySet[CategorySet]:
    """Every category set with its answers. Raises Forbidden."""
    check(by, permissions.SEE)
    return CategorySet.objects.prefetch_related("categories")


def statistics(characteristic: str = "") -> QuerySet[Statistic]:
    """The evidence library: figures that somebody else published (PROF-25)."""
    return Statistic.objects.filter(characteristic=characteristic) if characteristic else Statistic.objects.all()
