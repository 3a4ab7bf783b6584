"""Actions are promised once, worked on by those who answer for them, and finished with evidence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hearth.kernel.permits import Forbidden
from hearth.kernel.refusals import Refused

TODAY = date(2026, 6, 1)
Promise = Callable[..., Any]


@pytest.fixture
def started(promise: Promise, keeper: Any) -> Any:
    from hearth.actions import services

    action = promise()
    services.start(action=action, on=TODAY, by=keeper)
    action.refresh_from_db()
    return action


@pytest.mark.requirement("CAR-31", "CAR-40", "ACT-02")
def test_a_row_of_a_source_becomes_one_action_with_its_printed_date_and_last_day(promise: Promise) -> None:
    from hearth.actions.models import Action

    first = promise(source_key="information.7", due="October/November 2023")
    again = promise(source_key="information.7", due="2030", text="Something else")
    assert again.pk == first.pk
    assert Action.objects.count() == 1
    first.refresh_from_db()
    assert (first.due_printed, first.due_on) == ("October/November 2023", date(2023, 11, 30))
    assert (first.text, first.status) == ("Ask tenants at the spring meetings", "not_started")
    assert first.officer.title == "Housing Policy & Performance Officer"


def test_promising_asks_no_permission_of_its_own_because_the_other_room_has(promise: Promise, actor: Any) -> None:
    assert promise(by=actor("legal")).pk


@pytest.mark.requirement("ACT-13")
def test_a_promise_without_an_owner_is_kept_and_shown_as_lacking_one(
    promise: Promise, client_as: Any, user_with: Any, keeper: Any
) -> None:
    from hearth.actions import services

    action = promise(officer_title="", monitoring="")
    assert action.officer is None
    page = client_as(user_with(roles=["auditor"])).page("actions:action", pk=action.pk).content.decode()
    assert "No owner" in page
    assert "No way of monitoring" in page
    with pytest.raises(Refused, match="Name the post"):
        services.start(action=action, on=TODAY, by=keeper)


@pytest.mark.requirement("ACT-02")
def test_a_new_action_without_an_owner_is_refused(keeper: Any) -> None:
    from hearth.actions import services

    with pytest.raises(Refused) as refused:
        services.add(
            source_title="Meeting of 3 May 2026", text="Ask", outcome="Known", due="2027", monitoring="Yearly",
            officer_title="", by=keeper,
        )  # fmt: skip
    assert refused.value.field == "officer_title"


@pytest.mark.requirement("ACT-11")
def test_an_action_is_not_complete_without_evidence(started: Any, keeper: Any) -> None:
    from hearth.actions import services

    with pytest.raises(Refused) as refused:
        services.complete(action=started, on=TODAY, evidence=" ", outcome_reached="yes", by=keeper)
    assert refused.value.field == "evidence"
    started.refresh_from_db()
    assert started.status == "in_progress"


@pytest.mark.requirement("ACT-11")
def test_a_check_keeps_its_day_its_finding_its_evidence_and_who_checked(started: Any, keeper: Any) -> None:
    from hearth.actions import services

    upload = SimpleUploadedFile("minutes.txt", b"Minutes of the spring meeting. Forty tenants came.", "text/plain")
    note = services.check_progress(
        action=started, on=date(2026, 5, 20), text="Half the meetings are held", evidence="Minutes", upload=upload,
        by=keeper,
    )  # fmt: skip
    note.refresh_from_db()
    assert (note.on, note.text, note.evidence) == (date(2026, 5, 20), "Half the meetings are held", "Minutes")
    assert note.by_name == keeper.name
    assert note.file.name == "minutes.txt"


def test_a_file_that_is_no_document_is_refused_as_evidence(started: Any, keeper: Any) -> None:
    from hearth.actions import services

    program = SimpleUploadedFile("setup.exe", b"MZ\x90\x00" + bytes(200), "application/octet-stream")
    with pytest.raises(Refused):
        services.check_progress(action=started, on=TODAY, text="Look", upload=program, by=keeper)


@pytest.mark.requirement("ACT-19")
def test_an_outcome_that_was_not_reached_is_kept_apart_and_asks_for_a_follow_up(
    started: Any, keeper: Any, client_as: Any, user_with: Any
) -> None:
    from hearth.actions import services

    services.complete(action=started, on=TODAY, evidence="Minutes of May", outcome_reached="no", by=keeper)
    started.refresh_from_db()
    assert (started.status, started.outcome_reached) == ("complete", "no")
    client = client_as(user_with(roles=["housing_policy_officer"]))
    page = client.page("actions:action", pk=started.pk).content.decode()
    assert "Add a follow-up action" in page
    form = client.page("actions:add", query={"after": started.pk}).content.decode()
    assert started.outcome in form


@pytest.mark.requirement("ACT-15")
def test_a_date_changes_with_a_reason_only_and_the_history_shows_both(
    started: Any, keeper: Any, client_as: Any, user_with: Any
) -> None:
    from hearth.actions import services

    with pytest.raises(Refused) as refused:
        services.change_date(action=started, on=TODAY, due_on=date(2026, 12, 1), reason="", by=keeper)
    assert refused.value.field == "reason"
    services.change_date(
        action=started, on=TODAY, due_on=date(2026, 12, 1), reason="The meetings moved to autumn", by=keeper
    )
    page = client_as(user_with(roles=["auditor"])).page("actions:action", pk=started.pk).content.decode()
    assert "Due 1 December 2026 instead of 30 September 2026" in page
    assert "The meetings moved to autumn" in page


@pytest.mark.requirement("ACT-15")
def test_putting_off_and_dropping_take_a_reason_and_whoever_agreed(promise: Promise, keeper: Any) -> None:
    from hearth.actions import services

    action = promise()
    with pytest.raises(Refused) as refused:
        services.defer(action=action, on=TODAY, due_on=date(2027, 1, 1), reason="No rooms until then", agreed_by="",
                       by=keeper)  # fmt: skip
    assert refused.value.field == "agreed_by"
    services.defer(
        action=action, on=TODAY, due_on=date(2027, 1, 1), reason="No rooms until then", agreed_by="Housing Manager",
        by=keeper,
    )  # fmt: skip
    action.refresh_from_db()
    assert (action.status, action.due_on) == ("deferred", date(2027, 1, 1))
    with pytest.raises(Refused):
        services.drop(action=action, on=TODAY, reason="", agreed_by="Housing Manager", by=keeper)
    services.drop(action=action, on=TODAY, reason="The scheme was sold", agreed_by="Housing Manager", by=keeper)
    action.refresh_from_db()
    assert action.status == "dropped"
    assert action.finished_on == TODAY


def test_a_late_action_is_put_off_rather_than_given_another_date(promise: Promise, keeper: Any) -> None:
    from hearth.actions import services

    with pytest.raises(Refused, match="overdue"):
        services.change_date(
            action=promise(due="31 May 2026"), on=TODAY, due_on=date(2026, 8, 1), reason="It took longer", by=keeper
        )


@pytest.mark.requirement("CAR-40")
def test_a_source_has_open_actions_until_each_is_finished_or_dropped(
    promise: Promise, source: Any, started: Any, keeper: Any
) -> None:
    from hearth.actions import queries, services

    other = promise()
    assert queries.open_count(source) == 2
    services.complete(action=started, on=TODAY, evidence="Minutes", outcome_reached="yes", by=keeper)
    services.drop(action=other, on=TODAY, reason="It is not needed", agreed_by="Housing Manager", by=keeper)
    assert queries.open_count(source) == 0
    assert queries.of_source(source).count() == 2


def test_counts_of_many_sources_take_one_query(promise: Promise, source: Any, queries: Any) -> None:
    from hearth.actions.queries import Counts, counts_of

    promise(due="31 May 2026")
    promise(due="1 June 2026")
    with queries(1):
        found = counts_of("landlords.body", [source.pk, source.pk + 1000], on=TODAY)
    assert found == {source.pk: Counts(open=2, late=1), source.pk + 1000: Counts()}


def test_whoever_holds_the_responsible_post_may_work_on_its_action_and_nobody_else_without_the_right(
    promise: Promise, actor: Any
) -> None:
    from hearth.actions import services

    action = promise(officer_title="Head of Legal Services", by=actor("legal", posts=["Head of Legal Services"]))
    with pytest.raises(Forbidden):
        services.start(action=action, on=TODAY, by=actor("auditor"))
    services.start(action=action, on=TODAY, by=actor("legal", posts=["Head of Legal Services"]))


@pytest.mark.requirement("SYS-08")
def test_ones_own_list_holds_ones_own_actions_and_the_late_ones_one_manages(promise: Promise, actor: Any) -> None:
    from hearth.actions import queries
    from hearth.landlords.models import Post

    Post.objects.get_or_create(title="Housing Manager")
    boss = actor("service_manager", posts=["Housing Manager"])
    manager = Post.objects.get(title="Housing Manager")
    late = promise(due="31 May 2026", manager=manager)
    promise(due="30 June 2026", manager=manager)
    own = promise(due="1 December 2026", officer_title="Housing Manager")
    assert list(queries.mine(boss, TODAY)) == [late, own]


@pytest.mark.requirement("SYS-01")
def test_another_landlord_sees_none_of_it(promise: Promise, within: Any, other_landlord: Any) -> None:
    from hearth.actions.models import Action

    promise()
    with within(other_landlord):
        assert not Action.objects.exists()
