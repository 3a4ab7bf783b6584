"""The tenant satisfaction measures are locked: each thing is changed by itself, and each change is refused by name."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.refusals import Refused
from hearth.surveys.rules import tsm
from hearth.surveys.rules.building import dump, each_question, load
from hearth.surveys.rules.instrument import Instrument, OnlyIf, Option, Question, Section, said
from hearth.surveys.rules.kinds import QuestionKind
from tests.rules.surveys.editions import NAME, bare, questionnaire

SAT5 = [
    "Very satisfied", "Fairly satisfied", "Neither satisfied nor dissatisfied", "Fairly dissatisfied",
    "Very dissatisfied",
]  # fmt: skip
AGR5 = ["Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree"]
NOT_APPLICABLE = {"TP05", "TP06", "TP07", "TP08", "TP11", "TP12"}
EDITIONS = ["tsm-2023", "tsm-2026"]
LCHO = ["TP01", "TP05", "TP06", "TP07", "TP08", "TP09F", "TP09", "TP10F", "TP10", "TP11", "TP12"]
CODES = ["TP01", "TP02F", "TP02", "TP03", "TP04", *LCHO[1:]]

stocks = st.sampled_from(["lcra", "lcho", ""])
editions = st.sampled_from(EDITIONS)


def refused(made: Instrument, stock: str, edition: str) -> str:
    with pytest.raises(Refused) as refusal:
        tsm.check_locked(made, bare(edition), landlord=NAME, stock=stock)
    assert tsm.REASON in refusal.value.message
    return refusal.value.message


def allowed(made: Instrument, stock: str, edition: str) -> None:
    tsm.check_locked(made, bare(edition), landlord=NAME, stock=stock)


def codes_of(stock: str) -> list[str]:
    return LCHO if stock == "lcho" else CODES


def put(whole: Instrument, question: Question, at: int) -> Instrument:
    """The questionnaire with a question put in at a place of its first section."""
    first, *rest = whole.sections
    questions = (*first.questions[:at], question, *first.questions[at:])
    return replace(whole, sections=(replace(first, questions=questions), *rest))


def changed(whole: Instrument, code: str, **facts) -> Instrument:
    return each_question(whole, lambda one: replace(one, **facts) if one.code == code else one)


@given(stocks, editions)
def test_a_ready_set_passes_before_and_after_it_was_kept(stock, edition):
    whole = questionnaire(edition, stock)
    allowed(whole, stock, edition)
    allowed(load(dump(whole)), stock, edition)


@pytest.mark.requirement("SUR-18")
@pytest.mark.parametrize("edition", EDITIONS)
def test_the_wording_is_the_regulators(shared, edition):
    table = (shared / "reference" / "tenant-satisfaction-measures.md").read_text(encoding="utf-8")
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in table.splitlines()
        if re.match(r"\| TP\d\d \| L", line)
    ]
    assert len(rows) == 12
    whole = questionnaire(edition)
    for code, tenure, opens, words, scale, not_applicable in rows:
        question = whole.question(code)
        assert said(question.words) == words.replace("[your landlord]", NAME).replace("[my landlord]", NAME)
        offered = [said(option.words) for option in question.options if not option.silent]
        expected = SAT5 if scale == "SAT5" else AGR5
        assert offered == [*expected, "Not applicable/ don't know"][: 6 if not_applicable == "yes" else 5]
        assert question.stock == (("lcra",) if tenure == "LCRA only" else ())
        if opens == "–":
            assert question.only_if is None
        elif not opens.startswith("same"):
            asked = whole.question(question.only_if.question)
            assert said(asked.words) == opens.replace("[your landlord]", NAME)
    assert whole.question("TP03").only_if == whole.question("TP02").only_if


@pytest.mark.requirement("SUR-18")
@pytest.mark.parametrize(("stock", "codes"), [("lcra", CODES), ("lcho", LCHO), ("", CODES)])
def test_the_set_stands_in_its_order_for_each_kind_of_stock(stock, codes):
    whole = questionnaire("tsm-2023", stock)
    assert [question.code for question in whole.questions() if question.locked] == codes


def test_only_six_measures_offer_not_applicable():
    whole = questionnaire("tsm-2023")
    offering = {
        question.code
        for question in whole.questions()
        if question.locked.split(":")[-1][-1:].isdigit()
        and any(one.missing and not one.silent for one in question.options)
    }
    assert offering == NOT_APPLICABLE


@pytest.mark.requirement("SUR-18")
@given(st.data(), stocks, editions)
def test_a_changed_wording_is_refused_by_name(data, stock, edition):
    whole = questionnaire(edition, stock)
    code = data.draw(st.sampled_from(codes_of(stock)))
    words = said(whole.question(code).words)
    at = data.draw(st.integers(0, len(words) - 1))
    other = data.draw(st.sampled_from(["", "x", " ", "'", "?"]).filter(lambda letter: letter != words[at]))
    message = refused(changed(whole, code, words={"en": words[:at] + other + words[at + 1 :]}), stock, edition)
    assert f"The wording of {code} must be" in message


@given(st.data(), stocks, editions)
def test_any_other_change_of_a_question_is_refused_by_name(data, stock, edition):
    whole = questionnaire(edition, stock)
    code = data.draw(st.sampled_from(codes_of(stock)))
    question = whole.question(code)
    shown = [option for option in question.options if not option.silent]
    turned = data.draw(st.permutations(shown).filter(lambda found: list(found) != shown))
    at = data.draw(st.integers(0, len(shown) - 1))
    added = Option(
        "98", {"en": data.draw(st.sampled_from(["Don’t know", "Not applicable", "Prefer not to say"]))}, True
    )
    put_in = data.draw(st.integers(0, len(shown)))
    one = shown[at]
    facts = data.draw(
        st.sampled_from(
            [
                {"options": tuple(turned)},
                {"options": tuple(option for option in shown if option is not one)},
                {"options": (*shown[:put_in], added, *shown[put_in:])},
                {"options": (*shown[:at], replace(one, words={"en": said(one.words).lower() + "."}), *shown[at + 1 :])},
                {"options": (*shown[:at], replace(one, missing=not one.missing), *shown[at + 1 :])},
                {"options": (*shown[:at], replace(one, code="99"), *shown[at + 1 :])},
                {"options": (*shown, Option("99", {"en": "Refused"}, silent=True))},
                {"only_if": OnlyIf("TP01" if question.only_if is None else question.only_if.question, ("no",))},
                {"kind": QuestionKind.MANY},
                {"hint": {"en": "Think of last year."}},
                {"locked": ""},
            ]
        )
    )
    assert code in refused(changed(whole, code, **facts), stock, edition)


@given(st.data(), stocks, editions)
def test_a_filter_may_not_be_taken_away(data, stock, edition):
    whole = questionnaire(edition, stock)
    filtered = [question.code for question in whole.questions() if question.locked and question.only_if]
    code = data.draw(st.sampled_from(filtered))
    assert f"{code} is asked of those who answered yes" in refused(changed(whole, code, only_if=None), stock, edition)


@given(st.data(), stocks, editions)
def test_a_missing_question_is_refused_by_name(data, stock, edition):
    whole = questionnaire(edition, stock)
    code = data.draw(st.sampled_from(codes_of(stock)))
    first, *rest = whole.sections
    questions = tuple(question for question in first.questions if question.code != code)
    made = replace(whole, sections=(replace(first, questions=questions), *rest))
    assert f"{code} is missing." in refused(made, stock, edition)


@given(st.data(), stocks, editions)
def test_another_order_is_refused(data, stock, edition):
    whole = questionnaire(edition, stock)
    first, *rest = whole.sections
    questions = data.draw(st.permutations(first.questions).filter(lambda found: tuple(found) != first.questions))
    made = replace(whole, sections=(replace(first, questions=tuple(questions)), *rest))
    assert "the order is prescribed" in refused(made, stock, edition)


def extra(kind: QuestionKind = QuestionKind.SCALE) -> Question:
    return Question("EXTRA", kind, {"en": "And how clean are your windows?"})


@pytest.mark.requirement("SUR-18")
@given(st.sampled_from(QuestionKind), stocks, editions)
def test_nothing_may_be_asked_before_tp01(kind, stock, edition):
    whole = questionnaire(edition, stock)
    assert "Nothing may be asked before TP01, and EXTRA is." in refused(put(whole, extra(kind), 0), stock, edition)
    before = Section("early", {"en": "First"}, (extra(kind),))
    assert "TP01" in refused(replace(whole, sections=(before, *whole.sections)), stock, edition)


@given(st.data(), stocks, editions)
def test_free_text_may_follow_a_prescribed_question_except_between_a_filter_and_what_it_opens(data, stock, edition):
    whole = questionnaire(edition, stock)
    codes = codes_of(stock)
    at = data.draw(st.integers(1, len(codes)))
    made = put(whole, extra(QuestionKind.TEXT), at)
    if codes[at - 1].endswith("F"):
        assert f"Nothing may stand between {codes[at - 1]} and what it opens" in refused(made, stock, edition)
    else:
        allowed(made, stock, edition)


@given(st.data(), stocks, editions)
def test_any_other_question_comes_after_the_last_of_the_set(data, stock, edition):
    whole = questionnaire(edition, stock)
    codes = codes_of(stock)
    at = data.draw(st.integers(1, len(codes)))
    kind = data.draw(st.sampled_from([kind for kind in QuestionKind if kind is not QuestionKind.TEXT]))
    made = put(whole, extra(kind), at)
    if at == len(codes):
        allowed(made, stock, edition)
    else:
        assert codes[at - 1] in refused(made, stock, edition)


def test_the_name_must_be_this_landlords():
    other = questionnaire("tsm-2023", "lcra", "Calderwick Homes")
    assert "The wording of TP01" in refused(other, "lcra", "tsm-2023")


def test_low_cost_home_ownership_is_not_asked_about_repairs():
    whole = questionnaire("tsm-2023", "lcra")
    assert "TP02F is asked of low-cost rental tenants only" in refused(whole, "lcho", "tsm-2023")
    other = questionnaire("tsm-2023", "lcho")
    assert "TP02F is missing" in refused(other, "lcra", "tsm-2023")
    assert "TP02F is missing" in refused(other, "", "tsm-2023")


def test_in_one_survey_for_both_the_kind_of_stock_stays_with_the_question():
    whole = changed(questionnaire("tsm-2023"), "TP04", stock=())
    assert "TP04 is asked of low-cost rental tenants only" in refused(whole, "", "tsm-2023")


def test_a_question_may_not_be_asked_twice():
    whole = questionnaire("tsm-2023", "lcra")
    made = put(whole, whole.question("TP01"), 15)
    assert "TP01 is asked twice." in refused(made, "lcra", "tsm-2023")


def test_a_refusal_may_be_noted_where_it_is_never_read_out():
    whole = questionnaire("tsm-2023", "lcra")
    tp01 = whole.question("TP01")
    more = (*tp01.options, Option("moved", {"en": "Broke off"}, missing=True, silent=True))
    allowed(changed(whole, "TP01", options=more), "lcra", "tsm-2023")
    allowed(changed(whole, "TP01", options=tp01.options[:5]), "lcra", "tsm-2023")


def test_one_edition_is_not_the_other():
    assert "TP01" in refused(questionnaire("tsm-2023", "lcra"), "lcra", "tsm-2026")


def test_a_translation_is_not_refused_but_named():
    whole = questionnaire("tsm-2023", "lcra")
    tp01 = whole.question("TP01")
    made = changed(whole, "TP01", words={**tp01.words, "pl": "Ogólnie rzecz biorąc…"})
    allowed(made, "lcra", "tsm-2023")
    assert tsm.translated(made) == (("TP01", "pl"),)
    assert tsm.translated(whole) == ()
