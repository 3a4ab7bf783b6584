"""Population, draw and invitations: frozen, repeatable, one a household, and never to whom it must not go."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from hearth.kernel.permits import Forbidden
from hearth.kernel.refusals import Refused
from hearth.notifications.models import Message
from hearth.register.models import Estate, Home, Household, HouseholdMember, Person, SafeContact, Tenancy, TenancyHolder
from hearth.surveys import queries, services
from hearth.surveys.models import Exclusion, Invitation, Unit
from tests.factories import surveys as make

pytestmark = pytest.mark.django_db
ALL = ("general_needs", "supported")
DAY = date(2026, 3, 31)


def tenant(number: int, *, tenure: str = "general_needs", estate: Any = None, **said: Any) -> Person:
    """A lead tenant with a household in a home of their own."""
    person = Person.objects.create(
        **{"given_name": "T", "family_name": f"Tenant{number}", "email": f"t{number}@example.org",
           "born_on": date(1960 + number % 40, 5, 5), **said}
    )  # fmt: skip
    home = Home.objects.create(address=f"{number} Mill Lane", postcode="DA1 1AA", kind="flat", estate=estate)
    household = Household.objects.create(home=home, started_on=date(2020, 1, 1))
    HouseholdMember.objects.create(household=household, person=person, started_on=date(2020, 1, 1))
    tenancy = Tenancy.objects.create(home=home, household=household, tenure=tenure, started_on=date(2020, 1, 1))
    TenancyHolder.objects.create(tenancy=tenancy, person=person, lead=True, started_on=date(2020, 1, 1))
    return person


@pytest.fixture
def officer(actor: Any) -> Any:
    return actor("resident_involvement_officer")


@pytest.fixture
def survey(inside: Any) -> Any:
    return make.survey(state="draft", draw="random")


@pytest.fixture
def tenants(inside: Any) -> list[Person]:
    north = Estate.objects.create(name="Mill", area="North")
    return [
        *(tenant(number, estate=north if number % 2 else None) for number in range(1, 9)),
        *(tenant(number, tenure="supported") for number in range(9, 13)),
    ]


def frozen(survey: Any, officer: Any, tenures: Any = ALL, **said: Any) -> Any:
    return services.freeze_population(survey=survey, on=DAY, tenures=tenures, **said, by=officer)


def test_the_population_is_frozen_and_the_register_may_go_on(survey: Any, tenants: Any, officer: Any) -> None:
    kept = frozen(survey, officer)
    assert kept.size == 12
    assert kept.margins["stock_type"] == {
        "General needs tenancy": 8,
        "Supported or independent living tenancy": 4,
    }
    assert kept.margins["area"] == {"North": 4, "Not known": 8}
    Tenancy.objects.update(ended_on=date(2026, 4, 30))
    assert Unit.objects.filter(survey=survey).count() == 12


def test_frozen_again_on_the_same_day_it_has_the_same_fingerprint(survey: Any, tenants: Any, officer: Any) -> None:
    assert frozen(survey, officer).digest == frozen(survey, officer).digest
    assert frozen(survey, officer, ("supported",)).size == 4
    assert Unit.objects.filter(survey=survey).count() == 4


def test_what_others_keep_of_people_comes_as_counts_only(survey: Any, tenants: Any, officer: Any) -> None:
    kept = frozen(survey, officer, characteristics=("sex",))
    assert sum(kept.margins["sex"].values()) == 12
    assert "sex" not in Unit.objects.filter(survey=survey)[0].traits


def test_the_same_seed_draws_the_same_households(survey: Any, tenants: Any, officer: Any) -> None:
    frozen(survey, officer)
    kept = services.draw_sample(survey=survey, size=5, seed="spring", by=officer)
    first = list(queries.drawn(survey).values_list("number", "drawn"))
    assert kept.draw["seed"] == "spring"
    assert len(first) == 5
    services.draw_sample(survey=survey, size=5, seed="spring", by=officer)
    assert list(queries.drawn(survey).values_list("number", "drawn")) == first
    services.draw_sample(survey=survey, size=3, by=officer)
    assert queries.drawn(survey).count() == 3


@pytest.mark.requirement("SUR-17")
def test_the_draw_says_how_many_answers_are_needed(survey: Any, tenants: Any, officer: Any) -> None:
    frozen(survey, officer)
    kept = services.draw_sample(survey=survey, size=5, by=officer)
    assert (kept.draw["required"], kept.draw["accuracy"]) == (12, 5.0)


def test_a_stratified_draw_keeps_the_shares(survey: Any, tenants: Any, officer: Any) -> None:
    survey.draw = "stratified"
    survey.save()
    frozen(survey, officer)
    kept = services.draw_sample(survey=survey, size=6, stratum="stock_type", by=officer)
    assert sorted(kept.draw["by_stratum"].values()) == [2, 4]


def test_a_household_leaves_the_frame_only_for_paragraph_63_and_is_counted(
    survey: Any, tenants: Any, officer: Any
) -> None:
    frozen(survey, officer)
    with pytest.raises(Refused, match="paragraph 63"):
        services.leave_out(survey=survey, number=3, why="opt_out", text="Asked for it", by=officer)
    with pytest.raises(Refused, match="broadly why"):
        services.leave_out(survey=survey, number=3, why="risk", by=officer)
    left = services.leave_out(survey=survey, number=3, why="capacity", text="Advanced dementia", by=officer)
    survey.draw = "census"
    survey.save()
    services.draw_sample(survey=survey, by=officer)
    assert 3 not in queries.drawn(survey).values_list("number", flat=True)
    assert queries.population(survey).left_out == 1
    assert queries.left_out(survey) == [("Significant capacity issues (paragraph 63)", 1, True)]
    services.take_back(survey=survey, exclusion=left, by=officer)
    assert queries.population(survey).left_out == 0
    assert not queries.drawn(survey).exists(), "what was drawn from another frame is no sample of this one"


def test_an_open_survey_keeps_its_population_and_draw(survey: Any, tenants: Any, officer: Any) -> None:
    frozen(survey, officer)
    survey.state = "open"
    survey.save()
    for deed in (lambda: frozen(survey, officer), lambda: services.draw_sample(survey=survey, size=2, by=officer)):
        with pytest.raises(Refused, match="has been opened"):
            deed()


def test_who_may_not_build_surveys_freezes_nothing(survey: Any, tenants: Any, actor: Any) -> None:
    with pytest.raises(Forbidden):
        frozen(survey, actor("interviewer"))


def opened(survey: Any, officer: Any, **said: Any) -> Any:
    """Frozen, drawn as a census and open."""
    survey.draw = "census"
    survey.save()
    frozen(survey, officer)
    services.draw_sample(survey=survey, by=officer)
    for name, value in {"state": "open", "opens_on": timezone.localdate(), **said}.items():
        setattr(survey, name, value)
    survey.save()
    return survey


def test_everybody_who_was_drawn_is_asked_once_with_a_code_of_their_own(
    survey: Any, tenants: Any, officer: Any, run_jobs: Any
) -> None:
    opened(survey, officer)
    assert services.invite(survey=survey, by=officer) == 12
    assert services.invite(survey=survey, by=officer) == 0
    run_jobs()
    messages = list(Message.objects.all())
    assert len(messages) == 12
    assert set(Invitation.objects.values_list("state", flat=True)) == {"sent"}
    one = Invitation.objects.select_related("unit").first()
    code = queries.code_of(one)
    assert any(f"/thornbridge/surveys/r/{code}/" in message.body for message in messages)
    assert queries.invitation_by_code(code.lower().replace("-", " ")) == one
    assert code not in str(Invitation.objects.filter(pk=one.pk).values())


@pytest.mark.requirement("SUR-16")
def test_whoever_cannot_be_reached_safely_is_counted_and_nothing_more(
    survey: Any, tenants: Any, officer: Any, run_jobs: Any
) -> None:
    SafeContact.objects.create(
        person=tenants[0], channels=[], set_by_name="X", started_on=date(2026, 1, 1), review_on=date(2030, 1, 1)
    )
    opened(survey, officer)
    services.invite(survey=survey, by=officer)
    run_jobs()
    assert not Message.objects.filter(to_address=tenants[0].email).exists()
    kept = Exclusion.objects.get(survey=survey)
    assert (kept.why, kept.text) == ("safety", "")
    assert queries.left_out(survey) == [("Cannot be reached safely", 1, False)]
    assert queries.progress(survey).withheld == 1


@pytest.mark.requirement("SUR-20")
def test_nobody_is_surveyed_twice_within_thirty_days_but_for_the_statutory_one(
    survey: Any, tenants: Any, officer: Any, run_jobs: Any
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
    opened(survey, officer)
    services.invite(survey=survey, by=officer)
    run_jobs()
    assert Exclusion.objects.get(survey=survey).why == "recent"
    assert not Message.objects.filter(to_address=tenants[0].email).exists()
    assert Message.objects.filter(to_address=tenants[1].email).exists()
    Invitation.objects.exclude(survey=earlier).delete()
    Exclusion.objects.all().delete()
    survey.statutory = True
    survey.save()
    services.invite(survey=survey, by=officer)
    run_jobs()
    assert not Exclusion.objects.exists()


def test_reminders_spare_those_who_answered(survey: Any, tenants: Any, officer: Any, run_jobs: Any) -> None:
    opened(survey, officer, reminders=[7, 14], opens_on=timezone.localdate() - timedelta(days=7))
    services.invite(survey=survey, by=officer)
    run_jobs()
    answered = Invitation.objects.select_related("unit").first()
    make.respond(survey, invitation=answered)
    assert list(services.due_reminders(on=timezone.localdate())) == [(survey, 1)]
    assert list(services.due_reminders(on=timezone.localdate() + timedelta(days=1))) == []
    services.remind(survey_id=survey.pk, number=1, at=timezone.now(), by=officer)
    services.remind(survey_id=survey.pk, number=1, at=timezone.now(), by=officer)
    assert Message.objects.filter(subject__startswith="Reminder").count() == 11
    assert not Message.objects.filter(subject__startswith="Reminder", to_address=answered.person.email).exists()


def test_an_anonymous_survey_gives_nobody_a_code_of_their_own(
    survey: Any, tenants: Any, officer: Any, run_jobs: Any
) -> None:
    opened(survey, officer, secrecy="anonymous")
    services.invite(survey=survey, by=officer)
    run_jobs()
    bodies = {message.body for message in Message.objects.all()}
    assert len(bodies) == 1
    assert f"/surveys/s/{survey.slug}/" in bodies.pop()
