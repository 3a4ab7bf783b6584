"""Requests about one's own data, from asking to the answer, through the services."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from hearth.documents.queries import body_of
from hearth.kernel.permits import Forbidden
from hearth.kernel.refusals import Refused
from hearth.register.models import (
    Advocate,
    ContactLog,
    DataRequest,
    LegalHold,
    Need,
    OptOut,
    Person,
    Tenancy,
    TenancyHolder,
)
from hearth.register.queries import rights as queries
from hearth.register.rules.rights import Decision
from hearth.register.services import erasing, export, rights
from tests.rooms.register.residents import LONG_AGO, marked, resident

TODAY = date(2026, 6, 3)
NOW = datetime(2026, 6, 3, 10, tzinfo=UTC)


@pytest.fixture
def officer(actor):
    return actor("data_protection_officer")


def asked(officer, person, asks="access", **said):
    made = rights.ask(
        person=person, asked_by="", asks=asks, how="letter", received_on=TODAY, on=TODAY, by=officer, **said
    )
    rights.identity_proved(request=made, how="Passport seen at the office", on=TODAY, by=officer)
    return made


def tenancy(*people, **said):
    made = Tenancy.objects.create(
        **{
            "home": people[0].memberships.get().household.home,
            "tenure": "general_needs",
            "started_on": LONG_AGO,
            **said,
        }
    )
    for number, person in enumerate(people):
        TenancyHolder.objects.create(tenancy=made, person=person, lead=number == 0, started_on=LONG_AGO)
    return made


def copy_of(request):
    return json.loads(body_of(request.data))


# ── the lifecycle ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_request_is_due_a_calendar_month_after_it_came(inside, officer):
    assert asked(officer, resident()).due_on == date(2026, 7, 3)


def test_only_who_holds_the_permission_works_on_requests(inside, actor, officer):
    made = asked(officer, resident())
    with pytest.raises(Forbidden):
        rights.answer(request=made, state="granted", answer="Here it is.", at=NOW, by=actor("housing_officer"))
    with pytest.raises(Forbidden):
        queries.requests(by=actor("register_keeper"))


def test_where_identity_is_in_doubt_the_month_begins_with_its_proof(inside, officer):
    made = rights.ask(
        person=resident(), asked_by="", asks="access", how="email", received_on=TODAY, on=TODAY, by=officer
    )
    rights.ask_identity(request=made, by=officer)
    rights.identity_proved(request=made, how="Two letters with the address", on=date(2026, 6, 15), by=officer)
    assert (made.state, made.due_on) == ("working", date(2026, 7, 15))


def test_an_answer_is_put_off_by_two_months_once_and_the_person_is_told_why(inside, officer):
    from hearth.notifications.models import Message

    made = asked(officer, resident())
    rights.extend(request=made, reason="Eleven requests about four homes", on=date(2026, 6, 20), by=officer)
    assert made.due_on == date(2026, 9, 3)
    assert "Eleven requests about four homes" in Message.objects.get().body
    with pytest.raises(Refused, match="extended already"):
        rights.extend(request=made, reason="Still more of these requests", on=date(2026, 6, 21), by=officer)


def test_officers_are_reminded_of_what_is_due_once_for_each_date(inside, user_with, officer):
    from hearth.notifications.models import Message

    asked(officer, resident("Zebedee"))
    for day in (date(2026, 6, 20), date(2026, 6, 27), date(2026, 6, 28)):
        rights.remind(on=day, by=officer)
    assert Message.objects.count() == 1
    assert "Zebedee" not in Message.objects.get().body + Message.objects.get().subject
    rights.remind(on=date(2026, 7, 6), by=officer)
    assert Message.objects.filter(subject__contains="was due on 3 July 2026").count() == 1


@pytest.mark.requirement("SEC-05", "COM-20")
def test_a_granted_objection_stops_the_uses_that_it_names_and_no_notice_that_must_be_sent(inside, officer):
    person = resident()
    made = asked(officer, person, "objection", purposes=["news", "survey"])
    rights.answer(request=made, state="granted", answer="We have stopped both.", at=NOW, by=officer)
    assert set(OptOut.objects.filter(person=person).values_list("purpose", flat=True)) == {"news", "survey"}
    with pytest.raises(Refused, match="cannot be stopped"):
        asked(officer, person, "objection", purposes=["service"])


def test_a_restriction_stops_everything_optional_once(inside, officer):
    person = resident()
    rights.answer(
        request=asked(officer, person, "restriction"), state="granted", answer="We have done so.", at=NOW, by=officer
    )
    rights.stop_purposes(person=person, purposes=[], on=TODAY, by=officer)
    assert OptOut.objects.filter(person=person).count() == 4


# ── the copy ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def two(inside):
    """Two joint tenants of one home, each with something of their own."""
    ann, bob = resident("Ann"), resident("Bartholomew", mobile="+447700900999")
    tenancy(ann, bob)
    Need.objects.create(person=ann, kind="access", what="Handrail by the stairs", told_by="self", started_on=LONG_AGO)
    Need.objects.create(person=bob, kind="support", what="Help with drinking", told_by="self", started_on=LONG_AGO)
    marked(bob, {"channel": "phone", "to": "+441632960777"})
    return ann, bob


@pytest.mark.requirement("SEC-05")
def test_a_joint_tenants_copy_holds_their_own_data_and_nothing_of_the_other(two, officer):
    ann, bob = two
    made = asked(officer, ann)
    export.make_copy(request=made, on=TODAY, by=officer)
    text = json.dumps(copy_of(made))
    for own in ("Handrail by the stairs", ann.email, "General needs tenancy", "High Street"):
        assert own in text, own
    for theirs in ("Bartholomew", bob.family_name, bob.email, bob.mobile, "drinking", "960777", "safe"):
        assert theirs not in text, theirs
    assert body_of(made.file).startswith(b"%PDF")


@pytest.mark.requirement("SEC-05")
def test_the_marker_and_what_speaks_of_others_wait_for_a_review_and_the_copy_never_says_that_a_marker_is_there(
    inside, officer
):
    person = resident()
    marked(person, {"channel": "phone", "to": "+441632960777"})
    ContactLog.objects.create(
        person=person,
        at=NOW,
        channel="phone",
        purpose="case",
        note="Her sister Ivy rang for her",
        by_name="Una Officer",
    )
    Advocate.objects.create(
        person=person, name="Ingrid Solomon", kind="advocate", evidence="Letter", started_on=LONG_AGO
    )
    made = asked(officer, person)
    with pytest.raises(Refused, match="3 parts are still to be reviewed"):
        export.make_copy(request=made, on=TODAY, by=officer)
    doubts = [key for item in queries.items(person, by=officer) for key in item.doubts()]
    chosen = {key: key.startswith("register.advocate") for key in doubts}
    rights.review(
        request=made,
        decisions=[Decision(key, give, "" if give else "Tells of others") for key, give in chosen.items()],
        by=officer,
    )
    export.make_copy(request=made, on=TODAY, by=officer)
    text = json.dumps(copy_of(made))
    assert "Ingrid Solomon" in text
    for absent in ("Ivy", "Una Officer", "960777", "safe", "Safe", "sealed"):
        assert absent not in text, absent
    assert copy_of(made)["left_out"] == ["Contact log: Tells of others"]


def test_a_second_copy_takes_the_place_of_the_first_whose_content_is_deleted(inside, officer):
    made = asked(officer, resident())
    export.make_copy(request=made, on=TODAY, by=officer)
    first = made.file
    export.make_copy(request=made, on=TODAY, by=officer)
    first.refresh_from_db()
    assert first.emptied_on == TODAY
    with pytest.raises(Refused, match="deleted on 3 June 2026"):
        body_of(first)


def test_a_shared_email_address_does_not_hand_over_the_other_persons_messages(inside, officer):
    from hearth.notifications import services as notifications

    ann = resident("Ann", email="family@example.org")
    bob = resident("Bob", email="family@example.org")
    for person in (ann, bob):
        notifications.send(
            key=f"to.{person.pk}", to_name=person.name, to_address=person.email, subject=f"For {person.given_name}",
            body="Words", about=person, by=officer,
        )  # fmt: skip
    made = asked(officer, ann)
    kinds = {item.key: item for item in queries.items(ann, by=officer) if item.kind == "Message"}
    assert sorted(bool(item.doubt) for item in kinds.values()) == [False, True]
    for key in [key for item in kinds.values() for key in item.doubts()]:
        rights.review(request=made, decisions=[Decision(key, False, "Another person's")], by=officer)
    export.make_copy(request=made, on=TODAY, by=officer)
    assert "For Ann" in json.dumps(copy_of(made))
    assert "For Bob" not in json.dumps(copy_of(made))


def test_a_record_that_was_merged_is_in_the_copy_of_the_one_that_it_became(inside, officer):
    ann = resident("Ann")
    old = resident("Annie", merged_into=ann)
    Need.objects.create(person=old, kind="access", what="Wide doors", told_by="self", started_on=LONG_AGO)
    made = asked(officer, ann)
    export.make_copy(request=made, on=TODAY, by=officer)
    assert "Wide doors" in json.dumps(copy_of(made))


# ── erasure ───────────────────────────────────────────────────────────────────────────────────────────────


def left(person):
    """Let somebody's homes end."""
    person.memberships.update(ended_on=date(2020, 6, 1))
    for held in person.tenancies_held.all():
        Tenancy.objects.filter(pk=held.tenancy_id).update(ended_on=date(2020, 6, 1))
    return person


@pytest.mark.requirement("SEC-05")
def test_an_erasure_empties_what_names_a_person_everywhere_and_keeps_counts_and_trail(inside, officer):
    from hearth.audit.models import Event

    person = resident("Cressida", key="P-77", born_on=date(1970, 1, 1))
    held = tenancy(person, key="T-77")
    Need.objects.create(person=person, kind="access", what="Stairlift", told_by="self", started_on=LONG_AGO)
    ContactLog.objects.create(
        person=person, at=NOW, channel="phone", purpose="case", note="Cressida rang", by_name="Una Officer"
    )
    left(person)
    made = asked(officer, person, "erasure")
    rights.answer(request=made, state="granted", answer="We have erased it.", at=NOW, by=officer)
    person.refresh_from_db()
    assert (person.family_name, person.given_name, person.email, person.born_on) == ("Anonymous", "", "", None)
    assert person.key == erasing.erased_key("P-77")
    assert person.anonymised_on == TODAY
    assert Need.objects.filter(person=person).count() == 0
    assert list(ContactLog.objects.filter(person=person).values_list("note", flat=True)) == ["", ""]
    held.refresh_from_db()
    assert (held.key, held.tenure) == ("", "general_needs")
    assert not Event.objects.filter(subject_name__contains="Cressida").exists()
    assert Event.objects.filter(deed="register.anonymised", subject_id=person.pk).exists()
    made.refresh_from_db()
    assert (made.person, made.state) == (None, "granted")


def test_the_answer_to_an_erasure_still_reaches_the_person(inside, officer):
    from hearth.notifications.models import Message

    person = left(resident())
    address = person.email
    made = asked(officer, person, "erasure")
    rights.answer(request=made, state="granted", answer="We have erased it.", at=NOW, by=officer)
    assert Message.objects.filter(to_address=address, body__startswith="We have erased it.").count() == 1


def test_a_tenancy_keeps_its_reference_while_another_holder_is_known(two, officer):
    ann, bob = two
    shared = ann.tenancies_held.get().tenancy
    Tenancy.objects.filter(pk=shared.pk).update(key="T-1")
    left(left(ann) and bob)
    erasing.anonymise(person=ann, on=TODAY, by=officer)
    assert Tenancy.objects.get(pk=shared.pk).key == "T-1"
    left(bob)
    erasing.anonymise(person=bob, on=TODAY, by=officer)
    assert Tenancy.objects.get(pk=shared.pk).key == ""


@pytest.mark.requirement("SEC-05", "SEC-11")
def test_who_lives_here_and_who_is_under_hold_is_not_erased_and_the_reason_is_kept(inside, officer):
    person = resident()
    made = asked(officer, person, "erasure")
    with pytest.raises(Refused, match="record is needed"):
        rights.answer(request=made, state="granted", answer="We erase it all.", at=NOW, by=officer)
    assert DataRequest.objects.get(pk=made.pk).state == "working"
    left(person)
    LegalHold.objects.create(person=person, reason="Claim about damp", set_by="Una", started_on=TODAY)
    with pytest.raises(Refused, match="Claim about damp"):
        erasing.anonymise(person=person, on=TODAY, by=officer)
    with pytest.raises(Refused, match="legal exception"):
        rights.answer(request=made, state="refused", answer="We must keep it.", at=NOW, by=officer)
    rights.answer(request=made, state="refused", answer="We must keep it.", ground="hold", at=NOW, by=officer)
    assert DataRequest.objects.get(pk=made.pk).ground == "hold"
    assert Person.objects.get(pk=person.pk).email == person.email


def test_an_account_is_closed_and_emptied_with_its_person(inside, officer, user_with):
    user = user_with(roles=["resident"], name="Cressida Vale", password="three plain words here")
    person = left(resident(user=user))
    erasing.anonymise(person=person, on=TODAY, by=officer)
    user.refresh_from_db()
    assert (user.is_active, user.name, user.has_usable_password()) == (False, "Former resident", False)


def test_a_resident_who_works_here_keeps_the_account_that_their_work_needs(inside, officer, user_with):
    user = user_with(roles=["resident", "interviewer"], name="Wilf Two-Hats")
    person = left(resident(user=user))
    erasing.anonymise(person=person, on=TODAY, by=officer)
    user.refresh_from_db()
    assert (user.is_active, user.name) == (True, "Wilf Two-Hats")
    assert user.role_holdings.get(role="resident").last_on is not None
