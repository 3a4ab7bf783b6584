"""A survey firm's file: sent, its columns and values understood, checked, brought in, and taken back if need be."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from hearth.surveys import permissions, queries, services
from hearth.surveys.forms import firmfile as forms
from hearth.surveys.models import FirmFile, Survey
from hearth.surveys.views.base import Crumbs, OfSurvey
from hearth.ui import exports
from hearth.ui.tables import Cell, Table
from hearth.ui.views import DeedView


class Files(OfSurvey):
    """The files of a survey."""

    permission: ClassVar[str | None] = permissions.FIELD
    template_name = "surveys/firmfile/files.jinja"
    title = "Files of the survey firm"
    tab = "surveys:firm_files"

    def find(self, number: int) -> Survey | None:
        if self.request.actor.may(permissions.SEE):
            return super().find(number)
        return queries.survey_with_a_firm(number)

    def context(self) -> dict[str, Any]:
        rows = tuple(
            (
                Cell(one.file.name, href=reverse("surveys:firm_file", kwargs={"pk": self.survey.pk, "file": one.pk})),
                one.get_state_display(),
                one.rows or "",
                one.recorded_at,
            )
            for one in queries.firm_files(self.survey, by=self.request.actor)
        )
        headers = ("File", "State", "Rows", "Sent")
        return {"table": Table(caption="Files", headers=headers, rows=rows, stack=True, empty="No file has come yet.")}


class Upload(Files, DeedView):
    """Send a file."""

    template_name = "ui/form.jinja"
    form_class = forms.Upload
    title = "Send a file of answers"
    button = "Send"
    success_message = "The file is kept as it came, and is being read."

    def context(self) -> dict[str, Any]:
        return {}

    def cancel(self) -> str:
        return reverse("surveys:firm_files", kwargs={"pk": self.survey.pk})

    def get_success_url(self) -> str:
        return reverse("surveys:firm_file", kwargs={"pk": self.survey.pk, "file": self.done.pk})

    def do(self, *, file: Any) -> Any:
        return services.keep_firm_file(survey=self.survey, name=file.name, body=file.read(), by=self.request.actor)


class _OfFile(Files):
    """A page about one file."""

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        found = queries.firm_file(self.survey, kwargs["file"], by=self.request.actor)
        if found is None:
            raise Http404
        self.file: FirmFile = found
        self.columns = services.columns_of(found)
        self.instrument = queries.instrument(queries.current_version(self.survey))

    def breadcrumbs(self) -> Crumbs:
        files = {"text": Files.title, "href": reverse("surveys:firm_files", kwargs={"pk": self.survey.pk})}
        return [*super().breadcrumbs(), files]

    def own(self) -> str:
        """The address of the file's own page."""
        return reverse("surveys:firm_file", kwargs={"pk": self.survey.pk, "file": self.file.pk})

    def cancel(self) -> str:
        return self.own()

    def get_success_url(self) -> str:
        return self.own()


WORDS = {
    "new": "New: will be brought in",
    "same": "Brought in before: change nothing",
    "refused": "Cannot be brought in",
    "added": "Brought in",
    "set_aside": "Kept aside: the household has answered already",
}


def _counts(said: dict[str, int], caption: str) -> Table:
    rows = tuple((WORDS.get(name, name), number) for name, number in said.items())
    return Table(caption=caption, headers=("What", "Rows"), rows=rows)


class OneFile(_OfFile):
    """One file: how far it is, and what is wrong with it."""

    template_name = "surveys/firmfile/file.jinja"

    def get_title(self) -> str:
        return self.file.file.name

    def context(self) -> dict[str, Any]:
        counts = {name: number for name, number in self.file.counts.items() if name != "done"}
        done = self.file.counts.get("done", {})
        states = FirmFile.State
        problems = self.file.problems[:50]
        return {
            "file": self.file,
            "is_read": bool(self.file.mapping),
            "doubtful": [one.name for one in self.columns if one.doubtful],
            "counts": _counts(counts, "What the check found") if counts else None,
            "done": _counts(done, "What was brought in") if done else None,
            "problems": Table(
                caption="What is wrong",
                headers=("Row", "Column", "Reason"),
                rows=tuple((str(one["row"]), one["column"], one["reason"]) for one in problems),
                stack=True,
            ),
            "problem_count": len(self.file.problems),
            "may_map": self.file.state in (states.UPLOADED, states.CHECKED) and bool(self.file.mapping),
            "may_start": self.file.state == states.CHECKED and bool(counts.get("new")),
            "may_take_back": self.file.state == states.DONE,
            "is_running": self.file.state == states.RUNNING,
        }


class _Deed(_OfFile, DeedView):
    permission: ClassVar[str | None] = permissions.BUILD
    template_name = "ui/form.jinja"

    def context(self) -> dict[str, Any]:
        return {}


class Meanings(_Deed):
    """What each column means."""

    form_class = forms.Meanings
    title = "What do the columns mean?"
    button = "Go on to the values"
    lead = "Hearth proposes what it knows. Leave out what the survey did not ask."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"columns": self.columns, "instrument": self.instrument}

    def get_form(self) -> Any:
        self.form = super().get_form()
        return self.form

    def do(self, **said: Any) -> Any:
        return services.note_columns(file=self.file, columns=self.form.said_columns(), by=self.request.actor)

    def get_success_url(self) -> str:
        return reverse("surveys:firm_values", kwargs={"pk": self.survey.pk, "file": self.file.pk})


class Values(_Deed):
    """Which answer each value is."""

    form_class = forms.Values
    title = "Which answer is each value?"
    button = "Check the file"
    lead = "Look twice at numbers: some firms write 1 for “very satisfied”, others 5."
    success_message = "The rows are being checked. Nothing is brought in yet."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"columns": self.columns, "seen": services.seen_of(self.file), "instrument": self.instrument}

    def get_form(self) -> Any:
        self.form = super().get_form()
        return self.form

    def do(self, **said: Any) -> Any:
        return services.set_mapping(file=self.file, columns=self.form.said_columns(), by=self.request.actor)


class Start(_Deed):
    """Bring the file in."""

    form_class = forms.Form
    title = "Bring the answers in"
    button = "Bring them in"
    success_message = "The answers are being brought in."

    def do(self) -> Any:
        services.start_firm_file(file=self.file, by=self.request.actor)


class TakeBack(_Deed):
    """Take a file back."""

    form_class = forms.TakeBack
    title = "Take this file back"
    button = "Take it back"
    warning = True
    lead = "Its answers are kept, set aside and no longer counted."

    def do(self, *, reason: str) -> Any:
        return services.take_back_firm_file(file=self.file, reason=reason, by=self.request.actor)

    def get_success_message(self) -> str:
        return f"{self.done:,} answers are set aside."


class Problems(_OfFile):
    """What is wrong, as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = [(one["row"], one["column"], one["reason"]) for one in self.file.problems]
        return exports.as_csv("problems.csv", ["Row", "Column", "Reason"], rows)
