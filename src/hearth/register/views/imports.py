"""Files of the housing management system: taken in, their columns named, checked, brought in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import slugify

from hearth.kernel.refusals import Refused
from hearth.register import permissions, queries, rules, services
from hearth.register.forms import imports as forms
from hearth.register.models import Import
from hearth.register.pages import imports as pages
from hearth.register.rules import ImportState, mapping
from hearth.register.views.places import Crumbs, Seen, crumb
from hearth.ui.exports import as_csv, as_xlsx
from hearth.ui.forms import Form
from hearth.ui.views import DeedView, ListPage

SHOWN = 100  # problems on the page; all of them are in the file


class Imports(Seen, ListPage):
    """Every file, the latest first."""

    permission: ClassVar[str | None] = permissions.IMPORT
    template_name = "register/imports.jinja"
    title = "Files of the housing management system"
    tab = "imports"

    def items(self) -> Any:
        return queries.imports(by=self.request.actor)

    def context(self) -> dict[str, Any]:
        return {"table": pages.imports_table(self.found)}


class TakeFile(Seen, DeedView):
    """Take in a file."""

    permission: ClassVar[str | None] = permissions.IMPORT
    form_class = forms.TakeFile
    title = "Take in a file"
    lead = (
        "One row for each person at a home: tenants, joint tenants and who else lives there, leaseholders, and people "
        "who have applied. Nothing is changed until you have seen what the file would do."
    )
    button = "Take in"

    def breadcrumbs(self) -> Crumbs:
        return [*super().breadcrumbs(), crumb("Files", "imports")]

    def get_initial(self) -> dict[str, Any]:
        last = queries.imports(by=self.request.actor).first()
        return {"source": last.source.name, "whole": "yes" if last.options.get("whole") else "no"} if last else {}

    def do(self, *, file: UploadedFile, **answers: Any) -> Import:
        return services.take_file(
            name=file.name or "", body=file.read(), on=self.today, **answers, by=self.request.actor
        )

    def get_success_url(self) -> str:
        return reverse("register:columns", kwargs={"pk": self.done.pk})

    def cancel(self) -> str:
        return reverse("register:imports")


class OfImport(Seen):
    """A page about one file."""

    permission: ClassVar[str | None] = permissions.IMPORT
    one: Import

    def load(self, **kwargs: Any) -> None:
        found = queries.one_import(kwargs["pk"], by=self.request.actor)
        if found is None:
            raise Http404
        self.one = found

    def breadcrumbs(self) -> Crumbs:
        return [*super().breadcrumbs(), crumb("Files", "imports")]

    def cancel(self) -> str:
        """Back to the file."""
        return reverse("register:import", kwargs={"pk": self.one.pk})

    def get_success_url(self) -> str:
        """Back to the file."""
        return self.cancel()


class Columns(OfImport, DeedView):
    """Say what each column means; then the file is checked."""

    template_name = "register/columns.jinja"
    form_class = forms.Columns
    title = "What the columns mean"
    button = "Save and check the file"

    def get_form_kwargs(self) -> dict[str, Any]:
        headings = self.one.options["headings"]
        words = services.words_to_settle(self.one)
        return {"headings": headings, "words": words, "left_out": mapping.protected(headings)}

    def get_initial(self) -> dict[str, Any]:
        found: dict[str, Any] = {"whole": "yes" if self.one.options.get("whole") else "no"}
        for place, heading in enumerate(self.one.options["headings"]):
            found[f"column_{place}"] = self.one.mapping.get(heading, "")
        for place, (_, key) in enumerate(services.words_to_settle(self.one)):
            found[f"tenure_{place}"] = key
        return found

    def context(self) -> dict[str, Any]:
        return {"one": self.one, "left_out": mapping.protected(self.one.options["headings"])}

    def do(self, *, whole: bool, **answers: Any) -> None:
        form = self.get_form()
        columns, tenures = form.said(answers)
        by = self.request.actor
        services.name_columns(one=self.one, columns=columns, tenures=tenures, whole=whole, by=by)
        services.check_file(one=self.one, by=by)


class OneImport(OfImport):
    """One file: how far it is, what it would do or has done, what is wrong in it."""

    template_name = "register/import.jinja"

    def get_title(self) -> str:
        return f"{self.one.source}, {self.one.as_at:%-d %B %Y}"

    def context(self) -> dict[str, Any]:
        one = self.one
        problems = queries.problems(one, by=self.request.actor)
        ends = one.options.get("missing", {})
        state = ImportState(one.state)
        return {
            "one": one,
            "state": pages.state_tag(one),
            "at_work": state in rules.AT_WORK,
            "progress": pages.progress(one),
            "counts": pages.counts_table(one) if one.counts else None,
            "changed": pages.samples_table(one, "changed"),
            "added": pages.samples_table(one, "added"),
            "notes": pages.notes(one),
            "problems": pages.problems_table(problems[:SHOWN]),
            "problem_count": problems.count(),
            "refused_count": one.refused_count,  # type: ignore[attr-defined]
            "ends": {name: said for name, said in ends.items() if said[0]},
            "may_bring_in": state in (ImportState.CHECKED, ImportState.STOPPED, ImportState.FAILED) and bool(one.rows),
            "may_check": state != ImportState.DONE and state not in rules.AT_WORK,
            "done": state == ImportState.DONE,
        }


class CheckFile(OfImport, DeedView):
    """Check a file again."""

    template_name = "ui/form.jinja"
    form_class = forms.Nothing
    title = "Check the file"
    lead = "The file is read and compared with what is kept. Nothing is changed."
    button = "Check the file"

    def do(self) -> None:
        services.check_file(one=self.one, by=self.request.actor)


class BringIn(OfImport, DeedView):
    """Bring in a file that was checked."""

    template_name = "register/bring_in.jinja"
    form_class: ClassVar[type[Form]] = forms.Nothing
    title = "Bring in this file"
    button = "Bring in"

    def unlikely(self) -> str:
        """Why somebody must confirm that what is missing has ended; nothing where nobody must."""
        try:
            services.check_missing(self.one, confirmed=bool(self.one.options.get("confirmed")))
        except Refused as refused:
            return refused.message
        return ""

    def get_form(self) -> Any:
        asked = forms.Confirmed if self.unlikely() else forms.Nothing
        return asked(**{"initial": {}, **self.given()})

    def context(self) -> dict[str, Any]:
        return {"counts": pages.counts_table(self.one), "unlikely": self.unlikely()}

    def do(self, confirmed: list[str] | None = None) -> None:
        services.bring_in(one=self.one, confirmed=bool(confirmed), by=self.request.actor)


class Stop(OfImport, DeedView):
    """Stop the work on a file."""

    template_name = "ui/form.jinja"
    form_class = forms.Nothing
    title = "Stop the work on this file"
    lead = "What has been brought in stays, and you can go on with the rest later."
    button = "Stop"
    success_message = "The work stops after the rows that are being written now."

    def do(self) -> None:
        services.stop(one=self.one, by=self.request.actor)


class Problems(OfImport):
    """The rows with problems as a file, the reason beside each row."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        headings, rows = pages.problem_rows(self.one, queries.problems(self.one, by=self.request.actor))
        name = f"{slugify(self.one.source.name) or 'file'}-problems-{self.one.as_at.isoformat()}"
        if kwargs["format"] == "xlsx":
            return as_xlsx(f"{name}.xlsx", {"Problems": (headings, rows)})
        return as_csv(f"{name}.csv", headings, rows)
