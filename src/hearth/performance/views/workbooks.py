"""The front page of measures, the regulator's workbooks, and which landlord we are in them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse

from hearth.documents import queries as documents
from hearth.performance import forms, pages, permissions, queries, rules, services
from hearth.performance.models import Workbook
from hearth.performance.views.base import Crumbs, Seen, address, crumb
from hearth.ui.exports import XLSX, download
from hearth.ui.views import DeedView

MOST_FOUND = 20


class Measures(Seen):
    """What there is: the years that are loaded, who we are, and the way to where we stand."""

    template_name = "performance/measures.jinja"
    title = "Measures"

    def breadcrumbs(self) -> Crumbs:
        return []

    def context(self) -> dict[str, Any]:
        by = self.request.actor
        kept = list(queries.workbooks(by=by))
        own = queries.own_code(by=by)
        years = queries.years(own.code, by=by) if own else {}
        ready = [one for one in kept if one.state == Workbook.State.READY]
        tiles: list[Any] = []
        if own and ready and ready[0].year in years:
            landlords, values = queries.standing_of(ready[0], by=by, only=pages.TILES)
            tiles = pages.tiles(queries.places(years[ready[0].year], own.code, "kind", landlords, values), ready[0])
        return {
            "own": own,
            "tiles": tiles,
            "shelf": pages.shelf_table(kept),
            "ready": [(one, one.year in years) for one in ready],
            "year_words": rules.year_words,
        }


class LoadWorkbook(Seen, DeedView):
    """Take in a workbook; reading it is a job."""

    permission: ClassVar[str | None] = permissions.KEEP
    form_class = forms.LoadWorkbook
    title = "Load a workbook of the regulator"
    button = "Load"
    lead = (
        "The regulator publishes the figures of all landlords once a year. Hearth works every figure out again and "
        "shows where you stand."
    )

    def do(self, *, file: Any) -> Workbook:
        return services.load(name=file.name, body=file.read(), by=self.request.actor)

    def get_success_message(self) -> str:
        """Whether it is new, or was there already and nothing changed."""
        if self.done.state in (Workbook.State.READY, Workbook.State.REPLACED):
            return "This file was loaded before. Nothing has changed."
        return "The workbook has been taken in."

    def get_success_url(self) -> str:
        return address("workbook", pk=self.done.pk)

    def cancel(self) -> str:
        return address("measures")


class OneWorkbook(Seen):
    """One workbook: how far its loading is, what agreed, what did not and why."""

    template_name = "performance/workbook.jinja"

    def load(self, **kwargs: Any) -> None:
        found = queries.workbook(kwargs["pk"], by=self.request.actor)
        if found is None:
            raise Http404
        self.kept = found

    def get_title(self) -> str:
        return str(self.kept)

    def context(self) -> dict[str, Any]:
        told = self.kept.summary
        return {
            "kept": self.kept,
            "tag": pages.state_tag(self.kept),
            "how_far": pages.how_far(self.kept),
            "agreed": pages.agreed_tables(told),
            "differing": pages.differing_tables(told),
            "how_many_differ": len(told.get("differing", [])),
            "how_many_agree": sum(one["agreed"] for one in told.get("agreed", [])),
            "left_out": pages.left_out_table(told),
            "remarks": told.get("remarks", []),
        }


class Columns(OneWorkbook):
    """Every column of a workbook, and what it was taken for."""

    template_name = "performance/columns.jinja"
    title = "How the columns were read"

    def get_title(self) -> str:
        return self.title

    def breadcrumbs(self) -> Crumbs:
        return [*super().breadcrumbs(), crumb(str(self.kept), "workbook", pk=self.kept.pk)]

    def context(self) -> dict[str, Any]:
        return {"table": pages.columns_table(self.kept.summary)}


class WorkbookFile(OneWorkbook):
    """The workbook as it was given."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return download(self.kept.name, documents.body_of(self.kept.file), XLSX)


class WhoWeAre(Seen, DeedView):
    """Say which landlord of the workbooks we are: found by words of the name, then chosen."""

    permission: ClassVar[str | None] = permissions.KEEP
    template_name = "performance/who_we_are.jinja"
    form_class = forms.WhoWeAre
    title = "Which landlord are you?"
    success_message = "Your landlord has been set."

    def load(self, **kwargs: Any) -> None:
        self.words = " ".join(self.request.GET.get("words", "").split())
        latest = queries.latest(by=self.request.actor)
        some = queries.providers(latest) if latest else None
        self.latest = latest
        self.found: list[Any] = []
        if some is not None and self.words:
            by_code = list(some.filter(code__iexact=self.words))
            self.found = by_code or list(some.filter(name__icontains=self.words)[: MOST_FOUND + 1])

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"providers": self.found[:MOST_FOUND]}

    def context(self) -> dict[str, Any]:
        found = forms.FindOurselves({"words": self.words} if self.words else None)
        return {"finder": found, "words": self.words, "found": self.found, "more": len(self.found) > MOST_FOUND,
                "latest": self.latest}  # fmt: skip

    def do(self, *, code: str) -> Any:
        return services.say_who_we_are(code=code, by=self.request.actor)

    def get_success_url(self) -> str:
        return address("measures")

    def cancel(self) -> str:
        return address("measures")
