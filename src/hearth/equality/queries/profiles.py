"""Profiles and their exact figures, for rooms that keep them to officers."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import QuerySet

from hearth.equality import permissions, rules
from hearth.equality.models import CategorySet, Cell, Profile
from hearth.equality.rules import Answer, Figures
from hearth.kernel.permits import Actor, check


def profiles(*, by: Actor) -> QuerySet[Profile]:
    """Every profile whose base is known, newest first. Raises Forbidden."""
    return every_profile(by=by).filter(base__isnull=False)


def every_profile(*, by: Actor) -> QuerySet[Profile]:
    """Every profile, newest first; one of published percentages may have no base. Raises Forbidden."""
    check(by, permissions.SEE)
    return Profile.objects.all()


def profile(number: int, *, by: Actor) -> Profile | None:
    """One profile with its figures and averages, or None."""
    found = every_profile(by=by).filter(pk=number)
    return found.prefetch_related("cells__category_set", "averages").first()


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
    """The cells of a profile with their sets: those that were read with it, or else from the database in one query."""
    if "cells" in getattr(profile, "_prefetched_objects_cache", {}):
        return profile.cells.all()
    return profile.cells.select_related("category_set")


def sets_of(profile: Profile) -> dict[str, CategorySet]:
    """The category set of each characteristic in a profile, where it was said."""
    return {cell.characteristic: cell.category_set for cell in _cells(profile) if cell.category_set}


def not_held(profile: Profile, characteristics: Iterable[str]) -> list[str]:
    """The characteristics of which a profile says nothing (PROF-11)."""
    held = {cell.characteristic for cell in _cells(profile)}
    return [code for code in characteristics if code not in held]
