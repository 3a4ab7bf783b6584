"""Paper forms keyed by two people who do not see each other's, compared, and counted once."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from hearth.accounts import queries as accounts
from hearth.audit import services as audit
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.surveys import permissions, queries
from hearth.surveys.models import Invitation, PaperEntry, Survey
from hearth.surveys.rules import answering, codes, entries, paper
from hearth.surveys.rules.kinds import Mode, Standing
from hearth.surveys.services.answering import AnswersRefused, submit
from hearth.surveys.services.printing import check_paper


@transaction.atomic
def key_paper(
    *,
    survey: Survey,
    serial: str,
    typed: Mapping[str, Sequence[str]],
    language: str,
    received_on: date,
    at: datetime,
    by: Actor,
) -> PaperEntry:
    """Take what one person keyed from a form: the first, or the second of another person.

    Where both are the same, or once is enough, the answers are counted. `serial` is as `find_paper` gives it.
    Raises AnswersRefused with the questions, Refused, Forbidden.
    """
    check(by, permissions.INTERVIEW)
    check_paper(survey)
    check_keying(survey=survey, serial=serial, by=by)
    instrument, stock = queries.instrument(queries.form_of(survey)), stock_of(survey, serial)
    found = entries.keyed(instrument, typed, stock=stock)
    if found.errors:
        raise AnswersRefused(found.errors)
    if received_on > timezone.localdate(at):
        raise Refused("The day on which it came cannot be later than today.", field="received_on")
    twice = queries.keyed_twice(survey, on=timezone.localdate(at))
    entry, first = PaperEntry.objects.select_for_update().get_or_create(
        survey=survey,
        serial=serial,
        defaults={
            "invitation": _invitation(survey, serial), "first": found.raw, "first_by": _me(by),
            "received_on": received_on, "language": language,
        },
    )  # fmt: skip
    audit.record(by=by, deed="surveys.paper_keyed", subject=survey)
    if first:
        return entry if twice else _count(entry, entry.first, at=at, by=by)
    check_keying(survey=survey, serial=serial, by=by)  # somebody may have been quicker
    entry.second, entry.second_by = found.raw, _me(by)
    if entries.differences(instrument, entry.first, found.raw, stock=stock):
        entry.state = PaperEntry.State.DIFFERS
        entry.save(update_fields=["second", "second_by", "state"])
        return entry
    entry.save(update_fields=["second", "second_by"])
    return _count(entry, entry.first, at=at, by=by)


@transaction.atomic
def settle_paper(
    *,
    entry: PaperEntry,
    chosen: Mapping[str, str],
    typed: Mapping[str, Sequence[str]],
    at: datetime,
    by: Actor,
) -> PaperEntry:
    """Say of each difference what the paper says, and count the answers.

    `chosen` is "first", "second" or "other" by question, `typed` what was typed for "other". Raises AnswersRefused,
    Refused, Forbidden.
    """
    check(by, permissions.INTERVIEW)
    entry = PaperEntry.objects.select_for_update(of=("self",)).select_related("survey").get(pk=entry.pk)
    if entry.state == PaperEntry.State.AGREED:
        return entry
    if entry.state != PaperEntry.State.DIFFERS or entry.second is None:
        raise Refused("This form has been keyed once. Somebody else must key it before anything can differ.")
    survey = entry.survey
    instrument, stock = queries.instrument(queries.form_of(survey)), stock_of(survey, entry.serial)
    other = {code for code, right in chosen.items() if right == "other"}
    instead = entries.keyed(instrument, typed, stock=stock)
    if wrong := {code: words for code, words in instead.errors.items() if code in other}:
        raise AnswersRefused(wrong)
    raw = entries.settled(instrument, entry.first, entry.second, chosen, instead.raw, stock=stock)
    entry.settled = raw
    entry.save(update_fields=["settled"])
    audit.record(by=by, deed="surveys.paper_settled", subject=survey)
    return _count(entry, raw, at=at, by=by)


def find_paper(*, survey: Survey, typed: str, by: Actor) -> str:
    """The serial of a form by what stands on it: its serial, or the code. Raises Refused, Forbidden."""
    check(by, permissions.INTERVIEW)
    if codes.could_be(typed) and (invitation := queries.invitation_by_code(typed)):
        if invitation.survey_id != survey.pk or invitation.unit is None:
            raise Refused("This form belongs to another survey.", field="serial")
        return paper.serial(survey.pk, invitation.unit.number)
    serial = paper.read_serial(survey.pk, typed)
    if paper.household_of(serial) is not None and _invitation(survey, serial) is None:
        raise Refused("No household of this survey has this serial. Check it.", field="serial")
    return serial


def check_keying(*, survey: Survey, serial: str, by: Actor) -> None:
    """Refuse a form that was counted already, or that the same person keyed first."""
    before = queries.paper_with_serial(survey, serial)
    if before is None:
        return
    if before.state == PaperEntry.State.AGREED:
        raise Refused(f"Form {serial} has been keyed and counted already. It is not counted again.", field="serial")
    if before.state == PaperEntry.State.DIFFERS:
        raise Refused(
            f"Form {serial} has been keyed twice, and the two differ. Settle the differences.", field="serial"
        )
    if before.first_by_id == by.user_id:
        raise Refused(f"You keyed form {serial} first. Somebody else must key it the second time.", field="serial")


def stock_of(survey: Survey, serial: str) -> str:
    """Which kind of home a form was printed for."""
    invitation = _invitation(survey, serial)
    return (invitation.unit.stock if invitation and invitation.unit else "") or survey.stock


def _count(entry: PaperEntry, raw: Mapping[str, Sequence[str]], *, at: datetime, by: Actor) -> PaperEntry:
    """Hand the answers in, once. A form with a question left out that must be answered counts as part answered."""
    survey, version = entry.survey, queries.form_of(entry.survey)
    instrument, stock = queries.instrument(version), stock_of(survey, entry.serial)
    whole = answering.check(instrument, raw, stock=stock, language=entry.language)
    entry.response = submit(
        survey=survey,
        version=version,
        nonce=secrets.token_hex(16),  # drawn, not made from the serial: that would lead from the answer to the home
        raw=raw,
        mode=Mode.PAPER,
        language=entry.language,
        invitation=entry.invitation,
        stock=stock,
        part=bool(whole.errors),
        at=at,
        taken_by=_me(by),
        by=by,
    )
    entry.state = PaperEntry.State.AGREED
    entry.save(update_fields=["response", "state"])
    return entry


def what_became(entry: PaperEntry) -> str:
    """What is said to whoever keyed a form."""
    if entry.state == PaperEntry.State.ONCE:
        return f"Form {entry.serial} is keyed once. Somebody else must key it a second time."
    if entry.state == PaperEntry.State.DIFFERS:
        return f"Form {entry.serial} differs from what was keyed first. Settle the differences with the paper."
    standing = entry.response.standing if entry.response else ""
    if standing == Standing.SET_ASIDE:
        return f"The household of form {entry.serial} had answered already, so the form is kept and not counted."
    if standing == Standing.PART:
        return f"Form {entry.serial} is counted as part answered: a question that must be answered was left out."
    return f"Form {entry.serial} is counted."


def _invitation(survey: Survey, serial: str) -> Invitation | None:
    number = paper.household_of(serial)
    return queries.invitation_of_unit(survey, number) if number is not None else None


def _me(by: Actor) -> Any:
    return accounts.users().filter(pk=by.user_id).first() if by.user_id else None


__all__ = ["check_keying", "find_paper", "key_paper", "settle_paper", "stock_of", "what_became"]
