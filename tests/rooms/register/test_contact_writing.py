"""Every message goes the way that its person wishes, waits where it must, and never passes a marker."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core import mail

from hearth.documents import queries as documents
from hearth.documents.models import FormatRequest
from hearth.kernel.refusals import Refused
from hearth.notifications.models import Message
from hearth.register import queries, services
from hearth.register.models import ContactLog, ContactWishes, HeldMessage, Person
from hearth.register.rules.kinds import Channel, Format, Frequency, Purpose
from hearth.register.services import State
from tests.rooms.register.residents import marked, resident

NOW = datetime(2026, 6, 3, 11, tzinfo=UTC)  # a Wednesday, midday in London
TODAY = date(2026, 6, 3)
EVENING = {"days": ["wed"], "from": "18:00", "to": "20:00"}


@pytest.fixture
def officer(actor: Any) -> Any:
    return actor("housing_officer")


def write(person: Person, by: Any, purpose: Purpose = Purpose.SERVICE, **said: Any) -> services.Written:
    kept = {"subject": "Water off on Friday", "body": "We turn the water off at nine.", "key": f"{person.pk}.one"}
    return services.write_to(person=person, purpose=purpose, **{"at": NOW, **kept, **said}, by=by)  # type: ignore[arg-type]


def wish(person: Person, by: Any, *order: Channel, **said: Any) -> ContactWishes:
    return services.set_wishes(person=person, order=order, on=TODAY, by=by, **said)


@pytest.mark.requirement("COM-05")
def test_one_mailing_to_three_people_gives_three_outputs(officer: Any, run_jobs: Any) -> None:
    """COM-05: email, large print, Polish."""
    by_email, by_print, in_polish = resident("Ed"), resident("Lo"), resident("Piotr")
    wish(by_email, officer, Channel.EMAIL)
    wish(by_print, officer, Channel.LETTER, format=Format.LARGE_PRINT)
    wish(in_polish, officer, Channel.EMAIL, language="pl")
    words = {
        "subject": {"en": "Water off on Friday", "pl": "W piątek nie będzie wody"},
        "body": {"en": "We turn the water off at nine.", "pl": "O dziewiątej wyłączymy wodę."},
    }
    first, second, third = (write(one, officer, **words) for one in (by_email, by_print, in_polish))
    run_jobs()
    assert {m.to[0].split("<")[1][:-1]: m.body for m in mail.outbox} == {
        by_email.email: "We turn the water off at nine.",
        in_polish.email: "O dziewiątej wyłączymy wodę.",
    }
    letter = Message.objects.get(pk=second.message_id)
    assert (letter.channel, letter.state) == ("letter", "waiting")
    assert "High Street" in letter.to_address
    file = documents.file(letter.attachment_ids[0])
    assert file is not None
    assert file.name == "letter-large-print-18.pdf"
    assert documents.body_of(file).startswith(b"%PDF")
    assert (first.language, third.language) == ("en", "pl")
    assert ContactLog.objects.filter(purpose="service").count() == 3


def test_the_same_key_writes_once(officer: Any, run_jobs: Any) -> None:
    person = resident()
    assert write(person, officer).state == State.SENT
    assert write(person, officer).state == State.SENT
    run_jobs()
    assert (len(mail.outbox), ContactLog.objects.count()) == (1, 1)


@pytest.mark.requirement("COM-20")
def test_whoever_opts_out_of_news_still_gets_the_works_notice(officer: Any) -> None:
    person = resident()
    wish(person, officer, Channel.EMAIL, opted_out=[Purpose.NEWS])
    news = write(person, officer, Purpose.NEWS, key="news")
    assert (news.state, news.words) == (State.NOT_WISHED, "They asked not to hear from us for this purpose: news.")
    assert write(person, officer, Purpose.SERVICE, key="works").state == State.SENT


@pytest.mark.requirement("COM-20")
def test_a_service_notice_cannot_be_opted_out_of(officer: Any) -> None:
    with pytest.raises(Refused, match="cannot be opted out of"):
        wish(resident(), officer, Channel.EMAIL, opted_out=[Purpose.SERVICE])


@pytest.mark.requirement("PROF-17")
def test_news_of_chosen_topics_goes_once_a_month_by_the_chosen_way(officer: Any, run_jobs: Any) -> None:
    """PROF-17: email monthly on repairs; nothing by post, nothing of other topics, no second email within the month."""
    person = resident()
    wish(person, officer, Channel.EMAIL, frequency=Frequency.MONTHLY, topics=["repairs"])

    def news(key: str, topic: str, at: datetime = NOW) -> services.Written:
        return write(
            person, officer, Purpose.NEWS, key=key, topic=topic, at=at, subject=key.title(), body=f"The {key}."
        )

    assert news("first", "repairs").state == State.SENT
    assert news("party", "events").state == State.NOT_WISHED
    second, third = (
        news("second", "repairs", NOW + timedelta(days=1)),
        news("third", "repairs", NOW + timedelta(days=9)),
    )
    assert {second.state, third.state} == {State.WAITS}
    assert services.release(at=NOW + timedelta(days=27), by=officer) == 0
    assert services.release(at=NOW + timedelta(days=28), by=officer) == 2
    run_jobs()
    assert [m.subject for m in mail.outbox] == ["First", "Two pieces of news"]
    assert "The second." in mail.outbox[1].body
    assert "The third." in mail.outbox[1].body
    assert set(Message.objects.values_list("channel", flat=True)) == {"email"}


@pytest.mark.requirement("SUR-16")
def test_a_marked_person_is_written_to_by_the_safe_way_alone(officer: Any, run_jobs: Any) -> None:
    person = resident()
    wish(person, officer, Channel.SMS, Channel.LETTER)
    marked(person, {"channel": "email", "to": "safe@example.org"})
    for purpose in Purpose:
        sent = write(person, officer, purpose, key=f"m.{purpose}")
        assert sent.state in (State.SENT, State.WAITS)
    services.release(at=NOW + timedelta(days=60), by=officer)
    run_jobs()
    assert {(m.channel, m.to_address) for m in Message.objects.all()} == {("email", "safe@example.org")}


@pytest.mark.requirement("SUR-16")
def test_a_message_waits_for_the_safe_hour_and_then_leaves(officer: Any, run_jobs: Any) -> None:
    person = resident()
    marked(person, {"channel": "email", "to": "safe@example.org"}, times=(EVENING,))
    written = write(person, officer, Purpose.SURVEY)
    assert (written.state, written.until) == (State.WAITS, datetime(2026, 6, 3, 17, tzinfo=UTC))
    assert services.release(at=NOW + timedelta(hours=1), by=officer) == 0
    assert services.release(at=datetime(2026, 6, 3, 17, 5, tzinfo=UTC), by=officer) == 1
    run_jobs()
    assert [m.to for m in mail.outbox] == [[f'"{person.name}" <safe@example.org>']]
    assert queries.counted_withheld(by=officer) == 0


@pytest.mark.requirement("SUR-16")
def test_without_a_safe_way_a_survey_is_withheld_and_only_counted(officer: Any) -> None:
    person = resident()
    marked(person)
    written = write(person, officer, Purpose.SURVEY)
    assert (written.state, written.reach.safety) == (State.WITHHELD, True)
    assert not Message.objects.exists()
    assert queries.counted_withheld(by=officer, purpose=Purpose.SURVEY) == 1
    kept = HeldMessage.objects.get()
    assert (kept.subject, kept.body) == ("", "")


@pytest.mark.requirement("SUR-16")
def test_a_notice_that_must_reach_a_marked_person_goes_to_cleared_staff_without_a_name(
    officer: Any, actor: Any, user_with: Any, run_jobs: Any
) -> None:
    person, cleared = resident(), user_with(roles=["safe_contact"])
    marked(person, user=cleared)
    assert write(person, officer, Purpose.LEGAL).state == State.WITHHELD
    run_jobs()
    (told,) = mail.outbox
    assert cleared.email in told.to[0]
    assert person.family_name not in told.subject + told.body
    assert "Water" not in told.subject + told.body
    assert [one.person for one in queries.held_for_cleared(by=actor("safe_contact"))] == [person]


def test_a_message_that_waits_is_asked_about_anew(officer: Any) -> None:
    """What became unsafe while a message waited is not sent."""
    person = resident()
    marker = marked(person, {"channel": "email", "to": "safe@example.org"}, times=(EVENING,))
    write(person, officer, Purpose.LEGAL)
    marker.channels = []
    marker.save()
    assert services.release(at=NOW + timedelta(days=1), by=officer) == 0
    assert not Message.objects.exists()
    assert HeldMessage.objects.get().until is None


def test_the_clock_sends_what_waited(officer: Any, inside: Any, run_jobs: Any) -> None:
    from hearth.db.jobs import TIMED

    person = resident()
    wish(person, officer, Channel.EMAIL)
    write(person, officer, Purpose.NEWS, key="a", at=NOW)
    write(person, officer, Purpose.NEWS, key="b", at=NOW + timedelta(days=1))
    HeldMessage.objects.update(until=NOW)
    ContactLog.objects.update(at=datetime(2020, 1, 1, tzinfo=UTC))
    for _ in range(2):
        TIMED["register.release_held"](landlord_id=inside.pk, on="2026-11-22")
    run_jobs()
    assert len(mail.outbox) == 2


def test_a_notice_for_somebody_who_wishes_calls_and_has_no_home_waits_to_be_told(officer: Any) -> None:
    person = Person.objects.create(given_name="Kim", family_name="Caller", phone="+441632960002")
    wish(person, officer, Channel.PHONE)
    assert write(person, officer).state == State.SPOKEN
    assert write(person, officer, Purpose.NEWS, key="news").state == State.SPOKEN
    (waiting,) = queries.to_be_told(person, by=officer)
    services.settle_held(held=waiting, outcome="Called and told", at=NOW, by=officer)
    assert not queries.to_be_told(person, by=officer)


def test_a_text_is_written_to_the_folder_of_texts(officer: Any, run_jobs: Any, tmp_path: Any) -> None:
    person = resident()
    wish(person, officer, Channel.SMS)
    settings.HEARTH_DATA, before = tmp_path, settings.HEARTH_DATA
    try:
        written = write(person, officer)
        run_jobs()
    finally:
        settings.HEARTH_DATA = before
    (text,) = (tmp_path / "texts").iterdir()
    assert text.read_text() == "To: +447700900001\n\nWater off on Friday. We turn the water off at nine.\n"
    sent = Message.objects.get(pk=written.message_id)
    assert (sent.state, "sender of texts" in sent.proof) == ("sent", True)


def test_a_notice_without_a_translation_asks_for_one(officer: Any) -> None:
    person = resident()
    wish(person, officer, Channel.EMAIL, language="pl")
    assert write(person, officer).language == "en"
    request = FormatRequest.objects.get()
    assert (request.format, request.language, request.contact) == ("translation", "pl", person.email)


@pytest.mark.requirement("PROF-19")
def test_braille_is_made_of_itself_and_standard_print_alone_needs_a_reason_on_record(officer: Any) -> None:
    person = resident()
    wish(person, officer, Channel.LETTER, format=Format.BRAILLE)
    first = Message.objects.get(pk=write(person, officer).message_id)
    made = documents.file(first.attachment_ids[0])
    log = ContactLog.objects.get()
    assert made is not None
    if made.name.endswith(".brf"):
        assert log.note == "Water off on Friday"
    else:  # the program that makes Braille is not on this machine: then the record says so
        assert "Standard print only, for now" in log.note
    write(person, officer, key="two", standard_because="The person asked for print for her son")
    assert ContactLog.objects.filter(note__contains="Standard print only: The person asked").count() == 1


@pytest.mark.requirement("SEC-14")
def test_mail_goes_to_the_advocate_until_the_authority_ends(officer: Any) -> None:
    person = resident()
    advocate = services.add_advocate(
        person=person, name="Bo Friend", kind="representative", scope=["letters"], evidence="Signed letter of 1 June",
        started_on=date(2026, 6, 1), ended_on=date(2026, 6, 30), email="bo@example.org", on=TODAY, by=officer,
    )  # fmt: skip
    write(person, officer, key="during")
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # half past midnight on 1 July in London
    write(person, officer, key="after", at=late)
    services.withdraw_authority(advocate=advocate, at=NOW + timedelta(days=1), by=officer)
    write(person, officer, key="withdrawn", at=NOW + timedelta(days=1))
    assert dict(Message.objects.values_list("key", "to_address")) == {
        "during": "bo@example.org", "after": person.email, "withdrawn": person.email,
    }  # fmt: skip
    assert person.name in Message.objects.get(key="during").body


@pytest.mark.requirement("COM-10")
def test_somebody_new_begins_with_a_monthly_email_and_may_change_it(officer: Any) -> None:
    from hearth.landlords.models import Setting

    person = resident()
    services.begin_wishes(person=person, on=TODAY, by=officer)
    said = queries.wishes(person)
    assert said is not None
    assert (said.frequency, [c.channel for c in queries.channels(person)]) == ("monthly", ["email"])
    wish(person, officer, Channel.LETTER, frequency=Frequency.WEEKLY)
    services.begin_wishes(person=person, on=TODAY, by=officer)
    said.refresh_from_db()
    assert said.frequency == "weekly"
    Setting.objects.create(
        key="register.default_frequency", value="quarterly", holds_from=TODAY, source="Cabinet", owner="Board"
    )
    other = resident("Bea")
    assert services.begin_wishes(person=other, on=TODAY, by=officer).frequency == "quarterly"


@pytest.mark.requirement("INC-07")
def test_a_child_signs_up_only_with_a_parent_or_guardian(officer: Any) -> None:
    child = resident(born_on=date(2012, 1, 1))
    with pytest.raises(Refused, match="parent or guardian who agreed") as refused:
        wish(child, officer, Channel.EMAIL)
    assert refused.value.field == "guardian"
    assert write(child, officer, Purpose.INVOLVEMENT).state == State.NOT_WISHED
    wish(child, officer, Channel.EMAIL, guardian="A parent")
    assert write(child, officer, Purpose.INVOLVEMENT).state == State.SENT


def test_thousands_are_asked_about_in_a_fixed_number_of_queries(officer: Any, queries: Any) -> None:
    from hearth.register import queries as register

    people = [resident(f"P{n}") for n in range(12)]
    marked(people[0], {"channel": "email", "to": "safe@example.org"})
    merged = Person.objects.create(family_name="Older", merged_into=people[0])
    some = [one.pk for one in people[:2]]
    everybody = [merged.pk, *(one.pk for one in people)]
    for asked in (some, everybody[1:]):
        with queries(10):
            found = register.reach_many(asked, purpose=Purpose.SURVEY, at=NOW, by=officer)
        assert set(found) == set(asked)
    both = register.reach_many([merged.pk], purpose=Purpose.SURVEY, at=NOW, by=officer)
    assert both[merged.pk].ways[0].to == "safe@example.org"
    one = register.reach(people[1].pk, purpose=Purpose.LEGAL, at=NOW, by=officer)
    assert one.by(Channel.LETTER)[0].to.endswith("High Street\nDartford\nDA1 1AA")
