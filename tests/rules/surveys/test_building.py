"""A questionnaire between objects and JSON, and the ready ones that come with Hearth."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.refusals import Refused
from hearth.surveys.rules import building
from hearth.surveys.rules.instrument import Instrument, OnlyIf, Option, Question, Section, said
from hearth.surveys.rules.kinds import QuestionKind, Sort
from hearth.surveys.rules.ready import Ready, edition_on, instrument
from tests.rules.surveys.editions import NAME, parts, questionnaire, readies

words = st.dictionaries(st.sampled_from(["en", "cy", "en-easy"]), st.text(min_size=1, max_size=20), min_size=1)
codes = st.text("ABCxyz019_-", min_size=1, max_size=6)
options = st.builds(Option, codes, words, st.booleans(), st.booleans(), st.booleans())
filters = st.none() | st.builds(OnlyIf, codes, st.lists(codes, max_size=3).map(tuple))
numbers = st.none() | st.integers(-100, 100).map(float)
questions = st.builds(
    Question, codes, st.sampled_from(QuestionKind), words, words | st.just({}),
    st.lists(options, max_size=4).map(tuple), filters, st.booleans(), numbers, numbers, st.integers(1, 5000),
)  # fmt: skip
sections = st.builds(Section, codes, words, st.lists(questions, max_size=4).map(tuple))
instruments = st.builds(Instrument, words, st.lists(sections, max_size=3).map(tuple))


@given(instruments)
def test_a_questionnaire_is_the_same_after_it_was_kept_as_json(made):
    assert building.load(json.loads(json.dumps(building.dump(made)))) == made


@given(instruments)
def test_the_digest_does_not_know_in_which_order_a_database_keeps_the_keys(made):
    plain = building.dump(made)
    turned = json.loads(json.dumps(plain), object_pairs_hook=lambda pairs: dict(reversed(pairs)))
    assert building.digest(plain) == building.digest(turned)


def plain() -> dict:
    question = {"code": "Q1", "kind": "one", "words": "Well?", "options": [{"code": "1", "words": "Yes"}]}
    return {"title": "T", "sections": [{"key": "s", "title": "S", "questions": [question]}]}


def refusal(content) -> str:
    with pytest.raises(Refused) as refused:
        building.load(content)
    return refused.value.message


def test_words_alone_are_english_words():
    assert building.load(plain()).title == {"en": "T"}


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("kind", "essay", "sections 1, questions 1, kind: must be one of one, many, scale"),
        ("code", 7, "sections 1, questions 1, code: must be words, not 7"),
        ("required", "no", "sections 1, questions 1, required: must be true or false, not 'no'"),
        ("words", {"en": None}, "sections 1, questions 1, words: must be words, not None"),
        ("longest", 2.5, "sections 1, questions 1, longest: must be a whole number"),
        ("lowest", "0", "sections 1, questions 1, lowest: must be a number"),
        ("options", [3], "sections 1, questions 1, options 1: must be a mapping of names"),
        ("colour", "red", "sections 1, questions 1: “colour” is not known"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(key, value, expected):
    content = plain()
    content["sections"][0]["questions"][0][key] = value
    assert expected in refusal(content)


def test_what_is_missing_is_named():
    content = plain()
    del content["sections"][0]["questions"][0]["code"]
    assert "sections 1, questions 1, code: “code” is missing" in refusal(content)


def test_every_wrong_place_is_named_at_once():
    content = plain()
    content["sections"][0]["title"] = 3
    content["sections"][0]["questions"][0]["kind"] = "essay"
    assert refusal(content).count("sections 1") == 2


@pytest.mark.parametrize("content", [[], "words", None, 3])
def test_what_is_no_mapping_is_no_questionnaire(content):
    assert refusal(content).startswith("This is not a questionnaire.")


@pytest.mark.parametrize("key", readies())
@pytest.mark.parametrize("stock", ["", "lcra", "lcho"])
def test_every_ready_questionnaire_can_be_put_to_people(key, stock):
    whole = questionnaire(key, stock)
    earlier: dict[str, set[str]] = {}
    for question in whole.questions():
        assert question.code not in earlier
        if question.only_if:
            assert set(question.only_if.codes) <= earlier[question.only_if.question]
        assert said(question.words)
        assert len({option.code for option in question.options}) == len(question.options)
        needs_options = question.kind in (QuestionKind.ONE, QuestionKind.MANY, QuestionKind.SCALE, QuestionKind.RANK)
        assert bool(question.options) == needs_options
        earlier[question.code] = {option.code for option in question.options}


@pytest.mark.parametrize("key", readies())
def test_no_placeholder_stays_when_the_landlord_is_named(key):
    assert all("{" not in words for _, wording in building.wordings(questionnaire(key)) for words in wording.values())


@pytest.mark.parametrize("key", readies())
def test_every_wording_is_there_in_every_language_that_a_ready_questionnaire_speaks(key):
    whole = questionnaire(key)

    assert {place for place, wording in building.wordings(whole) if not set(whole.languages) <= set(wording)} == set()


@pytest.mark.parametrize("key", readies())
def test_every_ready_questionnaire_says_how_to_complain(key):
    told = said(questionnaire(key).complain)
    assert "complain" in told
    assert "Housing Ombudsman" in told


@pytest.mark.parametrize("key", ["tsm-2023", "tsm-2026", "star", "letting"])
def test_tenant_surveys_ask_about_choice_based_lettings_and_how_long_somebody_has_been_a_tenant(key):
    whole = questionnaire(key)
    assert "Choice Based Lettings" in said(whole.question("LET3").words)
    assert [option.code for option in whole.question("LET1").options] == ["new", "existing"]


@pytest.mark.parametrize("key", sorted(set(readies()) - {"repair", "pulse-estate"}))
def test_equality_questions_name_their_characteristic_and_may_always_be_declined(key):
    asked = [question for question in questionnaire(key).questions() if question.characteristic]
    assert len(asked) == 9
    for question in asked:
        assert not question.required
        assert question.options[-1].missing
        assert said(question.options[-1].words) == "Prefer not to say"


@pytest.mark.requirement("SUR-04")
@pytest.mark.parametrize("key", readies())
def test_every_ready_questionnaire_has_a_free_suggestion_field(key):
    assert any(question.kind is QuestionKind.TEXT and question.comment for question in questionnaire(key).questions())


def test_a_part_that_there_is_not_is_named():
    content = {"title": "X", "sections": [{"put_in": "?"}]}
    ready = Ready("x", Sort.OTHER, "X", date(2026, 1, 1), "S", questionnaire=content)
    with pytest.raises(Refused, match="no part “\\?”"):
        instrument(ready, parts(), landlord=NAME)


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2023, 3, 31), None),
        (date(2023, 4, 1), "tsm-2023"),
        (date(2026, 9, 30), "tsm-2023"),
        (date(2026, 10, 1), "tsm-2026"),
    ],
)
def test_the_edition_of_a_day_is_the_latest_that_has_begun(day, key):
    found = edition_on(readies().values(), Sort.TSM, day)
    assert (found.key if found else None) == key
