"""No path leads from a person to an answer: the database itself is read to prove it (issue 3, section D)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from hearth.kernel.permits import Forbidden
from hearth.kernel.refusals import Refused
from hearth.surveys import services
from hearth.surveys.models import (
    Attempt,
    Comment,
    Draft,
    FirmFile,
    Invitation,
    PaperEntry,
    Response,
    Unit,
)
from hearth.surveys.services import privacy
from tests.factories import surveys as make
from tests.factories.tenants import opened

pytestmark = pytest.mark.django_db
ANSWERS = {"surveys_response", "surveys_comment"}
LEAST = 5


def rows() -> Iterator[tuple[str, set[str]]]:
    """Every row of every table with all that could tell it apart: values, the leaves of JSON, the writing transaction.

    Read as the owner of the tables, so that nothing is hidden by the wall.
    """
    with connection.cursor() as cursor:
        cursor.execute("reset role")
        cursor.execute(
            "select table_name from information_schema.tables "
            "where table_schema = 'public' and table_type = 'BASE TABLE'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f'select xmin::text, xmax::text, to_jsonb(t) from "{table}" t')
            for wrote, held, row in cursor.fetchall():  # `held`: the transaction that locked the row
                read = json.loads(row) if isinstance(row, str) else row
                told = {f"written by {number}" for number in (wrote, held) if number != "0"}
                yield table, told | {one for one in leaves(read) if len(one) > 5}


def leaves(value: Any) -> Iterator[str]:
    """Every single value in a row, however deep in JSON."""
    if isinstance(value, dict):
        for one in value.values():
            yield from leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one)
    elif value is not None:
        yield str(value)


def paths(survey: Any) -> set[str]:
    """What sets few answers of a survey apart and also stands somewhere else in the database."""
    found = list(rows())
    answers = [values - set(survey.modes) for table, values in found if table == "surveys_response"]
    shared = Counter(value for values in answers for value in values)
    told: set[str] = set()
    for table, values in found:
        if table not in ANSWERS:
            told |= {value for value in values if 0 < shared[value] < LEAST}
    return told


@pytest.fixture
def answered(draft: Any, tenants: Any, officer: Any) -> Any:
    """A survey that twelve tenants have answered, on several days, by several ways, with drafts, calls and papers."""
    survey = opened(draft, officer, opens_on=timezone.localdate() - timedelta(days=9))
    services.invite(survey=survey, by=officer)
    answer_all(survey, officer)
    return survey


def respond(survey: Any, answers: Any, **said: Any) -> Any:
    """One answer in a transaction of its own, as each is on the web: here a savepoint, which has a number too."""
    with transaction.atomic():
        return make.respond(survey, answers, **said)


def answer_all(survey: Any, officer: Any) -> None:
    began = timezone.now() - timedelta(days=6)
    for number, invitation in enumerate(Invitation.objects.filter(survey=survey).order_by("pk")):
        at = began + timedelta(hours=11 * number, minutes=7 * number)
        Draft.objects.create(
            survey=survey, version=survey.versions.get(), nonce=f"nonce-of-{number}", invitation=invitation, mode="web",
            answers={"why": ["a draft"]}, started_at=at, changed_at=at,
        )  # fmt: skip
        mode = ("web", "telephone", "paper")[number % 3]
        taken = respond(
            survey,
            {"overall": str(1 + number % 5), "why": f"comment {number:04}"},
            invitation=invitation, mode=mode, nonce=f"nonce-of-{number}", started_at=at - timedelta(minutes=3), at=at,
            language="pl" if number == 4 else "en", by=officer,
        )  # fmt: skip
        if mode == "telephone":
            Attempt.objects.create(invitation=invitation, at=at, outcome="answered", by_name="An interviewer")
        if mode == "paper":
            PaperEntry.objects.create(
                survey=survey, serial=f"paper-{number}", invitation=invitation, first=taken.answers, response=taken,
                second=taken.answers, state=PaperEntry.State.AGREED, received_on=timezone.localdate(at),
            )  # fmt: skip


def traits(survey: Any) -> list[dict[str, str]]:
    return list(survey.responses.values_list("traits", flat=True))


def closed(survey: Any, officer: Any) -> Any:
    survey.state, survey.closed_at = "closed", timezone.now()
    survey.save()
    services.unlink(survey=survey, at=timezone.now(), by=officer)
    return survey


def test_while_it_is_open_the_paths_that_this_test_looks_for_are_there(answered: Any) -> None:
    told = paths(answered)
    assert any(one.startswith("written by") for one in told)
    assert {str(one.response_id) for one in PaperEntry.objects.all()} <= told


def test_nothing_that_sets_an_answer_apart_stands_anywhere_else_once_it_has_closed(answered: Any, officer: Any) -> None:
    assert paths(closed(answered, officer)) == set()


def test_the_answers_themselves_are_all_there_once(answered: Any, officer: Any) -> None:
    before = sorted(one["why"] for one in answered.responses.values_list("answers", flat=True))
    closed(answered, officer)
    assert sorted(one["why"] for one in answered.responses.values_list("answers", flat=True)) == before
    for comment in Comment.objects.select_related("response"):
        assert comment.response.answers["why"] == comment.text


def test_neither_numbers_nor_places_in_the_table_tell_the_order_in_which_answers_came(
    answered: Any, officer: Any
) -> None:
    numbers = set(answered.responses.values_list("pk", flat=True))
    closed(answered, officer)
    assert not numbers & set(answered.responses.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("select answers ->> 'why' from surveys_response order by ctid")
        lie = [one for (one,) in cursor.fetchall()]
    assert sorted(lie) != lie
    assert [one.text for one in Comment.objects.order_by("pk")] != sorted(lie)
    assert Response.objects.filter(invitation__isnull=False).count() == 0


def test_no_moment_stays_and_no_day_with_few_answers(answered: Any, officer: Any) -> None:
    closed(answered, officer)
    days = Counter(answered.responses.values_list("given_at", flat=True))
    assert all(timezone.localtime(one).strftime("%H:%M:%S.%f") == "00:00:00.000000" for one in days)
    assert min(days.values()) >= LEAST
    assert set(answered.responses.values_list("started_at", "taken_by", "weight")) == {(None, None, None)}
    assert set(answered.responses.values_list("recorded_at", flat=True)) == set(days)
    assert set(Comment.objects.values_list("recorded_at", flat=True)) <= set(days)
    assert not Invitation.objects.exclude(answered_on=None)


def test_of_its_traits_an_answer_keeps_what_several_households_share(answered: Any, officer: Any) -> None:
    for unit in list(answered.units.all()):
        for _ in range(unit.number % 3):
            make.unit(answered, traits=unit.traits, stock=unit.stock)
    kept = {json.dumps(one, sort_keys=True) for one in traits(closed(answered, officer))}
    everybody = list(Unit.objects.filter(survey=answered).values_list("traits", flat=True))
    assert len(kept) > 1
    for one in kept:
        alike = [unit for unit in everybody if json.loads(one).items() <= unit.items()]
        assert len(alike) >= LEAST


def test_drafts_calls_and_keyed_papers_go_and_are_counted(answered: Any, officer: Any) -> None:
    from hearth.audit.models import Event

    closed(answered, officer)
    assert not Draft.objects.count() + Attempt.objects.count() + PaperEntry.objects.count()
    assert Event.objects.get(deed="surveys.unlinked").detail == {"calls": 4, "papers": 4, "responses": 12}


def test_a_paper_that_is_not_settled_yet_stays_without_its_household(answered: Any, officer: Any) -> None:
    PaperEntry.objects.filter(serial="paper-2").update(state=PaperEntry.State.DIFFERS, response=None)
    closed(answered, officer)
    assert PaperEntry.objects.get().invitation is None


def test_the_file_of_a_survey_firm_is_emptied_once_it_was_brought_in(answered: Any, officer: Any) -> None:
    from hearth.documents import services as documents

    file = documents.keep(name="answers.csv", body=b"reference,TP01\nA1,5\n", purpose="survey", by=officer)
    FirmFile.objects.create(survey=answered, file=file, state=FirmFile.State.DONE, by_name="Firm")
    closed(answered, officer)
    file.refresh_from_db()
    assert file.emptied_on is not None
    assert file.path == ""


def test_what_comes_after_the_last_day_is_unlinked_the_night_after(answered: Any, officer: Any) -> None:
    closed(answered, officer)
    before = sorted(json.dumps(one, sort_keys=True) for one in traits(answered))
    late = answered.responses.first()
    Response.objects.filter(pk=late.pk).update(
        recorded_at=timezone.now() + timedelta(hours=1), given_at=timezone.now() + timedelta(hours=1)
    )
    privacy.unlink_late(at=timezone.now(), by=officer)
    assert paths(answered) == set()
    assert (
        sorted(json.dumps(one, sort_keys=True) for one in traits(answered)) == before
    )  # nothing is lost by doing it twice
    numbers = set(answered.responses.values_list("pk", flat=True))
    privacy.unlink_late(at=timezone.now(), by=officer)
    assert set(answered.responses.values_list("pk", flat=True)) == numbers


def test_an_anonymous_survey_never_has_a_path_not_even_while_it_is_open(draft: Any, tenants: Any, officer: Any) -> None:
    draft.secrecy = "anonymous"
    survey = opened(draft, officer, opens_on=timezone.localdate() - timedelta(days=9))
    services.invite(survey=survey, by=officer)
    for number, invitation in enumerate(Invitation.objects.filter(survey=survey).order_by("pk")):
        at = timezone.now() - timedelta(hours=11 * number)
        respond(survey, {"overall": "2", "why": f"comment {number:04}"}, invitation=invitation, at=at, by=officer)
    assert {one for one in paths(survey) if not one.startswith("written by")} == set()
    written = {one for table, values in rows() if table in ANSWERS for one in values if one.startswith("written")}
    with_them = {table for table, values in rows() if written & values} - ANSWERS
    assert with_them <= {"audit_event", "surveys_version"}  # neither says of whom
    assert paths(closed(survey, officer)) == set()


def test_in_a_named_survey_answers_stay_with_their_people(answered: Any, officer: Any) -> None:
    answered.secrecy = "named"
    answered.save()
    closed(answered, officer)
    assert answered.responses.filter(invitation__isnull=False).count() == 12


def test_while_it_is_open_answers_stay_linked_so_that_a_household_answers_once(answered: Any, officer: Any) -> None:
    with pytest.raises(Refused, match="until the survey has closed"):
        services.unlink(survey=answered, at=timezone.now(), by=officer)


def test_not_everybody_may_do_it(answered: Any, actor: Any) -> None:
    answered.state = "closed"
    answered.save()
    with pytest.raises(Forbidden):
        services.unlink(survey=answered, at=timezone.now(), by=actor("auditor"))
