"""What people tell about themselves: kept four ways apart, with consent, seen by themselves and cleared staff only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hearth.kernel.permits import Forbidden
from hearth.kernel.refusals import Refused
from tests.factories.pages import text_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 31)


@pytest.fixture
def resident(person: Callable[..., Any], user_with: Callable[..., Any], asked: Any) -> Any:
    """A tenant who signs in."""
    return person(user=user_with(), born_on=date(1980, 5, 1))


def values(person: Any) -> dict[str, list[str]]:
    from hearth.equality.models import Answer

    found: dict[str, list[str]] = {}
    for row in Answer.objects.filter(person_id=person.pk, superseded_at=None).order_by("category__position"):
        found.setdefault(row.characteristic, []).append(row.category.label if row.category else row.standing)
    return found


@pytest.mark.requirement("PROF-01")
def test_prefer_not_to_say_not_known_not_applicable_and_not_asked_are_four_things(
    person: Any, tell: Any, officer: Any
) -> None:
    from hearth.equality import queries

    for standing in ("prefer_not_to_say", "unknown", "not_applicable"):
        tell(person(), race=standing)
    tell(person(), race="White")
    person()
    margins = queries.population_margins(["race"], on=DAY, by=officer)["race"]
    said = {label: count for label, count in margins.items() if count}
    assert said == {"White": 1, "Prefer not to say": 1, "Not known": 1, "Not applicable": 1, "Not asked": 1}


@pytest.mark.requirement("PROF-01", "PROF-32")
def test_a_resident_sees_and_changes_their_own_answers_and_the_trail_keeps_no_value(
    resident: Any, client_as: Any, asked: Any
) -> None:
    from hearth.audit.models import Event
    from hearth.equality.models import Answer

    client = client_as(resident.user)
    page = text_of(client.page("equality:you"))
    assert "So that our services are fair to everybody." in page
    assert "You do not have to answer" in page
    female, male = (asked["sex"].categories.get(label=label).pk for label in ("Female", "Male"))
    refused = client.send("equality:you", {"sex": female})
    assert refused.status_code == 422
    assert "Tick the box to agree" in text_of(refused)
    assert client.send("equality:you", {"sex": female, "consent": "yes"}).status_code == 302
    assert "Female" in text_of(client.page("equality:you"))
    assert client.send("equality:you", {"sex": male, "race": "prefer_not_to_say"}).status_code == 302
    assert values(resident) == {"sex": ["Male"], "race": ["prefer_not_to_say"]}
    kept = Answer.objects.get(person_id=resident.pk, characteristic="sex", superseded_at=None)
    assert kept.source == "self"
    assert kept.told_on
    for event in Event.objects.all():
        assert "emale" not in str(event.detail) + event.subject_name
    assert Event.objects.filter(deed="equality.told", about_person=resident.pk).count() == 2
    # The old answer stays, marked as replaced, for cleared staff only.
    assert Answer.objects.filter(person_id=resident.pk, characteristic="sex").exclude(superseded_at=None).count() == 1


@pytest.mark.requirement("PROF-15")
def test_taking_consent_back_removes_every_answer_and_keeps_that_it_happened(
    resident: Any, client_as: Any, asked: Any
) -> None:
    from hearth.audit.models import Event
    from hearth.equality.models import Answer, Consent

    client = client_as(resident.user)
    white = asked["race"].categories.get(label="White").pk
    client.send("equality:you", {"race": white, "consent": "yes"})
    client.send("equality:you", {"race": "prefer_not_to_say"})
    assert client.send("equality:withdraw").status_code == 302
    assert not Answer.objects.filter(person_id=resident.pk).exists()
    assert Consent.objects.get(person_id=resident.pk).withdrawn_on is not None
    event = Event.objects.get(deed="equality.consent_withdrawn")
    assert event.about_person == resident.pk
    assert "White" not in str(event.detail)
    assert client.send("equality:withdraw").status_code == 422


def test_an_answer_can_be_taken_away_alone(resident: Any, client_as: Any, asked: Any) -> None:
    client = client_as(resident.user)
    white = asked["race"].categories.get(label="White").pk
    client.send("equality:you", {"race": white, "sex": "prefer_not_to_say", "consent": "yes"})
    assert client.send("equality:you", {"race": "remove", "sex": "prefer_not_to_say"}).status_code == 302
    assert values(resident) == {"sex": ["prefer_not_to_say"]}


def test_several_answers_are_kept_where_a_set_allows_them_and_not_beside_prefer_not_to_say(
    resident: Any, client_as: Any, asked: Any
) -> None:
    client = client_as(resident.user)
    two = [str(c.pk) for c in asked["condition_effects"].categories.filter(label__in=["Vision", "Hearing"])]
    assert client.send("equality:you", {"condition_effects": two, "consent": "yes"}).status_code == 302
    assert values(resident)["condition_effects"] == ["Vision", "Hearing"]
    both = client.send("equality:you", {"condition_effects": [*two, "prefer_not_to_say"]})
    assert both.status_code == 422
    assert "but not both" in text_of(both)


def test_somebody_whose_account_is_no_residents_is_asked_nothing(client_as: Any, user_with: Any, asked: Any) -> None:
    client = client_as(user_with())
    assert "does not belong to a resident" in text_of(client.page("equality:you"))
    assert client.send("equality:you", {}).status_code == 404


def test_nobody_is_asked_without_a_purpose(
    person: Any, user_with: Any, client_as: Any, sets: Any, officer: Any
) -> None:
    from hearth.equality import services
    from hearth.equality.rules import Source, Standing, Told

    services.ask_with(kept=sets["printed-2026-sex"], from_on=date(2026, 1, 1), by=officer)
    them = person(user=user_with())
    assert "We are not asking anything" in text_of(client_as(them.user).page("equality:you"))
    with pytest.raises(Refused, match="without a purpose"):
        services.tell(
            person=them, told=[Told("sex", Standing.PREFER_NOT)], source=Source.OFFICER, on=DAY,
            at=None, by=officer,  # type: ignore[arg-type]
        )  # fmt: skip


@pytest.mark.requirement("PROF-14", "PROF-15")
def test_a_leaseholders_answers_are_kept_only_with_consent(
    person: Any, client_as: Any, user_with: Any, asked: Any
) -> None:
    them = person(tenure="lease")
    clerk = client_as(user_with(roles=["housing_officer"]))
    assert "This person is no tenant" in text_of(clerk.page("equality:told", pk=them.pk))
    sent = {"race": str(asked["race"].categories.get(label="White").pk), "source": "paper", "told_on": DAY}
    refused = clerk.send("equality:told", sent, pk=them.pk)
    assert refused.status_code == 422
    assert "only with their consent" in text_of(refused)
    assert values(them) == {}
    assert clerk.send("equality:told", {**sent, "consent": "yes"}, pk=them.pk).status_code == 302
    assert values(them) == {"race": ["White"]}


@pytest.mark.requirement("PROF-27")
def test_who_writes_down_answers_does_not_see_them_and_every_look_of_cleared_staff_is_recorded(
    person: Any, tell: Any, client_as: Any, user_with: Any
) -> None:
    from hearth.audit.models import Event

    them = person()
    tell(them, race="White")
    tell(them, race="Mixed or Multiple ethnic groups", on=date(2026, 3, 2))
    clerk = client_as(user_with(roles=["housing_officer"]))
    page = clerk.page("equality:told", pk=them.pk)
    assert "checked" not in "".join(part for part in page.content.decode().split("<input") if 'name="race"' in part)
    assert clerk.page("equality:answers", pk=them.pk).status_code == 403
    cleared = client_as(user_with(roles=["equality_officer"]))
    assert "Mixed" not in text_of(cleared.page("equality:answers", pk=them.pk))
    assert cleared.send("equality:answers", {"why": "x"}, pk=them.pk).status_code == 422
    shown = text_of(cleared.send("equality:answers", {"why": "Complaint about bias"}, pk=them.pk))
    assert "Mixed" in shown
    assert "White" in shown
    assert "Replaced" in shown
    event = Event.objects.get(deed="equality.answers_seen")
    assert event.about_person == them.pk
    assert event.detail == {"why": "Complaint about bias"}


def test_nobody_may_answer_or_read_for_somebody_else_by_the_residents_way(
    person: Any, actor: Any, asked: Any, officer: Any
) -> None:
    from hearth.equality import queries, services
    from hearth.equality.rules import Source, Standing, Told

    them = person()
    stranger = actor("housing_officer")
    with pytest.raises(Forbidden):
        queries.own_answers(them, by=stranger)
    with pytest.raises(Forbidden):
        services.tell(
            person=them, told=[Told("sex", Standing.PREFER_NOT)], source=Source.SELF, on=DAY,
            at=None, by=stranger,  # type: ignore[arg-type]
        )  # fmt: skip
    with pytest.raises(Forbidden):
        services.look_at_answers(person=them, why="just curious", by=stranger)


def test_a_file_is_checked_then_brought_in_once_and_its_rows_are_forgotten(
    person: Any, client_as: Any, user_with: Any, asked: Any, run_jobs: Any
) -> None:
    from hearth.equality.models import AnswerFile

    tenants = [person() for _ in range(3)]
    lease, stranger = person(tenure="lease"), "NOBODY"
    client = client_as(user_with(roles=["equality_officer"]))
    text = (
        "Tenant reference;Sex;Ethnicity;Consent\n"
        f"{tenants[0].key};Female;White;\n{tenants[1].key};M;Prefer not to say;\n{tenants[2].key};Lizard;;\n"
        f"{lease.key};Male;White;no\n{stranger};Male;;\n{tenants[0].key};Male;;\n"
    )
    file = SimpleUploadedFile("answers.csv", text.encode())
    sent = client.send("equality:add_file", {"file": file, "source": "import", "told_on": DAY})
    assert sent.status_code == 302
    kept = AnswerFile.objects.get()
    assert values(tenants[0]) == {}
    page = text_of(client.page("equality:file", pk=kept.pk))
    for words in ("not an answer of the category set", "only with their consent", "Nobody in the register", "row 2"):
        assert words in page
    assert "Lizard" not in page
    assert "Lizard" not in client.page("equality:file_problems", pk=kept.pk).content.decode()
    assert client.send("equality:bring_in", pk=kept.pk).status_code == 302
    run_jobs()
    assert values(tenants[0]) == {"sex": ["Female"], "race": ["White"]}
    assert values(lease) == {}
    kept.refresh_from_db()
    assert kept.ready == []
    assert kept.done_at
    assert client.send("equality:bring_in", pk=kept.pk).status_code == 422


@pytest.mark.requirement("PROF-14")
def test_leaseholders_ethnicity_from_a_file_is_refused_without_consent_and_taken_with_it(
    person: Any, officer: Any, asked: Any
) -> None:
    from hearth.equality import services
    from hearth.equality.rules import Source

    one, two = person(tenure="lease"), person(tenure="lease")
    rows = [(1, ("Reference", "Race", "Consent")), (2, (one.key, "White", "no")), (3, (two.key, "White", "yes"))]
    kept = services.check_file(name="conveyancing.csv", rows=rows, source=Source.IMPORT, on=DAY, by=officer)
    assert [(row, column) for row, column, _ in kept.problems] == [(2, "")]
    assert kept.people == 1


def test_a_file_with_a_column_that_is_not_asked_is_refused_by_name(client_as: Any, user_with: Any, asked: Any) -> None:
    client = client_as(user_with(roles=["equality_officer"]))
    file = SimpleUploadedFile("answers.csv", b"Reference,Religion\nP1,None\n")
    sent = client.send("equality:add_file", {"file": file, "source": "import", "told_on": DAY})
    assert sent.status_code == 422
    assert "Religion or belief is not asked" in text_of(sent)


def test_answers_are_forgotten_with_the_person(person: Any, tell: Any, actor: Any) -> None:
    from hearth.equality.models import Answer
    from hearth.register.services import erasing

    them, other = person(tenure=""), person()
    tell(them, race="White", consent=True)
    tell(other, race="White")
    erasing.anonymise(person=them, on=DAY, by=actor("data_protection_officer"))
    assert list(Answer.objects.values_list("person_id", flat=True)) == [other.pk]
