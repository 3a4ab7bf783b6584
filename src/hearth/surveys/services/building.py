"""Adding a survey and writing its questionnaire: each change is kept in a version that is not frozen yet."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.text import slugify

from hearth.audit import services as audit
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.landlords import queries as landlords
from hearth.surveys import permissions, queries
from hearth.surveys.models import Survey, Version
from hearth.surveys.rules import building
from hearth.surveys.rules.instrument import ENGLISH, Instrument
from hearth.surveys.rules.kinds import Mode, Sort


@transaction.atomic
def add_survey(
    *,
    title: str,
    on: date,
    ready: str = "",
    former: Survey | None = None,
    sort: Sort | str = "",
    stock: str = "",
    by: Actor,
) -> Survey:
    """Add a survey as a draft: from a ready questionnaire, as a copy of a former survey, or empty.

    `sort` is asked for only where neither says it; `stock` is "lcra", "lcho" or "" for all. The landlord's name is put
    into the wording here. Raises Refused for a title or a ready questionnaire that there is not.
    """
    check(by, permissions.BUILD)
    if not title.strip():
        raise Refused("Give the survey a title.", field="title")
    made = Survey(title=title.strip(), stock=stock, owner_id=by.user_id)
    if former is not None:
        content = _copied(made, former)
    elif ready:
        content = _from_ready(made, ready, on)
    else:
        made.sort, made.modes = Sort(sort or Sort.OTHER), [Mode.WEB]
        content = Instrument(title={ENGLISH: made.title}, sections=())
    made.slug = free_slug(made.title)
    made.save()
    plain = building.dump(content)
    why = f"From {ready or 'an earlier survey' if ready or former else 'an empty page'}."
    Version.objects.create(survey=made, number=1, content=plain, digest=building.digest(plain), why=why)
    audit.record(by=by, deed="surveys.added", subject=made, ready=ready)
    return made


def _from_ready(made: Survey, key: str, on: date) -> Instrument:
    ready = queries.ready_questionnaire(key)
    if ready.holds_from > on:
        raise Refused(
            "This edition does not hold yet. Choose the one that holds on the day of the survey.", field="ready"
        )
    made.sort, made.secrecy, made.statutory = ready.sort, ready.secrecy, ready.statutory
    made.modes, made.every_months = list(ready.modes), ready.every_months
    made.locked_set = ready.key if ready.locked else ""
    if ready.locked and not made.stock:
        made.stock = "lcra"
    return queries.ready_instrument(key, landlord=landlords.own().name, stock=made.stock)


COPIED = (
    "sort", "purpose", "secrecy", "draw", "modes", "stock", "locked_set", "reminders", "rolling", "statutory",
    "every_months", "firm", "firm_role", "agreement", "incentive",
)  # fmt: skip


def _copied(made: Survey, former: Survey) -> Instrument:
    for name in COPIED:
        setattr(made, name, getattr(former, name))
    made.follows = former
    return queries.instrument(queries.current_version(former))


def free_slug(title: str) -> str:
    """A name for the address that no survey of this landlord has yet."""
    stem = slugify(title)[:50].strip("-") or "survey"
    taken = set(Survey.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(one for one in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if one not in taken)
