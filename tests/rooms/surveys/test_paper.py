"""Paper: printed for those who want letters, keyed by two people, counted once."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.utils import timezone
from pypdf import PdfReader

from hearth.documents import queries as documents
from hearth.kernel.permits import Forbidden
from hearth.kernel.refusals import Refused
from hearth.landlords.models import Setting
from hearth.register.models import ContactChannel, ContactWishes, SafeContact
from hearth.surveys import queries, services
from hearth.surveys.models import Invitation, PaperBatch, PaperEntry, Response
from hearth.surveys.rules import paper
from tests.factories import surveys as make
from tests.factories.tenants import opened

pytestmark = pytest.mark.django_db
ALL = ["web", "telephone", "paper"]


@pytest.fixture
def one(actor: Any) -> Any:
    return actor("interviewer")


@pytest.fixture
def other(actor: Any) -> Any:
    return actor("interviewer")


@pytest.fixture
def survey(inside: Any, tenants: Any, officer: Any) -> Any:
    for person in tenants[:6]:
        ContactChannel.objects.create(person=person, channel="letter", position=0, allowed=True)
    found = opened(make.survey(make.SMALL, state="draft", draw="random", modes=ALL), officer)
    services.invite(survey=found, by=officer)
    return found


def typed(**said: str) -> dict[str, list[str]]:
    return {name: [value] for name, value in {"overall": "2", "repair": "2", **said}.items()}


def key(survey: Any, serial: str, by: Any, **said: str) -> Any:
    now = timezone.now()
    return services.key_paper(
        survey=survey, serial=serial, typed=typed(**said), language="en", received_on=timezone.localdate(now), at=now,
        by=by,
    )  # fmt: skip


def serial_of(survey: Any, person: Any) -> str:
    return paper.serial(survey.pk, Invitation.objects.get(survey=survey, person=person).unit.number)


def words_of(body: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(body)).pages]


# ── printing ──


def test_forms_go_to_those_who_want_letters_in_their_size_and_words(
    survey: Any, officer: Any, tenants: Any, run_jobs: Any
) -> None:
    today = timezone.localdate()
    ContactWishes.objects.create(person=tenants[0], format="large_print", changed_on=today)
    ContactWishes.objects.create(person=tenants[1], format="easy_read", changed_on=today)
    ContactWishes.objects.create(person=tenants[2], format="braille", changed_on=today)
    ContactWishes.objects.create(person=tenants[3], language="cy", changed_on=today)
    services.start_print(survey=survey, at=timezone.now(), by=officer)
    assert "surveys.print_forms" in run_jobs()
    batch = PaperBatch.objects.get()
    assert batch.state == PaperBatch.State.DONE
    assert batch.by_form == {"en, large print": 1, "Easy Read": 1, "cy": 1, "en": 2}
    assert batch.left_out == {"Not reached by letter": 6, "Needs another format: braille": 1}
    assert batch.file
    pages = words_of(documents.body_of(batch.file))
    text = "\n".join(pages)
    assert "Eich cartref a ni" in text
    for person in (tenants[0], tenants[1], tenants[3], tenants[4]):
        invitation = Invitation.objects.get(survey=survey, person=person)
        assert queries.code_of(invitation) in text
        assert serial_of(survey, person) in text
        assert person.name in text
    assert tenants[2].name not in text
    assert "Refused" not in text


@pytest.mark.requirement("SUR-16")
def test_no_form_is_printed_for_whom_no_letter_is_safe(survey: Any, officer: Any, tenants: Any, run_jobs: Any) -> None:
    today = timezone.localdate()
    safe = [{"channel": "phone", "to": "+441632960999"}]
    SafeContact.objects.create(person=tenants[0], channels=safe, times=[], started_on=today, review_on=today)
    services.start_print(survey=survey, at=timezone.now(), by=officer)
    run_jobs()
    batch = PaperBatch.objects.get()
    assert batch.forms == 5
    assert batch.file
    assert tenants[0].name not in "\n".join(words_of(documents.body_of(batch.file)))
    assert set(batch.left_out) == {"Not reached by letter"}
    invitation = Invitation.objects.get(survey=survey, person=tenants[0])
    with pytest.raises(Refused, match="No letter may go"):
        services.household_form(invitation=invitation, size="standard", language="en", at=timezone.now(), by=officer)


def test_a_great_sample_comes_in_several_files_and_nobody_twice(
    survey: Any, officer: Any, tenants: Any, run_jobs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hearth.surveys.services.printing.PER_FILE", 4)
    services.start_print(survey=survey, at=timezone.now(), by=officer)
    run_jobs()
    assert sorted(PaperBatch.objects.values_list("forms", flat=True)) == [2, 4]
    text = "".join(
        page for batch in PaperBatch.objects.all() if batch.file for page in words_of(documents.body_of(batch.file))
    )
    for invitation in Invitation.objects.filter(survey=survey, person__in=tenants[:6]):
        assert text.count(queries.code_of(invitation)) == 1


def test_the_square_opens_the_same_survey(survey: Any, officer: Any, client_as: Any) -> None:
    invitation = Invitation.objects.filter(survey=survey)[0]
    code = queries.code_of(invitation).replace("-", "")
    page = client_as().page(f"/surveys/r/{code}/")
    assert "How satisfied or dissatisfied are you with the service?" in page.content.decode()


def test_blank_forms_have_serials_of_their_own(inside: Any, officer: Any) -> None:
    survey = make.survey()
    pages = words_of(services.blank_forms(survey=survey, number=3, size="large", language="en", by=officer))
    serials = {word for page in pages for word in page.split() if word.startswith(f"{survey.pk}-B")}
    assert len(serials) == 3
    assert all(paper.read_serial(survey.pk, one) == one for one in serials)
    with pytest.raises(Refused, match="1 to 200"):
        services.blank_forms(survey=survey, number=201, size="large", language="en", by=officer)


def test_printed_forms_go_once_the_survey_has_closed(survey: Any, officer: Any, run_jobs: Any) -> None:
    services.start_print(survey=survey, at=timezone.now(), by=officer)
    run_jobs()
    services.close_survey(survey=survey, at=timezone.now(), on=timezone.localdate(), by=officer)
    assert services.let_go_of_prints(on=timezone.localdate(), by=officer) == 1
    batch = PaperBatch.objects.get()
    assert batch.file
    with pytest.raises(Refused):
        documents.body_of(batch.file)


def test_a_sample_with_an_anonymous_survey_has_no_forms_by_name(survey: Any, officer: Any) -> None:
    survey.secrecy = "anonymous"
    survey.save()
    with pytest.raises(Refused, match="anonymous"):
        services.start_print(survey=survey, at=timezone.now(), by=officer)
    assert services.blank_forms(survey=survey, number=1, size="standard", language="en", by=officer)


def test_only_who_builds_prints_and_only_who_interviews_keys(survey: Any, one: Any, actor: Any, tenants: Any) -> None:
    with pytest.raises(Forbidden):
        services.start_print(survey=survey, at=timezone.now(), by=one)
    with pytest.raises(Forbidden):
        key(survey, serial_of(survey, tenants[0]), actor("auditor"))


# ── keying ──


def test_the_same_keyed_twice_by_two_people_is_one_answer(survey: Any, one: Any, other: Any, tenants: Any) -> None:
    serial = serial_of(survey, tenants[0])
    first = key(survey, serial, one)
    assert first.state == PaperEntry.State.ONCE
    assert not Response.objects.exists()
    with pytest.raises(Refused, match="Somebody else must key it"):
        key(survey, serial, one)
    second = key(survey, serial, other)
    assert second.state == PaperEntry.State.AGREED
    response = Response.objects.get()
    assert (response.mode, response.answers) == ("paper", {"overall": "2", "repair": "no"})
    assert Invitation.objects.get(survey=survey, person=tenants[0]).state == Invitation.State.ANSWERED
    with pytest.raises(Refused, match=f"Form {serial} has been keyed and counted already"):
        key(survey, serial, one)
    assert Response.objects.count() == 1


def test_what_differs_is_settled_from_the_paper_and_counted_once(
    survey: Any, one: Any, other: Any, tenants: Any
) -> None:
    serial = serial_of(survey, tenants[0])
    key(survey, serial, one, overall="2", why="Cold")
    entry = key(survey, serial, other, overall="3", why="Old")
    assert entry.state == PaperEntry.State.DIFFERS
    assert not Response.objects.exists()
    now = timezone.now()
    with pytest.raises(Refused, match="Question 4"):
        services.settle_paper(entry=entry, chosen={"overall": "second"}, typed={}, at=now, by=one)
    with pytest.raises(services.AnswersRefused):
        services.settle_paper(
            entry=entry, chosen={"overall": "other", "why": "first"}, typed={"overall": ["9"]}, at=now, by=one
        )
    said = {"chosen": {"overall": "other", "why": "first"}, "typed": {"overall": ["4"]}}
    for _ in range(2):
        services.settle_paper(entry=entry, **said, at=now, by=one)
    assert Response.objects.get().answers == {"overall": "4", "repair": "no", "why": "Cold"}


def test_a_household_that_answered_already_is_set_aside_and_it_is_said(
    survey: Any, one: Any, other: Any, tenants: Any
) -> None:
    invitation = Invitation.objects.get(survey=survey, person=tenants[0])
    make.respond(survey, {"overall": "1", "repair": "no"}, invitation=invitation)
    serial = serial_of(survey, tenants[0])
    key(survey, serial, one)
    entry = key(survey, serial, other)
    assert "had answered already" in services.what_became(entry)
    assert sorted(Response.objects.values_list("standing", flat=True)) == ["complete", "set_aside"]


def test_a_question_left_blank_on_paper_makes_a_part_answer(survey: Any, one: Any, other: Any, tenants: Any) -> None:
    serial = serial_of(survey, tenants[0])
    key(survey, serial, one, overall="0")
    entry = key(survey, serial, other, overall="-")
    assert Response.objects.get().standing == "part"
    assert "part answered" in services.what_became(entry)


def test_an_answer_that_the_filter_does_not_ask_is_dropped(survey: Any, one: Any, other: Any, tenants: Any) -> None:
    serial = serial_of(survey, tenants[0])
    for person in (one, other):
        key(survey, serial, person, repair="2", speed="1")
    assert "speed" not in Response.objects.get().answers


def test_small_surveys_may_be_keyed_once(survey: Any, one: Any, tenants: Any) -> None:
    from datetime import date

    Setting.objects.create(key="surveys.keyed_once", value=1, holds_from=date(2020, 1, 1), source="Test", owner="Test")
    assert key(survey, serial_of(survey, tenants[0]), one).state == PaperEntry.State.AGREED
    assert key(survey, serial_of(survey, tenants[1]), one).state == PaperEntry.State.ONCE


def test_a_form_is_found_by_serial_or_code_and_what_is_neither_is_said(survey: Any, one: Any, tenants: Any) -> None:
    serial = serial_of(survey, tenants[0])
    invitation = Invitation.objects.get(survey=survey, person=tenants[0])
    assert services.find_paper(survey=survey, typed=serial.lower(), by=one) == serial
    assert services.find_paper(survey=survey, typed=queries.code_of(invitation), by=one) == serial
    nobody = paper.serial(survey.pk, 99_999)
    for wrong, words in (
        (serial[:-1] + ("0" if serial[-1] != "0" else "1"), "not the serial"), (nobody, "No household"),
        (paper.serial(survey.pk + 1, 1), "another survey"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=words):
            services.find_paper(survey=survey, typed=wrong, by=one)


def test_a_form_without_a_serial_gets_one_to_write_on_it(survey: Any, one: Any, other: Any) -> None:
    serial = services.new_serial(survey=survey, by=one)
    key(survey, serial, one)
    key(survey, serial, other)
    assert Response.objects.get().invitation_id is None


def test_no_path_leads_from_a_paper_answer_to_the_home_once_the_survey_has_closed(
    survey: Any, one: Any, other: Any, officer: Any, tenants: Any
) -> None:
    serial = serial_of(survey, tenants[0])
    key(survey, serial, one)
    key(survey, serial, other)
    services.close_survey(survey=survey, at=timezone.now(), on=timezone.localdate(), by=officer)
    assert not PaperEntry.objects.exists()
    assert Response.objects.get().invitation_id is None
