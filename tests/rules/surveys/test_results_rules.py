"""What results are made of: columns, small numbers, likeness to the population, the summary, the return."""

from __future__ import annotations

import copy
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.kernel.counts import Policy
from hearth.kernel.refusals import Refused
from hearth.surveys.rules import approach, codebook, matching, representing, returning, treating
from hearth.surveys.rules.columns import Reading, asked
from hearth.surveys.rules.instrument import Instrument, OnlyIf, Option, Question, Section
from hearth.surveys.rules.kinds import QuestionKind
from hearth.surveys.rules.measures import Part, measures_of, questions_of
from hearth.surveys.rules.weighting import unweighted
from tests.factories import surveys as make

POLICY = Policy(sensitive=10, other=5, rounding=5)


def one_scale(code: str = "q", **said: Any) -> Instrument:
    return Instrument({"en": "T"}, (Section("s", {"en": "S"}, (make.scale(code, "How?", **said),)),))


def result(
    counts: dict[str, tuple[int, int, int, int, int]], *, instrument: Instrument | None = None
) -> dict[str, Any]:
    """A result of one scale question with these answers by group."""
    reading = Reading(asked([instrument or one_scale()]))
    rows: list[Any] = []
    for group, numbers in counts.items():
        for at, number in enumerate(numbers, 1):
            rows += [({"q": str(at)}, {"area": group}, "web", "", None)] * number
    reading.add(rows)
    columns = reading.done()
    size = columns.rows
    plain = unweighted(size, population=size * 3)
    part = Part(columns, plain, plain)
    return {
        "responses": size,
        "parts": [
            {
                "key": "", "words": "Everybody", "responses": size, "questions": questions_of(part), "measures": [],
                "weighting": {}, "represented": [], "change": [], "margin": 1.0,
            }
        ],
    }  # fmt: skip


class TestColumns:
    def test_rows_in_pieces_are_the_same_columns(self) -> None:
        rows: list[Any] = [
            ({"overall": "1", "rooms": ["bed", "bath"], "people": 3, "why": "words", "first": ["3", "1"]},
             {"area": "North"}, "web", "lcra", None),
            ({"overall": "9", "rooms": [], "repair": "no"}, {}, "paper", "", 1.5),
            ({}, {"area": "South", "age": "75+"}, "web", "lcra", None),
        ]  # fmt: skip
        whole, pieces = Reading(asked([make.SMALL])), Reading(asked([make.SMALL]))
        whole.add(rows)
        for row in rows:
            pieces.add([row])
        one, two = whole.done(), pieces.done()
        assert set(one.arrays) == set(two.arrays)
        for name in one.arrays:
            np.testing.assert_array_equal(one.arrays[name], two.arrays[name])
        assert one.arrays["overall"].tolist() == [0, -1, -1]
        assert one.arrays["rooms/bath"].tolist() == [1, 0, -1]
        assert one.arrays["first/3"].tolist() == [1, -1, -1]
        assert one.arrays["first/1"].tolist() == [2, -1, -1]
        assert one.arrays["trait:age"].tolist() == [-1, -1, 0]

    def test_who_was_asked_follows_from_filter_and_stock(self) -> None:
        reading = Reading(asked([make.SMALL]))
        reading.add([({"repair": "yes", "speed": "1"}, {}, "web", "", None), ({"repair": "no"}, {}, "web", "", None)])
        columns = reading.done()
        question = next(one for one, _ in columns.questions if one.code == "speed")
        assert columns.put(question).tolist() == [True, False]

    def test_an_option_that_is_gone_keeps_its_answers(self) -> None:
        old = one_scale()
        new = copy.deepcopy(old)
        question = new.sections[0].questions[0]
        fewer = Question(**{**vars(question), "options": question.options[:4]})
        found = asked([Instrument(new.title, (Section("s", {"en": "S"}, (fewer,)),)), old])
        assert [option.code for option in found[0][0].options] == ["1", "2", "3", "4", "5"]


class TestMeasures:
    def test_not_applicable_and_refused_are_outside_the_base_and_filters_shut_out(self) -> None:
        scale = tuple(Option(code, {"en": code}) for code in "54321")
        beside = (Option("na", {"en": "NA"}, missing=True), Option("refused", {"en": "R"}, missing=True, silent=True))
        asked_first = Question(
            "TP09F", QuestionKind.ONE, {"en": "Complained?"}, locked="t:TP09F",
            options=(Option("yes", {"en": "Yes"}), Option("no", {"en": "No"})),
        )  # fmt: skip
        questions = (
            Question("TP05", QuestionKind.SCALE, {"en": "Safe?"}, options=(*scale, *beside), locked="t:TP05"),
            asked_first,
            Question("TP09", QuestionKind.SCALE, {"en": "Handled?"}, options=scale, locked="t:TP09",
                     only_if=OnlyIf("TP09F", ("yes",))),
        )  # fmt: skip
        reading = Reading(asked([Instrument({"en": "T"}, (Section("s", {"en": "S"}, questions),))]))
        said = [
            {"TP05": "5", "TP09F": "yes", "TP09": "1"}, {"TP05": "na", "TP09F": "no"}, {"TP05": "refused"},
            {"TP05": "1", "TP09F": "yes", "TP09": "4"}, {"TP09F": "yes"},
        ]  # fmt: skip
        reading.add([(one, {}, "web", "", None) for one in said])
        columns = reading.done()
        sample = unweighted(5, population=100)
        book = {one["code"]: one for one in measures_of(Part(columns, sample, sample))}
        assert (book["TP05"]["counts"], book["TP05"]["not_applicable"], book["TP05"]["pct"]) == ([1, 0, 0, 0, 1], 1, 50)
        assert (book["TP09"]["yes"], book["TP09"]["no"], book["TP09"]["base"], book["TP09"]["pct"]) == (3, 1, 2, 50)


numbers = st.tuples(*[st.integers(0, 40)] * 5)


class TestSmallNumbers:
    @settings(max_examples=60)
    @given(st.dictionaries(st.sampled_from(["North", "South", "East", "West"]), numbers, min_size=1))
    def test_no_small_number_is_told_nor_can_one_be_taken_from_a_sum(self, counts: dict[str, Any]) -> None:
        whole = sum(sum(one) for one in counts.values())
        if not whole:
            return
        exact = result(counts)
        shown = treating.treated(exact, POLICY)["parts"][0]
        if whole < POLICY.other:
            assert shown["withheld"] is True
            return
        question, told = exact["parts"][0]["questions"][0], shown["questions"][0]
        for first, last in ((0, 2), (2, 5)):
            options = list(zip(question["options"][first:last], told["options"][first:last], strict=True))
            hidden = [before["n"] for before, now in options if now["pct"] is None]
            for before, now in options:
                assert not (0 < before["n"] < POLICY.other and now["pct"] is not None)
            if sum(before["n"] for before, _ in options):
                assert len(hidden) != 1 or hidden[0] == 0  # the total is known: one alone could be worked out
        for group in told["groups"]:
            exact_lines = {line["category"]: line for line in question["groups"][0]["lines"]}
            for line in group["lines"]:
                before = exact_lines[line["category"]]
                good, rest = before["n"], before["base"] - before["n"]
                if line["pct"] is not None:
                    assert not 0 < good < POLICY.other
                    assert not 0 < rest < POLICY.other
            hidden_lines = [
                line for line in group["lines"] if line["pct"] is None and exact_lines[line["category"]]["base"]
            ]
            assert len(hidden_lines) != 1

    def test_equality_questions_have_the_higher_threshold_and_answers_that_say_nothing_do_not_help(self) -> None:
        said = {"characteristic": "religion", "options": (
            Option("a", {"en": "A"}), Option("b", {"en": "B"}), Option("c", {"en": "C"}),
            Option("unsaid", {"en": "Prefer not to say"}, missing=True),
        )}  # fmt: skip
        question = Question("q", QuestionKind.ONE, {"en": "Which?"}, **said)
        instrument = Instrument({"en": "T"}, (Section("s", {"en": "S"}, (question,)),))
        reading = Reading(asked([instrument]))
        rows: list[Any] = [({"q": "a"}, {}, "web", "", None)] * 80 + [({"q": "b"}, {}, "web", "", None)] * 7
        rows += [({"q": "c"}, {}, "web", "", None)] * 60 + [({"q": "unsaid"}, {}, "web", "", None)] * 20
        reading.add(rows)
        columns = reading.done()
        plain = unweighted(columns.rows, population=1000)
        exact = result({"North": (1, 1, 1, 1, 1)})
        exact["parts"][0] |= {"questions": questions_of(Part(columns, plain, plain)), "responses": columns.rows}
        told = treating.treated(exact, POLICY)["parts"][0]["questions"][0]
        pct = {one["code"]: one["pct"] for one in told["options"]}
        assert pct["b"] is None
        assert list(pct.values()).count(None) >= 1
        assert all(isinstance(line["n"], int) and line["n"] % 5 == 0 for line in told["outside"])

    def test_what_is_shown_to_others_has_no_exact_count_and_no_error_to_work_one_out(self) -> None:
        told = treating.treated(result({"North": (23, 17, 13, 11, 7), "South": (29, 31, 19, 9, 8)}), POLICY)
        words = json.dumps(told["parts"][0]["questions"])
        assert '"weighted"' not in words
        assert '"se"' not in words
        assert '"unweighted"' not in words

    def test_the_words_on_likeness_tell_no_figure_of_few_responses(self) -> None:
        exact = result({"North": (20, 20, 20, 20, 20)})
        lines = [
            {"category": name, "responses": number, "population": 40.0, "achieved": number, "expected": 25, "points": 0}
            for name, number in (("New", 3), ("Older", 30), ("Old", 40), ("Oldest", 27))
        ]
        exact["parts"][0]["represented"] = [
            {"words": "Tenancy", "sentence": "New is 3.7%.", "plain": "Like it.", "unknown": 0, "lines": lines}
        ]
        told = treating.treated(exact, POLICY)["parts"][0]["represented"][0]
        assert told["sentence"] == "Like it."
        shown = {line["category"]: line["achieved"] for line in told["lines"]}
        assert shown["New"] is None
        assert list(shown.values()).count(None) >= 2  # one alone is what the others leave of a hundred

    def test_a_later_result_that_differs_by_a_few_people_is_found(self) -> None:
        before = result({"North": (20, 20, 20, 20, 20)})
        assert treating.small_changes(before, result({"North": (20, 20, 20, 20, 20)}), POLICY) == []
        assert treating.small_changes(before, result({"North": (20, 20, 20, 20, 22)}), POLICY) == ["q"]
        assert treating.small_changes(before, result({"North": (30, 30, 30, 30, 30)}), POLICY) == []


class TestLikeness:
    @settings(deadline=None)  # scipy is imported with the first example
    @given(st.floats(0.01, 80), st.integers(1, 30))
    def test_the_chance_is_that_of_the_chi_squared_distribution(self, statistic: float, freedom: int) -> None:
        from scipy.stats import chi2

        assert representing.chance(statistic, freedom) == pytest.approx(
            chi2.sf(statistic, freedom), rel=1e-9, abs=1e-13
        )

    def test_the_test_is_pearsons_and_knows_how_much_of_the_population_answered(self) -> None:
        from scipy.stats import chisquare

        population = {"a": 500.0, "b": 300.0, "c": 200.0}
        responses = {"a": 70, "b": 20, "c": 10}
        one = representing.represented("t", "Trait", responses, population)
        assert one.statistic == pytest.approx(chisquare([70, 20, 10], [50, 30, 20]).statistic)
        assert one.p == pytest.approx(representing.chance(one.statistic / 0.9, 2))
        assert one.advised
        assert "“a” is 70.0% of the responses and 50.0% of the population" in one.sentence

    def test_small_differences_of_a_large_sample_need_no_weights(self) -> None:
        one = representing.represented("t", "Trait", {"a": 5_100, "b": 4_900}, {"a": 49_800.0, "b": 50_200.0})
        assert one.p is not None
        assert one.p < representing.LIKELY
        assert not one.advised

    def test_a_group_of_whom_nobody_answered_is_named(self) -> None:
        one = representing.represented("t", "Trait", {"a": 50, "b": 50}, {"a": 500.0, "b": 450.0, "c": 50.0})
        assert one.nobody == ("c",)
        assert "Nobody of “c” answered." in one.sentence

    def test_a_category_that_the_population_does_not_have_is_refused(self) -> None:
        with pytest.raises(Refused, match="“x” is not in the population"):
            representing.represented("t", "Trait", {"x": 1}, {"a": 1.0})


class TestMatching:
    def test_the_same_categories_in_other_words_meet(self) -> None:
        found = matching.match(
            ["16 to 24", "75 and over", "Asian, Asian British"], ["16-24", "75+", "Asian Asian British"]
        )
        assert found.whole
        assert found.of_answer["75 and over"] == "75+"

    def test_what_has_no_partner_is_named_and_what_says_nothing_needs_none(self) -> None:
        found = matching.match(["Yes", "No"], ["Yes", "None", "Not asked", "Prefer not to say"])
        assert (found.answers_left, found.population_left) == (("No",), ("None",))


class TestCodebook:
    def test_numbers_stay_words_get_places_and_no_answers_stand_apart(self) -> None:
        question = Question("q", QuestionKind.SCALE, {"en": "?"}, options=(
            Option("5", {"en": "Good"}), Option("1", {"en": "Bad"}), Option("na", {"en": "NA"}, missing=True),
        ))  # fmt: skip
        assert codebook.codes_of(question) == (5, 1, 91)
        words = Question(
            "q", QuestionKind.ONE, {"en": "?"}, options=(Option("yes", {"en": "Y"}), Option("no", {"en": "N"}))
        )
        assert codebook.codes_of(words) == (1, 2)

    def test_names_suit_spss_and_are_each_there_once(self) -> None:
        many = Question(
            "2 rooms", QuestionKind.MANY, {"en": "?"}, options=(Option("a-b", {"en": "A"}), Option("a b", {"en": "B"}))
        )
        names = [one.name for one in codebook.variables([many], {"mode": ["x"]}, ["web"], ["lcra"])]
        assert names == ["response", "mode", "stock", "mode_2", "v_2_rooms_a_b", "v_2_rooms_a_b_2", "weight"]

    def test_free_text_dates_and_places_are_left_out(self) -> None:
        names = {one.name for one in codebook.variables(list(make.SMALL.questions()), {}, ["web"], [])}
        assert not names & {"why", "moved", "where"}
        assert {"rooms_bed", "first_1", "people", "age"} <= names


def part(**said: Any) -> dict[str, Any]:
    scale = [294.4, 298.7, 101.6, 88.3, 96.6]
    tp01 = {
        "code": "TP01", "words": "?", "scale": scale, "counts": [300, 290, 100, 90, 100], "not_applicable": 0,
        "no_answer": 20, "yes": None, "no": None, "pct": 67.4, "printed": "67.4", "margin": 2.9, "base": 880,
        "unweighted_pct": 67.0,
        "modes": [
            {"mode": "telephone", "responses": 600, "base": 590, "pct": 70.0, "suppressed": False},
            {"mode": "paper", "responses": 40, "base": 40, "pct": None, "suppressed": True},
        ],
    }  # fmt: skip
    usual = {
        "key": "lcra", "words": "Low cost rental", "responses": 900, "population": 4_000, "required": 522,
        "margin": 2.88, "reached": True, "verdict": "Enough.",
        "represented": [], "weighting": {"converged": True, "warnings": []},
        "measures": [tp01], "notes": [],
    }  # fmt: skip
    return {**usual, **said}


FACTS = returning.Survey(
    "Low cost rental", "census", [("Capacity", 7)], "TLF", "interviews", "raking", ["Age of respondent"]
)


class TestTheReturn:
    def test_the_facts_come_in_the_returns_own_order(self) -> None:
        rows = {(row.heading, row.question): row.answer for row in returning.rows(part(), FACTS)}
        assert rows["The survey", "Households left out under paragraph 63"] == "7"
        assert rows["The survey", "Census or sample"] == "Census"
        assert rows["Responses by method", "Postal"] == "40"
        assert rows["TP01 by method, weighted", "Postal"] == "[S]"
        assert rows["TP01 by method, weighted", "Telephone"] == "70.0"
        assert rows["Weighting", "Characteristic 1"] == "Age of respondent"
        assert rows["Weighting", "Characteristic 5"] == ""
        assert (rows["TP01", "Very satisfied"], rows["TP01 unweighted", "Very satisfied"]) == ("294.4", "300")

    def test_an_unweighted_return_has_whole_counts(self) -> None:
        rows = {(row.heading, row.question): row.answer for row in returning.rows(part(weighting={}), FACTS)}
        assert rows["TP01", "Very satisfied"] == "294"
        assert ("TP01 unweighted", "Very satisfied") not in rows


class TestBeforePublishing:
    def found(self, one: dict[str, Any], former: Any = None, weighting: str = "raking") -> set[str]:
        whole = {"parts": [one], "warnings": [], "modes": {"telephone": 800, "web": 100}}
        return {finding.code for finding in returning.findings(whole, weighting=weighting, former=former)}

    def test_weights_that_change_nothing_are_asked_about(self) -> None:
        one = part()
        one["measures"][0]["counts"] = [294, 299, 102, 88, 97]
        one["measures"][0]["scale"] = [294.0, 299.0, 102.0, 88.0, 97.0]
        assert "R03" in self.found(one)
        assert "R03" not in self.found(part())

    def test_methods_that_all_lie_above_the_whole_cannot_be_on_one_basis(self) -> None:
        one = part()
        one["measures"][0]["modes"] = [
            {"mode": "telephone", "responses": 600, "pct": 77.9, "suppressed": False},
            {"mode": "web", "responses": 200, "pct": 76.2, "suppressed": False},
        ]
        one["measures"][0]["pct"] = 75.4
        assert "R03" in self.found(one)

    def test_a_changed_mix_of_methods_a_small_sample_and_unlike_responses_are_warned_of(self) -> None:
        assert "R11" in self.found(part(), former={"modes": {"telephone": 300, "web": 600}})
        assert "R11" not in self.found(part(), former={"modes": {"telephone": 1600, "web": 200}})
        assert "R01" in self.found(part(reached=False))
        unlike = part(represented=[{"words": "Age", "advised": True}], weighting={})
        assert "R02" in self.found(unlike, weighting="")
        assert "R02" not in self.found(unlike, weighting="none")


class TestTheSummary:
    def test_each_item_says_what_is_known(self) -> None:
        facts = approach.Facts(
            landlord="Thornbridge", responses=977, opens_on=None, closes_on=None,
            modes={"Telephone": 767, "Internet": 210},
            draw="census", population=4_160, drawn=4_160, asked=4_160, rate=23.5,
            parts=[{"words": "Low cost rental", "responses": 977, "population": 4_160, "margin": 2.74, "reached": True,
                    "represented": [{"words": "Age", "sentence": "Age: like the population."}]}],
            method="raking", characteristics=["Age of respondent"], why_weighted="Few young people.", firm="TLF",
            firm_role="collected responses", left_out=[("Significant capacity issues", 7)], incentive="",
        )  # fmt: skip
        said = {item.letter: item.said for item in approach.items(facts, {"k": "More."})}
        assert "977 responses" in said["a"]
        assert "2.7 percentage points" in said["a"]
        assert said["c"] == "Responses by method: telephone (767) and internet (210)."
        assert "weighted by age of respondent (raking). Few young people." in said["f"]
        assert said["g"] == "TLF: collected responses."
        assert said["h"].startswith("7 households were left out")
        assert said["j"] == "No incentive was offered."

    def test_a_census_that_stays_below_the_sample_says_why_that_is_enough(self) -> None:
        part = {
            "words": "All",
            "responses": 81,
            "population": 160,
            "required": 113,
            "reached": True,
            "verdict": "But asked.",
        }
        facts = approach.Facts("T", 81, None, None, {}, "census", 160, 160, 160, 50.6, [part])
        assert {item.letter: item.said for item in approach.items(facts, {})}["i"] == "But asked."

    def test_what_is_not_known_is_said_plainly(self) -> None:
        facts = approach.Facts("T", 0, None, None, {}, "open", None, 0, 0, None, [])
        said = {item.letter: item.said for item in approach.items(facts, {})}
        assert "speak for nobody but those who gave them" in said["d"]
        assert said["f"] == "The results are not weighted."
        assert said["h"] == "No household was left out."
