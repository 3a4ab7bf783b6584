"""The one way in for answers: once a form, once a household, and never more of the person than the secrecy allows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from hearth.audit.models import Event
from hearth.kernel.permits import Actor, Forbidden
from hearth.kernel.refusals import Refused
from hearth.surveys import services
from hearth.surveys.models import Comment, Response
from tests.factories import surveys as make

pytestmark = pytest.mark.django_db


def test_an_answer_is_kept_with_its_version_mode_and_language(inside: Any) -> None:
    survey = make.survey(make.SMALL)
    taken = make.respond(survey, make.GOOD, mode="telephone", language="cy")

    kept = Response.objects.get()
    assert kept == taken
    assert kept.answers == make.GOOD
    assert (kept.mode, kept.language, kept.standing) == ("telephone", "cy", "complete")
    assert kept.version == survey.versions.get()


@pytest.mark.requirement("SUR-02")
def test_the_same_form_by_three_ways_gives_one_result_set_told_apart_by_way(inside: Any) -> None:
    survey = make.survey(make.SMALL)
    for mode in ("web", "telephone", "paper"):
        make.respond(survey, make.GOOD, mode=mode)
    assert sorted(survey.responses.values_list("mode", flat=True)) == ["paper", "telephone", "web"]


def test_a_form_sent_twice_is_one_response(inside: Any) -> None:
    survey = make.survey()
    one = make.respond(survey, nonce="n1")
    two = make.respond(survey, {"overall": "5"}, nonce="n1")
    assert one == two
    assert Response.objects.get().answers == {"overall": "2"}
    assert Event.objects.filter(deed="surveys.answered").count() == 1


def test_wrong_answers_are_refused_question_by_question_and_nothing_is_kept(inside: Any) -> None:
    survey = make.survey(make.SMALL)
    with pytest.raises(services.AnswersRefused) as refused:
        make.respond(survey, {"overall": "9", "repair": "yes"})
    assert set(refused.value.errors) == {"overall", "speed"}
    assert not Response.objects.exists()


def test_free_text_is_kept_once_more_to_be_checked_for_names(inside: Any) -> None:
    make.respond(make.survey(make.SMALL), make.GOOD)
    comment = Comment.objects.get()
    assert (comment.question, comment.text, comment.state) == ("why", "The stairs are clean.", "waiting")


def test_only_those_who_may_interview_answer_for_others(inside: Any, actor: Any) -> None:
    survey = make.survey()
    visitor = Actor(landlord_id=inside.pk)
    assert make.respond(survey, mode="web", by=visitor)
    with pytest.raises(Forbidden):
        make.respond(survey, mode="telephone", by=visitor)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"state": "draft"}, "not open yet"),
        ({"state": "closed"}, "has closed"),
        ({"opens_on": timezone.localdate() + timedelta(days=1)}, "not open yet"),
        ({"closes_on": timezone.localdate() - timedelta(days=1)}, "has closed"),
    ],
)
def test_a_survey_that_is_not_open_takes_no_answers(inside: Any, said: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        make.respond(make.survey(**said))


def test_the_audit_of_an_answer_names_no_person_and_no_answer(inside: Any) -> None:
    survey = make.survey(make.SMALL)
    invitation, _ = make.invitation(survey)
    make.respond(survey, make.GOOD, invitation=invitation, by=Actor(landlord_id=inside.pk))
    event = Event.objects.get(deed="surveys.answered")
    assert (event.by_id, event.by_name, event.about_person) == (None, "A visitor", None)
    assert (event.subject_kind, event.subject_id) == ("surveys.survey", survey.pk)
    assert event.detail == {"mode": "web", "standing": "complete"}


class TestOneResponseAHousehold:
    def test_the_invitation_is_marked_with_a_day_and_the_response_has_its_traits(self, inside: Any) -> None:
        survey = make.survey()
        invitation, _ = make.invitation(survey, at=make.unit(survey, traits={"area": "South"}, stock="lcho"))
        taken = make.respond(survey, invitation=invitation)
        invitation.refresh_from_db()
        assert (invitation.state, invitation.answered_on) == ("answered", timezone.localdate())
        assert (taken.invitation, taken.traits, taken.stock) == (invitation, {"area": "South"}, "lcho")

    def test_a_second_answer_is_kept_and_does_not_count(self, inside: Any) -> None:
        survey = make.survey()
        invitation, _ = make.invitation(survey)
        first = make.respond(survey, invitation=invitation)
        second = make.respond(survey, {"overall": "5"}, invitation=invitation, mode="telephone")
        assert (first.standing, second.standing) == ("complete", "set_aside")
        assert second.why_set_aside == "A second answer of the same household"
        assert survey.responses.exclude(standing="set_aside").get() == first

    def test_an_interview_that_was_broken_off_gives_way_to_the_whole_one(self, inside: Any) -> None:
        survey = make.survey(make.SMALL)
        invitation, _ = make.invitation(survey)
        begun = make.respond(survey, {"repair": "no"}, invitation=invitation, mode="telephone", part=True)
        invitation.refresh_from_db()
        assert (begun.standing, invitation.state) == ("part", "sent")
        whole = make.respond(survey, make.GOOD, invitation=invitation)
        assert survey.responses.exclude(standing="set_aside").get() == whole
        assert survey.responses.get(standing="set_aside") == begun

    def test_a_code_of_another_survey_is_refused(self, inside: Any) -> None:
        invitation, _ = make.invitation(make.survey())
        with pytest.raises(Refused, match="another survey"):
            make.respond(make.survey(), invitation=invitation)


class TestThePrizeDraw:
    def test_an_entry_carries_neither_the_answers_number_nor_a_time_of_day(self, inside: Any) -> None:
        survey = make.survey(incentive="A draw for a £50 voucher")
        taken = make.respond(survey, nonce="a")
        for _ in range(2):
            services.enter_draw(
                survey=survey, nonce="b", name="Sam", contact="01632 960002", by=Actor(landlord_id=inside.pk)
            )
        entry = survey.prize_entries.get()
        assert entry.nonce != taken.nonce
        assert timezone.localtime(entry.recorded_at).strftime("%H:%M:%S.%f") == "00:00:00.000000"

    def test_every_night_the_entries_lose_the_order_in_which_they_came(self, inside: Any) -> None:
        from hearth.surveys.models import PrizeEntry

        survey, visitor = make.survey(incentive="A voucher"), Actor(landlord_id=inside.pk)
        names = [f"Person {number:03}" for number in range(60)]
        for number, name in enumerate(names):
            services.enter_draw(survey=survey, nonce=f"n{number}", name=name, contact="01632 960002", by=visitor)
        before = set(PrizeEntry.objects.values_list("nonce", "name", "contact"))
        assert list(PrizeEntry.objects.order_by("id").values_list("name", flat=True)) == names
        services.mix_entries(by=visitor)
        assert set(PrizeEntry.objects.values_list("nonce", "name", "contact")) == before
        assert list(PrizeEntry.objects.order_by("id").values_list("name", flat=True)) != names

    def test_without_an_incentive_nobody_is_asked_for_a_name(self, inside: Any) -> None:
        with pytest.raises(Refused, match="no prize draw"):
            services.enter_draw(survey=make.survey(), nonce="b", name="Sam", contact="x", by=Actor(landlord_id=None))
