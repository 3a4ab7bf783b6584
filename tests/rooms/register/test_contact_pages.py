"""What officers do on a person's pages: wishes, contacts, needs, adjustments, interpreters, authorities."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hearth.accounts.models import User
from hearth.db.jobs import TIMED
from hearth.notifications.models import Message
from hearth.register import queries, services
from hearth.register.models import Adjustment, Advocate, ContactLog, InterpreterBooking, Need, OptOut
from hearth.register.rules.kinds import Channel, Format, NeedKind, Purpose
from tests.factories import people
from tests.factories.pages import text_of
from tests.rooms.register.residents import resident


@pytest.fixture
def officer(user_with: Any) -> User:
    return user_with(roles=["housing_officer"])


@pytest.fixture
def desk(officer: User, client_as: Any) -> Any:
    return client_as(officer)


def today() -> date:
    return timezone.localdate()


WISHES = {
    "first": "sms", "second": "email", "refused": ["visit"], "opted_out": ["news"], "frequency": "weekly",
    "topics": ["repairs"], "level": "close", "language": "pl", "interpreter": "Polish", "format": "large_print",
    "online": "no", "told_by": "self",
}  # fmt: skip


@pytest.mark.requirement("PROF-17")
def test_wishes_are_written_down_shown_and_obeyed(desk: Any) -> None:
    person = resident()
    assert desk.send("register:change_wishes", WISHES, pk=person.pk).status_code == 302
    page = text_of(desk.page("register:contact", pk=person.pk))
    for words in ("Once a week", "Repairs", "Closely involved", "Polish", "Large print", "Text message Email"):
        assert words in page
    found = queries.reach_unasked(person.pk, purpose=Purpose.SURVEY, at=timezone.now())
    assert [way.channel for way in found.ways] == [Channel.SMS, Channel.EMAIL]
    assert (found.language, found.format, found.interpreter) == ("pl", Format.LARGE_PRINT, "Polish")
    assert not queries.reach_unasked(person.pk, purpose=Purpose.NEWS, at=timezone.now()).ways
    form = desk.page("register:change_wishes", pk=person.pk).content.decode()
    assert 'value="large_print" checked' in " ".join(form.split())


@pytest.mark.requirement("PROF-18")
def test_whether_somebody_has_the_internet_is_kept_and_shown(desk: Any) -> None:
    person = resident()
    assert "Uses the internet Not known" in text_of(desk.page("register:contact", pk=person.pk))
    desk.send("register:change_wishes", WISHES, pk=person.pk)
    person.refresh_from_db()
    assert person.online is False
    assert "Uses the internet No" in text_of(desk.page("register:contact", pk=person.pk))


def test_an_opt_out_that_ends_stays_known(desk: Any) -> None:
    person = resident()
    desk.send("register:change_wishes", WISHES, pk=person.pk)
    desk.send("register:change_wishes", {**WISHES, "opted_out": []}, pk=person.pk)
    assert OptOut.objects.get(person=person).ended_on == today()
    assert queries.reach_unasked(person.pk, purpose=Purpose.NEWS, at=timezone.now()).ways


@pytest.mark.requirement("INC-07")
def test_the_form_asks_for_a_guardian_of_a_child_only(desk: Any) -> None:
    child, grown = resident(born_on=today() - timedelta(days=365 * 10)), resident(born_on=date(1980, 1, 1))
    assert "Parent or guardian" not in text_of(desk.page("register:change_wishes", pk=grown.pk))
    refused = desk.send("register:change_wishes", WISHES, pk=child.pk)
    assert refused.status_code == 422
    assert "Enter the name of the parent or guardian who agreed" in text_of(refused)
    assert desk.send("register:change_wishes", {**WISHES, "guardian": "A parent"}, pk=child.pk).status_code == 302


@pytest.mark.requirement("COM-08")
def test_a_telephone_number_has_its_relay_uk_line_and_a_relay_call_its_flag(desk: Any) -> None:
    person = resident()
    desk.send("register:change_wishes", {**WISHES, "first": "phone", "second": "relay"}, pk=person.pk)
    page = text_of(desk.page("register:contact", pk=person.pk))
    assert "Relay UK: 18001 01632 960001" in page
    assert "Dial 18001 01632 960001" in page
    answers = {
        "incoming": "in", "channel": "relay", "purpose": "case", "on": today(), "clock": "12:01am", "reached": "yes",
        "note": "Asked about her repair",
    }  # fmt: skip
    assert desk.send("register:log_contact", answers, pk=person.pk).status_code == 302
    kept = ContactLog.objects.get()
    assert (kept.channel, kept.incoming) == ("relay", True)
    page = text_of(desk.page("register:contact", pk=person.pk))
    assert "Telephone through Relay UK Relay UK They contacted us" in page


def test_a_contact_in_the_future_and_an_hour_that_is_none_are_refused(desk: Any) -> None:
    person = resident()
    answers = {"incoming": "out", "channel": "visit", "purpose": "case", "on": today(), "clock": "25:00",
               "reached": "no", "note": "Nobody in"}  # fmt: skip
    wrong = desk.send("register:log_contact", answers, pk=person.pk)
    assert "Enter a time like 9:30am or 14:15" in text_of(wrong)
    assert "Nobody in" in wrong.content.decode()
    assert not ContactLog.objects.exists()


@pytest.mark.requirement("PROF-08")
def test_kinds_of_need_are_kept_apart_and_disability_is_not_among_them(desk: Any) -> None:
    person = resident()
    assert "disability" not in {kind.value for kind in NeedKind}
    for kind, what in (("support", "Help with forms"), ("vulnerability", "Lives alone at 91")):
        answers = {"kind": kind, "what": what, "told_by": "self", "started_on": today()}
        assert desk.send("register:add_need", answers, pk=person.pk).status_code == 302
    page = text_of(desk.page("register:needs", pk=person.pk))
    assert "Help with forms Support need" in page
    assert "Lives alone at 91 Vulnerability" in page
    assert dict(Need.objects.values_list("kind", "what")) == {
        "support": "Help with forms", "vulnerability": "Lives alone at 91",
    }  # fmt: skip


def agreed(person: Any, desk: Any, what: str = "Ring before a visit", **said: Any) -> Adjustment:
    answers = {"what": what, "told_by": "self", "agreed_on": today(), "review_on": today() + timedelta(days=90), **said}
    assert desk.send("register:add_adjustment", answers, pk=person.pk).status_code == 302
    return Adjustment.objects.latest("id")


@pytest.mark.requirement("PROF-19")
def test_an_adjustment_that_was_not_made_needs_a_reason(desk: Any) -> None:
    person = resident()
    adjustment = agreed(person, desk)
    place = {"pk": person.pk, "adjustment": adjustment.pk}
    answers = {"made": False, "where": "Visit", "used_on": today(), "reason": ""}
    refused = desk.send("register:use_adjustment", answers, **place)
    assert "Say in a few words why the adjustment was not made" in text_of(refused)
    answers["reason"] = "The gas engineer came without us"
    assert desk.send("register:use_adjustment", answers, **place).status_code == 302
    page = text_of(desk.page("register:adjustment", **place))
    assert "Not made Visit" in page
    assert "The gas engineer came without us" in page
    assert "Ring before a visit" in text_of(desk.page("register:needs", pk=person.pk))


@pytest.mark.requirement("PROF-29")
def test_the_report_lists_each_need_with_what_was_done_and_those_for_which_nothing_was(desk: Any) -> None:
    person = resident()
    for what in ("Cannot hear the bell", "Reads large print", "Old need"):
        desk.send(
            "register:add_need", {"kind": "communication", "what": what, "told_by": "self", "started_on": today()},
            pk=person.pk,
        )  # fmt: skip
    bell, _, old = Need.objects.order_by("id")
    adjustment = agreed(person, desk, need=str(bell.pk))
    for days in (0, 0):
        services.record_use(
            adjustment=adjustment, made=True, where="Visit", used_on=today() - timedelta(days=days), on=today(),
            by=people.actor(User.objects.get()),
        )  # fmt: skip
    late = agreed(person, desk, what="Post in 18 point", need=str(old.pk))
    Adjustment.objects.filter(pk=late.pk).update(agreed_on=date(2020, 1, 1))
    late.refresh_from_db()
    services.record_use(
        adjustment=late, made=True, where="Letter", used_on=today() - timedelta(days=370), on=today(),
        by=people.actor(User.objects.get()),
    )  # fmt: skip
    found = {one.need.what: (one.adjustments, one.made, one.unmet) for one in queries.needs_report(
        on=today(), by=people.actor(User.objects.get()))}  # fmt: skip
    assert found == {
        "Cannot hear the bell": (1, 2, False), "Reads large print": (0, 0, True), "Old need": (1, 0, True),
    }  # fmt: skip
    page = text_of(desk.page("register:needs_report"))
    assert "2 of 3 needs had no adjustment made" in page
    unmet = text_of(desk.page("register:needs_report", query={"met": "none"}))
    assert "Cannot hear the bell" not in unmet
    assert "Reads large print" in unmet
    lines = desk.page("register:needs_file").content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Person,Need,Kind,Since,Adjustments agreed,Times made in 12 months")
    assert any("Cannot hear the bell" in line and ",1,2,0," in line for line in lines)


def test_a_review_that_is_due_is_told_once_without_a_name(
    desk: Any, user_with: Any, inside: Any, run_jobs: Any
) -> None:
    person = resident()
    looks = user_with(roles=["resident_involvement_officer"], posts=["Resident Involvement Officer"])
    agreed(person, desk, review_on=today() + timedelta(days=1))
    tomorrow = today() + timedelta(days=1)
    for _ in range(2):
        TIMED["register.remind"](landlord_id=inside.pk, on=tomorrow.isoformat())
    run_jobs()
    (told,) = mail.outbox
    assert looks.email in told.to[0]
    assert person.family_name not in told.body + told.subject
    assert "Ring before" not in told.body + told.subject
    adjustment = Adjustment.objects.get()
    place = {"pk": person.pk, "adjustment": adjustment.pk}
    later = {"goes_on": True, "review_on": today() + timedelta(days=300)}
    assert desk.send("register:review_adjustment", later, **place).status_code == 302
    assert not queries.adjustments_due(on=tomorrow)
    assert desk.send("register:review_adjustment", {"goes_on": False}, **place).status_code == 302
    adjustment.refresh_from_db()
    assert adjustment.ended_on == today()


@pytest.mark.requirement("COM-07")
def test_an_interpreter_is_booked_confirmed_and_its_outcome_recorded(desk: Any) -> None:
    person = resident()
    answers = {
        "language": "British Sign Language", "mode": "face", "on": today() + timedelta(days=7), "clock": "2:15 pm",
        "what_for": "Tenancy review",
    }  # fmt: skip
    assert desk.send("register:book_interpreter", answers, pk=person.pk).status_code == 302
    booking = InterpreterBooking.objects.get()
    assert timezone.localtime(booking.at).strftime("%H:%M") == "14:15"
    place = {"pk": person.pk, "booking": booking.pk}
    refused = desk.send("register:move_interpreter", {"state": "confirmed"}, **place)
    assert "Say who supplies the interpreter" in text_of(refused)
    desk.send("register:move_interpreter", {"state": "confirmed", "supplier": "Hands Ltd"}, **place)
    assert "Hands Ltd Confirmed" in text_of(desk.page("register:needs", pk=person.pk))
    assert "Say how it went" in text_of(desk.send("register:move_interpreter", {"state": "done"}, **place))
    desk.send("register:move_interpreter", {"state": "done", "outcome": "All was understood"}, **place)
    page = text_of(desk.page("register:needs", pk=person.pk))
    assert "All was understood" in page
    assert "Took place" in page


@pytest.mark.requirement("SEC-14")
def test_an_authority_is_kept_with_scope_evidence_and_end_and_can_be_withdrawn_at_once(
    desk: Any, user_with: Any
) -> None:
    person, friend = resident(), user_with()
    answers = {
        "name": "Bo Friend", "kind": "representative", "scope": ["complaints", "surveys"], "started_on": today(),
        "ended_on": today() + timedelta(days=30), "evidence": "Signed letter of today", "email": "bo@example.org",
        "file": SimpleUploadedFile("letter.pdf", b"%PDF-1.4 signed", "application/pdf"),
    }  # fmt: skip
    without = {name: value for name, value in answers.items() if name != "scope"}
    assert desk.send("register:add_advocate", without, pk=person.pk).status_code == 422
    answers["file"] = SimpleUploadedFile("letter.pdf", b"%PDF-1.4 signed", "application/pdf")
    assert desk.send("register:add_advocate", answers, pk=person.pk).status_code == 302
    advocate = Advocate.objects.get()
    file = desk.page("register:authority_file", pk=person.pk, advocate=advocate.pk)
    assert file.content == b"%PDF-1.4 signed"
    assert "Complaints and answer surveys" in text_of(desk.page("register:advocates", pk=person.pk))
    advocate.user = friend
    advocate.save()

    def may(scope: str, at: datetime | None = None) -> bool:
        return queries.may_act_for(user_id=friend.pk, person_id=person.pk, scope=scope, at=at or timezone.now())

    assert may("surveys")
    assert not may("rent")
    assert may("surveys", timezone.now() + timedelta(days=30))
    assert not may("surveys", timezone.now() + timedelta(days=31))
    desk.send("register:withdraw_authority", pk=person.pk, advocate=advocate.pk)
    assert not may("surveys")
    assert queries.people_acted_for(user_id=friend.pk, at=timezone.now()) == []
    assert "Ended" in text_of(desk.page("register:advocates", pk=person.pk))


@pytest.mark.requirement("PROF-19")
def test_writing_a_letter_to_somebody_who_needs_large_print_makes_it_so_or_asks_why_not(desk: Any) -> None:
    person = resident()
    desk.send("register:change_wishes", {**WISHES, "first": "letter", "second": ""}, pk=person.pk)
    page = text_of(desk.page("register:write", pk=person.pk))
    assert "They need large print: a letter is made so." in page
    assert "Standard print only: why?" in page
    for line in ("What to know", "Write in this format: Large print", "Write in Polish", "Book an interpreter: Polish"):
        assert line in page
    answers = {"purpose": "case", "subject": "Your repair", "body": "We come on Monday.", "standard_because": ""}
    done = text_of(desk.send("register:write", answers, pk=person.pk, follow=True))
    assert "The message goes by letter." in done
    assert "Your repair" in done
    assert Message.objects.get().channel == "letter"


def test_whoever_may_not_work_with_people_changes_nothing(client_as: Any, user_with: Any) -> None:
    person = resident()
    reader = client_as(user_with(roles=["equality_officer"]))
    assert reader.page("register:contact", pk=person.pk).status_code == 200
    assert "Change what they wish" not in text_of(reader.page("register:contact", pk=person.pk))
    for name in ("change_wishes", "log_contact", "write", "add_need", "add_adjustment", "add_advocate"):
        assert reader.page(f"register:{name}", pk=person.pk).status_code == 403
