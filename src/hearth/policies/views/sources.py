"""The registers of what documents answer to: laws and standards, corporate plans with their aims, indicators."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from hearth.policies import forms, pages, permissions, queries, services
from hearth.policies.views.documents import lines
from hearth.ui.views import DeedView, ListPage, PageView

Crumbs = list[dict[str, str]]


class _Register(ListPage):
    """A register of this room."""

    permission: ClassVar[str | None] = permissions.READ
    here: str = ""

    def context(self) -> dict[str, Any]:
        return {"tabs": pages.tabs(self.here), "may_add": self.request.actor.may(permissions.REGISTER)}


class Laws(_Register):
    """Acts, regulations, standards, codes and guidance; those that applied on a day (GOV-21 to GOV-23)."""

    template_name = "policies/laws.jinja"
    wide = True
    title = "Laws and standards"
    filter_form_class = forms.NarrowLaws
    here = "policies:laws"

    def items(self) -> Any:
        self.on: date = self.chosen.get("on") or timezone.localdate()
        chosen = {name: value for name, value in self.chosen.items() if value}
        return queries.laws_narrowed(queries.laws(), **chosen)

    def context(self) -> dict[str, Any]:
        return {**super().context(), "table": pages.laws_table(self.found, on=self.on), "on": self.on}


class _OfLaw(PageView):
    """A page about one law."""

    permission: ClassVar[str | None] = permissions.REGISTER

    def load(self, **kwargs: Any) -> None:
        self.law = get_object_or_404(queries.laws(), pk=kwargs["pk"])

    def of_law(self) -> str:
        """The address of the law's own page."""
        return reverse("policies:law", args=[self.law.pk])

    def breadcrumbs(self) -> Crumbs:
        register = {"text": "Laws and standards", "href": reverse("policies:laws")}
        return [register, {"text": self.law.title, "href": self.of_law()}]


class Law(_OfLaw):
    """One law: whether it applies, what replaces it, and which documents answer to it."""

    permission: ClassVar[str | None] = permissions.READ
    template_name = "policies/law.jinja"

    def get_title(self) -> str:
        return self.law.title

    def breadcrumbs(self) -> Crumbs:
        return super().breadcrumbs()[:1]

    def context(self) -> dict[str, Any]:
        on, law = timezone.localdate(), self.law
        return {
            "law": law,
            "standing": queries.standing_of(law, on=on),
            "facts": pages.law_facts(law),
            "documents": pages.documents_table(
                queries.documents_under(law), on=on, caption="Documents that answer to it"
            ),
            "cited": pages.citing_table("law", law.title),
            "may_change": self.request.actor.may(permissions.REGISTER),
        }


def _said(*, aliases: str, **answers: Any) -> dict[str, Any]:
    return {**answers, "aliases": lines(aliases)}


class _Add(DeedView):
    """Something new in a register."""

    permission: ClassVar[str | None] = permissions.REGISTER
    register: tuple[str, str] = ("", "")
    page_name: str = ""
    button = "Add"

    def breadcrumbs(self) -> Crumbs:
        return [{"text": self.register[0], "href": self.cancel()}]

    def cancel(self) -> str:
        return reverse(self.register[1])

    def get_success_url(self) -> str:
        return reverse(self.page_name, args=[self.done.pk])


class AddLaw(_Add):
    """Add a law or standard."""

    form_class = forms.Law
    title = "Add a law or standard"
    success_message = "It has been added to the register."
    register = ("Laws and standards", "policies:laws")
    page_name = "policies:law"

    def get_initial(self) -> dict[str, Any]:
        return {"draft": False}

    def do(self, **answers: Any) -> Any:
        return services.add_law(**_said(**answers), by=self.request.actor)


class _LawDeed(_OfLaw, DeedView):
    """Something done with one law; it leads back to its page."""

    def get_success_url(self) -> str:
        return self.of_law()

    def cancel(self) -> str:
        return self.of_law()


class ChangeLaw(_LawDeed):
    """Correct what the register says."""

    form_class = forms.Law
    title = "Correct what the register says"
    success_message = "The register has been corrected."

    def get_initial(self) -> dict[str, Any]:
        names = ("title", "kind", "issuer", "draft", "from_on", "to_on", "source")
        return {**{name: getattr(self.law, name) for name in names}, "aliases": "\n".join(self.law.aliases)}

    def do(self, **answers: Any) -> Any:
        return services.change_law(law=self.law, **_said(**answers), by=self.request.actor)


class ReplaceLaw(_LawDeed):
    """Say what takes its place."""

    form_class = forms.ReplaceLaw
    title = "Say what replaces it"
    success_message = "It is recorded what replaces it. Documents that cite it show a warning."

    def do(self, *, by_law: str, on: date) -> Any:
        other = queries.laws().get(pk=int(by_law))
        return services.replace_law(law=self.law, by_law=other, on=on, by=self.request.actor)


class LawChanged(_LawDeed):
    """Mark it as fundamentally changed."""

    form_class = forms.LawChanged
    title = "Mark it as changed"
    lead = "The review of each published document that answers to it falls due at once."
    success_message = "The change is marked, and the documents that answer to it are due for review."

    def get_initial(self) -> dict[str, Any]:
        return {"on": timezone.localdate()}

    def do(self, **answers: Any) -> Any:
        return services.law_changed(law=self.law, **answers, by=self.request.actor)


class Plans(_Register):
    """Corporate plans with their aims (GOV-30)."""

    template_name = "policies/plans.jinja"
    title = "Corporate plans"
    here = "policies:plans"

    def items(self) -> Any:
        return queries.plans()

    def context(self) -> dict[str, Any]:
        on = timezone.localdate()
        plans = [(plan, pages.plan_tag(plan, on=on), pages.plan_years(plan), plan.aims.all()) for plan in self.found]
        return {**super().context(), "plans": plans}


class AddPlan(_Add):
    """Add a corporate plan."""

    form_class = forms.Plan
    title = "Add a corporate plan"
    success_message = "The plan has been added. Add its aims now."
    register = ("Corporate plans", "policies:plans")

    def do(self, **answers: Any) -> Any:
        return services.add_plan(**answers, by=self.request.actor)

    def get_success_url(self) -> str:
        return reverse("policies:plans")


class AddAim(_Add):
    """Add an aim to a plan."""

    form_class = forms.Aim
    title = "Add an aim"
    success_message = "The aim has been added."
    register = ("Corporate plans", "policies:plans")

    def load(self, **kwargs: Any) -> None:
        self.plan = get_object_or_404(queries.plans(), pk=kwargs["pk"])
        self.caption = self.plan.title

    def do(self, **answers: Any) -> Any:
        return services.add_aim(plan=self.plan, **answers, by=self.request.actor)

    def get_success_url(self) -> str:
        return reverse("policies:plans")


class Aim(PageView):
    """One aim: what serves it, and what cites it."""

    permission: ClassVar[str | None] = permissions.READ
    template_name = "policies/aim.jinja"

    def load(self, **kwargs: Any) -> None:
        self.aim = get_object_or_404(queries.aims(), pk=kwargs["pk"])

    def get_title(self) -> str:
        return self.aim.code or "Aim"

    def breadcrumbs(self) -> Crumbs:
        return [{"text": "Corporate plans", "href": reverse("policies:plans")}]

    def context(self) -> dict[str, Any]:
        on = timezone.localdate()
        serving = list(queries.documents_serving(self.aim))
        return {
            "aim": self.aim,
            "years": pages.plan_years(self.aim.plan),
            "outside": [one for one in serving if queries.is_outside(one, self.aim)],
            "documents": pages.documents_table(serving, on=on, caption="Documents that serve it"),
            "cited": pages.citing_table("aim", self.aim.code or self.aim.text),
        }


class Indicators(_Register):
    """Key performance indicators as names to cite (CAR-07)."""

    template_name = "policies/indicators.jinja"
    title = "Indicators"
    filter_form_class = forms.Find
    here = "policies:indicators"

    def items(self) -> Any:
        return queries.indicators(self.chosen.get("words") or "")

    def context(self) -> dict[str, Any]:
        return {**super().context(), "table": pages.indicators_table(self.found)}


class AddIndicator(_Add):
    """Add an indicator."""

    form_class = forms.Indicator
    title = "Add an indicator"
    success_message = "The indicator has been added."
    register = ("Indicators", "policies:indicators")
    page_name = "policies:indicator"

    def do(self, **answers: Any) -> Any:
        return services.add_indicator(**_said(**answers), by=self.request.actor)


class Indicator(PageView):
    """One indicator, with the reviews that cite it (CAR-07)."""

    permission: ClassVar[str | None] = permissions.READ
    template_name = "policies/indicator.jinja"

    def load(self, **kwargs: Any) -> None:
        self.indicator = get_object_or_404(queries.indicators(), pk=kwargs["pk"])

    def get_title(self) -> str:
        return str(self.indicator)

    def breadcrumbs(self) -> Crumbs:
        return [{"text": "Indicators", "href": reverse("policies:indicators")}]

    def context(self) -> dict[str, Any]:
        return {"indicator": self.indicator, "cited": pages.citing_table("indicator", self.indicator.code)}
