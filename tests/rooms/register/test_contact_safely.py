"""The marker: set by cleared staff, obeyed by all, and never explained."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from hearth.accounts.models import User
from hearth.audit.models import Event
from hearth.register import queries, services
from hearth.register.models import HeldMessage, SafeContact
from hearth.register.rules.kinds import Purpose
from tests.factories import people
from tests.factories.pages import text_of
from tests.rooms.register.residents import marked, resident

CLEARED = "Cleared Q Officer"


@pytest.fixture
def cleared(user_with: Any) -> Any:
    return user_with(roles=["safe_contact"], name=CLEARED)


@pytest.fixture
def desk(client_as: Any, user_with: Any) -> Any:
    return client_as(user_with(roles=["housing_officer"], name="Ordinary Officer"))


def ordinary() -> Any:
    """The officer at the desk."""
    return User.objects.get(name="Ordinary Officer")


def answers(**said: Any) -> dict[str, Any]:
    return {
        "review_on": timezone.localdate() + timedelta(days=60),
        "channels-rows": "1", "channels-0-channel": "email", "channels-0-to": "safe@example.org",
        "times-rows": "1", "times-0-days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
        "times-0-start": "midnight", "times-0-end": "23:59",
        **said,
    }  # fmt: skip


@pytest.mark.requirement("SUR-16")
def test_cleared_staff_set_change_and_lift_the_marker(client_as: Any, cleared: Any) -> None:
    safe, person = client_as(cleared), resident()
    page = text_of(safe.page("register:mark_safe", pk=person.pk))
    assert "reason" not in page.lower()
    assert safe.send("register:mark_safe", answers(), pk=person.pk).status_code == 302
    words = queries.marker([person.pk], by=people.actor(cleared))[person.pk]
    expected = "Contact safely: only by email: safe@example.org. Only at these times: Every day, 00:00 to 23:59."
    assert words == expected
    again = safe.page("register:mark_safe", pk=person.pk).content.decode()
    assert "safe@example.org" in again
    assert 'value="00:00"' in again
    other = answers(**{"channels-0-to": "new@example.org", "times-0-start": "00:00"})
    assert safe.send("register:mark_safe", other, pk=person.pk).status_code == 302
    assert SafeContact.objects.filter(person=person, ended_on=None).count() == 1
    assert "new@example.org" in queries.marker([person.pk], by=people.actor(cleared))[person.pk]
    assert safe.send("register:lift_safe", pk=person.pk).status_code == 302
    assert queries.marker([person.pk], by=people.actor(cleared)) == {}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"channels-0-to": ""}, "Enter number or address that is safe"),
        ({"times-0-start": "9pm", "times-0-end": "8am"}, "A safe time must end after it starts"),
        ({"times-0-start": "nine"}, "Enter a time like 9:30am or 14:15"),
        ({"review_on": timezone.now().date()}, "The review must be after today"),
        ({"review_on": timezone.now().date() + timedelta(days=800)}, "The review must be within a year"),
    ],
)
def test_a_marker_that_is_unclear_is_refused(client_as: Any, cleared: Any, said: dict[str, Any], words: str) -> None:
    person = resident()
    refused = client_as(cleared).send("register:mark_safe", answers(**said), pk=person.pk)
    assert refused.status_code == 422
    assert words in text_of(refused)
    assert not SafeContact.objects.exists()


@pytest.mark.requirement("SUR-16")
def test_an_ordinary_officer_sees_the_banner_and_neither_who_set_it_nor_other_ways(desk: Any, cleared: Any) -> None:
    person = resident()
    services.mark_safe(
        person=person, channels=[{"channel": "email", "to": "safe@example.org"}], times=[],
        review_on=timezone.localdate() + timedelta(days=30), on=timezone.localdate(), by=people.actor(cleared),
    )  # fmt: skip
    services.write_to(person=person, purpose=Purpose.CASE, subject="Hello", body="Hello there", key="k",
                      at=timezone.now(), by=people.actor(cleared))  # fmt: skip
    on, by = timezone.localdate(), people.actor(ordinary())
    services.record_need(
        person=person, kind="support", what="Help with forms", told_by="self", started_on=on, on=on, by=by
    )
    for name in ("contact", "needs", "advocates", "change_wishes", "log_contact", "write", "add_need", "add_advocate"):
        response = desk.page(f"register:{name}", pk=person.pk)
        assert "Contact safely: only by email: safe@example.org." in text_of(response), name
        whole = response.content.decode()
        for hidden in (person.email, person.mobile, person.phone, "High Street", "Look at it again on 2"):
            assert hidden not in whole, (name, hidden)
        if name != "contact":  # there the contact log says who wrote, as for everybody
            assert CLEARED not in whole
    exported = desk.page("register:needs_file").content.decode()
    assert "safe" not in exported.lower()
    assert CLEARED not in exported
    for name in ("mark_safe", "lift_safe"):
        assert desk.page(f"register:{name}", pk=person.pk).status_code == 403
    assert desk.page("register:safe").status_code == 403


@pytest.mark.requirement("SUR-16")
def test_setting_and_lifting_leave_the_same_bare_word_in_the_trail(
    client_as: Any, cleared: Any, user_with: Any
) -> None:
    person = resident()
    safe = client_as(cleared)
    safe.send("register:mark_safe", answers(), pk=person.pk)
    safe.send("register:lift_safe", pk=person.pk)
    events = list(Event.objects.filter(about_person=person.pk))
    assert [(e.deed, e.detail) for e in events] == [("register.contact_safely", {})] * 2
    assert {e.subject_name for e in events} <= {f"Person {person.pk}", person.name}
    trail = client_as(user_with(roles=["auditor"])).page("/audit/").content.decode()
    assert "safe@example.org" not in trail
    assert "safe@example.org" not in json.dumps([e.detail for e in Event.objects.all()])


@pytest.mark.requirement("SUR-16")
def test_the_words_are_the_same_whatever_lies_behind_them(actor: Any) -> None:
    """There is no field for a reason, so two markers of the same ways read alike, to the letter."""
    one, other = resident(), resident("Bo")
    for person, who in ((one, "One Officer"), (other, "Another")):
        marker = marked(person, {"channel": "email", "to": "safe@example.org"})
        marker.set_by_name = who
        marker.save()
    found = queries.marker([one.pk, other.pk], by=actor("housing_officer"))
    assert found[one.pk] == found[other.pk]
    names = {field.name for field in SafeContact._meta.get_fields()}
    assert names == {
        "id", "landlord", "recorded_at", "person", "channels", "times", "set_by", "set_by_name", "started_on",
        "review_on", "ended_on",
    }  # fmt: skip


@pytest.mark.requirement("SUR-16")
def test_what_is_held_back_is_seen_by_cleared_staff_and_counted_for_others(
    desk: Any, client_as: Any, cleared: Any, actor: Any
) -> None:
    person = resident()
    marked(person, user=cleared)
    by = actor("housing_officer")
    for key, purpose in (("a", Purpose.SURVEY), ("b", Purpose.LEGAL)):
        services.write_to(person=person, purpose=purpose, subject="Your rent", body="It rises.", key=key,
                          at=timezone.now(), by=by)  # fmt: skip
    counted = desk.page("register:withheld")
    assert "Survey 1" in text_of(counted)
    assert "Legal notice 1" in text_of(counted)
    assert person.family_name not in counted.content.decode()
    assert "Your rent" not in text_of(desk.page("register:contact", pk=person.pk))
    safe = client_as(cleared)
    assert "Your rent" in text_of(safe.page("register:safe"))
    held = HeldMessage.objects.get(state="waiting")
    assert desk.page("register:settle_held", held=held.pk).status_code == 403
    assert "It rises." in text_of(safe.page("register:settle_held", held=held.pk))
    assert safe.send("register:settle_held", {"outcome": "Handed over"}, held=held.pk).status_code == 302
    assert "No message waits." in text_of(safe.page("register:safe"))


def test_a_marker_stays_until_it_is_lifted_and_its_review_is_told_without_a_name(
    cleared: Any, inside: Any, run_jobs: Any
) -> None:
    from django.core import mail

    from hearth.db.jobs import TIMED

    person = resident()
    marker = marked(person, user=cleared)
    due = marker.review_on
    TIMED["register.remind"](landlord_id=inside.pk, on=due.isoformat())
    TIMED["register.remind"](landlord_id=inside.pk, on=(due + timedelta(days=1)).isoformat())
    run_jobs()
    (told,) = mail.outbox
    assert cleared.email in told.to[0]
    assert person.family_name not in told.subject + told.body
    assert "safe" not in (told.subject + told.body).lower()
    found = queries.reach_unasked(person.pk, purpose=Purpose.SURVEY, at=timezone.now() + timedelta(days=9999))
    assert found.withheld
