"""What people told about themselves: read by themselves, and by cleared staff through `services.look_at_answers`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from hearth.equality import permissions
from hearth.equality.models import Answer, AnswerFile, CategorySet, Consent, Purpose
from hearth.equality.queries.sets import sets_in_use
from hearth.kernel.permits import Actor, Forbidden, check
from hearth.register import queries as register

TENANTS = frozenset({"general_needs", "supported", "temporary", "intermediate", "shared_owner"})


def purposes(*, by: Actor) -> QuerySet[Purpose]:
    """Every purpose for which people were ever asked, the newest first. Raises Forbidden."""
    check(by, permissions.SEE)
    return Purpose.objects.all()


def purpose_on(on: date) -> Purpose | None:
    """For what people are asked on a day, or None where nobody has said it yet (PROF-27)."""
    return Purpose.objects.filter(holds_from__lte=on).first()


def is_tenant(person: Any, *, on: date) -> bool:
    """Whether somebody holds a tenancy on a day; of everybody else name and address are kept (PROF-14)."""
    return register.tenure_of(person, on=on).value in TENANTS


def consent_of(person_id: int, purpose: Purpose) -> Consent | None:
    """The consent that stands, or None."""
    return Consent.objects.filter(person_id=person_id, purpose=purpose, withdrawn_on=None).first()


@dataclass(frozen=True)
class Said:
    """One characteristic as somebody told it, in words; `categories` are numbers of categories."""

    characteristic: str
    words: str
    standing: str
    source: str
    told_on: date
    categories: tuple[int, ...]
    superseded: bool = False


def own_answers(person: Any, *, by: Actor) -> list[Said]:
    """What somebody told about themselves, for themselves only. Raises Forbidden for everybody else."""
    if by.user_id is None or person.user_id != by.user_id:
        raise Forbidden(f"{by.name or 'Nobody'} may not read what somebody else told about themselves.")
    return said_by(person.pk)


def said_by(person_id: int, *, earlier: bool = False) -> list[Said]:
    """What one person told; with `earlier` also what was replaced, after it. Only for this room's own deeds and jobs.

    Cleared staff read it by `services.look_at_answers`, which records the look.
    """
    rows = Answer.objects.filter(person_id=person_id).select_related("category")
    rows = rows if earlier else rows.filter(superseded_at=None)
    grouped: dict[tuple[str, Any, bool], list[Answer]] = {}
    for row in rows.order_by("superseded_at", "characteristic", "category__position"):
        stays = row.superseded_at is None
        grouped.setdefault((row.characteristic, None if stays else row.superseded_at, stays), []).append(row)
    found = []
    for (characteristic, _, stays), answers in sorted(grouped.items(), key=lambda item: not item[0][2]):
        chosen = [one.category for one in answers if one.category]
        words = "; ".join(one.label for one in chosen) or answers[0].get_standing_display()
        found.append(
            Said(
                characteristic, words, answers[0].standing, answers[0].get_source_display(), answers[0].told_on,
                tuple(one.pk for one in chosen), superseded=not stays,
            )
        )  # fmt: skip
    return found


def standing_now(person_ids: Iterable[int]) -> dict[int, dict[str, tuple[str, frozenset[int]]]]:
    """What stands for each person and characteristic: the standing and the categories. Only for this room's deeds."""
    found: dict[int, dict[str, tuple[str, frozenset[int]]]] = {}
    ids = list(person_ids)
    for start in range(0, len(ids), 5000):
        rows = Answer.objects.filter(person_id__in=ids[start : start + 5000], superseded_at=None)
        for person_id, code, standing, category in rows.values_list(
            "person_id", "characteristic", "standing", "category_id"
        ):
            held = found.setdefault(person_id, {})
            before = held.get(code, (standing, frozenset()))[1]
            held[code] = (standing, before | ({category} if category else frozenset()))
    return found


def questions_on(on: date) -> dict[str, CategorySet]:
    """The questions that people are asked on a day: all sets in use, but not age: the birthday says it."""
    return {code: kept for code, kept in sets_in_use(on).items() if code != "age"}


def answer_files(*, by: Actor) -> QuerySet[AnswerFile]:
    """The files of answers that were read in, newest first, without their rows. Raises Forbidden."""
    check(by, permissions.KEEP)
    return AnswerFile.objects.defer("ready")
