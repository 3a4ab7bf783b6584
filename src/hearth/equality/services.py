"""Keeping equality figures: category sets, profiles, outside evidence, and what was published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from hearth.audit import services as audit
from hearth.equality import permissions, rules
from hearth.equality.models import Category, CategorySet, Cell, Profile, PublishedTable, Statistic
from hearth.equality.rules import Answer
from hearth.kernel.counts import Treated
from hearth.kernel.figures import check_bands
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused


@transaction.atomic
def add_profile(*, title: str, population: str, basis: str, as_at: date, base: int, source: str, by: Actor) -> Profile:
    """Begin a profile: which people, counted how, on which day, from where."""
    check(by, permissions.KEEP)
    for field, text, ask in (
        ("population", population, "which people the profile counts"),
        ("basis", basis, "who stands for a household: the first tenant, all tenants, or everybody"),
        ("source", source, "where the figures come from"),
    ):
        if not text.strip():
            raise Refused(f"Say {ask}.", field=field)
    if base < 1:
        raise Refused("The base must be 1 or more: it is the number of people counted.", field="base")
    profile = Profile.objects.create(
        title=title, population=population, basis=basis, as_at=as_at, base=base, source=source
    )
    audit.record(by=by, deed="equality.profile_added", subject=profile)
    return profile


@transaction.atomic
def set_figures(
    *,
    profile: Profile,
    characteristic: str,
    answers: Sequence[Answer],
    category_set: CategorySet | None = None,
    by: Actor,
) -> None:
    """Give a profile its counts for one characteristic. Refused once it is frozen, or where they do not add up."""
    check(by, permissions.KEEP)
    if profile.frozen_at:
        raise Refused("This profile is frozen, because a review uses it. Make a new one.")
    rules.check_figures(characteristic=characteristic, answers=answers, base=profile.base)
    profile.cells.filter(characteristic=characteristic).delete()
    Cell.objects.bulk_create(
        Cell(
            profile=profile, characteristic=characteristic, category_set=category_set, position=number,
            label=answer.label, count=answer.count, unknown=answer.unknown,
        )
        for number, answer in enumerate(answers, start=1)
    )  # fmt: skip
    audit.record(by=by, deed="equality.figures_set", subject=profile, characteristic=characteristic)


@transaction.atomic
def freeze(*, profile: Profile, at: datetime, by: Actor) -> None:
    """Freeze a profile when it is first used, so that later changes cannot alter what was decided on it (CAR-11)."""
    if profile.frozen_at is None:
        profile.frozen_at = at
        profile.save(update_fields=["frozen_at"])
        audit.record(by=by, deed="equality.profile_frozen", subject=profile)


@transaction.atomic
def add_category_set(
    *,
    characteristic: str,
    name: str,
    source: str,
    holds_from: date,
    categories: Sequence[Mapping[str, Any]],
    sensitive: bool = True,
    confirm: bool = False,
    by: Actor,
) -> CategorySet:
    """Add a set of categories as data, with its source and day. Equal names and overlapping bands are refused.

    A category is {"label": …} with "unknown", "age_from", "age_to" and "maps_to" where they apply (PROF-06, PROF-23).
    """
    check(by, permissions.KEEP)
    labels = [" ".join(str(category["label"]).lower().split()) for category in categories]
    twice = next((label for label in labels if labels.count(label) > 1), None)
    if twice:
        raise Refused(f"“{twice}” stands twice in this set. Give each answer its own name.", field="categories")
    if characteristic == "age":
        check_bands(tuple(str(category["label"]) for category in categories))
    kept = CategorySet.objects.create(
        characteristic=characteristic, name=name, source=source, holds_from=holds_from, sensitive=sensitive,
        confirm=confirm,
    )  # fmt: skip
    Category.objects.bulk_create(
        Category(category_set=kept, position=number, **category) for number, category in enumerate(categories, start=1)
    )
    audit.record(by=by, deed="equality.category_set_added", subject=kept)
    return kept


@transaction.atomic
def add_statistic(
    *,
    text: str,
    publisher: str,
    title: str,
    period: str,
    published: str,
    characteristic: str = "",
    draft: bool = False,
    by: Actor,
) -> Statistic:
    """Keep a figure that somebody else published, with where it comes from (CAR-12)."""
    check(by, permissions.KEEP)
    kept = Statistic.objects.create(
        text=text, publisher=publisher, title=title, period=period, published=published,
        characteristic=characteristic, draft=draft,
    )  # fmt: skip
    audit.record(by=by, deed="equality.statistic_added", subject=kept)
    return kept


@transaction.atomic
def keep_published(
    *, tables: Mapping[str, Treated], exact: Mapping[str, Any], where: str, at: datetime, by: Actor
) -> None:
    """Remember tables as they were published, so that the next ones cannot be subtracted from them (reference 5.5)."""
    for name, treated in tables.items():
        characteristic, _, population = name.partition("|")
        PublishedTable.objects.create(
            population=population, characteristic=characteristic, published_at=at, where=where,
            treated=rules.treated_to_plain(treated), exact=dict(exact),
        )  # fmt: skip
