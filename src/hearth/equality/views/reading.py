"""Reading profiles with care: exact counts for those who may, what is hidden and why, two side by side, history."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from hearth.equality import forms, pages, permissions, queries, rules, services
from hearth.equality.views.base import Crumbs, OfProfile, Seen, crumb, csv_file
from hearth.ui.views import DeedView, ListPage


class Exact(OfProfile, DeedView):
    """The exact counts, shown once the officer has said what for; that they looked goes to the trail (PROF-27)."""

    permission: ClassVar[str | None] = permissions.SEE_EXACT
    template_name = "equality/exact.jinja"
    form_class = forms.Why
    title = "Exact counts"
    button = "Show exact counts"
    lead = "Exact counts can give single people away. What you need them for, your name and the time are kept."

    def context(self) -> dict[str, Any]:
        return {"profile": self.profile, "tables": [], "people": None}

    def get_initial(self) -> dict[str, Any]:
        return {"shown": "page"}

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the counts, or hand them over as a file."""
        form = self.get_form()
        if not form.is_valid():
            return self.form_page(form, status=422)
        why, shown = form.cleaned_data["why"], form.cleaned_data["shown"]
        figures = services.look_at_exact(profile=self.profile, why=why, by=self.request.actor)
        if shown == "csv":
            return csv_file(f"{self.profile.title} exact", *pages.exact_csv_rows(self.profile, figures))
        tables = pages.exact_tables(self.profile, figures, self.today)
        cost = queries.treated(self.profile, self.today).cost
        return self.page(tables=tables, cost=cost, form=None, lead="")


class Disclosure(OfProfile):
    """What would be hidden if the profile were published today, why, and what that costs (PROF-26, CAR-48)."""

    template_name = "equality/disclosure.jinja"
    title = "What may be published"

    def context(self) -> dict[str, Any]:
        done = queries.treated(self.profile, self.today)
        published = queries.published_tables(by=self.request.actor)
        names = {table.name for table in done.tables}
        before = [one for one in published if f"{one.characteristic}|{one.population}" in names]
        return {
            "profile": self.profile,
            "cost": done.cost,
            "policy": queries.policy_on(self.today),
            "words": pages.cost_words(done),
            "others": [pages.other_answers_words(code) for code in queries.in_other_answers(self.profile)],
            "tables": [pages.hidden_table(table) for table in done.tables],
            "before": before,
            "differences": queries.differences(self.profile, self.today),
            "source": pages.source_words(self.profile, done.base, done.rounding),
        }


class Compare(Seen):
    """Two profiles side by side, on like answers only (PROF-16, PROF-21, PROF-22, CAR-49)."""

    template_name = "equality/compare.jinja"
    title = "Compare two profiles"
    tab = "compare"

    def breadcrumbs(self) -> Crumbs:
        return [crumb("Evidence", "evidence")]

    def context(self) -> dict[str, Any]:
        profiles = list(queries.every_profile(by=self.request.actor))
        form = forms.Compare(self.request.GET or None, profiles=profiles)
        found: dict[str, Any] = {"chooser": form, "some": len(profiles) > 1, "first": None, "message": ""}
        if not form.is_bound or not form.is_valid():
            return found
        by_number = {one.pk: one for one in profiles}
        first = by_number.get(form.cleaned_data["first"] or 0)
        second = by_number.get(form.cleaned_data["second"] or 0)
        if first is None or second is None or first == second:
            return {**found, "message": "Choose two different profiles."}
        same_basis = rules.check_same_basis(first.basis, second.basis)
        same_people = rules.check_same_basis(first.population, second.population)
        averages = pages.compared_averages(first, second)
        floor = queries.policy_on(self.today).sensitive
        return {
            **found,
            "first": first,
            "second": second,
            "warnings": list(dict.fromkeys(w for w in (same_people, same_basis) if w)),
            "sections": pages.compared(first, second, self.today),
            "averages": averages,
            "sources": [
                pages.source_words(one, one.base if (one.base or 0) >= floor else None) for one in (first, second)
            ],
        }


class Published(Seen, ListPage):
    """Every table as it was published."""

    template_name = "equality/published.jinja"
    title = "Published tables"
    tab = "published"

    def breadcrumbs(self) -> Crumbs:
        return [crumb("Evidence", "evidence")]

    def items(self) -> Any:
        return queries.published_tables(by=self.request.actor)

    def context(self) -> dict[str, Any]:
        return {"tables": [(one, rules.title_of(one.characteristic)) for one in self.found]}


class PublishedTable(Seen):
    """One table as it was published."""

    template_name = "equality/published_table.jinja"

    def load(self, **kwargs: Any) -> None:
        self.kept = get_object_or_404(queries.published_tables(by=self.request.actor), pk=kwargs["pk"])

    def get_title(self) -> str:
        return f"{rules.title_of(self.kept.characteristic)}, {self.kept.population or 'population not said'}"

    def breadcrumbs(self) -> Crumbs:
        return [crumb("Evidence", "evidence"), crumb("Published tables", "published")]

    def context(self) -> dict[str, Any]:
        return {"tables": pages.published_table(self.kept)}
