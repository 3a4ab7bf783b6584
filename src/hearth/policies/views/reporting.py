"""Reports to formal bodies: the list, one report, and what may be done with it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from hearth.documents import queries as files
from hearth.landlords.queries import bodies
from hearth.policies import forms, pages, permissions, queries, services
from hearth.ui.exports import download
from hearth.ui.views import DeedView, ListPage, PageView

Crumbs = list[dict[str, str]]


class Reports(ListPage):
    """Every report to a formal body, drafts first (GOV-08, GOV-09)."""

    permission: ClassVar[str | None] = permissions.READ
    template_name = "policies/reports.jinja"
    title = "Committee reports"
    filter_form_class = forms.NarrowReports

    def items(self) -> Any:
        chosen = {name: value for name, value in self.chosen.items() if value}
        return queries.reports_narrowed(queries.reports(self.request.actor), **chosen)

    def context(self) -> dict[str, Any]:
        return {
            "tabs": pages.tabs("policies:reports"),
            "table": pages.reports_table(self.found),
            "may_add": self.request.actor.may(permissions.REPORT),
        }


class _OfReport(PageView):
    """A page about one report."""

    permission: ClassVar[str | None] = permissions.REPORT

    def load(self, **kwargs: Any) -> None:
        self.report = get_object_or_404(queries.reports(self.request.actor), pk=kwargs["pk"])

    def of_report(self) -> str:
        """The address of the report's own page."""
        return reverse("policies:report", args=[self.report.pk])

    def breadcrumbs(self) -> Crumbs:
        register = {"text": "Committee reports", "href": reverse("policies:reports")}
        return [register, {"text": self.report.title, "href": self.of_report()}]


class Report(_OfReport):
    """One report: what it says, what goes with it, and what was decided."""

    permission: ClassVar[str | None] = permissions.READ
    template_name = "policies/report.jinja"

    def get_title(self) -> str:
        return self.report.title

    def breadcrumbs(self) -> Crumbs:
        return super().breadcrumbs()[:1]

    def context(self) -> dict[str, Any]:
        report, by = self.report, self.request.actor
        return {
            "report": report,
            "tag": pages.report_tag(report),
            "facts": pages.report_facts(report),
            "attachments": pages.attachments(report),
            "may_write": by.may(permissions.REPORT) and report.sent_on is None,
            "may_decide": by.may(permissions.DECIDE) and report.sent_on is not None and report.decided_on is None,
        }


class AttachmentFile(_OfReport):
    """The file of something that goes with a report."""

    permission: ClassVar[str | None] = permissions.READ

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = get_object_or_404(self.report.attachments.select_related("file"), pk=kwargs["attachment"])
        if found.file is None:
            raise Http404
        return download(found.file.name, files.body_of(found.file), found.file.media_type)


def _said(*, body: str, document: str | None, by: Any, **answers: Any) -> dict[str, Any]:
    about = queries.document(int(document), by) if document else None
    return {**answers, "body": bodies().get(pk=int(body)), "document": about, "by": by}


class AddReport(DeedView):
    """Begin a report."""

    permission: ClassVar[str | None] = permissions.REPORT
    form_class = forms.AddReport
    title = "Begin a committee report"
    button = "Begin"

    def breadcrumbs(self) -> Crumbs:
        return [{"text": "Committee reports", "href": self.cancel()}]

    def cancel(self) -> str:
        return reverse("policies:reports")

    def do(self, **answers: Any) -> Any:
        return services.add_report(**_said(**answers, by=self.request.actor))

    def get_success_url(self) -> str:
        return reverse("policies:change_report", args=[self.done.pk])


class _ReportDeed(_OfReport, DeedView):
    """Something done with one report; it leads back to its page."""

    def get_success_url(self) -> str:
        return self.of_report()

    def cancel(self) -> str:
        return self.of_report()


class ChangeReport(_ReportDeed):
    """Write the report."""

    form_class = forms.Report
    title = "Write the report"
    success_message = "The report has been saved."

    def get_initial(self) -> dict[str, Any]:
        one = self.report
        names = ("title", "meeting_on", "consultation", "findings", "recommendations")
        plain = {name: getattr(one, name) for name in names}
        return {**plain, "body": one.body_id or "", "document": one.document_id or ""}

    def do(self, **answers: Any) -> Any:
        return services.change_report(report=self.report, **_said(**answers, by=self.request.actor))


class SendReport(_ReportDeed):
    """Send it to its body."""

    form_class = forms.SendReport
    title = "Send this report"
    button = "Send"
    lead = "Once it is sent, the report and what goes with it stay as they are."
    success_message = "The report has been sent."

    def get_initial(self) -> dict[str, Any]:
        return {"on": timezone.localdate()}

    def do(self, **answers: Any) -> Any:
        return services.send_report(report=self.report, **answers, by=self.request.actor)


class Decide(_ReportDeed):
    """Record what the body decided."""

    permission: ClassVar[str | None] = permissions.DECIDE
    form_class = forms.Decision
    title = "Record the decision"
    success_message = "The decision has been recorded."

    def do(self, **answers: Any) -> Any:
        return services.record_decision(report=self.report, **answers, by=self.request.actor)


class AddFile(_ReportDeed):
    """Attach a file."""

    form_class = forms.ReportFile
    title = "Attach a file"
    button = "Attach"
    success_message = "The file has been attached."

    def do(self, **answers: Any) -> Any:
        return services.add_file(report=self.report, **answers, by=self.request.actor)
