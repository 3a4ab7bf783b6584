"""Surveys: the list, one survey and its facts, what stops it, opening and closing."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404
from django.utils import timezone

from hearth.kernel.refusals import Refused
from hearth.surveys import permissions, queries, services
from hearth.surveys.forms import building as forms
from hearth.surveys.pages import building as pages
from hearth.surveys.rules import checking
from hearth.surveys.rules.kinds import State
from hearth.surveys.views.base import Crumbs, OfSurvey
from hearth.ui.views import DeedView, ListPage


class Surveys(ListPage):
    """Every survey."""

    permission: ClassVar[str | None] = permissions.SEE
    template_name = "surveys/surveys.jinja"
    title = "Surveys"
    filter_form_class = forms.FindSurvey

    def items(self) -> Any:
        chosen = {name: value or "" for name, value in self.chosen.items()}
        return queries.surveys(by=self.request.actor, **chosen)

    def context(self) -> dict[str, Any]:
        return {
            "table": pages.survey_table(self.found, on=timezone.localdate()),
            "may_build": self.request.actor.may(permissions.BUILD),
        }


class AddSurvey(DeedView):
    """Add a survey: from a ready questionnaire, a former survey, or an empty page."""

    permission: ClassVar[str | None] = permissions.BUILD
    form_class = forms.AddSurvey
    title = "Add a survey"
    button = "Add the survey"

    def breadcrumbs(self) -> Crumbs:
        return pages.breadcrumbs()

    def get_form_kwargs(self) -> dict[str, Any]:
        former = queries.surveys(by=self.request.actor)
        return {
            "ready": pages.ready_options(queries.ready_questionnaires(), on=timezone.localdate()),
            "former": [(one.pk, str(one)) for one in former[:200]],
        }

    def get_initial(self) -> dict[str, Any]:
        return {"begin": "ready", "stock": "lcra"}

    def do(self, *, title: str, begin: str, ready: str, stock: str, former: int, sort: str) -> Any:
        copied = None
        if begin == "former":
            copied = queries.survey(former, by=self.request.actor)
            if copied is None:
                raise Refused("That survey is not here.", field="former")
        return services.add_survey(
            title=title,
            on=timezone.localdate(),
            ready=(ready or "") if begin == "ready" else "",
            former=copied,
            sort=sort or "",
            stock=stock or "",
            by=self.request.actor,
        )

    def get_success_url(self) -> str:
        return pages.address("questions", self.done)

    def cancel(self) -> str:
        return pages.breadcrumbs()[0]["href"]


class Overview(OfSurvey):
    """One survey: its facts, how far it is, and what is to be done next."""

    template_name = "surveys/survey.jinja"
    tab = "surveys:survey"

    def get_title(self) -> str:
        self.caption = ""
        return self.survey.title

    def breadcrumbs(self) -> Crumbs:
        return pages.breadcrumbs()

    def context(self) -> dict[str, Any]:
        survey = self.survey
        prescribed = queries.ready_questionnaire(survey.locked_set).title if survey.locked_set else ""
        draft = State(survey.state) is State.DRAFT
        found = queries.findings(survey, on=self.today) if draft else ()
        return {
            "facts": pages.facts(survey, prescribed=prescribed),
            "days": pages.days(survey, on=self.today),
            "draft": draft,
            "is_open": State(survey.state) is State.OPEN,
            "stopping": len(checking.stopping(found)),
            "warnings": len(found) - len(checking.stopping(found)),
            "waiting": queries.has_unused_changes(survey),
            "overdue": pages.overdue(survey, on=self.today),
            "following": queries.next_of(survey),
        }


class Checks(OfSurvey):
    """Everything that stops the survey from opening, or should be looked at before."""

    template_name = "surveys/checks.jinja"
    title = "Checks before opening"

    def context(self) -> dict[str, Any]:
        found = queries.findings(self.survey, on=self.today)
        may = self.request.actor.may(permissions.BUILD)
        return {
            "found": [(one, pages.mend(one.part, self.survey) if may else "") for one in found],
            "stopping": len(checking.stopping(found)),
        }


class ChangeFacts(OfSurvey, DeedView):
    """Change what a survey is besides its questions."""

    permission: ClassVar[str | None] = permissions.BUILD
    template_name = "ui/form.jinja"
    form_class = forms.Facts
    title = "Change the survey"
    success_message = "The survey has been changed."

    def get_initial(self) -> dict[str, Any]:
        kept = {name: getattr(self.survey, name, "") for name in forms.Facts.base_fields}
        kept["whom"] = self.survey.draw
        kept["stock"] = kept["stock"] or "all"
        return {**kept, "reminders": ", ".join(str(day) for day in self.survey.reminders)}

    def do(self, *, whom: str, reminders: str, **facts: Any) -> Any:
        plain = {name: "" if value is None else value for name, value in facts.items()}
        return services.change_facts(
            survey=self.survey, draw=whom, reminders=pages.reminder_days(reminders), by=self.request.actor, **plain
        )


class ChangeDays(OfSurvey, DeedView):
    """Change when a survey is open, and when its results are due."""

    permission: ClassVar[str | None] = permissions.BUILD
    template_name = "ui/form.jinja"
    form_class = forms.Days
    title = "Change the days"
    success_message = "The days have been changed."

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.survey, name) for name in forms.Days.base_fields}

    def do(self, **days: Any) -> Any:
        moved = days["closes_on"] != self.survey.closes_on and days["results_due_on"] == self.survey.results_due_on
        if moved:
            days["results_due_on"] = None  # follows the last day, unless somebody chose another one
        return services.change_facts(survey=self.survey, by=self.request.actor, **days)


class Open(OfSurvey, DeedView):
    """Open the survey now."""

    permission: ClassVar[str | None] = permissions.BUILD
    template_name = "surveys/open.jinja"
    form_class = forms.Nothing
    title = "Open the survey"
    button = "Open it now"
    success_message = "The survey is open. Its questionnaire is frozen."

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if State(self.survey.state) is not State.DRAFT:
            raise Http404

    def context(self) -> dict[str, Any]:
        found = queries.findings(self.survey, on=self.today)
        return {"stopping": checking.stopping(found), "warnings": [one for one in found if one.level != "block"]}

    def do(self) -> Any:
        return services.open_survey(survey=self.survey, at=self.now, by=self.request.actor)


class Close(OfSurvey, DeedView):
    """Close the survey before its last day."""

    permission: ClassVar[str | None] = permissions.BUILD
    template_name = "ui/form.jinja"
    form_class = forms.Nothing
    title = "Close the survey"
    button = "Close it now"
    warning = True
    success_message = "The survey is closed."

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if State(self.survey.state) is not State.OPEN:
            raise Http404
        self.lead = pages.closing_lead(self.survey)

    def do(self) -> Any:
        return services.close_survey(survey=self.survey, at=self.now, by=self.request.actor)


class StopRecurring(OfSurvey, DeedView):
    """Let this be the last round of a recurring survey."""

    permission: ClassVar[str | None] = permissions.BUILD
    template_name = "ui/form.jinja"
    form_class = forms.Nothing
    title = "Stop asking again"
    button = "Stop"
    warning = True
    lead = "This round goes on to its last day. No further round is opened."
    success_message = "No further round will be opened."

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if not self.survey.every_months:
            raise Http404

    def do(self) -> Any:
        return services.stop_recurring(survey=self.survey, by=self.request.actor)
