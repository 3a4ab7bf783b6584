"""What the clock does to actions, and that it can be run by hand for any day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

Promise = Callable[..., Any]
DUE = date(2026, 6, 15)


def messages() -> list[tuple[str, str]]:
    from hearth.notifications.models import Message

    return list(Message.objects.order_by("id").values_list("to_address", "subject"))


@pytest.fixture
def manager(user_with: Any) -> Any:
    return user_with(roles=["service_manager"], posts=["Housing Manager"], email="manager@example.org")


@pytest.fixture
def officer(user_with: Any) -> Any:
    return user_with(posts=["Tenancy Services Manager"], email="officer@example.org")


@pytest.fixture
def action(promise: Promise, officer: Any, manager: Any) -> Any:
    from hearth.landlords.models import Post

    return promise(
        due="15 June 2026",
        officer_title="Tenancy Services Manager",
        manager=Post.objects.get(title="Housing Manager"),
    )


def remind(on: date) -> None:
    from hearth.actions import services
    from hearth.db.jobs import system

    services.remind(on=on, by=system(1))


@pytest.mark.requirement("ACT-14")
def test_the_owner_is_reminded_fourteen_days_before_and_once(action: Any) -> None:
    remind(DUE - timedelta(days=15))
    assert messages() == []
    remind(DUE - timedelta(days=14))
    remind(DUE - timedelta(days=3))
    assert messages() == [("officer@example.org", "An action is due by 15 June 2026")]


@pytest.mark.requirement("ACT-14")
def test_the_manager_is_told_seven_days_after_and_once(action: Any) -> None:
    remind(DUE + timedelta(days=6))
    assert messages() == []
    remind(DUE + timedelta(days=7))
    remind(DUE + timedelta(days=30))
    assert messages() == [("manager@example.org", "An action is overdue since 15 June 2026")]


def test_another_date_brings_another_reminder(action: Any, keeper: Any) -> None:
    from hearth.actions import services

    remind(DUE - timedelta(days=1))
    services.change_date(
        action=action, on=DUE - timedelta(days=1), due_on=date(2026, 9, 1), reason="The hall is closed", by=keeper
    )
    remind(date(2026, 8, 31))
    assert [subject for _, subject in messages()] == [
        "An action is due by 15 June 2026",
        "An action is due by 1 September 2026",
    ]


def test_nobody_is_reminded_of_what_is_finished(action: Any, keeper: Any) -> None:
    from hearth.actions import services

    services.drop(action=action, on=DUE, reason="It is not needed", agreed_by="Housing Manager", by=keeper)
    remind(DUE)
    remind(DUE + timedelta(days=60))
    assert messages() == []


def test_where_nobody_holds_the_owners_post_the_manager_is_reminded(promise: Promise, manager: Any) -> None:
    from hearth.landlords.models import Post

    Post.objects.get_or_create(title="Vacant Post")
    promise(due="15 June 2026", officer_title="Vacant Post", manager=Post.objects.get(title="Housing Manager"))
    remind(DUE)
    assert [address for address, _ in messages()] == ["manager@example.org"]


@pytest.mark.requirement("ACT-15")
def test_the_day_after_its_last_an_action_is_overdue_even_if_it_was_put_off(action: Any, keeper: Any) -> None:
    from hearth.actions import services
    from hearth.db.jobs import system

    services.defer(
        action=action, on=DUE, due_on=date(2026, 7, 1), reason="The hall is closed", agreed_by="Housing Manager",
        by=keeper,
    )  # fmt: skip
    assert services.mark_overdue(on=date(2026, 7, 1), by=system(1)) == 0
    assert services.mark_overdue(on=date(2026, 7, 2), by=system(1)) == 1
    assert services.mark_overdue(on=date(2026, 7, 2), by=system(1)) == 0
    action.refresh_from_db()
    assert action.status == "overdue"


@pytest.mark.requirement("SYS-09")
def test_the_whole_timetable_run_twice_by_hand_for_a_day_says_everything_once(action: Any) -> None:
    from django.core.management import call_command

    from hearth.actions.models import Note
    from hearth.audit.models import Seal

    call_command("run_timed", on=date(2026, 12, 31))
    first = messages(), Note.objects.count(), action.pk
    assert first[0] == [("manager@example.org", "An action is overdue since 15 June 2026")]
    call_command("run_timed", on=date(2026, 12, 31), job=["audit.seal"])  # what the jobs after the seal wrote down
    sealed = Seal.objects.count()
    call_command("run_timed", on=date(2026, 12, 31))
    assert (messages(), Note.objects.count(), action.pk) == first
    assert Seal.objects.count() == sealed > 0
    action.refresh_from_db()
    assert action.status == "overdue"


def test_one_job_can_be_run_alone_and_a_day_that_is_none_is_refused(action: Any) -> None:
    from django.core.management import CommandError, call_command

    call_command("run_timed", "--on", "2026-12-31", "--job", "actions.overdue")
    action.refresh_from_db()
    assert action.status == "overdue"
    assert messages() == []
    with pytest.raises(CommandError, match="Write it like"):
        call_command("run_timed", "--on", "31 December")


def test_the_clock_gives_each_landlord_its_job_for_the_day_in_london(inside: Any) -> None:
    from datetime import UTC, datetime

    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.models import ProcrastinateJob

    late_evening = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # 1 July, half past midnight, in London
    app.tasks["actions.overdue"](timestamp=int(late_evening.timestamp()))
    jobs = ProcrastinateJob.objects.filter(task_name="actions.overdue.one")
    assert {job.args["on"] for job in jobs} == {"2026-07-01"}
    assert inside.pk in {job.args["landlord_id"] for job in jobs}
