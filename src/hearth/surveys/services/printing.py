"""Paper forms, printed with code and serial: for those who are reached by letter, for one household, for anybody."""

from __future__ import annotations

import io
import secrets
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from hearth.audit import services as audit
from hearth.db import news
from hearth.documents import services as documents
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.landlords import queries as landlords
from hearth.register import queries as register
from hearth.register.queries import Channel, Format, Purpose, Way
from hearth.surveys import permissions, queries
from hearth.surveys.models import Invitation, PaperBatch, Survey
from hearth.surveys.rules import codes, paper
from hearth.surveys.rules.instrument import EASY_READ, ENGLISH, Instrument, said
from hearth.surveys.rules.kinds import Mode, Secrecy, State

PER_FILE = 300  # forms: some ten megabytes, set in seconds
LOOKED_AT = 500  # invitations at a time
MOST_BLANK = 200  # blank forms at once
ON_PAPER = {Format.STANDARD: "standard", Format.LARGE_PRINT: "large", Format.EASY_READ: "standard"}
PRIVATE = {
    Secrecy.NAMED: {
        ENGLISH: "Your answers are kept with your name, so that we can act on what you tell us.",
        EASY_READ: "We will know that the answers are yours.",
    },
    Secrecy.CONFIDENTIAL: {
        ENGLISH: "Your answers are confidential. When the survey closes we remove the link between them and your home.",
        EASY_READ: "Your answers are private. When the survey is over, we take away what says that they are yours.",
    },
    Secrecy.ANONYMOUS: {
        ENGLISH: "The survey is anonymous. Please do not write your name on this form.",
        EASY_READ: "Do not write your name on this form. Nobody can find out what you said.",
    },
}
Sheet = tuple[str, str]  # language and size: forms of one sheet are set together


@transaction.atomic
def start_print(*, survey: Survey, at: datetime, by: Actor) -> PaperBatch:
    """Have forms made for everybody who has not answered and is reached by letter first. Raises Refused, Forbidden."""
    check(by, permissions.BUILD)
    check_paper(survey)
    queries.refuse_anonymous(survey)
    if PaperBatch.objects.filter(
        survey=survey, state__in=[PaperBatch.State.WAITING, PaperBatch.State.RUNNING]
    ).exists():
        raise Refused("Forms are being made already. Wait until they are ready.")
    batch = PaperBatch.objects.create(survey=survey, at=at, by_name=by.name)
    audit.record(by=by, deed="surveys.print_started", subject=survey)
    news.defer("surveys.print_forms", batch_id=batch.pk, after=0)
    return batch


@transaction.atomic
def print_batch(*, batch_id: int, after: int, at: datetime, by: Actor) -> None:
    """Make one file of forms; where there are more, another file follows. Done twice it makes one file."""
    batch = PaperBatch.objects.select_for_update().select_related("survey").get(pk=batch_id)
    if batch.state == PaperBatch.State.DONE:
        return
    survey = batch.survey
    try:
        check_paper(survey)
        sheets, left_out, last = _gathered(survey, after, at)
        batch.forms = sum(len(forms) for forms in sheets.values())
        batch.by_form = {_sheet_words(sheet): len(forms) for sheet, forms in sheets.items()}
        batch.left_out, batch.state = dict(left_out), PaperBatch.State.DONE
        if batch.forms:
            body = _bound([_set(survey, sheet, forms) for sheet, forms in sorted(sheets.items())])
            name = f"{survey.slug}-forms-{batch.pk}.pdf"
            batch.file = documents.keep(
                name=name, body=body, purpose="surveys.paper", media_type="application/pdf", by=by
            )
    except Refused as refused:
        batch.state, batch.error, last = PaperBatch.State.FAILED, refused.message, None
    batch.save()
    if last is not None:
        more = PaperBatch.objects.create(survey=survey, at=at, by_name=batch.by_name)
        news.defer("surveys.print_forms", batch_id=more.pk, after=last)


def _gathered(
    survey: Survey, after: int, at: datetime
) -> tuple[dict[Sheet, list[paper.Form]], Counter[str], int | None]:
    """Forms for the next households; who gets none, as counts; and after whom to go on, None at the end."""
    instrument = queries.instrument(queries.current_version(survey))
    landlord = landlords.own()
    sheets: dict[Sheet, list[paper.Form]] = {}
    left_out: Counter[str] = Counter()
    asked = Invitation.objects.filter(survey=survey, state__in=queries.TO_ASK, unit__isnull=False, event=None)
    asked = asked.exclude(hold__until__gt=at).select_related("unit", "survey").order_by("pk")
    while True:
        found = list(asked.filter(pk__gt=after)[:LOOKED_AT])
        people = [one.person_id for one in found if one.person_id]
        reached = register.reach_many_unasked(people, purpose=Purpose.SURVEY, at=at)
        for one in found:
            reach = reached.get(one.person_id or 0)
            way = reach.ways[0] if reach and reach.ways else None
            if way is None or way.channel != Channel.LETTER:
                left_out["Not reached by letter"] += 1
            elif way.format not in ON_PAPER:
                left_out[f"Needs another format: {Format(way.format).label.lower()}"] += 1
            else:
                form = _form(one, way, landlord)
                sheets.setdefault(_sheet(way, instrument), []).append(form)
                _sent(one, at)
            after = one.pk
            if sum(map(len, sheets.values())) >= PER_FILE:
                return sheets, left_out, after if asked.filter(pk__gt=after).exists() else None
        if len(found) < LOOKED_AT:
            return sheets, left_out, None


def _sent(invitation: Invitation, at: datetime) -> None:
    """Somebody who was not asked yet is asked by this form."""
    if invitation.state == Invitation.State.WAITING:
        invitation.state, invitation.channel = Invitation.State.SENT, Channel.LETTER
        invitation.sent_on = timezone.localdate(at)
        invitation.save(update_fields=["state", "channel", "sent_on"])


def _sheet(way: Way, instrument: Instrument) -> Sheet:
    """In which language and how large somebody's form is set."""
    if way.format == Format.EASY_READ and EASY_READ in instrument.languages:
        return EASY_READ, "standard"
    language = way.language if way.language in instrument.languages else ENGLISH
    return language, ON_PAPER[Format(way.format)]


def _sheet_words(sheet: Sheet) -> str:
    language, size = sheet
    name = "Easy Read" if language == EASY_READ else language
    return f"{name}, large print" if size == "large" else name


def _form(invitation: Invitation, way: Way, landlord: Any) -> paper.Form:
    assert invitation.unit is not None
    code = queries.code_of(invitation)
    opens = landlords.address_of(landlord, f"surveys/r/{codes.normal(code)}/")
    return paper.Form(
        serial=paper.serial(invitation.survey_id, invitation.unit.number),
        address=(way.to_name, *(line.strip() for line in way.to.splitlines() if line.strip())),
        code=code,
        enter_at=landlords.address_of(landlord, "surveys/r/"),
        opens=opens,
        square=square(opens),
        stock=invitation.unit.stock or invitation.survey.stock,
    )


@transaction.atomic
def household_form(*, invitation: Invitation, size: str, language: str, at: datetime, by: Actor) -> bytes:
    """The form of one household as a PDF, to its letter address. Raises Refused, Forbidden."""
    check(by, permissions.BUILD)
    check_paper(invitation.survey)
    queries.refuse_anonymous(invitation.survey)
    people = [invitation.person_id] if invitation.person_id else []
    reached = register.reach_many_unasked(people, purpose=Purpose.SURVEY, at=at)
    ways = reached[people[0]].by(Channel.LETTER) if people and people[0] in reached else ()
    if not ways:
        raise Refused("No letter may go to this household for a survey.")
    form = _form(invitation, ways[0], landlords.own())
    audit.record(by=by, deed="surveys.form_printed", subject=invitation.survey, forms=1)
    return _set(invitation.survey, (language, size), [form])


@transaction.atomic
def blank_forms(*, survey: Survey, number: int, size: str, language: str, by: Actor) -> bytes:
    """Forms of nobody's, each with a serial of its own, where anybody may answer. Raises Refused, Forbidden."""
    check(by, permissions.BUILD)
    check_paper(survey)
    if survey.draw != "open" and survey.secrecy != Secrecy.ANONYMOUS:
        raise Refused("In this survey only those who were drawn are asked, so each form must have its household.")
    if not 1 <= number <= MOST_BLANK:
        raise Refused(f"Print 1 to {MOST_BLANK} forms at once.", field="number")
    landlord = landlords.own()
    opens = landlords.address_of(landlord, f"surveys/s/{survey.slug}/")
    drawn = square(opens)
    forms = [
        paper.Form(serial=_blank_serial(survey), enter_at=opens, opens=opens, square=drawn, stock=survey.stock)
        for _ in range(number)
    ]
    audit.record(by=by, deed="surveys.form_printed", subject=survey, forms=number)
    return _set(survey, (language, size), forms)


def new_serial(*, survey: Survey, by: Actor) -> str:
    """A serial to write on a form that has none. Raises Forbidden."""
    check(by, permissions.INTERVIEW)
    return _blank_serial(survey)


def _blank_serial(survey: Survey) -> str:
    drawn = "".join(secrets.choice(codes.ALPHABET) for _ in range(6))
    return paper.serial(survey.pk, f"{paper.BLANK}{drawn}")


def square(address: str) -> str:
    """The square code that opens an address, as SVG."""
    import segno

    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", xmldecl=False, border=2, scale=4)
    return out.getvalue().decode()


def _set(survey: Survey, sheet: Sheet, forms: list[paper.Form]) -> bytes:
    landlord, (language, size) = landlords.own(), sheet
    described = paper.described(
        queries.instrument(queries.current_version(survey)),
        forms,
        language=language,
        landlord=landlord.name,
        contact=_contact(landlord),
        secrecy=said(PRIVATE[Secrecy(survey.secrecy)], language),
        closes_on=survey.closes_on,
        size=size,
    )
    return documents.typeset(described=described, template=paper.TEMPLATE)


def _contact(landlord: Any) -> str:
    """How to ask for help, with Relay UK beside the number (COM-08)."""
    phone = f"Telephone: {landlord.phone}\nRelay UK: 18001 {landlord.phone}" if landlord.phone else ""
    return "\n".join(part for part in (phone, landlord.email) if part)


def _bound(files: Sequence[bytes]) -> bytes:
    """Several files as one."""
    if len(files) == 1:
        return files[0]
    from pypdf import PdfWriter

    out = PdfWriter()
    for body in files:
        out.append(io.BytesIO(body))
    made = io.BytesIO()
    out.write(made)
    return made.getvalue()


@transaction.atomic
def let_go_of_prints(*, on: date, by: Actor) -> int:
    """Every night: the printed forms of surveys that have closed go, since they hold names and addresses."""
    kept = PaperBatch.objects.filter(file__isnull=False, file__emptied_on=None)
    found = list(kept.exclude(survey__state__in=[State.DRAFT, State.OPEN]).select_related("file"))
    for batch in found:
        assert batch.file is not None
        documents.empty(file=batch.file, on=on, by=by)
    return len(found)


def check_paper(survey: Survey) -> None:
    """Refuse where the survey is not open or not asked on paper."""
    if survey.state != State.OPEN:
        raise Refused("This survey is not open.")
    if Mode.PAPER not in survey.modes:
        raise Refused("This survey is not asked on paper.")


__all__ = [
    "blank_forms", "check_paper", "household_form", "let_go_of_prints", "new_serial", "print_batch", "square",
    "start_print",
]  # fmt: skip
