"""Results for officers: what was answered, how it is weighted, the summary of approach, the regulator's return."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from hearth.actions import queries as actions
from hearth.surveys import permissions, queries, services
from hearth.surveys.forms import results as forms
from hearth.surveys.pages import building, results
from hearth.surveys.rules import returning
from hearth.surveys.rules.kinds import State
from hearth.surveys.views.base import Crumbs, OfSurvey
from hearth.ui import exports
from hearth.ui.views import DeedView

Plain = Mapping[str, Any]


class OfResults(OfSurvey):
    """A page about the results of one survey: `self.result` is what this person may see, or None."""

    tab = "surveys:results"
    result: Plain | None

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.result = queries.result_for(self.survey, by=self.request.actor)

    def breadcrumbs(self) -> Crumbs:
        return [*super().breadcrumbs(), {"text": "Results", "href": building.address("results", self.survey)}]

    def to(self, name: str) -> str:
        """Another page about these results."""
        return building.address(name, self.survey)

    def cancel(self) -> str:
        return self.to("results")

    def get_success_url(self) -> str:
        return self.to("results")


class Results(OfResults):
    """All results on one page, as they were worked out last."""

    template_name = "surveys/results/results.jinja"
    title = "Results"

    def breadcrumbs(self) -> Crumbs:
        return building.breadcrumbs(self.survey)

    def context(self) -> dict[str, Any]:
        actor, result = self.request.actor, self.result
        told: dict[str, Any] = {
            "result": result,
            "may_publish": actor.may(permissions.PUBLISH),
            "may_check": actor.may(permissions.CHECK),
            "overdue": building.overdue(self.survey, on=self.today),
            "state_now": State(self.survey.state),
            "State": State,
            "links": self._links(),
            "comments_wait": queries.comments_wait(self.survey),
            "actions": list(actions.of_source(self.survey)[:20]),
            "parts": [],
        }
        if result is None:
            return told
        parts = [self._part(result, part) for part in result["parts"]]
        return {**told, "tiles": results.tiles(self.survey, result), "parts": parts}

    def _part(self, result: Plain, part: Plain) -> dict[str, Any]:
        if part.get("withheld"):
            return {"part": part, "withheld": True}

        def address(code: str) -> str:
            where = {"pk": self.survey.pk, "code": code}
            query = f"?of={part['key']}" if len(result["parts"]) > 1 else ""
            return reverse("surveys:result_question", kwargs=where) + query

        return {
            "part": part,
            "withheld": False,
            "chart": results.measures_chart(self.survey, result, part, address),
            "questions": results.questions_table(result, part, address),
            "change": results.change_table(part),
            "modes": results.modes_now_and_then(part),
        }

    def _links(self) -> list[dict[str, str]]:
        may = self.request.actor.may
        found = [
            ("Weighting", "weighting", permissions.SEE),
            ("Summary of survey approach", "approach", permissions.SEE),
            ("Comments", "comments", permissions.SEE),
            ("Download", "exports", permissions.SEE),
        ]
        if self.survey.locked_set:
            found.append(("Return to the regulator", "return", permissions.BUILD))
        if self.survey.incentive:
            found.append(("Prize draw", "prizes", permissions.BUILD))
        return [{"text": text, "href": self.to(name)} for text, name, permission in found if may(permission)]


class ResultQuestion(OfResults):
    """One question: all answers, by way of answering, by group, and since last time."""

    template_name = "surveys/results/question.jinja"

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        found = question_of(self.result, kwargs["code"], self.request.GET.get("of", ""))
        if found is None:
            raise Http404
        self.part, self.one = found

    def get_title(self) -> str:
        return str(self.one["words"])

    def context(self) -> dict[str, Any]:
        assert self.result is not None
        return about_question(self.survey, self.result, self.part, self.one)


def question_of(result: Plain | None, code: str, part: str) -> tuple[Plain, Plain] | None:
    """One question of a result, of the part that is named or the first; None where there is none."""
    parts = result["parts"] if result else []
    for one in sorted(parts, key=lambda one: one["key"] != part):
        for question in one["questions"]:
            if question["code"] == code:
                return one, question
    return None


def about_question(survey: Any, result: Plain, part: Plain, one: Plain) -> dict[str, Any]:
    """What the page of a question shows, to officers and to the public."""
    return {
        "one": one,
        "facts": results.facts_of_question(one),
        "chart": results.question_chart(survey, result, one),
        "modes": results.mode_table(one),
        "groups": results.group_tables(one),
        "groups_hidden": results.groups_hidden(one),
        "groups_short": results.groups_short(one),
        "change": results.change_rows(part, one["code"]),
    }


class Weighting(OfResults, DeedView):
    """Who answered beside the population, and how the responses are weighted."""

    permission: ClassVar[str | None] = permissions.SEE
    template_name = "surveys/results/weighting.jinja"
    form_class = forms.Weigh
    title = "Weighting"
    button = "Weight the responses"
    success_message = "The results have been worked out anew."

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.may = self.request.actor.may(permissions.BUILD)

    def get_form_kwargs(self) -> dict[str, Any]:
        offered: dict[str, str] = {}
        for part in self.result["parts"] if self.result else []:
            offered |= {one["trait"]: one["words"] for one in part["represented"]}
        return {"offered": list(offered.items())}

    def get_initial(self) -> dict[str, Any]:
        kept = queries.weighting_of(self.survey)
        if kept is not None:
            return {
                "method": kept.method, "characteristics": kept.characteristics, "why": kept.why,
                "low": kept.bounds.get("low"), "high": kept.bounds.get("high"), "join": kept.bounds.get("join"),
            }  # fmt: skip
        parts = self.result["parts"] if self.result else []
        advised = [one["trait"] for part in parts for one in part["represented"] if one["advised"]]
        return {
            "method": "raking" if advised else "none",
            "characteristics": list(dict.fromkeys(advised))[:5],
            "join": 5,
        }

    def context(self) -> dict[str, Any]:
        parts = self.result["parts"] if self.result else []
        return {
            "may": self.may and self.survey.state not in (State.DRAFT, State.PUBLISHED),
            "kept": queries.weighting_of(self.survey),
            "history": list(queries.weightings(self.survey, by=self.request.actor)[:10]),
            "methods": services.METHODS,
            "words_of": queries.words_of,
            "result": self.result,
            "parts": [
                {"part": part, "tables": [results.represented_table(one) for one in part["represented"]]}
                for part in parts
            ],
        }

    def do(
        self,
        *,
        method: str,
        why: str,
        characteristics: list[str] | None = None,
        low: Decimal | None = None,
        high: Decimal | None = None,
        join: int | None = None,
    ) -> Any:
        return services.set_weighting(
            survey=self.survey, method=method, characteristics=characteristics or [],
            low=None if low is None else float(low), high=None if high is None else float(high), join=join or 0,
            why=why, at=self.now, by=self.request.actor,
        )  # fmt: skip

    def get_success_url(self) -> str:
        return self.to("weighting")


class Approach(OfResults):
    """The summary of survey approach, as it will be published."""

    template_name = "surveys/results/approach.jinja"
    title = "Summary of survey approach"

    def context(self) -> dict[str, Any]:
        newest = queries.newest_result(self.survey)
        return {"items": queries.approach_of(self.survey, newest.treated) if newest else ()}


class WriteApproach(OfResults, DeedView):
    """Add to the summary of survey approach, and say what is done about the results."""

    permission: ClassVar[str | None] = permissions.BUILD
    form_class = forms.Approach
    title = "Add to the summary"
    lead = "What Hearth knows is written by itself. Add here what it cannot know."
    success_message = "The summary has been kept."

    def get_initial(self) -> dict[str, Any]:
        return dict(self.survey.approach)

    def do(self, *, did: str, **added: str) -> Any:
        return services.write_approach(survey=self.survey, added=added, did=did, by=self.request.actor)

    def cancel(self) -> str:
        return self.to("approach")

    def get_success_url(self) -> str:
        return self.to("approach")


class Return(OfResults):
    """The regulator's perception return, in its own order."""

    permission: ClassVar[str | None] = permissions.BUILD
    template_name = "surveys/results/return.jinja"
    title = "Return to the regulator"

    def rows(self) -> list[tuple[str, list[returning.Row]]]:
        """The lines of each tenure."""
        exact = queries.return_exact(self.survey, by=self.request.actor)
        return queries.return_rows(self.survey, exact) if exact else []

    def context(self) -> dict[str, Any]:
        return {
            "tenures": results.return_tables(self.rows()),
            "findings": queries.findings_before_publishing(self.survey),
        }


class ReturnFile(Return):
    """The same as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        lines = [(tenure, row.heading, row.question, row.answer) for tenure, rows in self.rows() for row in rows]
        headers = ["Tenure", "Heading", "Question", "Answer"]
        return exports.as_csv(f"{self.survey.slug}-return.csv", headers, lines)


class Exports(OfResults):
    """What can be downloaded."""

    template_name = "surveys/results/exports.jinja"
    title = "Download"

    def context(self) -> dict[str, Any]:
        return {"result": self.result, "kinds": services.EXPORTS}


class ExportFile(OfResults):
    """Tables for everybody who sees results; the answers themselves, without anybody's identity, for who builds."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        made = services.export(
            survey=self.survey, what=kwargs["what"], kind=kwargs["kind"], at=self.now, by=self.request.actor
        )
        if made is None:
            raise Http404
        return exports.download(made.name, made.body, made.media_type)


class Prizes(OfResults, DeedView):
    """The draw for the incentive, apart from all answers."""

    permission: ClassVar[str | None] = permissions.BUILD
    template_name = "surveys/results/prizes.jinja"
    form_class = forms.Draw
    title = "Prize draw"
    button = "Draw"

    def context(self) -> dict[str, Any]:
        entries = queries.prize_entries(self.survey, by=self.request.actor)
        return {
            "entries": entries.count(),
            "winners": list(entries.exclude(won="")),
            "closed": self.survey.state not in (State.DRAFT, State.OPEN),
        }

    def do(self, *, winners: int, prize: str, seed: str) -> Any:
        return services.draw_prizes(
            survey=self.survey, winners=winners, prize=prize, seed=seed or "", by=self.request.actor
        )

    def get_success_message(self) -> str:
        return "Drawn: " + ", ".join(one.name for one in self.done) + "."

    def get_success_url(self) -> str:
        return self.to("prizes")
