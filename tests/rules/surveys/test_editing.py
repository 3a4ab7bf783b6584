"""Changing a questionnaire one thing at a time, and saying what changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.findings import Level
from hearth.kernel.refusals import Refused
from hearth.surveys.rules import checking, editing
from hearth.surveys.rules.building import untranslated
from hearth.surveys.rules.checking import Facts
from hearth.surveys.rules.comparing import changes
from hearth.surveys.rules.instrument import Option, Question, said
from hearth.surveys.rules.kinds import Draw, Mode, QuestionKind, Sort
from tests.rules.surveys.editions import NAME, bare, questionnaire, readies

STAR = questionnaire("star")
CODES = [question.code for question in STAR.questions()]
OPEN = date(2026, 3, 1)
FINE = Facts(
    sort=Sort.STAR,
    purpose="To know.",
    modes=(Mode.WEB,),
    draw=Draw.OPEN,
    opens_on=OPEN,
    closes_on=date(2026, 3, 31),
    results_due_on=date(2026, 5, 1),
    landlord=NAME,
)


def codes(whole) -> list[str]:
    return [question.code for question in whole.questions()]


def found(whole=STAR, **facts) -> list[tuple[str, str]]:
    return [
        (one.code, one.message)
        for one in checking.before_opening(whole, replace(FINE, **facts), on=OPEN)
        if one.level is Level.BLOCK
    ]


@given(st.sampled_from(CODES), st.sampled_from(CODES))
def test_a_question_is_moved_right_behind_another_and_nothing_else_moves(code, after):
    moved = editing.move_question(STAR, code, after=after)
    if code == after:
        assert moved == STAR
        return
    assert codes(moved).index(code) == codes(moved).index(after) + 1
    assert [one for one in codes(moved) if one != code] == [one for one in CODES if one != code]


def test_a_question_moves_to_the_beginning_of_a_section():
    moved = editing.move_question(STAR, "STAR02", section="home")
    assert [question.code for question in moved.sections[0].questions] == ["STAR01"]
    assert moved.sections[1].questions[0].code == "STAR02"
    assert editing.move_question(STAR, "STAR01", section="overall") == STAR


def test_sections_move_and_go():
    moved = editing.move_section(STAR, "home", after="")
    assert [section.key for section in moved.sections[:2]] == ["home", "overall"]
    assert editing.move_section(moved, "home", after="overall") == STAR
    assert editing.move_section(STAR, "home", after="home") == STAR
    assert "STAR03" not in codes(editing.remove_section(STAR, "home"))


def test_filters_follow_a_new_code_and_hold_a_question_that_is_needed():
    asked = replace(STAR.question("STAR06"), code="CHARGE")
    changed = editing.change_question(STAR, "STAR06", asked)
    assert changed.question("STAR07").only_if.question == "CHARGE"
    with pytest.raises(Refused, match="STAR07 is asked depending on the answer to STAR06"):
        editing.remove_question(STAR, "STAR06")
    without = editing.remove_question(editing.set_filter(STAR, "STAR07", "", ()), "STAR06")
    assert "STAR06" not in codes(without)


@pytest.mark.parametrize("code", ["", "1A", "a b", "ä", "A" * 31, "A-B"])
def test_a_code_that_can_name_no_column_is_refused(code):
    with pytest.raises(Refused, match="begins with a letter"):
        editing.add_question(STAR, "overall", Question(code, QuestionKind.TEXT, {"en": "?"}))


def test_a_code_that_is_taken_is_refused_whatever_its_case():
    with pytest.raises(Refused, match="Another question has the code star01"):
        editing.add_question(STAR, "overall", Question("star01", QuestionKind.TEXT, {"en": "?"}))


def test_answers_keep_their_codes_and_new_ones_get_the_next_number():
    before = STAR.question("STAR01").options
    rows = [{"code": "4", "words": "Quite satisfied"}, {"words": "Cannot say", "missing": True}]
    made = editing.options_from(rows, before)
    assert [(one.code, said(one.words), one.missing) for one in made] == [
        ("4", "Quite satisfied", False),
        ("6", "Cannot say", True),
    ]
    with pytest.raises(Refused, match="Two answers have the code 4"):
        editing.options_from([{"code": "4", "words": "a"}, {"code": "4", "words": "b"}], ())
    with pytest.raises(Refused, match="not a code"):
        editing.options_from([{"code": "ä b", "words": "a"}], ())


def test_translating_fills_what_is_missing_and_changes_no_english():
    welsh = editing.set_languages(STAR, ["cy"])
    lacking = untranslated(welsh, "cy")
    assert len(lacking) > 100
    half = editing.translate(welsh, "cy", dict.fromkeys(lacking[:50], "Geiriau"))
    assert untranslated(half, "cy") == lacking[50:]
    whole = editing.translate(half, "cy", dict.fromkeys(lacking[50:], "Geiriau"))
    assert untranslated(whole, "cy") == []
    assert ("S07", "1 wording is missing in “cy”. Write what is missing, or do not offer the language.") in found(
        editing.translate(whole, "cy", {"title": ""})
    )
    assert found(whole) == []
    assert editing.translate(whole, "cy", dict.fromkeys(lacking, "")).sections == STAR.sections
    with pytest.raises(Refused, match="not offered"):
        editing.translate(STAR, "pl", {"title": "Tytuł"})


@pytest.mark.parametrize("codes", [["welsh!"], ["C"], ["cy;"]])
def test_a_language_must_be_one(codes):
    with pytest.raises(Refused, match="not the code of a language"):
        editing.set_languages(STAR, codes)


def test_every_change_is_told_in_words():
    changed = editing.remove_question(STAR, "STAR02")
    changed = editing.set_filter(changed, "STAR08", "STAR06", ["no"])
    changed = editing.change_question(changed, "STAR03", replace(STAR.question("STAR03"), words={"en": "Well?"}))
    changed = editing.set_texts(changed, {"intro": "Hello."})
    changed = editing.move_section(changed, "contact", after="overall")
    told = changes(STAR, changed)
    assert told[0] == "The introduction was changed."
    assert any(one.startswith("STAR02 was taken out") for one in told)
    assert any(one.startswith("STAR03 now says “Well?”") for one in told)
    assert "Who is asked STAR08 was changed." in told
    assert told[-1] == "The order of the questions was changed."
    assert changes(STAR, STAR) == []


@pytest.mark.parametrize("key", ["star", "engagement", "letting", "activity", "pulse-estate", "complaint", "asb"])
def test_a_ready_questionnaire_has_nothing_to_put_right(key):
    assert found(questionnaire(key), sort=readies()[key].sort) == []


@pytest.mark.parametrize(
    ("facts", "code", "words"),
    [
        ({"modes": ()}, "S11", "at least one way"),
        ({"opens_on": None}, "S10", "on which day the survey opens"),
        ({"closes_on": None}, "S10", "on which day the survey closes"),
        ({"closes_on": date(2026, 2, 28)}, "S10", "close before it opens"),
        ({"results_due_on": None}, "S10", "by when the results"),
        ({"results_due_on": date(2026, 3, 30)}, "S10", "due before the survey closes"),
        ({"every_months": 1, "closes_on": date(2026, 4, 1)}, "S10", "must close before it opens again"),
        ({"draw": Draw.CENSUS}, "S12", "Nobody has been drawn"),
    ],
)
def test_what_is_missing_around_the_questions_stops_the_opening(facts, code, words):
    assert any(at == code and words in message for at, message in found(**facts))


def test_a_survey_that_follows_events_needs_no_last_day_and_no_sample():
    facts = {"rolling": True, "closes_on": None, "results_due_on": None, "draw": Draw.CENSUS}
    assert found(questionnaire("repair"), sort=Sort.REPAIR, **facts) == []


@pytest.mark.requirement("SUR-07")
@pytest.mark.parametrize(("sort", "stops"), [(Sort.STAR, True), (Sort.TSM, True), (Sort.PULSE, False)])
def test_tenant_surveys_without_choice_based_lettings_need_a_reason(sort, stops):
    without = editing.remove_section(STAR, "lettings")
    assert bool(found(without, sort=sort)) == stops
    assert found(without, sort=sort, without_lettings="Asked in another survey") == []


def question(**said_) -> Question:
    options = (Option("1", {"en": "Yes"}), Option("2", {"en": "No"}))
    return Question(**{"code": "NEW", "kind": QuestionKind.ONE, "words": {"en": "Well?"}, "options": options, **said_})


@pytest.mark.parametrize(
    ("facts", "code", "words"),
    [
        ({"words": {"en": " "}}, "S02", "NEW has no wording"),
        ({"options": ()}, "S03", "at least two answers"),
        ({"options": (Option("1", {"en": "Yes"}), Option("2", {"en": "?"}, missing=True))}, "S03", "at least two"),
        ({"options": (Option("1", {"en": "Yes"}), Option("2", {"en": ""}))}, "S03", "no words"),
        ({"options": (Option("1", {"en": "Yes"}), Option("1", {"en": "No"}))}, "S03", "the same code"),
        ({"kind": QuestionKind.SCALE}, "S03", "five answers that count"),
        ({"kind": QuestionKind.NUMBER, "lowest": 2.0, "highest": 1.0}, "S03", "above its highest"),
        ({"characteristic": "religion", "required": True}, "S06", "may not have to be answered"),
    ],
)
def test_a_question_that_cannot_be_put_stops_the_opening(facts, code, words):
    whole = editing.add_question(STAR, "overall", question(**facts))
    assert any(at == code and words in message for at, message in found(whole))


def test_a_filter_that_looks_ahead_or_names_no_answer_stops_the_opening():
    ahead = editing.move_question(STAR, "STAR07", after="STAR05")
    assert any("which is not asked before it" in message for _, message in found(ahead))
    options = STAR.question("STAR06").options[1:]
    gone = editing.change_question(STAR, "STAR06", replace(STAR.question("STAR06"), options=options))
    assert any("“yes” of STAR06, which is not offered" in message for _, message in found(gone))


def test_the_texts_that_the_code_asks_for_must_be_there():
    for name in ("intro", "complain", "consent"):
        assert any(code == "S08" for code, _ in found(editing.set_texts(STAR, {name: ""})))


@pytest.mark.requirement("SUR-18")
def test_the_lock_and_the_edition_are_checked_before_opening():
    whole, edition = questionnaire("tsm-2023", "lcra"), bare("tsm-2023")
    facts = replace(FINE, sort=Sort.TSM, stock="lcra", locked_set="tsm-2023", edition_of_the_day="tsm-2023")
    assert not [one for one in checking.before_opening(whole, facts, edition=edition, on=OPEN) if one.code == "S14"]
    changed = editing.remove_question(whole, "TP12")
    stopped = checking.stopping(checking.before_opening(changed, facts, edition=edition, on=OPEN))
    assert [one.part for one in stopped] == ["question/TP12"]
    later = replace(facts, edition_of_the_day="tsm-2026")
    warned = checking.before_opening(whole, later, edition=edition, on=OPEN)
    assert [one.level for one in warned if one.code == "S14"] == [Level.WARN]
