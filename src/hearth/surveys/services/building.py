"""Adding a survey and writing its questionnaire: each change is kept in a version that is not frozen yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from hearth.audit import services as audit
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.landlords import queries as landlords
from hearth.surveys import permissions, queries
from hearth.surveys.models import Survey, Version
from hearth.surveys.rules import building, checking, editing, lifecycle, tsm
from hearth.surveys.rules.instrument import ENGLISH, Instrument
from hearth.surveys.rules.kinds import Draw, Mode, Secrecy, Sort, State


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
        content, came_from = _copied(made, former), f"the survey “{former.title}”"
    elif ready:
        content, came_from = _from_ready(made, ready), f"the ready questionnaire “{ready}”"
    else:
        made.sort, made.modes, came_from = Sort(sort or Sort.OTHER), [Mode.WEB], "an empty page"
        texts: dict[str, Any] = dict(queries.ready_texts(landlord=landlords.own().name))
        content = Instrument(title={ENGLISH: made.title}, sections=(), **texts)
    made.slug = free_slug(made.title)
    made.save()
    plain = building.dump(content)
    Version.objects.create(
        survey=made, number=1, content=plain, digest=building.digest(plain), why=f"From {came_from}."[:300]
    )
    audit.record(by=by, deed="surveys.added", subject=made, ready=ready)
    return made


def _from_ready(made: Survey, key: str) -> Instrument:
    ready = queries.ready_questionnaire(key)
    made.sort, made.secrecy, made.statutory = ready.sort, ready.secrecy, ready.statutory
    made.modes, made.every_months = list(ready.modes), ready.every_months
    made.locked_set = ready.key if ready.locked else ""
    made.draw = Draw.OPEN if ready.secrecy is Secrecy.ANONYMOUS else Draw.CENSUS
    return queries.ready_instrument(key, landlord=landlords.own().name, stock=made.stock)


COPIED = (
    "sort", "purpose", "secrecy", "draw", "modes", "stock", "locked_set", "reminders", "rolling", "statutory",
    "every_months", "firm", "firm_role", "agreement", "incentive", "without_lettings",
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


# What may still be changed while people answer: nothing that would change what they were told or asked.
WHILE_OPEN = frozenset({"purpose", "closes_on", "results_due_on", "reminders", "firm", "firm_role", "agreement"})
FACTS = frozenset(
    {
        "title", "slug", "purpose", "secrecy", "draw", "modes", "stock", "opens_on", "closes_on", "results_due_on",
        "reminders", "rolling", "every_months", "firm", "firm_role", "agreement", "incentive", "without_lettings",
    }
)  # fmt: skip


@transaction.atomic
def change_facts(*, survey: Survey, by: Actor, **facts: Any) -> Survey:
    """Change what a survey is besides its questions: any of `FACTS`; once it is open only those of `WHILE_OPEN`.

    The day by which results are due follows from the last day and the landlord's setting where none is given (SUR-09).
    """
    check(by, permissions.BUILD)
    unknown = set(facts) - FACTS
    if unknown:
        raise ValueError(f"A survey has no such facts: {', '.join(sorted(unknown))}.")
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    changed = {name for name, value in facts.items() if getattr(survey, name) != value}
    _check_changeable(survey, changed)
    for name in changed:
        setattr(survey, name, facts[name])
    if survey.opens_on and survey.closes_on and survey.closes_on < survey.opens_on:
        raise Refused("The last day must be the same as or after the day on which it opens.", field="closes_on")
    if survey.closes_on and not survey.results_due_on:
        days = int(landlords.setting("surveys.results_days", on=survey.closes_on))
        survey.results_due_on = lifecycle.results_due(survey.closes_on, days)
        changed.add("results_due_on")
    if survey.results_due_on and survey.closes_on and survey.results_due_on < survey.closes_on:
        raise Refused("The results cannot be due before the survey closes.", field="results_due_on")
    try:
        with transaction.atomic():
            survey.save(update_fields=sorted(changed))
    except IntegrityError:
        raise Refused("Another survey has this address. Choose one of its own.", field="slug") from None
    if "stock" in changed and survey.locked_set:
        _set_again(survey, by=by)
    if changed:
        audit.record(by=by, deed="surveys.changed", subject=survey, facts=sorted(changed))
    return survey


def _check_changeable(survey: Survey, changed: set[str]) -> None:
    state = State(survey.state)
    if not changed or state is State.DRAFT:
        return
    if state is not State.OPEN:
        allowed = {"results_due_on", "purpose"}
        if changed - allowed:
            raise Refused("This survey has closed. Only its purpose and the day of its results can be changed.")
    elif changed - WHILE_OPEN:
        name = sorted(changed - WHILE_OPEN)[0]
        raise Refused("This cannot be changed while people answer.", field=name)


def _set_again(survey: Survey, *, by: Actor) -> None:
    """Take the prescribed questions anew for another kind of stock; the questions that were added go with them."""
    whole = queries.ready_instrument(survey.locked_set, landlord=landlords.own().name, stock=survey.stock)
    edit(survey=survey, change=lambda _: whole, why="Set again for another kind of stock", by=by)


@transaction.atomic
def edit(*, survey: Survey, change: Callable[[Instrument], Instrument], why: str = "", by: Actor) -> Version:
    """Change the questionnaire. Goes into the version that is being written, or begins a new one after a frozen one.

    `change` makes the new questionnaire of the old one (see `rules.editing`). Raises Refused where a prescribed
    question would no longer be as it is prescribed (SUR-18), or where the survey has closed.
    """
    check(by, permissions.BUILD)
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    if State(survey.state) not in (State.DRAFT, State.OPEN):
        raise Refused("This survey has closed, so its questions can no longer be changed.")
    kept = queries.written_version(survey)
    before = queries.instrument(kept)
    after = change(before)
    if after == before:
        return kept
    if survey.locked_set:
        edition = queries.ready_instrument(survey.locked_set, landlord=landlords.own().name)
        tsm.check_locked(after, edition, landlord=landlords.own().name, stock=survey.stock)
    plain = building.dump(after)
    building.load(plain)  # what is kept can be read again
    if kept.frozen_at is None:
        kept.content, kept.digest = plain, building.digest(plain)
        kept.why = why[:300] or kept.why
        kept.save(update_fields=["content", "digest", "why"])
    else:
        kept = Version.objects.create(
            survey=survey, number=kept.number + 1, content=plain, digest=building.digest(plain), why=why[:300]
        )
    audit.record(by=by, deed="surveys.questions_changed", subject=survey, version=kept.number)
    return kept


@transaction.atomic
def remove_lettings(*, survey: Survey, reason: str, by: Actor) -> None:
    """Take Choice Based Lettings out of a tenant survey, with the reason that is kept with it (SUR-07)."""
    check(by, permissions.BUILD)
    if len(reason.split()) < 3:
        raise Refused("Say why Choice Based Lettings is not asked about in this survey.", field="reason")
    edit(survey=survey, change=lambda whole: editing.remove_section(whole, checking.LETTINGS), why=reason, by=by)
    survey.without_lettings = reason.strip()[:300]
    survey.save(update_fields=["without_lettings"])
    audit.record(by=by, deed="surveys.lettings_removed", subject=survey)


@transaction.atomic
def put_in(*, survey: Survey, part: str, by: Actor) -> None:
    """Put a ready section (Choice Based Lettings, getting online, suggestions, equality) at the end."""
    section = queries.ready_section(part, landlord=landlords.own().name)

    def change(whole: Instrument) -> Instrument:
        taken = {question.code for question in whole.questions()}
        if any(question.code in taken for question in section.questions):
            raise Refused("These questions are in the questionnaire already.")
        return replace(whole, sections=(*whole.sections, section))

    edit(survey=survey, change=change, by=by)
    if part == checking.LETTINGS and survey.without_lettings:
        survey.without_lettings = ""
        survey.save(update_fields=["without_lettings"])


@transaction.atomic
def use_version(*, survey: Survey, why: str, at: datetime, by: Actor) -> Version:
    """Freeze the version that is being written while the survey is open, so that it is put to people from now on."""
    check(by, permissions.BUILD)
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    if State(survey.state) is not State.OPEN:
        raise Refused("A new version is taken into use while a survey is open.")
    if len(why.split()) < 2:
        raise Refused("Say what was changed, and why.", field="why")
    kept = queries.written_version(survey)
    if kept.frozen_at is not None:
        raise Refused("No change has been made since this version was taken into use.")
    found = [one for one in checking.stopping(queries.findings(survey, on=at.date())) if one.code not in ("S10", "S12")]
    if found:
        raise Refused(f"This version cannot be used yet. {found[0].message}")
    kept.frozen_at, kept.why = at, why.strip()[:300]
    kept.save(update_fields=["frozen_at", "why"])
    audit.record(by=by, deed="surveys.version_used", subject=survey, version=kept.number)
    return kept
