"""Whatever a scan does to a review, the reader does not fall over and loses no word."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearth.reviews.rules.form import Form
from hearth.reviews.rules.reading import read
from tests.rules.reviews.reading.conftest import SEEDS
from tests.rules.reviews.reading.printing import ANSWERS, printed_review
from tests.rules.reviews.reading.words_kept import lost

CALM = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
TITLE = "Customer Access Review – Full Assessment"


def _base(form: Form, which: int) -> str:
    """An invented print, or a seed where they are beside this repository."""
    seeds = sorted(SEEDS.glob("00[012]_*.txt"))
    if which < len(seeds):
        return seeds[which].read_text(encoding="utf-8")
    return printed_review(form, style=["columns", "glued", "markdown", "lines"][which % 4])


def _drop(lines: list[str], chance: random.Random) -> list[str]:
    return [line for line in lines if chance.random() > 0.1]


def _double(lines: list[str], chance: random.Random) -> list[str]:
    return [line for line in lines for _ in range(1 + (chance.random() < 0.1))]


def _headers(lines: list[str], chance: random.Random) -> list[str]:
    return [piece for line in lines for piece in ([TITLE, line] if chance.random() < 0.1 else [line])]


def _shuffle(lines: list[str], chance: random.Random) -> list[str]:
    mixed = list(lines)
    for _ in range(5):
        at, to = chance.randrange(len(mixed)), chance.randrange(len(mixed))
        mixed[at], mixed[to] = mixed[to], mixed[at]
    return mixed


def _tabs(lines: list[str], chance: random.Random) -> list[str]:
    gap = "\t\t" if chance.random() < 0.5 else " "
    return [line.replace("\t", gap) if chance.random() < 0.1 else line for line in lines]


def _quotes(lines: list[str], chance: random.Random) -> list[str]:
    return [line.replace("'", "’").replace("–", "-") if chance.random() < 0.5 else line for line in lines]


def _spaces(lines: list[str], chance: random.Random) -> list[str]:
    return [line.replace(" ", "  ") + "  " if "<" not in line and chance.random() < 0.3 else line for line in lines]


def _pages(lines: list[str], chance: random.Random) -> list[str]:
    return [line + ("\f" if chance.random() < 0.1 else "") for line in lines]


HARMS: list[Callable[[list[str], random.Random], list[str]]] = [
    _drop, _double, _headers, _shuffle, _tabs, _quotes, _spaces, _pages,
]  # fmt: skip


@pytest.mark.slow
@CALM
@given(st.integers(0, 6), st.lists(st.sampled_from(HARMS), min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_no_word_is_lost_whatever_happens_to_the_lines(
    form: Form, which: int, harms: list[Callable[[list[str], random.Random], list[str]]], chance: random.Random
) -> None:
    lines = _base(form, which).split("\n")
    for harm in harms:
        lines = harm(lines, chance)
    text = "\n".join(lines)
    assert not lost(text, read(text, form))


@pytest.mark.slow
@CALM
@given(st.integers(0, 6), st.lists(st.sampled_from([_headers, _quotes, _spaces]), min_size=1), st.randoms())
def test_headers_quotes_and_spaces_change_no_answer(
    form: Form, which: int, harms: list[Callable[[list[str], random.Random], list[str]]], chance: random.Random
) -> None:
    before = _base(form, which)
    lines = before.split("\n")
    for harm in harms:
        lines = harm(lines, chance)

    def plain(answers: dict[int, str]) -> dict[int, list[str]]:
        table = str.maketrans({"’": "'", "‘": "'", "–": "-"})
        return {number: text.translate(table).split() for number, text in answers.items()}

    after = read("\n".join(lines), form)
    assert plain(after.answers) == plain(read(before, form).answers)


@pytest.mark.slow
@CALM
@given(st.text(max_size=400))
def test_any_text_at_all_is_read_without_an_error(form: Form, text: str) -> None:
    reading = read(text, form)
    reading.to_plain()
    assert not reading.is_review


PIECES = ["<p>", "</p>", "<table>", "<tr>", "<td rowspan=3>", "a", "\t", "<ul>", "• b", "☒", "\n", "1.", "<"]


@pytest.mark.slow
@CALM
@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_broken_mark_up_is_read_without_an_error(form: Form, pieces: list[str]) -> None:
    text = " ".join(pieces)
    assert not lost(text.replace("<td rowspan=3>", " "), read(text, form))


SENTENCE = st.text(alphabet="abcdefg hij", min_size=3, max_size=60).map(lambda s: f"Zo {s.strip()} end.")
FREE = sorted(set(ANSWERS) - {5, 13, 14})


@pytest.mark.slow
@CALM
@given(st.dictionaries(st.sampled_from(FREE), SENTENCE), st.sampled_from(["columns", "glued"]))
def test_what_is_printed_under_a_question_is_read_under_it(form: Form, said: dict[int, str], style: str) -> None:
    answers = {**ANSWERS, **said}
    reading = read(printed_review(form, style=style, answers=answers), form)
    for number, text in answers.items():
        assert reading.answers[number].split() == text.split()


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.8])
def test_a_review_cut_short_keeps_the_answers_it_has(form: Form, cut: float) -> None:
    text = printed_review(form)
    half = text[: int(len(text) * cut)]
    reading = read(half, form)
    assert not lost(half, reading)
    assert all(reading.answers[number] == ANSWERS[number] for number in list(reading.answers)[:-1] if number in ANSWERS)
