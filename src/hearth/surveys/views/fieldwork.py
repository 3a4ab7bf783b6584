"""How the asking goes, and the list of an interviewer."""

from __future__ import annotations

from typing import Any, ClassVar

from hearth.surveys import permissions, queries
from hearth.surveys.models import Survey
from hearth.surveys.pages import fieldwork as pages
from hearth.surveys.views.base import OfSurvey
from hearth.ui.views import PageView


class Fieldwork(OfSurvey):
    """Progress, answers by way and day, calls, paper forms and quotas, with the ways of asking."""

    template_name = "surveys/fieldwork/fieldwork.jinja"
    title = "Fieldwork"
    tab = "surveys:fieldwork"

    def context(self) -> dict[str, Any]:
        found = queries.fieldwork(self.survey, by=self.request.actor)
        tables = (
            pages.mode_table(found), pages.quota_table(found), pages.attempts_table(found), pages.papers_table(found),
        )  # fmt: skip
        return {
            "progress": queries.progress(self.survey),
            "tables": [table for table in tables if table],
            "chart": pages.days_chart(found, self.survey),
            "ways": pages.ways(self.survey, self.request.actor),
        }


class Interviews(PageView):
    """The surveys that somebody can ask, and how."""

    permission: ClassVar[str | None] = permissions.INTERVIEW
    template_name = "surveys/fieldwork/interviews.jinja"
    title = "Interviews"

    def context(self) -> dict[str, Any]:
        return {"found": pages.interviews(self.request.actor)}


class InField(OfSurvey):
    """A page for whoever asks or keys, who need not see surveys as a whole."""

    permission: ClassVar[str | None] = permissions.INTERVIEW
    tab = "surveys:fieldwork"

    def find(self, number: int) -> Survey | None:
        return queries.survey_to_ask(number, by=self.request.actor)

    def breadcrumbs(self) -> list[dict[str, str]]:
        return pages.breadcrumbs(self.survey, self.request.actor)

    def cancel(self) -> str:
        """Back to where this person came from; an interviewer may not see the survey as a whole."""
        return self.breadcrumbs()[-1]["href"]
