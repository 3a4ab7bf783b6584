"""The power fails: server, worker or database die in the middle of a deed, as processes, without a word.

Whatever was under way has then happened wholly or not at all, and whatever was acknowledged is there.
A deed is caught half-way by a lock on a table that it writes late: when the blow falls, its earlier rows are written.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from psycopg import sql

from hearth.db import postgres
from tests.house.officer import Officer, Sending
from tests.house.processes import ROOT, RealHearth, ask

pytestmark = pytest.mark.xdist_group("faults")
COUNTED = (
    "reviews_part", "reviews_earlier", "reviews_signoff", "reviews_publication", "reviews_dispatch", "actions_action",
    "equality_publishedtable", "documents_storedfile", "notifications_message", "audit_event",
)  # fmt: skip
OURS = [
    "reviews",
    "notifications",
    "public",
    "policies",
    "actions",
]  # rooms whose jobs follow a deed; the others go by the clock
AT_ONCE = signal.SIGQUIT  # to PostgreSQL: end now, without finishing anything


class House:
    """A Hearth with a database of its own, both of which can be killed."""

    def __init__(self, folder: Any) -> None:
        self.data = folder / "postgres"
        self.server = postgres.start(self.data, durable=True, template=ROOT / ".hearth" / "postgres-template")
        self.url = self.server.url
        self.hearth = RealHearth(self.url, folder / "data")
        self.hearth.prepare()
        self.hearth.manage("demo")
        self.hearth.start()

    def ask(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        return ask(self.url, statement, *values)

    def standing(self) -> dict[str, Any]:
        """How many rows there are, and how reviews and their answers stand."""
        found: dict[str, Any] = {table: self.ask(f"select count(*) from {table}")[0][0] for table in COUNTED}
        found["reviews"] = self.ask("select id, status, approved_on, published_at from reviews_review order by id")
        found["parts"] = self.ask("select id, number, value::text from reviews_part order by id")
        found["jobs"] = self.ask(
            "select count(*) from procrastinate_jobs where split_part(task_name, '.', 1) = any(%s)", OURS
        )
        return found

    @contextmanager
    def holding(self, table: str) -> Iterator[None]:
        """Nobody can write to this table meanwhile."""
        connection = psycopg.connect(self.url)
        try:
            connection.execute(sql.SQL("lock table {} in share row exclusive mode").format(sql.Identifier(table)))
            yield
        finally:
            connection.close()  # the lock goes with it, if the server has not gone before

    def wait_for_deed(self) -> None:
        """Until something waits for the lock."""
        until(lambda: self.ask("select 1 from pg_locks where not granted"))

    def kill_web(self) -> None:
        self.hearth.kill_web()

    def kill_database(self) -> None:
        os.kill(self.server.pid, AT_ONCE)
        until(lambda: not alive(self.data))

    def restore(self) -> None:
        """Start again whatever does not run."""
        self.server = postgres.start(self.data, durable=True)
        assert self.server.url == self.url, "The database came back at another address."
        if "web" not in self.hearth._processes:
            self.hearth.start_web()
        until(lambda: Officer(self.hearth.url).get("/").status == 200)

    def end(self) -> None:
        self.hearth.stop()
        self.server.remove()


def alive(data: Any) -> bool:
    try:
        os.kill(int((data.resolve() / "postmaster.pid").read_text().split()[0]), 0)
    except (OSError, IndexError, ValueError):
        return False
    return True


def until(there: Callable[[], Any], seconds: float = 90, why: Callable[[], Any] = str) -> Any:
    """Wait for it; `why` says what is in the way where it does not come."""
    deadline = time.monotonic() + seconds
    while not (found := there()):
        assert time.monotonic() < deadline, f"It did not happen in time. {why()}"
        time.sleep(0.1)
    return found


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    one = House(tmp_path_factory.mktemp("faults"))
    yield one
    one.end()


@pytest.fixture
def number_of(house: House) -> Callable[[str], int]:
    return lambda title: int(house.ask("select id from reviews_review where title like %s", f"{title}%")[0][0])


def today() -> dict[str, str]:
    day = datetime.now(tz=UTC).date()
    return {"on-day": str(day.day), "on-month": str(day.month), "on-year": str(day.year)}


def nothing_happens_when_killed_half_way(
    house: House, begin: Callable[[], Sending], table: str = "audit_event"
) -> None:
    """Kill the server, then the database, in the middle of the deed; afterwards all is as it was."""
    settle(house)
    for blow in (house.kill_web, house.kill_database):
        before = house.standing()
        with house.holding(table):
            sending = begin()
            house.wait_for_deed()
            blow()
        sending.join(30)
        assert sending.answer is None or sending.answer.status >= 500, "It was acknowledged, and then it was gone."
        house.restore()
        assert house.standing() == before, blow.__name__


def what_was_acknowledged_stays(house: House, begin: Callable[[], Sending], blow: Callable[[], None]) -> None:
    """Kill it the moment that the answer has come."""
    sending = begin()
    sending.join(60)
    blow()
    assert sending.answer is not None
    assert sending.answer.status == 302, sending.answer.errors
    house.restore()


def test_a_save_happens_wholly_or_not_at_all(house: House, number_of: Callable[[str], int]) -> None:
    review, words = number_of("Damp"), "Mould harms tenants with asthma most."
    nadia = Officer(house.hearth.url, "nadia@dartford.example")

    def begin() -> Sending:
        return nadia.send_aside(f"/reviews/{review}/answers/aims/", {"text": words})

    nothing_happens_when_killed_half_way(house, begin)
    what_was_acknowledged_stays(house, begin, house.kill_database)
    assert words in nadia.form(f"/reviews/{review}/answers/aims/")["text"]
    (kept,) = house.ask(
        "select p.number, e.number from reviews_part p join reviews_earlier e on e.part_id = p.id"
        " where p.review_id = %s and p.key = 'aims'", review,
    )  # fmt: skip
    assert kept == (2, 1)


def test_a_sign_off_happens_wholly_or_not_at_all(house: House, number_of: Callable[[str], int]) -> None:
    """The last signature does most: it approves the review and makes its promises."""
    review = number_of("Mobility")
    agreed = {"regard": "yes", **today()}
    assert Officer(house.hearth.url, "priya@dartford.example").send(f"/reviews/{review}/sign/", agreed).status == 302
    graham = Officer(house.hearth.url, "graham@dartford.example")

    def begin() -> Sending:
        return graham.send_aside(f"/reviews/{review}/sign/", agreed)

    nothing_happens_when_killed_half_way(house, begin)
    nothing_happens_when_killed_half_way(house, begin, "actions_action")
    with house.holding("reviews_dispatch"):  # the worker gets as far as the record of its sending, and dies there
        what_was_acknowledged_stays(house, begin, house.kill_web)
        assert house.ask("select count(*) from reviews_signoff where review_id = %s", review) == [(2,)]
        assert house.ask("select status from reviews_review where id = %s", review) == [("approved",)]
        assert house.ask("select count(*) from actions_action where source_id = %s", review)[0][0] >= 4
        house.wait_for_deed()
        house.hearth.kill_worker()
    until(lambda: not house.ask("select 1 from pg_locks where not granted"))
    assert house.ask("select 1 from reviews_dispatch where review_id = %s", review) == []
    assert house.ask("select 1 from notifications_message where key = %s", f"reviews.dispatch.{review}") == []
    assert house.ask("select status from reviews_review where id = %s", review) == [("approved",)]
    when_the_worker_comes_back(house)
    until(lambda: house.ask("select status from reviews_review where id = %s", review) == [("monitoring",)])
    assert len(house.ask("select 1 from reviews_dispatch where review_id = %s", review)) == 1
    key = f"reviews.dispatch.{review}"
    until(lambda: house.ask("select 1 from notifications_message where key = %s and state = 'sent'", key))
    assert len(house.ask("select 1 from notifications_message where key = %s", key)) == 1
    assert written_to(house, "tom@dartford.example", "has been approved") == 2  # the other is of the demonstration


def when_the_worker_comes_back(house: House) -> None:
    """It looks every minute for jobs whose worker has been silent for half a minute; here that time has passed."""
    with psycopg.connect(house.url) as connection:
        connection.execute("update procrastinate_workers set last_heartbeat = now() - interval '1 hour'")
    house.hearth.start_worker()


def written_to(house: House, address: str, subject: str) -> int:
    letters = "".join(one.read_text(errors="replace") for one in (house.hearth.data / "letters").glob("*"))
    found = [one for one in letters.split("-" * 79) if address in one and subject in one]
    return len(found)


def settle(house: House) -> None:
    """Until the worker has nothing left to do: a job that the blow struck is taken up again within a minute or two."""
    jobs = "select task_name, status::text, attempts, scheduled_at, args::text from procrastinate_jobs"
    left = f"{jobs} where status in ('todo', 'doing') and task_name <> 'db.take_up_again'"
    until(lambda: not house.ask(left), 200, lambda: house.ask(left))


def test_a_publication_happens_wholly_or_not_at_all(house: House, number_of: Callable[[str], int]) -> None:
    review = number_of("Pets")
    tom = Officer(house.hearth.url, "tom@dartford.example")

    def begin() -> Sending:
        return tom.send_aside(f"/reviews/{review}/publish/", {"looked": "yes"})

    nothing_happens_when_killed_half_way(house, begin)
    nothing_happens_when_killed_half_way(house, begin, "equality_publishedtable")
    before = house.standing()
    what_was_acknowledged_stays(house, begin, house.kill_database)
    after = house.standing()
    assert after["reviews_publication"] == before["reviews_publication"] + 1
    assert after["equality_publishedtable"] > before["equality_publishedtable"]
    (event,) = house.ask("select deed from audit_event where deed = 'reviews.published' order by id desc limit 1")
    assert event == ("reviews.published",)


def test_while_the_database_is_away_a_page_says_so_plainly_and_comes_back_by_itself(house: House) -> None:
    settle(house)
    visitor, nadia = Officer(house.hearth.url), Officer(house.hearth.url, "nadia@dartford.example")
    house.kill_database()
    for somebody, path in ((visitor, "/"), (visitor, "/published/"), (nadia, "/reviews/")):
        answer = somebody.get(path)
        assert answer.status in (500, 503)
        assert "Sorry, something went wrong here" in answer.text
        assert "Traceback" not in answer.body
        assert "psycopg" not in answer.body
    house.restore()
    assert nadia.get("/reviews/").status == 200  # still signed in
    asked = nadia_asks_something_of_the_worker(house)
    until(asked)


def nadia_asks_something_of_the_worker(house: House) -> Callable[[], bool]:
    """Put a job on the queue, and return whether it was done: the worker, too, has come back by itself."""
    house.hearth.manage("procrastinate", "defer", "db.take_up_again", '{"timestamp": 0}')
    (last,) = house.ask("select max(id) from procrastinate_jobs")
    return lambda: house.ask("select status::text from procrastinate_jobs where id = %s", last[0]) == [("succeeded",)]
