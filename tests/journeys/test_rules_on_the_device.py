"""The rules of answering stand twice, in Python and on an interviewer's device: both are put the same cases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from hearth.surveys.rules import answering, building, paging
from hearth.surveys.rules.instrument import Instrument, OnlyIf, Option, Question, Section
from hearth.surveys.rules.kinds import QuestionKind
from tests.factories.surveys import SMALL

pytestmark = pytest.mark.xdist_group("journeys")
RULES = Path(__file__).parents[2] / "src" / "hearth" / "surveys" / "static" / "surveys" / "offline" / "rules.js"
CASES = 1500
# What people type, and what nobody does: spaces of many kinds, signs that cannot be printed, numbers that are none.
ODD = [
    "", " ", "0", "1", "2", "3", "05", "-1", "21", "1,000", "1,00", "3.5", "3.", ".5", "1e5", "9" * 13, "٣", "yes",
    "no", "bed", "none", "refused", "2019", "2026", "29", "30", "31", "1850", "2201", "0000", "12345", "DA1 1DR",
    "da11dr", "d a-1.1dr", "XX", "\u00a0DA1 1DR\u2003", "\ufeff2", "\u0085why\u0085", "a\r\nb\rc", "\x00\x07zero",
    "\U0001f600" * 30, "x" * 501, "x" * 121, "\ud800half", "constructor", "ß", "<b>bold</b>", " 2 ", "\t2\n",
    "\u200b", "Estate", "e1",
]  # fmt: skip


@pytest.fixture(scope="module")
def on_device(chromium: Any) -> Iterator[Any]:
    """A page that has the device's rules, and nothing else."""
    context = chromium.new_context()
    page = context.new_page()
    page.route("http://device.example/*", lambda route: route.fulfill(
        body=RULES.read_text() if route.request.url.endswith(".js") else "<title>Device</title>",
        content_type="text/javascript" if route.request.url.endswith(".js") else "text/html",
    ))  # fmt: skip
    page.goto("http://device.example/")
    page.evaluate("async () => { window.rules = await import('http://device.example/rules.js') }")
    yield page
    context.close()


def drawn_instrument(random: Random) -> Instrument:
    """A questionnaire of every kind of question, with filters, limits and stock drawn at random."""
    sections, earlier = [], []
    for number in range(random.randint(1, 4)):
        questions = []
        for place in range(random.randint(0, 5)):
            one = _question(random, f"q{number}{place}", earlier)
            if one.options:
                earlier.append(one)
            questions.append(one)
        about_you = random.random() < 0.3
        if about_you:
            questions = [_replaced(one, characteristic="age") for one in questions]
        sections.append(Section(f"s{number}", {"en": f"Section {number}"}, tuple(questions), {"en": "Intro"}))
    return Instrument(title={"en": "Drawn"}, sections=tuple(sections))


def _replaced(question: Question, **said: Any) -> Question:
    return replace(question, **said)


def _question(random: Random, code: str, earlier: list[Question]) -> Question:
    kind = random.choice(list(QuestionKind))
    options: tuple[Option, ...] = ()
    if kind in (QuestionKind.ONE, QuestionKind.SCALE, QuestionKind.MANY, QuestionKind.RANK) or (
        kind is QuestionKind.PLACE and random.random() < 0.4
    ):
        codes = random.sample(["1", "2", "3", "yes", "no", "bed", "none", "refused", "Estate"], random.randint(2, 5))
        options = tuple(
            Option(one, {"en": one}, alone=random.random() < 0.2, silent=random.random() < 0.2) for one in codes
        )
    only_if = None
    if earlier and random.random() < 0.5:
        asked = random.choice(earlier)
        only_if = OnlyIf(asked.code, tuple(random.sample([one.code for one in asked.options], 1)))
    return Question(
        code=code, kind=kind, words={"en": code}, options=options, only_if=only_if, required=random.random() < 0.4,
        lowest=random.choice([None, 1, 0.5, -3, 1_000_000, 1234567]),
        highest=random.choice([None, 20, 3.25, 1e7, 0.00001]), longest=random.choice([2000, 100, 500]),
        places=random.choice(["postcode", "estate", ""]), stock=random.choice([(), (), ("lcra",), ("lcho", "lcra")]),
    )  # fmt: skip


def drawn_answers(random: Random, instrument: Instrument) -> dict[str, list[str]]:
    """What somebody might type, mostly right."""
    raw: dict[str, list[str]] = {}
    for question in instrument.questions():
        for name in answering.fields(question):
            if random.random() < 0.15:
                continue
            right = [one.code for one in question.options] or ["3", "DA1 1DR", "12", "Words"]
            some = right if random.random() < 0.7 else ODD
            if question.kind in (QuestionKind.DATE, QuestionKind.RANK) and random.random() < 0.8:
                some = ["1", "2", "3", "4", "2020"]
            raw[name] = [random.choice(some) for _ in range(random.choice([1, 1, 1, 2, 3]))]
    return raw


def by_python(case: dict[str, Any], instrument: Instrument) -> dict[str, Any]:
    """What the server's rules make of a case."""
    found = answering.check(
        instrument, case["raw"], stock=case["stock"], part=case["part"], silent_allowed=case["silentAllowed"]
    )
    pages = paging.steps(instrument)
    ways = [
        paging.next_step(pages, after, found.answers, stock=case["stock"], back=back)
        for after in range(-1, len(pages) + 1)
        for back in (False, True)
    ]
    return {
        "answers": found.answers,
        "errors": found.errors,
        "asked": list(found.asked),
        "pages": [[one.code for one in page.questions()] for page in pages],
        "ways": ways,
    }


ON_DEVICE = """cases => cases.map(({ content, raw, ...how }) => {
  const { answers, errors, asked } = rules.check(content, raw, how)
  const pages = rules.steps(content)
  const ways = []
  for (let after = -1; after <= pages.length; after++) {
    for (const back of [false, true]) ways.push(rules.nextStep(pages, after, answers, { stock: how.stock, back }))
  }
  const codes = pages.map(page => rules.questionsOn(page).map(one => one.code))
  return JSON.stringify({ answers, errors, asked, pages: codes, ways })
})"""


def test_both_make_the_same_of_everything_that_is_typed(on_device: Any) -> None:
    random = Random(20261122)
    cases, expected = [], []
    for number in range(CASES):
        instrument = SMALL if number % 3 == 0 else drawn_instrument(random)
        case = {
            "raw": drawn_answers(random, instrument),
            "stock": random.choice(["", "lcra", "lcho"]),
            "part": random.random() < 0.5,
            "silentAllowed": random.random() < 0.5,
        }
        cases.append({"content": building.dump(instrument), **case})
        expected.append(by_python(case, instrument))
    found = [json.loads(one) for one in on_device.evaluate(ON_DEVICE, cases)]
    wrong = [
        (case["raw"], mine, theirs) for case, mine, theirs in zip(cases, expected, found, strict=True) if mine != theirs
    ]
    assert not wrong, f"{len(wrong)} of {CASES} differ, such as {wrong[0]}"
    assert sum(bool(one["errors"]) for one in expected) > CASES // 4  # the cases are not all right
    assert sum(len(one["answers"]) for one in expected) > CASES  # nor all wrong


@pytest.mark.parametrize("typed", ODD)
def test_both_make_the_same_of_each_odd_thing_in_each_kind_of_question(on_device: Any, typed: str) -> None:
    raw = {name: [typed] for question in SMALL.questions() for name in answering.fields(question)}
    case = {"raw": raw, "stock": "", "part": True, "silentAllowed": True}
    found = on_device.evaluate(ON_DEVICE, [{"content": building.dump(SMALL), **case}])
    assert json.loads(found[0]) == by_python(case, SMALL)
