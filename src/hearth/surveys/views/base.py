"""What the pages of one survey share: finding it, its tabs, and the way back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from django.http import Http404, HttpResponse
from django.utils import timezone

from hearth.surveys import permissions, queries
from hearth.surveys.models import Survey
from hearth.surveys.pages import building as pages
from hearth.ui.views import PageView

Crumbs = list[dict[str, str]]


class OfSurvey(PageView):
    """A page about one survey: `self.survey`, `self.now`, `self.today`. `tab` is the address name of its section.

    A template that extends "surveys/survey_page.jinja" (or draws `tabs`) shows the sections under the title.
    """

    permission: ClassVar[str | None] = permissions.SEE
    tab: ClassVar[str] = ""
    survey: Survey
    now: datetime
    today: date

    def load(self, **kwargs: Any) -> None:
        """Find the survey; for those who work in the field too, who see no list of surveys."""
        found = self.find(kwargs["pk"])
        if found is None:
            raise Http404
        self.survey = found
        self.caption = found.title
        self.now = timezone.now()
        self.today = timezone.localdate()

    def find(self, number: int) -> Survey | None:
        """The survey of the address. For subclasses that open for people who may not see surveys as a whole."""
        return queries.survey(number, by=self.request.actor)

    def breadcrumbs(self) -> Crumbs:
        return pages.breadcrumbs(self.survey)

    def page(self, status: int = 200, **more: Any) -> HttpResponse:
        """The page, with the survey, its state and its sections."""
        told = {
            "survey": self.survey,
            "state": pages.tag(self.survey.state),
            "tabs": pages.tabs(self.survey, self.request.actor, self.tab),
            "may_build": self.request.actor.may(permissions.BUILD),
        }
        return super().page(status, **{**told, **more})

    def cancel(self) -> str:
        """Back to the survey."""
        return pages.address("survey", self.survey)

    def get_success_url(self) -> str:
        """Back to the survey."""
        return pages.address("survey", self.survey)
