"""Keeping profiles: begun, filled with counts, frozen when they are first used, looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from hearth.audit import services as audit
from hearth.equality import permissions, queries, rules
from hearth.equality.models import Average, CategorySet, Cell, Profile
from hearth.equality.rules import Answer, Block
from hearth.kernel.counts import Treated
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused


@transaction.atomic
def add_profile(
    *,
    title: str,
    population: str,
    basis: str,
    as_at: date,
    base: int | None,
    source: str,
    counted: bool = True,
    by: Actor,
) -> Profile:
    """Begin a profile: which people, counted how, on which day, from where.

    `counted=False` is for percentages that somebody else published (PROF-20); only they may come without a base.
    """
    check(by, permissions.KEEP)
    _check_told(population=population, basis=basis, source=source, base=base, counted=counted)
    profile = Profile.objects.create(
        title=title, population=population, basis=basis, as_at=as_at, base=base, source=source, counted=counted
    )
    audit.record(by=by, deed="equality.profile_added", subject=profile)
    return profile


@transaction.atomic
def change_profile(
    *, profile: Profile, title: str, population: str, basis: str, as_at: date, base: int | None, source: str, by: Actor
) -> None:
    """Change what a profile says of itself. Refused once it is frozen, or where its counts would not make the base."""
    check(by, permissions.KEEP)
    profile = _open(profile)
    _check_told(population=population, basis=basis, source=source, base=base, counted=profile.counted)
    if profile.counted and base != profile.base and profile.cells.exists():
        raise Refused(
            "The counts of this profile make its base. Enter the counts again in a new profile.", field="base"
        )
    told = {
        "title": title,
        "population": population,
        "basis": basis,
        "as_at": as_at,
        "base": base,
        "source": source,
    }
    for name, value in told.items():
        setattr(profile, name, value)
    profile.save(update_fields=list(told))
    audit.record(by=by, deed="equality.profile_changed", subject=profile)


def _check_told(*, population: str, basis: str, source: str, base: int | None, counted: bool) -> None:
    for field, text, ask in (
        ("population", population, "which people the profile counts"),
        ("basis", basis, "who stands for a household: the first tenant, all tenants, or everybody"),
        ("source", source, "where the figures come from"),
    ):
        if not text.strip():
            raise Refused(f"Say {ask}.", field=field)
    if base is None and not counted:
        return
    if base is None or base < 1:
        raise Refused("The base must be 1 or more: it is the number of people counted.", field="base")


def _open(profile: Profile) -> Profile:
    """The profile, locked, if it may still be changed."""
    held = Profile.objects.select_for_update().get(pk=profile.pk)
    if held.frozen_at:
        raise Refused("This profile is frozen, because a review uses it. Make a new one.")
    return held


@transaction.atomic
def set_figures(
    *,
    profile: Profile,
    characteristic: str,
    answers: Sequence[Answer],
    category_set: CategorySet | None = None,
    by: Actor,
) -> None:
    """Give a profile its figures for one characteristic. Refused once it is frozen, or where they do not add up.

    Counts must make the base; percentages that somebody published must make 100 within rounding (PROF-12).
    """
    check(by, permissions.KEEP)
    profile = _open(profile)
    if profile.drawn:
        raise Refused("This profile was counted from the register. Count it again, or add a profile of your own.")
    if category_set and category_set.several:
        raise Refused("In this category set a person may give several answers, so the counts make no whole.")
    if category_set:
        _check_from_set(category_set, characteristic, answers)
    if profile.counted:
        rules.check_figures(characteristic=characteristic, answers=answers, base=profile.base or 0)
    else:
        rules.check_shares(characteristic=characteristic, answers=answers)
    profile.cells.filter(characteristic=characteristic).delete()
    Cell.objects.bulk_create(
        Cell(
            profile=profile, characteristic=characteristic, category_set=category_set, position=number,
            label=answer.label, count=answer.count, unknown=answer.unknown,
            share="" if answer.printed is None else str(answer.printed),
        )
        for number, answer in enumerate(answers, start=1)
    )  # fmt: skip
    audit.record(by=by, deed="equality.figures_set", subject=profile, characteristic=characteristic)


def _check_from_set(category_set: CategorySet, characteristic: str, answers: Sequence[Answer]) -> None:
    if category_set.characteristic != characteristic:
        raise Refused(f"“{category_set.name}” is a category set of another characteristic.")
    labels = {category.label for category in category_set.categories.all()}
    if stranger := next((answer.label for answer in answers if answer.label not in labels), None):
        raise Refused(f"“{stranger}” is not an answer of the category set “{category_set.name}”.")


@transaction.atomic
def set_blocks(*, profile: Profile, blocks: Sequence[Block], by: Actor) -> int:
    """Give a profile the counts that a sheet held, all of them or none. Says how many characteristics it was."""
    kept = {(one.characteristic, one.name): one for one in queries.category_sets(by=by)}
    for block in blocks:
        set_figures(
            profile=profile, characteristic=block.characteristic, answers=block.answers,
            category_set=kept[block.characteristic, block.set_name], by=by,
        )  # fmt: skip
    return len(blocks)


@transaction.atomic
def set_average(*, profile: Profile, of: str, kind: str, value: Decimal, by: Actor) -> None:
    """Give a profile the mean or the median of something (PROF-22)."""
    check(by, permissions.KEEP)
    profile = _open(profile)
    if kind not in Average.Kind.values:
        raise Refused("Say whether it is a mean or a median.", field="kind")
    Average.objects.update_or_create(profile=profile, of=of.strip().lower(), kind=kind, defaults={"value": value})
    audit.record(by=by, deed="equality.average_set", subject=profile, of=of, kind=kind)


@transaction.atomic
def freeze(*, profile: Profile, at: datetime, by: Actor) -> None:
    """Freeze a profile when it is first used, so that later changes cannot alter what was decided on it (CAR-11)."""
    if profile.frozen_at is None:
        profile.frozen_at = at
        profile.save(update_fields=["frozen_at"])
        audit.record(by=by, deed="equality.profile_frozen", subject=profile)


@transaction.atomic
def look_at_exact(*, profile: Profile, why: str, by: Actor) -> list[rules.Figures]:
    """The exact figures of a profile, for those who may see them; that they looked goes to the trail (PROF-27)."""
    check(by, permissions.SEE_EXACT)
    audit.record(by=by, deed="equality.exact_seen", subject=profile, why=why)
    return queries.figures_of(profile)


def treated(profile: Profile, on: date) -> Treated:
    """A profile with small numbers hidden as they would be published on a day; see `queries.treated`."""
    return queries.treated(profile, on)
