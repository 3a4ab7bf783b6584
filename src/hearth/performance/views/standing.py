"""Where we stand among others, over the years, and what the figures make us ask."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from hearth.performance import forms, pages, permissions, queries, rules, services
from hearth.performance.views.base import Crumbs, OfYear, crumb
from hearth.ui.exports import as_csv, as_xlsx
from hearth.ui.views import DeedView


class Standing(OfYear):
    """Each measure among all landlords, our kind, our region or our size, in pictures with their numbers."""

    template_name = "performance/standing.jinja"

    def get_title(self) -> str:
        return f"Where we stand, {self.year_words}"

    def breadcrumbs(self) -> Crumbs:
        return super().breadcrumbs()[:1]

    def context(self) -> dict[str, Any]:
        told: dict[str, Any] = {"kept": self.kept, "own": self.own, "year": self.year, "charts": [], "missing": []}
        if self.own is None:
            return {**told, "absent": False}
        years = queries.years(self.own.code, by=self.request.actor)
        landlords, values = queries.standing_of(self.kept, by=self.request.actor)
        if self.year not in years or self.own.code not in landlords:
            return {**told, "absent": True}
        own = landlords[self.own.code]
        groups = pages.group_words(own)
        chooser = forms.Among({"among": self.request.GET.get("among") or "kind"}, groups=groups)
        group = chooser.cleaned_data["among"] if chooser.is_valid() else "kind"
        places = queries.places(years[self.year], own.code, group, landlords, values)
        asked = queries.questions(years, self.year, on=self.today, by=self.request.actor)
        source = f"Source: Regulator of Social Housing, {self.kept}. Compared with: {pages.lower(dict(groups)[group])}."
        return {
            **told,
            "absent": False,
            "chooser": chooser,
            "notes": own.notes,
            "charts": pages.charts(places, source),
            "modes": pages.mode_charts({self.year: years[self.year]}),
            "missing": [
                f"{one.measure.code} {one.measure.name}: {one.why_none}" for one in places if one.value is None
            ] + [
                f"{code} {rules.measure_of(code).name}: not in the workbook"
                for code in rules.MEASURES if code not in {one.measure.code for one in places}
            ],
            "asked": len(asked),
        }  # fmt: skip


class StandingFile(OfYear):
    """The same as a file: our figures and our place in every group."""

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        by = self.request.actor
        years = queries.years(self.own.code, by=by) if self.own else {}
        if self.own is None or self.year not in years:
            raise Http404
        landlords, values = queries.standing_of(self.kept, by=by)
        own = landlords[self.own.code]
        groups = {
            words: queries.places(years[self.year], own.code, key, landlords, values)
            for key, words in pages.group_words(own)
        }
        self.headers, self.rows = pages.export_rows(years[self.year], groups, self.kept)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = f"where-we-stand-{self.year_words}"
        if kwargs["kind"] == "csv":
            return as_csv(f"{name}.csv", self.headers, self.rows)
        return as_xlsx(f"{name}.xlsx", {"Where we stand": (self.headers, self.rows)})


class Questions(OfYear):
    """What the figures of a year make us ask, and what our own page prints."""

    template_name = "performance/questions.jinja"

    def get_title(self) -> str:
        return f"What the figures make us ask, {self.year_words}"

    def context(self) -> dict[str, Any]:
        by = self.request.actor
        years = queries.years(self.own.code, by=by) if self.own else {}
        asked = queries.questions(years, self.year, on=self.today, by=by)
        written = queries.commentaries(by=by)
        return {
            "year": self.year,
            "own": self.own,
            "table": pages.questions_table(asked, written, self.year),
            "measures": [
                (code, rules.measure_of(code).name, (self.year, code) in written)
                for code in rules.in_order({one.part for one in asked if one.part})
            ],
            "printed": [(one.get_what_display(), one.number) for one in queries.page_figures(self.year, by=by)],
        }


class Years(OfYear):
    """Every measure year by year, the mix of methods beside it."""

    template_name = "performance/years.jinja"
    title = "Year by year"

    def context(self) -> dict[str, Any]:
        by = self.request.actor
        years = queries.years(self.own.code, by=by) if self.own else {}
        return {
            "own": self.own,
            "table": pages.trend_table(years, queries.commentaries(by=by)),
            "modes": pages.mode_charts(years),
        }


class SayPageFigures(OfYear, DeedView):
    """Say what our own page prints, so that it is held against the return."""

    permission: ClassVar[str | None] = permissions.KEEP
    template_name = "ui/form.jinja"
    form_class = forms.PageFigures
    title = "What our own page says"
    lead = "Enter the figures as your page prints them. What differs from the return comes back as a question."
    success_message = "The figures of your page have been kept."

    def get_initial(self) -> dict[str, Any]:
        kept = list(queries.page_figures(self.year, by=self.request.actor))
        where = next((one.where for one in kept if one.where), "")
        return {"where": where, **{one.what.replace(" ", "_"): one.number for one in kept}}

    def do(self, *, where: str, **figures: int | None) -> None:
        said = {name.replace("_", " "): value for name, value in figures.items()}
        services.say_page_figures(year=self.year, figures=said, where=where or "", by=self.request.actor)


class SayCommentary(OfYear, DeedView):
    """Say why a figure is as it is."""

    permission: ClassVar[str | None] = permissions.KEEP
    template_name = "ui/form.jinja"
    form_class = forms.WriteCommentary
    success_message = "The commentary has been kept."

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if kwargs["measure"] not in rules.MEASURES:
            raise Http404
        self.measure: str = kwargs["measure"]

    def get_title(self) -> str:
        return f"Commentary on {self.measure}, {self.year_words}"

    def breadcrumbs(self) -> Crumbs:
        return [*super().breadcrumbs(), crumb("What the figures make us ask", "questions", year=self.year)]

    def get_initial(self) -> dict[str, Any]:
        written = queries.commentaries(by=self.request.actor).get((self.year, self.measure))
        return {"text": written.text if written else ""}

    def do(self, *, text: str) -> Any:
        return services.say_commentary(
            year=self.year, measure=self.measure, text=text, at=timezone.now(), by=self.request.actor
        )
