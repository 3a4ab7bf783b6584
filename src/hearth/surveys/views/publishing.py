"""Results become public: looked at, published, and read by anybody."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404
from django.urls import reverse

from hearth.kernel.permits import PUBLIC
from hearth.surveys import permissions, queries, services
from hearth.surveys.models import Result, Survey
from hearth.surveys.pages import results
from hearth.surveys.rules.instrument import Instrument
from hearth.surveys.views.base import Crumbs
from hearth.surveys.views.results import OfResults, about_question, question_of
from hearth.ui.forms import Form
from hearth.ui.tables import Table
from hearth.ui.views import DeedView, ListPage, PageView


class Analyse(OfResults, DeedView):
    """Say that the results stand."""

    permission: ClassVar[str | None] = permissions.BUILD
    form_class = Form
    template_name = "surveys/results/before.jinja"
    title = "Say that these results stand"
    button = "These results stand"
    success_message = "The results are marked as analysed. They can be published now."

    def context(self) -> dict[str, Any]:
        return {"findings": queries.findings_before_publishing(self.survey)}

    def do(self) -> Any:
        return services.mark_analysed(survey=self.survey, at=self.now, by=self.request.actor)


class Publish(OfResults, DeedView):
    """Publish, and tell those who were asked."""

    permission: ClassVar[str | None] = permissions.PUBLISH
    form_class = Form
    template_name = "surveys/results/before.jinja"
    title = "Publish the results"
    lead = (
        "Anybody can read them then, with small numbers hidden. Those who were asked are told, each by their own way."
    )
    button = "Publish"
    success_message = "The results are published. Those who were asked are being told."

    def context(self) -> dict[str, Any]:
        return {"findings": queries.findings_before_publishing(self.survey)}

    def do(self) -> Any:
        return services.publish(survey=self.survey, at=self.now, by=self.request.actor)


class PublishedList(ListPage):
    """Every survey whose results are published."""

    permission: ClassVar[str | None] = PUBLIC
    template_name = "surveys/results/published_list.jinja"
    title = "What tenants told us"

    def items(self) -> Any:
        return queries.published_surveys()

    def context(self) -> dict[str, Any]:
        headers = ("Survey", "Kind", "Last day")
        rows = results.published_rows(self.found)
        return {"table": Table("Survey results", headers, rows, hidden_caption=True, stack=True, empty="None yet.")}


class Published(PageView):
    """The results of one survey as they were published."""

    permission: ClassVar[str | None] = PUBLIC
    template_name = "surveys/results/published.jinja"
    survey: Survey
    kept: Result

    def load(self, **kwargs: Any) -> None:
        found = queries.published_at(kwargs["slug"])
        if found is None:
            raise Http404
        self.survey, self.kept = found
        self.result = {**self.kept.treated, "at": self.kept.at, "exact": False}

    def get_title(self) -> str:
        return f"Results: {self.survey.title}"

    def breadcrumbs(self) -> Crumbs:
        return [{"text": "What tenants told us", "href": reverse("surveys:results_list")}]

    def to(self, name: str, **more: str) -> str:
        """Another page about these results."""
        return reverse(f"surveys:{name}", kwargs={"slug": self.survey.slug, **more})

    def context(self) -> dict[str, Any]:
        themes = queries.comment_themes(self.survey)[:12]
        return {
            "survey": self.survey,
            "kept": self.kept,
            "result": self.result,
            "tiles": results.tiles(self.survey, self.result),
            "parts": [self._part(part) for part in self.result["parts"]],
            "items": queries.approach_of(self.survey, self.result),
            "did": self.survey.approach.get("did", ""),
            "themes": themes,
            "comments": [queries.as_shown(one) for one in queries.comments_shown(self.survey)[:12]],
            "questionnaire": self.to("published_questionnaire"),
        }

    def _part(self, part: Any) -> dict[str, Any]:
        if part.get("withheld"):
            return {"part": part, "withheld": True}
        query = f"?of={part['key']}" if len(self.result["parts"]) > 1 else ""

        def address(code: str) -> str:
            return self.to("published_question", code=code) + query

        return {
            "part": part,
            "withheld": False,
            "chart": results.measures_chart(self.survey, self.result, part, address),
            "questions": results.questions_table(self.result, part, address),
            "change": results.change_table(part),
            "modes": results.modes_now_and_then(part),
        }


class PublishedQuestion(Published):
    """One question of published results."""

    template_name = "surveys/results/published_question.jinja"

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        found = question_of(self.result, kwargs["code"], self.request.GET.get("of", ""))
        if found is None:
            raise Http404
        self.part, self.one = found

    def get_title(self) -> str:
        return str(self.one["words"])

    def breadcrumbs(self) -> Crumbs:
        return [*super().breadcrumbs(), {"text": self.survey.title, "href": self.to("published")}]

    def context(self) -> dict[str, Any]:
        shown = queries.comments_shown(self.survey, question=self.one["code"])[:50]
        return {
            "survey": self.survey,
            **about_question(self.survey, self.result, self.part, self.one),
            "comments": [queries.as_shown(one) for one in shown],
        }


class PublishedQuestionnaire(Published):
    """What was asked, with the words at its beginning: it must be published with the results (reference 2.3)."""

    template_name = "surveys/results/questionnaire.jinja"

    def get_title(self) -> str:
        return f"Questionnaire: {self.survey.title}"

    def breadcrumbs(self) -> Crumbs:
        return [*super().breadcrumbs(), {"text": self.survey.title, "href": self.to("published")}]

    def context(self) -> dict[str, Any]:
        asked: Instrument = queries.instrument(queries.current_version(self.survey))
        return {"survey": self.survey, "asked": asked, "books": {one.code: one for one in asked.questions()}}
