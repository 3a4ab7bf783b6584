"""The last evening of a survey, and the power fails: web, worker and database are killed while tenants answer.

Every answer that was acknowledged is there, once; whoever got no thanks sends the same form again, as people do, and is
there once too. And the database itself is read for what it tells of who answered.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from hearth.db import postgres
from tests.house.evening import FORM, PREPARE, Evening, NotAnswered, Visitor
from tests.house.processes import ROOT, RealHearth, ask
from tests.house.test_faults import AT_ONCE, alive, until

pytestmark = pytest.mark.xdist_group("faults")


class House:
    """A Hearth with one open survey, all of which can be killed."""

    def __init__(self, folder: Any) -> None:
        self.data = folder / "postgres"
        self.server = postgres.start(self.data, durable=True, template=ROOT / ".hearth" / "postgres-template")
        self.hearth = RealHearth(self.server.url, folder / "data", env={"WEB_CONCURRENCY": "2"})
        self.hearth.prepare()
        self.hearth.manage("shell", "-c", PREPARE)
        self.hearth.start()

    def ask(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        return ask(self.server.url, statement, *values, slug="bench")

    def words(self) -> list[str]:
        """What was answered in words, by every response that there is."""
        return [words for (words,) in self.ask("select answers->>'why' from surveys_response")]

    def kill_web(self) -> None:
        self.hearth.kill_web()
        self.hearth.start_web()

    def kill_worker(self) -> None:
        self.hearth.kill_worker()
        self.hearth.start_worker()

    def kill_database(self) -> None:
        os.kill(self.server.pid, AT_ONCE)
        until(lambda: not alive(self.data))
        self.server = postgres.start(self.data, durable=True)

    def end(self) -> None:
        self.hearth.stop()
        self.server.remove()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    one = House(tmp_path_factory.mktemp("evening"))
    yield one
    one.end()


def test_what_was_acknowledged_under_load_is_there_once_whatever_is_killed(house: House) -> None:
    evening = Evening(house.hearth.port)
    evening.begin()
    try:
        for _ in range(2):
            for blow in (house.kill_web, house.kill_database, house.kill_worker):
                evening.wait_for(40)
                blow()
        evening.wait_for(40)
    finally:
        evening.end()
    assert evening.resent > 0, "Nobody was interrupted: the blows fell on nothing."
    assert sorted(house.words()) == sorted(evening.thanked)
    responses = house.ask("select count(*) from surveys_response")[0][0]
    assert house.ask("select count(*) from surveys_comment") == [(responses,)]
    assert house.ask("select count(*) from audit_event where deed = 'surveys.answered'") == [(responses,)]


def test_a_form_that_many_send_at_the_same_moment_is_one_response(house: House) -> None:
    token = Visitor(house.hearth.port).form()
    thanked: list[bool] = []

    def send() -> None:
        visitor = Visitor(house.hearth.port)
        visitor.send(token, "sent by sixteen hands")
        thanked.append(True)

    hands = [threading.Thread(target=send) for _ in range(16)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert len(thanked) == 16
    assert house.words().count("sent by sixteen hands") == 1


def test_nothing_is_taken_once_the_survey_has_closed_although_pages_are_kept_for_a_moment(house: House) -> None:
    close = """
from hearth.db import wall
from hearth.landlords.queries import landlord_at
from tests.factories import surveys
landlord = landlord_at(slug="bench")
with wall.within(landlord.pk):
    surveys.survey(surveys.PLAIN, slug="shut")
"""
    house.hearth.manage("shell", "-c", close)
    there = FORM.replace("load", "shut")
    visitor = Visitor(house.hearth.port)
    status, _, page = visitor.ask(f"GET {there}")
    assert status == 200
    with psycopg.connect(house.server.url) as owner:
        owner.execute("select set_config('hearth.landlord', (select id::text from landlords_landlord), true)")
        owner.execute("update surveys_survey set state = 'closed' where slug = 'shut'")
    token = page.partition(b'name="hearth-token" value="')[2].partition(b'"')[0].decode()
    status, _, said = visitor.ask(f"POST {there}", f"overall=1&why=late&hearth-token={token}".encode())
    assert (status, b"This survey has closed" in said) == (410, True)
    assert "late" not in house.words()


def test_an_anonymous_survey_leaves_nothing_that_leads_from_a_person_to_an_answer(house: House) -> None:
    """Every table is read: values, and which rows were written by one transaction."""
    make = """
from tests.factories import surveys
from hearth.db import wall
from hearth.landlords.queries import landlord_at
with wall.within(landlord_at(slug="bench").pk):
    survey = surveys.survey(surveys.PLAIN, slug="secret", secrecy="anonymous", draw="census", incentive="A voucher")
    codes = [surveys.invitation(survey, at=unit) for unit in surveys.population(survey, 3)]
    print("CODES", *(f"{made.pk}:{code}" for made, code in codes))
"""
    said = house.hearth.manage("shell", "-c", make)
    invited = dict(one.split(":") for one in said.partition("CODES ")[2].split())
    before = house.ask("select i.xmin::text, i.* from surveys_invitation i order by id")

    for number, code in enumerate(invited.values()):
        answer_by_code(house, code, f"answer {number}")

    responses = house.ask(
        "select r.xmin::text, to_jsonb(r) from surveys_response r where answers->>'why' like 'answer%%'"
    )
    assert len(responses) == 3
    assert house.ask("select i.xmin::text, i.* from surveys_invitation i order by id") == before, "it was marked"
    for _, row in responses:
        assert (row["invitation_id"], row["traits"], row["started_at"], row["taken_by_id"]) == (None, {}, None, None)
        assert row["given_at"] == row["recorded_at"]
        assert row["given_at"][11:19] in ("00:00:00", "23:00:00"), "a time of day is kept"
    known = {text for code in invited.values() for text in (code, code.replace("-", ""))}
    tables = [name for (name,) in house.ask("select tablename from pg_tables where schemaname = 'public'")]
    for table in tables:
        beside = house.ask(f"select to_jsonb(t) from {table} t where xmin::text = any(%s)", [x for x, _ in responses])
        if table not in ("surveys_response", "surveys_comment", "audit_event"):
            assert beside == [], f"{table} was written by the transaction of an answer"
        for (row,) in house.ask(f"select to_jsonb(t) from {table} t"):
            words = json.dumps(row)
            assert not any(code in words for code in known), f"{table} keeps a code"
            assert "127.0.0.1" not in words, f"{table} keeps an address"
    events = house.ask("select to_jsonb(e) from audit_event e where xmin::text = any(%s)", [x for x, _ in responses])
    assert len(events) == 3
    for (event,) in events:
        assert (event["by_id"], event["about_person"], event["by_name"]) == (None, None, "A visitor")
        assert event["subject_kind"] == "surveys.survey"
    entries = house.ask("select p.xmin::text, to_jsonb(p) from surveys_prizeentry p")
    assert len(entries) == 3
    assert not {xmin for xmin, _ in entries} & {xmin for xmin, _ in responses}
    assert not {row["nonce"] for _, row in entries} & {row["nonce"] for _, row in responses}
    assert house.ask("select count(*) from surveys_draft") == [(0,)]


def answer_by_code(house: House, code: str, words: str) -> None:
    """By one's own code: begin, save, come back by the key that is shown, send, and enter the draw."""
    visitor = Visitor(house.hearth.port)
    path = f"/bench/surveys/r/{code}/"
    token = token_on(visitor.ask(f"GET {path}")[2])
    saved = visitor.ask(f"POST {path}", f"overall=2&hearth-go=save&hearth-token={token}".encode())
    back = place_of(saved[1]).removesuffix("saved/")
    assert code not in back
    assert house.ask("select invitation_id from surveys_draft") == [(None,)]
    token = token_on(visitor.ask(f"GET {back}")[2])
    sent = visitor.ask(f"POST {back}", f"overall=1&why={words.replace(' ', '+')}&hearth-token={token}".encode())
    thanks = visitor.ask(f"GET {place_of(sent[1])}")[2]
    entry = f"name=Sam+Lee&contact=01632+960004&hearth-token={token_on(thanks)}".encode()
    assert visitor.ask("POST /bench/surveys/s/secret/draw/", entry)[0] == 303


def token_on(page: bytes) -> str:
    found = page.partition(b'name="hearth-token" value="')[2].partition(b'"')[0].decode()
    if not found:
        raise NotAnswered(page[:2000].decode())
    return found


def place_of(headers: bytes) -> str:
    return headers.partition(b"Location: ")[2].partition(b"\r\n")[0].decode()
