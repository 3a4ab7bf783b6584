"""Population, draw and invitations: frozen, repeatable, one a household, and never to whom it must not go."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from hearth.kernel.permits import Forbidden
from hearth.kernel.refusals import Refused
from hearth.notifications.models import Message
from hearth.register.models import ContactChannel, SafeContact, Tenancy
from hearth.surveys import queries, services
from hearth.surveys.models import Exclusion, Invitation, Unit
from tests.factories import surveys as make
from tests.factories.tenants import DAY, frozen, opened

pytestmark = pytest.mark.django_db


def test_the_population_is_frozen_and_the_register_may_go_on(draft: Any, tenants: Any, officer: Any) -> None:
    kept = frozen(draft, officer)
    assert kept.size == 12
    assert kept.margins["stock_type"] == {
        "General needs tenancy": 8,
        "Supported or independent living tenancy": 4,
    }
    assert kept.margins["area"] == {"North": 4, "Not known": 8}
    Tenancy.objects.update(ended_on=date(2026, 4, 30))
    assert Unit.objects.filter(survey=draft).count() == 12


def test_frozen_again_on_the_same_day_it_has_the_same_fingerprint(draft: Any, tenants: Any, officer: Any) -> None:
    assert frozen(draft, officer).digest == frozen(draft, officer).digest
    assert frozen(draft, officer, ("supported",)).size == 4
    assert Unit.objects.filter(survey=draft).count() == 4


def test_what_others_keep_of_people_comes_as_counts_only(draft: Any, tenants: Any, officer: Any) -> None:
    kept = frozen(draft, officer, characteristics=("sex",))
    assert sum(kept.margins["sex"].values()) == 12
    assert "sex" not in Unit.objects.filter(survey=draft)[0].traits


def test_the_same_seed_draws_the_same_households(draft: Any, tenants: Any, officer: Any) -> None:
    frozen(draft, officer)
    kept = services.draw_sample(survey=draft, size=5, seed="spring", by=officer)
    first = list(queries.drawn(draft).values_list("number", "drawn"))
    assert kept.draw["seed"] == "spring"
    assert len(first) == 5
    services.draw_sample(survey=draft, size=5, seed="spring", by=officer)
    assert list(queries.drawn(draft).values_list("number", "drawn")) == first
    services.draw_sample(survey=draft, size=3, by=officer)
    assert queries.drawn(draft).count() == 3


@pytest.mark.requirement("SUR-17")
def test_the_draw_says_how_many_answers_are_needed(draft: Any, tenants: Any, officer: Any) -> None:
    frozen(draft, officer)
    kept = services.draw_sample(survey=draft, size=5, by=officer)
    assert (kept.draw["required"], kept.draw["accuracy"]) == (12, 5.0)


def test_a_stratified_draw_keeps_the_shares(draft: Any, tenants: Any, officer: Any) -> None:
    draft.draw = "stratified"
    draft.save()
    frozen(draft, officer)
    kept = services.draw_sample(survey=draft, size=6, stratum="stock_type", by=officer)
    assert sorted(kept.draw["by_stratum"].values()) == [2, 4]


def test_a_household_leaves_the_frame_only_for_paragraph_63_and_is_counted(
    draft: Any, tenants: Any, officer: Any
) -> None:
    frozen(draft, officer)
    with pytest.raises(Refused, match="paragraph 63"):
        services.leave_out(survey=draft, number=3, why="opt_out", text="Asked for it", by=officer)
    with pytest.raises(Refused, match="broadly why"):
        services.leave_out(survey=draft, number=3, why="risk", by=officer)
    left = services.leave_out(survey=draft, number=3, why="capacity", text="Advanced dementia", by=officer)
    draft.draw = "census"
    draft.save()
    services.draw_sample(survey=draft, by=officer)
    assert 3 not in queries.drawn(draft).values_list("number", flat=True)
    assert queries.population(draft).left_out == 1
    assert queries.left_out(draft) == [("Significant capacity issues (paragraph 63)", 1, True)]
    services.take_back(survey=draft, exclusion=left, by=officer)
    assert queries.population(draft).left_out == 0
    assert not queries.drawn(draft).exists(), "what was drawn from another frame is no sample of this one"


def test_an_open_survey_keeps_its_population_and_draw(draft: Any, tenants: Any, officer: Any) -> None:
    frozen(draft, officer)
    draft.state = "open"
    draft.save()
    for deed in (lambda: frozen(draft, officer), lambda: services.draw_sample(survey=draft, size=2, by=officer)):
        with pytest.raises(Refused, match="has been opened"):
            deed()


def test_who_may_not_build_surveys_freezes_nothing(draft: Any, tenants: Any, actor: Any) -> None:
    with pytest.raises(Forbidden):
        frozen(draft, actor("interviewer"))


def test_everybody_who_was_drawn_is_asked_once_with_a_code_of_their_own(
    draft: Any, tenants: Any, officer: Any, run_jobs: Any
) -> None:
    opened(draft, officer)
    assert services.invite(survey=draft, by=officer) == 12
    assert services.invite(survey=draft, by=officer) == 0
    run_jobs()
    messages = list(Message.objects.all())
    assert len(messages) == 12
    assert set(Invitation.objects.values_list("state", flat=True)) == {"sent"}
    one = Invitation.objects.select_related("unit").first()
    code = queries.code_of(one)
    assert any(f"/thornbridge/surveys/r/{code}/" in message.body for message in messages)
    assert queries.invitation_by_code(code.lower().replace("-", " ")) == one
    assert code not in str(Invitation.objects.filter(pk=one.pk).values())


def test_opening_a_survey_asks_whoever_was_drawn(inside: Any, tenants: Any, officer: Any, run_jobs: Any) -> None:
    survey = services.add_survey(title="Tenant survey", on=DAY, ready="star", by=officer)
    days = {"opens_on": DAY, "closes_on": DAY + timedelta(days=9)}
    services.change_facts(survey=survey, draw="census", purpose="To know.", by=officer, **days)
    frozen(survey, officer)
    services.draw_sample(survey=survey, by=officer)
    services.open_survey(survey=survey, at=timezone.now(), on=DAY, by=officer)
    run_jobs()
    assert Invitation.objects.filter(survey=survey, state="sent").count() == 12


@pytest.mark.requirement("SUR-16")
def test_whoever_cannot_be_reached_safely_is_counted_and_nothing_more(
    draft: Any, tenants: Any, officer: Any, run_jobs: Any
) -> None:
    SafeContact.objects.create(
        person=tenants[0], channels=[], set_by_name="X", started_on=date(2026, 1, 1), review_on=date(2030, 1, 1)
    )
    opened(draft, officer)
    services.invite(survey=draft, by=officer)
    run_jobs()
    assert not Message.objects.filter(to_address=tenants[0].email).exists()
    kept = Exclusion.objects.get(survey=draft)
    assert (kept.why, kept.text) == ("safety", "")
    assert queries.left_out(draft) == [("Cannot be reached safely", 1, False)]
    assert queries.progress(draft).withheld == 1


@pytest.mark.requirement("SUR-20")
def test_nobody_is_surveyed_twice_within_thirty_days_but_for_the_statutory_one(
    draft: Any, tenants: Any, officer: Any, run_jobs: Any
) -> None:
    earlier = make.survey()
    Invitation.objects.create(
        survey=earlier, person=tenants[0], code_digest="x", state="sent",
        sent_on=timezone.localdate() - timedelta(days=29),
    )  # fmt: skip
    Invitation.objects.create(
        survey=earlier, person=tenants[1], code_digest="y", state="sent",
        sent_on=timezone.localdate() - timedelta(days=30),
    )  # fmt: skip
    opened(draft, officer)
    services.invite(survey=draft, by=officer)
    run_jobs()
    assert Exclusion.objects.get(survey=draft).why == "recent"
    assert not Message.objects.filter(to_address=tenants[0].email).exists()
    assert Message.objects.filter(to_address=tenants[1].email).exists()
    Invitation.objects.exclude(survey=earlier).delete()
    Exclusion.objects.all().delete()
    draft.statutory = True
    draft.save()
    services.invite(survey=draft, by=officer)
    run_jobs()
    assert not Exclusion.objects.exists()


def test_reminders_spare_those_who_answered(draft: Any, tenants: Any, officer: Any, run_jobs: Any) -> None:
    opened(draft, officer, reminders=[7, 14], opens_on=timezone.localdate() - timedelta(days=7))
    services.invite(survey=draft, by=officer)
    run_jobs()
    answered = Invitation.objects.select_related("unit").first()
    make.respond(draft, invitation=answered)
    assert list(services.due_reminders(on=timezone.localdate())) == [(draft, 1)]
    assert list(services.due_reminders(on=timezone.localdate() + timedelta(days=1))) == []
    services.remind(survey_id=draft.pk, number=1, at=timezone.now(), by=officer)
    services.remind(survey_id=draft.pk, number=1, at=timezone.now(), by=officer)
    assert Message.objects.filter(subject__startswith="Reminder").count() == 11
    assert not Message.objects.filter(subject__startswith="Reminder", to_address=answered.person.email).exists()


def test_an_anonymous_survey_gives_nobody_a_code_of_their_own(
    draft: Any, tenants: Any, officer: Any, run_jobs: Any
) -> None:
    opened(draft, officer, secrecy="anonymous")
    services.invite(survey=draft, by=officer)
    run_jobs()
    bodies = {message.body for message in Message.objects.all()}
    assert len(bodies) == 1
    assert f"/surveys/s/{draft.slug}/" in bodies.pop()


def test_a_link_in_a_text_message_says_so_and_the_answer_counts_as_one(
    draft: Any, tenants: Any, officer: Any, run_jobs: Any
) -> None:
    person = tenants[0]
    person.mobile = "+447700900001"
    person.save()
    ContactChannel.objects.create(person=person, channel="sms", position=1)
    opened(draft, officer)
    services.invite(survey=draft, by=officer)
    run_jobs()
    text = Message.objects.get(channel="sms")
    assert "/?m=s" in text.body
    assert not Message.objects.filter(channel="email", body__contains="?m=s").exists()
