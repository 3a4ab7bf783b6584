"""Category sets, stock figures, and the evidence library."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from hearth.equality import forms, pages, permissions, queries, rules, services
from hearth.equality.models import Category
from hearth.equality.views.base import Crumbs, OfSet, Seen, address, crumb, csv_file
from hearth.ui.views import DeedView, ListPage


class Sets(Seen):
    """Every category set, by characteristic, with its source and day."""

    template_name = "equality/sets.jinja"
    title = "Category sets"
    tab = "sets"

    def breadcrumbs(self) -> Crumbs:
        return [crumb("Evidence", "evidence")]

    def context(self) -> dict[str, Any]:
        groups: dict[str, list[Any]] = {}
        for one in queries.category_sets(by=self.request.actor):
            groups.setdefault(one.characteristic, []).append(one)
        order = [code for code in rules.CHARACTERISTICS if code in groups]
        rest = sorted(code for code in groups if code not in order)
        return {"groups": [(rules.title_of(code), groups[code]) for code in (*order, *rest)]}


class Set(OfSet):
    """One category set: its answers, and what they count as in other sets."""

    template_name = "equality/set.jinja"

    def get_title(self) -> str:
        return self.kept.name

    def breadcrumbs(self) -> Crumbs:
        return super().breadcrumbs()[:2]

    def context(self) -> dict[str, Any]:
        mapped: dict[str, list[Any]] = {}
        for row in queries.mappings_from(self.kept):
            mapped.setdefault(row.target.category_set.name, []).append(row)
        return {"kept": self.kept, "categories": list(self.kept.categories.all()), "mapped": list(mapped.items())}


class SetFile(OfSet):
    """The same as a CSV file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        headers = ("Characteristic", "Answer", "Code", "Unknown", "Category set", "Source", "Holds from")
        told = (self.kept.name, self.kept.source, self.kept.holds_from.isoformat())
        rows = [
            (self.kept.about, one.label, one.code, "yes" if one.unknown else "no", *told)
            for one in self.kept.categories.all()
        ]
        return csv_file(self.kept.name, headers, rows)


class AddSet(Seen, DeedView):
    """Add a category set of one's own."""

    permission: ClassVar[str | None] = permissions.KEEP
    form_class = forms.CategorySet
    title = "Add a category set"
    lead = "Ages must be in bands that neither overlap nor leave a gap, such as 16 to 24, 25 to 34, 35 and over."
    success_message = "The category set has been added."

    def breadcrumbs(self) -> Crumbs:
        return [crumb("Evidence", "evidence"), crumb("Category sets", "sets")]

    def do(self, *, categories: list[dict[str, Any]], **answers: Any) -> Any:
        told = [{"label": one["label"], "unknown": bool(one["unknown"])} for one in categories]
        sensitive = answers["characteristic"] not in ("age", "sex")
        return services.add_category_set(**answers, categories=told, sensitive=sensitive, by=self.request.actor)

    def get_success_url(self) -> str:
        return address("set", pk=self.done.pk)

    def cancel(self) -> str:
        return address("sets")


class MapAnswer(OfSet, DeedView):
    """Say as what an answer counts in another set."""

    permission: ClassVar[str | None] = permissions.KEEP
    template_name = "ui/form.jinja"
    form_class = forms.MapAnswer
    title = "Map an answer to another set"
    success_message = "The answer has been mapped."

    def get_form_kwargs(self) -> dict[str, Any]:
        sets = queries.category_sets(by=self.request.actor).filter(characteristic=self.kept.characteristic)
        return {"own": self.kept.categories.all(), "others": sets.exclude(pk=self.kept.pk)}

    def do(self, *, category: int, target: int, differs: str) -> None:
        chosen = Category.objects.select_related("category_set").in_bulk([category, target])
        services.map_answer(
            category=chosen[category], target=chosen[target], differs=differs or "", by=self.request.actor
        )


class ConfirmSet(OfSet, DeedView):
    """Say that a set was checked against its source."""

    permission: ClassVar[str | None] = permissions.KEEP
    template_name = "ui/form.jinja"
    form_class = forms.Confirm
    title = "Confirm this category set"
    button = "Confirm"
    success_message = "The category set has been confirmed."

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.lead = f"You have checked its answers against the source: {self.kept.source}."

    def do(self, **answers: Any) -> None:
        services.confirm_category_set(kept=self.kept, by=self.request.actor)


class AskWith(OfSet, DeedView):
    """Ask people with the answers of this set."""

    permission: ClassVar[str | None] = permissions.KEEP
    template_name = "ui/form.jinja"
    form_class = forms.AskWith
    title = "Ask people with this set"
    success_message = "People are asked with this set from that day on."
    lead = "What people told in another set stays, and is counted here where its answers mean the same people."

    def get_initial(self) -> dict[str, Any]:
        return {"from_on": self.kept.asked_from or self.today, "question": self.kept.question}

    def do(self, *, from_on: Any, question: str) -> None:
        services.ask_with(kept=self.kept, from_on=from_on, question=question or "", by=self.request.actor)


class StopAsking(OfSet, DeedView):
    """Ask people with this set no more."""

    permission: ClassVar[str | None] = permissions.KEEP
    template_name = "ui/form.jinja"
    form_class = forms.Confirm
    title = "Stop asking with this set"
    button = "Stop asking"
    success_message = "People are not asked with this set any more."
    lead = "What people told stays."

    def do(self, **answers: Any) -> None:
        services.ask_with(kept=self.kept, from_on=None, by=self.request.actor)


class Stock(Seen):
    """How many homes and tenants there were, by day, with the change (PROF-02, PROF-03)."""

    template_name = "equality/stock.jinja"
    title = "Homes and tenants"
    tab = "stock"

    def breadcrumbs(self) -> Crumbs:
        return [crumb("Evidence", "evidence")]

    def context(self) -> dict[str, Any]:
        return {"rows": pages.stock_rows(list(queries.stock(by=self.request.actor)))}


class StockFile(Seen):
    """The same as a CSV file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        headers = ("As at", "What", "Number", "Basis", "Source", "Official")
        rows = [
            (one.as_at.isoformat(), one.get_kind_display(), one.number, one.basis, one.source,
             "yes" if one.official else "no")
            for one in queries.stock(by=request.actor)  # type: ignore[attr-defined]
        ]  # fmt: skip
        return csv_file("homes and tenants", headers, rows)


class AddStock(Seen, DeedView):
    """Add a stock figure."""

    permission: ClassVar[str | None] = permissions.KEEP
    form_class = forms.StockFigure
    title = "Add a figure of homes or tenants"
    success_message = "The figure has been added."

    def breadcrumbs(self) -> Crumbs:
        return [crumb("Evidence", "evidence"), crumb("Homes and tenants", "stock")]

    def do(self, **answers: Any) -> Any:
        return services.add_stock_figure(**answers, by=self.request.actor)

    def get_success_url(self) -> str:
        return address("stock")

    def cancel(self) -> str:
        return address("stock")


class MakeOfficial(Seen, DeedView):
    """Of two figures for one day, make this one the official one."""

    permission: ClassVar[str | None] = permissions.KEEP
    form_class = forms.Confirm
    title = "Make this the official figure"
    button = "Make official"
    success_message = "This is the official figure now."

    def load(self, **kwargs: Any) -> None:
        self.figure = get_object_or_404(queries.stock(by=self.request.actor), pk=kwargs["pk"])
        self.lead = f"{self.figure}: {self.figure.number:,}. Source: {self.figure.source}."

    def breadcrumbs(self) -> Crumbs:
        return [crumb("Evidence", "evidence"), crumb("Homes and tenants", "stock")]

    def do(self, **answers: Any) -> None:
        services.make_official(figure=self.figure, by=self.request.actor)

    def get_success_url(self) -> str:
        return address("stock")

    def cancel(self) -> str:
        return address("stock")


class Library(Seen, ListPage):
    """What other bodies published, to be cited in reviews (PROF-25)."""

    template_name = "equality/library.jinja"
    title = "Evidence library"
    tab = "library"
    filter_form_class = forms.FindStatistic

    def breadcrumbs(self) -> Crumbs:
        return [crumb("Evidence", "evidence")]

    def items(self) -> Any:
        words, code = self.chosen.get("words") or "", self.chosen.get("characteristic") or ""
        return queries.find_statistics(words=words, characteristic=code, by=self.request.actor)

    def context(self) -> dict[str, Any]:
        return {
            "entries": [
                (one, rules.title_of(one.characteristic) if one.characteristic else "",
                 rules.outdated(draft=one.draft, replaced_by=one.replaced_by))
                for one in self.found
            ]
        }  # fmt: skip


class LibraryFile(Seen):
    """The same as a CSV file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        names = ("text", "publisher", "title", "period", "published", "characteristic", "replaced_by")
        headers = (
            "What it says",
            "Publisher",
            "Title",
            "Period",
            "Published",
            "Characteristic",
            "Replaced by",
            "Draft",
        )
        found = queries.find_statistics(by=request.actor)  # type: ignore[attr-defined]
        rows = [(*(getattr(one, name) for name in names), "yes" if one.draft else "no") for one in found]
        return csv_file("evidence library", headers, rows)


class AddStatistic(Seen, DeedView):
    """Add a figure that somebody else published."""

    permission: ClassVar[str | None] = permissions.KEEP
    form_class = forms.Statistic
    title = "Add a figure to the evidence library"
    success_message = "The figure has been added."

    def breadcrumbs(self) -> Crumbs:
        return [crumb("Evidence", "evidence"), crumb("Evidence library", "library")]

    def do(self, *, characteristic: str | None, **answers: Any) -> Any:
        return services.add_statistic(**answers, characteristic=characteristic or "", by=self.request.actor)

    def get_success_message(self) -> str:
        """The deed, and a warning where the source is a draft or was replaced (CAR-13)."""
        warning = rules.outdated(draft=self.done.draft, replaced_by=self.done.replaced_by)
        return f"{self.success_message} {warning}".strip()

    def get_success_url(self) -> str:
        return address("library")

    def cancel(self) -> str:
        return address("library")


class ChangeStatistic(AddStatistic):
    """Change an entry of the library."""

    title = "Change this figure"
    success_message = "The figure has been changed. Reviews that cite it stay as they are."

    def load(self, **kwargs: Any) -> None:
        found = queries.find_statistics(by=self.request.actor)
        self.statistic = get_object_or_404(found, pk=kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.statistic, name) for name in forms.Statistic.base_fields}

    def do(self, *, characteristic: str | None, **answers: Any) -> Any:
        told = {**answers, "characteristic": characteristic or ""}
        return services.change_statistic(statistic=self.statistic, by=self.request.actor, **told)
