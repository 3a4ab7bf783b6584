"""The audit trail: written with each deed, found by anything, and sealed so that any later change shows."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from hearth.audit import queries, services
from hearth.audit.models import Event, Seal
from hearth.kernel.permits import Forbidden
from hearth.landlords import services as landlord_services
from tests.factories import database, people
from tests.factories.pages import text_of


@pytest.fixture
def auditor(user_with, client_as):
    """An auditor's browser."""
    return client_as(user_with(roles=["auditor"]))


@pytest.fixture
def deeds(actor):
    """Three deeds of one administrator, who fills a post."""
    by = actor("administrator", posts=["Systems Manager"], name="Dana Doer")
    for title in ("First post", "Second post", "Third post"):
        landlord_services.add_post(title=title, by=by)
    return list(Event.objects.order_by("id"))


@pytest.fixture
def as_owner(inside):
    """Do something to the tables as their owner, past every right of the web role: an attacker with the database."""

    def go(words, *values):
        with connection.cursor() as cursor:
            cursor.execute("reset role")
            cursor.execute(words, values)
            assert cursor.rowcount == 1
            cursor.execute(f"set local role {connection.ops.quote_name(database.role())}")

    return go


def check(auditor):
    return text_of(auditor.send("audit:chain"))


def test_an_event_says_who_did_what_in_which_post_and_when(auditor, deeds):
    page = text_of(auditor.page("audit:event", pk=deeds[0].pk))
    for words in ("Dana Doer", "Systems Manager", "Post added (landlords)", "First post", "Waits for its seal"):
        assert words in page
    assert str(timezone.localdate().year) in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"who": "dana"}, 3),
        ({"who": "nobody"}, 0),
        ({"thing": "second"}, 1),
        ({"deed": "landlords.post_added"}, 3),
        ({"deed": "landlords.post_added", "thing": "third"}, 1),
        ({"first_on": "2000-01-01"}, 3),
        ({"first_on": "2999-01-01"}, 0),
        ({"last_on": "2000-01-01"}, 0),
    ],
)
def test_the_trail_is_found_by_person_thing_deed_and_day(auditor, deeds, query, found):
    page = auditor.page("audit:trail", query=query)
    assert page.content.decode().count('<th scope="row"') == found


def test_the_day_of_a_deed_counts_in_both_directions(auditor, deeds):
    today = timezone.localdate().isoformat()
    page = auditor.page("audit:trail", query={"first_on": today, "last_on": today})
    assert page.content.decode().count('<th scope="row"') == 3


def test_the_trail_comes_in_pages_and_asks_no_more_for_more_events(auditor, actor, queries):
    by = actor(name="Dana Doer")
    person = people.user()
    for _ in range(60):
        services.record(by=by, deed="trial.done", subject=person)
    with queries(10):
        page = auditor.page("audit:trail")
    assert page.content.decode().count('<th scope="row"') == 50


@pytest.mark.requirement("GOV-36")
def test_the_check_says_that_every_seal_holds_where_nothing_was_changed(auditor, deeds):
    services.seal()
    page = check(auditor)
    assert "Sealed events 3" in page
    assert "Every seal holds" in page


@pytest.mark.requirement("GOV-36")
def test_an_event_that_its_owner_changed_in_the_database_is_named(auditor, deeds, as_owner):
    services.seal()
    as_owner("update audit_event set by_name = 'Somebody Else' where id = %s", deeds[1].pk)
    page = check(auditor)
    assert f"broken at seal 2, event {deeds[1].pk}: the event was changed after it was sealed" in page
    with pytest.raises(CommandError, match=f"Thornbridge.*link 2, event {deeds[1].pk}: the event was changed"):
        call_command("verify_audit")


@pytest.mark.requirement("GOV-36")
def test_an_event_that_was_removed_is_named(auditor, deeds, as_owner):
    services.seal()
    as_owner("delete from audit_event where id = %s", deeds[2].pk)
    assert f"broken at seal 3, event {deeds[2].pk}: the event is gone" in check(auditor)


@pytest.mark.requirement("GOV-36")
def test_a_seal_that_was_removed_is_named(auditor, deeds, as_owner):
    services.seal()
    as_owner("delete from audit_seal where position = %s", 1)
    assert "broken at seal 1" in check(auditor)
    assert "a seal is missing" in check(auditor)


@pytest.mark.requirement("GOV-36")
def test_a_forged_seal_breaks_the_next_one(auditor, deeds, as_owner):
    services.seal()
    as_owner("update audit_seal set link = %s where position = 2", "0" * 64)
    assert "broken at seal 2" in check(auditor)


def test_seals_are_set_by_the_clock_once_for_each_event(deeds, run_jobs):
    from hearth.audit import jobs

    for _ in range(2):
        jobs.seal.defer(landlord_id=deeds[0].landlord_id, on=timezone.localdate().isoformat())
    assert run_jobs() == ["audit.seal.one", "audit.seal.one"]
    assert Seal.objects.count() == 3
    assert queries.unsealed().count() == 0


def test_events_written_after_a_seal_continue_the_chain(auditor, deeds, actor):
    services.seal()
    services.record(by=actor(), deed="trial.done", subject=people.user())
    assert services.seal() == 1
    assert "Every seal holds" in check(auditor)


@pytest.mark.requirement("SYS-01")
def test_each_landlord_has_a_chain_of_its_own(auditor, deeds, within, other_landlord, actor):
    services.seal()
    with within(other_landlord):
        services.record(by=people.actor(people.user()), deed="trial.done", subject=people.user())
        services.seal()
        assert Seal.objects.get().position == 1
    call_command("verify_audit")


def test_only_who_may_read_the_trail_reads_it(actor):
    for deed in (queries.events, queries.found, queries.check_chain):
        with pytest.raises(Forbidden):
            deed(by=actor("administrator"))
