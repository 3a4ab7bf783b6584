"""Surveys: the list, one survey, its questionnaire while it is written."""

from __future__ import annotations

from typing import Any, ClassVar

from hearth.surveys import permissions, queries
from hearth.surveys.pages import building as pages
from hearth.surveys.views.base import Crumbs, OfSurvey
from hearth.ui.views import ListPage


class Surveys(ListPage):
    """Every survey."""

    permission: ClassVar[str | None] = permissions.SEE
    template_name = "surveys/surveys.jinja"
    title = "Surveys"

    def items(self) -> Any:
        return queries.surveys(by=self.request.actor)

    def context(self) -> dict[str, Any]:
        return {
            "table": pages.survey_table(self.found),
            "may_build": self.request.actor.may(permissions.BUILD),
        }


class Overview(OfSurvey):
    """One survey: its facts, how far it is, and what is to be done next."""

    template_name = "surveys/survey.jinja"
    tab = "surveys:survey"

    def get_title(self) -> str:
        self.caption = ""
        return self.survey.title

    def breadcrumbs(self) -> Crumbs:
        return pages.breadcrumbs()
