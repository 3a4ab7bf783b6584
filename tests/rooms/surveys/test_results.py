"""Results: worked out by a job, weighted by people, treated for all others, published, told."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from hearth.kernel.permits import Forbidden
from hearth.kernel.refusals import Refused
from hearth.notifications.models import Message
from hearth.surveys import queries, services
from hearth.surveys.models import Response, Result, Survey, Weighting
from tests.factories import responses as many
from tests.factories import surveys as make

pytestmark = pytest.mark.django_db


def measures(**said: Any) -> Any:
    """A survey of the prescribed measures of low cost rental homes."""
    asked = queries.ready_instrument("tsm-2023", landlord="Thornbridge", stock=said.get("stock", "lcra"))
    usual = {"sort": "tsm", "locked_set": "tsm-2023", "stock": "lcra", "draw": "census", "title": "Tenant survey 2026"}
    return make.survey(asked, **{**usual, **said})


@pytest.fixture
def counted(inside: Any, officer: Any) -> Any:
    """A closed survey of 2,000 households, 400 of which answered, with its figures."""
    survey = measures()
    units = many.population(survey, 2_000)
    many.answer(survey, units[:400])
    survey.state, survey.closed_at = "closed", timezone.now()
    survey.save()
    services.compute(survey=survey, at=timezone.now(), by=officer)
    return survey


def part(survey: Any, which: str = "exact") -> Any:
    return getattr(queries.newest_result(survey), which)["parts"][0]


def question(survey: Any, code: str, which: str = "exact") -> Any:
    return next(one for one in part(survey, which)["questions"] if one["code"] == code)


def given(survey: Any, code: str) -> list[Any]:
    return [one.get(code) for one in Response.objects.filter(survey=survey).values_list("answers", flat=True)]


class TestFigures:
    @pytest.mark.requirement("SUR-17")
    def test_sample_responses_rate_bases_and_margin_are_worked_out(self, counted: Any) -> None:
        result = queries.newest_result(counted).exact
        assert (result["responses"], result["asked"], result["rate"]) == (400, 2_000, 20.0)
        assert part(counted)["required"] == 323
        assert part(counted)["margin"] == pytest.approx(98 / 400**0.5 * (1600 / 1999) ** 0.5)
        answers = given(counted, "TP01")
        assert question(counted, "TP01")["base"] == sum(one in ("5", "4", "3", "2", "1") for one in answers)

    @pytest.mark.requirement("SUR-01")
    def test_a_general_survey_begins_ready_has_a_sample_and_shows_its_response_rate(
        self, tenants: Any, officer: Any, user_with: Any, client_as: Any
    ) -> None:
        from hearth.surveys.models import Invitation
        from tests.factories.tenants import opened

        today = timezone.localdate()
        survey = services.add_survey(title="Your home and us", on=today, ready="star", stock="lcra", by=officer)
        assert queries.instrument(queries.written_version(survey)).question("STAR01")
        survey = opened(survey, officer)
        services.invite(survey=survey, by=officer)
        Invitation.objects.filter(survey=survey).update(state="sent")
        for invitation in Invitation.objects.filter(survey=survey)[:9]:
            make.respond(survey, {"STAR01": "5"}, invitation=invitation, by=officer)
        services.compute(survey=survey, at=timezone.now(), by=officer)
        client = client_as(user_with(roles=["resident_involvement_officer"]))
        page = client.page(f"/surveys/{survey.pk}/results/").content.decode()
        assert "75.0%" in page
        assert "Base: 12" in page

    @pytest.mark.requirement("SUR-18")
    def test_a_measure_is_the_best_two_of_five_and_the_filter_counts_yes_and_no(self, counted: Any) -> None:
        book = {one["code"]: one for one in part(counted)["measures"]}
        assert list(book) == [f"TP{number:02}" for number in range(1, 13)]
        answers = [one for one in given(counted, "TP09") if one in ("5", "4", "3", "2", "1")]
        good = sum(one in ("5", "4") for one in answers)
        assert book["TP09"]["pct"] == pytest.approx(100 * good / len(answers))
        assert book["TP09"]["yes"] == given(counted, "TP09F").count("yes")
        assert book["TP09"]["no"] == given(counted, "TP09F").count("no")
        assert book["TP05"]["not_applicable"] == given(counted, "TP05").count("na")
        assert book["TP01"]["counts"] == [given(counted, "TP01").count(code) for code in "54321"]

    @pytest.mark.requirement("SUR-02")
    def test_three_ways_of_answering_make_one_result_with_the_ways_apart(self, counted: Any) -> None:
        result = queries.newest_result(counted).exact
        assert sum(result["modes"].values()) == 400
        assert set(result["modes"]) == {"telephone", "web", "paper"}
        modes = question(counted, "TP04")["modes"]
        assert sum(line["base"] for line in modes) == question(counted, "TP04")["base"]

    def test_by_method_the_first_measure_is_hidden_under_50_responses(self, counted: Any) -> None:
        told = {one["mode"]: one for one in part(counted)["measures"][0]["modes"]}
        assert told["paper"]["responses"] < 50
        assert (told["paper"]["suppressed"], told["paper"]["pct"]) == (True, None)
        assert told["telephone"]["pct"] is not None

    def test_the_two_tenures_are_measured_apart_each_by_its_own_population(self, inside: Any, officer: Any) -> None:
        survey = measures(stock="")
        rented = many.population(survey, 600)
        shared = many.population(survey, 200, seed=5, stock="lcho")
        many.answer(survey, [*rented[:150], *shared[:60]])
        services.compute(survey=survey, at=timezone.now(), by=officer)
        parts = {one["key"]: one for one in queries.newest_result(survey).exact["parts"]}
        assert {key: (one["responses"], one["population"]) for key, one in parts.items()} == {
            "lcra": (150, 600), "lcho": (60, 200)
        }  # fmt: skip
        assert [one["code"] for one in parts["lcho"]["measures"]] == [
            "TP01", "TP05", "TP06", "TP07", "TP08", "TP09", "TP10", "TP11", "TP12"
        ]  # fmt: skip

    @pytest.mark.requirement("SUR-08")
    def test_new_and_existing_customers_have_a_result_each_and_a_missing_one_is_said(
        self, counted: Any, inside: Any, officer: Any
    ) -> None:
        groups = {one["trait"]: one for one in question(counted, "TP01")["groups"]}
        assert {line["category"] for line in groups["length_of_tenancy"]["lines"]} == {
            "Under 12 months", "12 months or more"
        }  # fmt: skip
        assert queries.newest_result(counted).exact["warnings"] == []
        survey = measures()
        units = many.population(survey, 400)
        many.answer(survey, [one for one in units if one.traits["length_of_tenancy"] != "Under 12 months"][:100])
        services.compute(survey=survey, at=timezone.now(), by=officer)
        assert "new customers" in queries.newest_result(survey).exact["warnings"][0]

    def test_interviews_that_were_broken_off_and_answers_set_aside_do_not_count(
        self, counted: Any, officer: Any
    ) -> None:
        some = list(Response.objects.filter(survey=counted).values_list("pk", flat=True)[:30])
        Response.objects.filter(pk__in=some[:20]).update(standing="part")
        Response.objects.filter(pk__in=some[20:]).update(standing="set_aside")
        services.compute(survey=counted, at=timezone.now(), by=officer)
        result = queries.newest_result(counted).exact
        assert (result["responses"], result["part_answered"]) == (370, 20)

    def test_a_survey_that_is_open_to_anybody_has_no_margin_of_error(self, inside: Any, officer: Any) -> None:
        survey = make.survey(make.SMALL)
        for _ in range(30):
            make.respond(survey, {**make.GOOD, "rooms": ["bed"], "people": 3, "first": ["2", "1"]})
        services.compute(survey=survey, at=timezone.now(), by=officer)
        assert part(survey)["margin"] is None
        assert question(survey, "overall")["top"] | {"weighted": 0} == {
            "words": "Very satisfied or Fairly satisfied", "n": 30, "base": 30, "pct": 100.0, "se": None,
            "margin": None, "weighted": 0,
        }  # fmt: skip
        assert question(survey, "people")["mean"] == 3.0
        assert [one["pct"] for one in question(survey, "rooms")["options"]] == [100.0, 0.0, 0.0]
        assert [one["pct"] for one in question(survey, "first")["options"]] == [0.0, 100.0, 0.0]
        assert question(survey, "speed")["asked"] == 0

    def test_without_answers_there_is_no_result(self, inside: Any, officer: Any) -> None:
        assert services.compute(survey=measures(), at=timezone.now(), by=officer) is None

    def test_while_it_is_open_figures_are_worked_out_again_once_more_have_answered(
        self, inside: Any, officer: Any, run_jobs: Any
    ) -> None:
        from hearth.surveys.jobs.results import keep_results

        survey = make.survey()
        make.respond(survey)
        assert services.due(by=officer) == [survey.pk]
        keep_results(landlord_id=inside.pk, on="2026-12-01")
        run_jobs()
        assert queries.newest_result(survey).responses == 1
        assert services.due(by=officer) == []
        make.respond(survey)
        assert services.due(by=officer) == [survey.pk]
        services.compute(survey=survey, at=timezone.now(), by=officer)
        assert Result.objects.filter(survey=survey).count() == 1  # what nobody published is let go of

    def test_a_survey_that_closes_is_counted(self, counted: Any, officer: Any, run_jobs: Any) -> None:
        Survey.objects.filter(pk=counted.pk).update(state="open")
        counted.refresh_from_db()
        Result.objects.all().delete()
        services.close_survey(survey=counted, at=timezone.now(), by=officer)
        run_jobs()
        assert queries.newest_result(counted).responses == 400


class TestWeights:
    def test_weights_make_the_responses_like_the_population_and_tp01_is_told_both_ways(
        self, inside: Any, officer: Any
    ) -> None:
        survey = measures()
        units = many.population(survey, 2_000)
        old = [one for one in units if one.traits["age"] in ("55-74", "75+")]
        young = [one for one in units if one.traits["age"] not in ("55-74", "75+")]
        many.answer(survey, old[:300], weights={"TP01": (50, 40, 4, 3, 3)})
        many.answer(survey, young[:100], weights={"TP01": (5, 10, 20, 30, 35)}, seed=8)
        services.compute(survey=survey, at=timezone.now(), by=officer)
        age = next(one for one in part(survey)["represented"] if one["trait"] == "age")
        assert age["advised"]
        assert "Weighting is advised" in age["sentence"]
        assert [one["trait"] for one in part(survey)["represented"] if one["advised"]] == ["age"]
        before = part(survey)["measures"][0]
        kept = services.set_weighting(
            survey=survey, method="raking", characteristics=["age", "stock_type"], why="Too few young people answered",
            at=timezone.now(), by=officer,
        )  # fmt: skip
        after = part(survey)["measures"][0]
        assert before["unweighted_pct"] == after["unweighted_pct"] == before["pct"]
        assert after["pct"] < before["pct"] - 10
        assert sum(after["scale"]) == pytest.approx(sum(after["counts"]), rel=0.02)
        assert kept.report["lcra"]["converged"]
        assert kept.by_name
        assert sum(kept.margins["lcra"]["age"].values()) == 2_000

    def test_the_choice_before_stays_on_record(self, counted: Any, officer: Any) -> None:
        said = {"survey": counted, "at": timezone.now(), "by": officer}
        services.set_weighting(method="raking", characteristics=["age"], why="By age", **said)
        services.set_weighting(method="none", why="The responses are like the population", **said)
        assert [(one.method, one.current) for one in Weighting.objects.order_by("pk")] == [
            ("raking", False), ("none", True)
        ]  # fmt: skip
        assert part(counted)["weighting"] == {}

    def test_cells_of_two_traits_are_weighted_to_exactly(self, counted: Any, officer: Any) -> None:
        kept = services.set_weighting(
            survey=counted, method="poststratification", characteristics=["age", "stock_type"], why="Both matter",
            at=timezone.now(), by=officer,
        )  # fmt: skip
        assert max(abs(one["missed"]) for one in kept.report["lcra"]["categories"]) < 1e-9

    def test_what_does_not_fit_is_said_at_once(self, counted: Any, officer: Any) -> None:
        said = {"survey": counted, "at": timezone.now(), "by": officer}
        for wrong, field in (
            ({"method": "raking", "characteristics": ["religion"], "why": "x"}, "characteristics"),
            ({"method": "raking", "characteristics": [], "why": "x"}, "characteristics"),
            ({"method": "raking", "characteristics": ["age"], "why": " "}, "why"),
            ({"method": "magic", "why": "x"}, "method"),
            ({"method": "raking", "characteristics": ["age"], "low": 0.5, "why": "x"}, "high"),
            ({"method": "poststratification", "characteristics": ["age"], "low": 0.5, "high": 2, "why": "x"}, "low"),
        ):
            with pytest.raises(Refused) as refused:
                services.set_weighting(**wrong, **said)
            assert refused.value.field == field
        assert not Weighting.objects.exists()

    def test_where_nobody_of_a_group_answered_no_weight_can_stand_for_them(self, inside: Any, officer: Any) -> None:
        survey = measures()
        units = many.population(survey, 600)
        many.answer(survey, [one for one in units if one.traits["age"] != "75+"][:200])
        with pytest.raises(Refused, match="75\\+"):
            services.set_weighting(
                survey=survey, method="raking", characteristics=["age"], why="x", at=timezone.now(), by=officer
            )

    def test_what_is_kept_as_counts_is_weighted_by_through_the_answer_about_oneself(
        self, inside: Any, officer: Any
    ) -> None:
        survey = measures()
        units = many.population(survey, 1_000)
        frozen = queries.population(survey)
        frozen.margins["sex"] = {"Female": 650, "Male": 300, "Not asked": 50}
        frozen.margins["race"] = {"White British": 800, "All others": 200}
        frozen.save()
        many.answer(survey, units[:300])
        kept = services.set_weighting(
            survey=survey, method="raking", characteristics=["sex"], why="x", at=timezone.now(), by=officer
        )
        lines = {one["category"]: one for one in kept.report["lcra"]["categories"]}
        assert lines["Female"]["weighted"] / lines["Male"]["weighted"] == pytest.approx(650 / 300)
        assert any(one.startswith("Race cannot be weighted by") for one in part(survey)["unmatched"])

    def test_weights_that_are_chosen_after_the_last_day_say_what_they_would_have_said_before(
        self, inside: Any, officer: Any
    ) -> None:
        survey = measures()
        units = many.population(survey, 400)
        old = [one for one in units if one.traits["age"] in ("55-74", "75+")]
        young = [one for one in units if one.traits["age"] not in ("55-74", "75+")]
        many.answer(survey, old[:100], weights={"TP01": (50, 40, 4, 3, 3)})
        many.answer(survey, young[:40], weights={"TP01": (5, 10, 20, 30, 35)}, seed=8)
        said = {"survey": survey, "method": "raking", "characteristics": ["age", "area"], "why": "x", "by": officer}
        services.set_weighting(**said, at=timezone.now())
        before = part(survey)
        services.close_survey(survey=survey, at=timezone.now(), by=officer)
        survey.refresh_from_db()
        gone = [one for one in survey.responses.values_list("traits", flat=True) if "area" not in one]
        assert gone  # few households share those traits, so they are forgotten
        services.set_weighting(**said, at=timezone.now())
        after = part(survey)
        assert abs(after["measures"][0]["pct"] - before["measures"][0]["pct"]) < 2.5
        assert abs(after["measures"][0]["unweighted_pct"] - before["measures"][0]["pct"]) > 5
        lines = [[(line["category"], line["responses"]) for line in one["lines"]] for one in after["represented"]]
        assert lines == [
            [(line["category"], line["responses"]) for line in one["lines"]] for one in before["represented"]
        ]


class TestSinceLastTime:
    def test_a_change_is_told_with_the_mix_of_ways_of_answering(self, counted: Any, officer: Any) -> None:
        survey = measures(follows=counted, opens_on=timezone.localdate() + timedelta(days=365), closes_on=None)
        units = many.population(survey, 2_000, seed=4)
        many.answer(survey, units[:500], weights={"TP01": (5, 5, 30, 30, 30)}, mode_weights=(10, 80, 10), seed=6)
        services.compute(survey=survey, at=timezone.now(), by=officer)
        change = next(one for one in part(survey)["change"] if one["code"] == "TP01")
        assert change["raw"]["significant"]
        assert change["raw"]["points"] < -20
        assert change["same_mix"] is not None
        assert {line["mode"] for line in change["modes"]} == {"telephone", "internet", "post"}
        findings = queries.findings_before_publishing(survey)
        assert "R11" in {one.code for one in findings}
        assert "awareness" not in str(change)

    def test_a_question_with_yes_and_no_has_a_trend_too(self, counted: Any, officer: Any) -> None:
        survey = measures(follows=counted)
        many.answer(survey, many.population(survey, 2_000, seed=4)[:300])
        services.compute(survey=survey, at=timezone.now(), by=officer)
        assert "TP09F" in {one["code"] for one in part(survey)["change"]}


class TestPublishing:
    def test_results_are_published_once_they_stand(self, counted: Any, officer: Any) -> None:
        with pytest.raises(Refused):
            services.publish(survey=counted, at=timezone.now(), by=officer)
        services.mark_analysed(survey=counted, at=timezone.now(), by=officer)
        result = services.publish(survey=counted, at=timezone.now(), by=officer)
        counted.refresh_from_db()
        assert counted.state == "results_published"
        assert (result.published_by, queries.published_at(counted.slug)) == (officer.name, (counted, result))
        with pytest.raises(Refused, match="published already"):
            services.publish(survey=counted, at=timezone.now(), by=officer)

    @pytest.mark.requirement("SUR-09")
    def test_those_who_were_asked_are_told_once_with_what_is_done_about_it(
        self, draft: Any, tenants: Any, officer: Any, run_jobs: Any
    ) -> None:
        from hearth.surveys.models import Invitation
        from tests.factories.tenants import opened

        survey = opened(draft, officer)
        services.invite(survey=survey, by=officer)
        for invitation in Invitation.objects.filter(survey=survey):
            invitation.state = "sent"
            invitation.save()
            make.respond(survey, invitation=invitation, by=officer)
        services.close_survey(survey=survey, at=timezone.now(), by=officer)
        run_jobs()
        services.write_approach(survey=survey, added={}, did="We will answer the telephone sooner.", by=officer)
        services.mark_analysed(survey=survey, at=timezone.now(), by=officer)
        Message.objects.all().delete()
        services.publish(survey=survey, at=timezone.now(), by=officer)
        run_jobs()
        sent = list(Message.objects.filter(key__startswith="surveys.results:"))
        assert len(sent) == 12
        assert "We will answer the telephone sooner." in sent[0].body
        assert f"surveys/results/{survey.slug}/" in sent[0].body
        services.tell_results(survey_id=survey.pk, after=0, at=timezone.now(), by=officer)
        assert Message.objects.filter(key__startswith="surveys.results:").count() == 12

    def test_what_lets_a_reader_subtract_a_few_people_is_not_published_again(self, counted: Any, officer: Any) -> None:
        services.mark_analysed(survey=counted, at=timezone.now(), by=officer)
        services.publish(survey=counted, at=timezone.now(), by=officer)
        some = Response.objects.filter(survey=counted).values_list("pk", flat=True)
        Response.objects.filter(pk__in=list(some[:2])).update(standing="set_aside")
        services.compute(survey=counted, at=timezone.now(), by=officer)
        with pytest.raises(Refused, match="work out the answers of a few people"):
            services.publish(survey=counted, at=timezone.now(), by=officer)

    def test_weights_stay_as_they_are_once_published(self, counted: Any, officer: Any) -> None:
        services.mark_analysed(survey=counted, at=timezone.now(), by=officer)
        services.publish(survey=counted, at=timezone.now(), by=officer)
        counted.refresh_from_db()
        with pytest.raises(Refused, match="published"):
            services.set_weighting(survey=counted, method="none", why="x", at=timezone.now(), by=officer)

    def test_the_summary_of_approach_has_all_items_and_what_was_added(self, counted: Any, officer: Any) -> None:
        services.write_approach(survey=counted, added={"k": "The telephones were down for a day."}, by=officer)
        counted.refresh_from_db()
        items = {one.letter: one for one in queries.approach_of(counted, queries.newest_result(counted).treated)}
        assert list(items) == list("abcdefghijk")
        assert "400 responses" in items["a"].said
        assert "The telephones were down" in items["k"].added
        with pytest.raises(Refused):
            services.write_approach(survey=counted, added={"z": "x"}, by=officer)


class TestWhoSeesWhat:
    def test_only_who_builds_surveys_sees_small_numbers_and_groups_of_equality_not_even_they(
        self, counted: Any, officer: Any, actor: Any
    ) -> None:
        reader = actor("auditor")
        shown = queries.result_for(counted, by=reader)
        exact = queries.result_for(counted, by=officer)
        assert (shown["exact"], exact["exact"]) == (False, True)
        treated = {one["code"]: one for one in queries.newest_result(counted).treated["parts"][0]["questions"]}
        of = {one["code"]: one for one in exact["parts"][0]["questions"]}
        assert of["EQ_RELIGION"] == treated["EQ_RELIGION"]
        groups = {one["trait"]: one for one in of["TP01"]["groups"]}
        told = {one["trait"]: one for one in treated["TP01"]["groups"]}
        assert groups["EQ_RELIGION"] == told["EQ_RELIGION"]
        assert groups["age"] != told["age"]
        with pytest.raises(Forbidden):
            queries.result_for(counted, by=actor("housing_officer"))

    @pytest.mark.requirement("PROF-26")
    def test_no_small_number_of_a_question_about_oneself_is_shown(self, counted: Any) -> None:
        exact, treated = question(counted, "EQ_RELIGION"), question(counted, "EQ_RELIGION", "treated")
        small = {one["code"] for one in exact["options"] if 0 < one["n"] < 10}
        hidden = {one["code"] for one in treated["options"] if one["pct"] is None}
        assert small <= hidden
        for one in treated["options"]:
            if one["code"] in hidden:
                assert "n" not in one
                assert one["hidden"]

    def test_the_pages_need_the_same_few_queries_whatever_the_number_of_answers(
        self, counted: Any, user_with: Any, client_as: Any, queries: Any, officer: Any
    ) -> None:
        client = client_as(user_with(roles=["resident_involvement_officer"]))
        url = f"/surveys/{counted.pk}/results/"
        client.page(url)
        with queries(11):
            client.page(url)
        units = many.population(counted, 3_000, seed=11)
        many.answer(counted, units[:3_000], seed=12)
        services.compute(survey=counted, at=timezone.now(), by=officer)
        client.page(url)  # its picture is drawn
        with queries(11):
            page = client.page(url)
        assert "3,400" in page.content.decode()


class TestPages:
    def test_officers_pages_can_be_read(self, counted: Any, user_with: Any, client_as: Any) -> None:
        client = client_as(user_with(roles=["resident_involvement_officer"]))
        for path in ("", "question/TP01/", "question/STAR/", "weighting/", "approach/", "approach/add/", "return/",
                     "download/", "analysed/"):  # fmt: skip
            page = client.page(f"/surveys/{counted.pk}/results/{path}")
            assert page.status_code == (404 if "STAR" in path else 200), path
        lines = list(
            csv.reader(
                io.StringIO(client.page(f"/surveys/{counted.pk}/results/return.csv").content.decode("utf-8-sig"))
            )
        )
        book = {(row[1], row[2]): row[3] for row in lines}
        assert book["The survey", "Total responses"] == "400"
        assert book["TP09", "Filter: yes"] == str(given(counted, "TP09F").count("yes"))
        assert book["Responses by method", "Postal"] == str(
            Response.objects.filter(survey=counted, mode="paper").count()
        )

    def test_weights_are_chosen_on_the_page(self, counted: Any, user_with: Any, client_as: Any) -> None:
        client = client_as(user_with(roles=["resident_involvement_officer"]))
        url = f"/surveys/{counted.pk}/results/weighting/"
        wrong = client.send(url, {"method": "raking", "characteristics": [], "why": "To be like our tenants"})
        assert "Choose one to five characteristics." in wrong.content.decode()
        client.send(url, {"method": "raking", "characteristics": ["age"], "why": "To be like our tenants"})
        page = client.page(url).content.decode()
        assert "The weights meet every margin" in page
        assert "without weights" in page

    def test_the_public_reads_what_was_published_and_nothing_before(
        self, counted: Any, officer: Any, client_as: Any
    ) -> None:
        visitor = client_as()
        assert visitor.page(f"/surveys/results/{counted.slug}/").status_code == 404
        assert counted.title not in visitor.page("/surveys/results/").content.decode()
        services.mark_analysed(survey=counted, at=timezone.now(), by=officer)
        services.publish(survey=counted, at=timezone.now(), by=officer)
        assert counted.title in visitor.page("/surveys/results/").content.decode()
        page = visitor.page(f"/surveys/results/{counted.slug}/").content.decode()
        assert "How the survey was done" in page
        assert "TP12" in page
        assert visitor.page(f"/surveys/results/{counted.slug}/TP01/").status_code == 200
        asked = visitor.page(f"/surveys/results/{counted.slug}/questionnaire/").content.decode()
        assert "Taking everything into account" in asked
        assert "Asked only of those who answered “Yes”" in asked

    def test_what_is_published_stays_as_it_was_that_day(self, counted: Any, officer: Any, client_as: Any) -> None:
        services.mark_analysed(survey=counted, at=timezone.now(), by=officer)
        services.publish(survey=counted, at=timezone.now(), by=officer)
        Response.objects.filter(survey=counted).delete()
        page = client_as().page(f"/surveys/results/{counted.slug}/").content.decode()
        assert "400 responses" in page

    def test_results_are_published_on_the_pages(self, counted: Any, user_with: Any, client_as: Any) -> None:
        client = client_as(user_with(roles=["resident_involvement_officer"]))
        client.send(f"/surveys/{counted.pk}/results/analysed/")
        client.send(f"/surveys/{counted.pk}/results/publish/")
        counted.refresh_from_db()
        assert counted.state == "results_published"

    def test_nothing_of_the_exact_figures_is_on_a_page_for_readers(
        self, counted: Any, user_with: Any, client_as: Any
    ) -> None:
        page = client_as(user_with(roles=["auditor"])).page(f"/surveys/{counted.pk}/results/question/TP01/")
        words = page.content.decode()
        exact = question(counted, "TP01")
        for line in exact["modes"]:
            if line["base"] % 5:
                assert f">{line['base']}<" not in words
        assert json.dumps(exact["groups"]) not in words
