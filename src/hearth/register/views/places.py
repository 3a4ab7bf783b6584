"""Estates, buildings and homes."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from hearth.landlords import queries as landlords
from hearth.register import permissions, queries, services
from hearth.register.forms import places as forms
from hearth.register.models import Building as BuildingRow
from hearth.register.models import Estate as EstateRow
from hearth.register.models import Home as HomeRow
from hearth.register.pages import people as pages
from hearth.ui.views import DeedView, ListPage, PageView

Crumbs = list[dict[str, str]]
KNOWN = {"yes": True, "no": False}
SAID = {True: "yes", False: "no", None: "unknown"}


def crumb(text: str, name: str, **kwargs: Any) -> dict[str, str]:
    """One step of the way back."""
    return {"text": text, "href": reverse(f"register:{name}", kwargs=kwargs or None)}


class Seen(PageView):
    """A page for everybody who may see homes; `tab` is the section that it stands in."""

    permission: ClassVar[str | None] = permissions.SEE_HOMES
    tab = ""

    def page(self, status: int = 200, **more: Any) -> Any:
        """The page, with the sections of the room and what the person may do."""
        by = self.request.actor
        told = {
            "tabs": pages.tabs(self.tab, by),
            "may_see": by.may(permissions.SEE),
            "may_work": by.may(permissions.WORK),
            "may_import": by.may(permissions.IMPORT),
        }
        return super().page(status, **{**told, **more})

    def breadcrumbs(self) -> Crumbs:
        return [crumb("Homes and people", "front")]

    @property
    def today(self) -> Any:
        """The day of asking."""
        return timezone.localdate()


class Front(Seen):
    """How many homes and people there are, and the way to each."""

    template_name = "register/front.jinja"
    title = "Homes and people"
    tab = "front"

    def breadcrumbs(self) -> Crumbs:
        return []

    def context(self) -> dict[str, Any]:
        counts = queries.counts(on=self.today)
        return {
            "figures": pages.figures(counts),
            "tenures": pages.tenure_table(counts),
            "also": pages.also(self.request.actor),
            "find": forms.FindPeople(None),
        }


class Homes(Seen, ListPage):
    """Every home, by part of its address."""

    template_name = "register/list.jinja"
    title = "Homes"
    tab = "homes"
    filter_form_class = forms.Find

    def items(self) -> Any:
        return queries.homes(by=self.request.actor, words=self.chosen.get("words") or "")

    def context(self) -> dict[str, Any]:
        return {"table": pages.homes_table(self.found), "counted": "home", "add": ("Add a home", "register:add_home")}


class Buildings(Seen, ListPage):
    """Every building, with its height and whether it is higher-risk."""

    template_name = "register/list.jinja"
    title = "Buildings"
    tab = "buildings"
    filter_form_class = forms.Find

    def items(self) -> Any:
        return queries.buildings(by=self.request.actor, words=self.chosen.get("words") or "")

    def context(self) -> dict[str, Any]:
        add = ("Add a building", "register:add_building")
        return {"table": pages.buildings_table(self.found), "counted": "building", "add": add}


class Estates(Seen, ListPage):
    """Every estate."""

    template_name = "register/list.jinja"
    title = "Estates"
    tab = "estates"
    filter_form_class = forms.Find

    def items(self) -> Any:
        return queries.estates(by=self.request.actor, words=self.chosen.get("words") or "")

    def context(self) -> dict[str, Any]:
        add = ("Add an estate", "register:add_estate")
        return {"table": pages.estates_table(self.found), "counted": "estate", "add": add}


class OfEstate(Seen):
    """A page about one estate."""

    kept: Any  # an EstateRow

    def load(self, **kwargs: Any) -> None:
        found = queries.estate(kwargs["pk"], by=self.request.actor)
        if found is None:
            raise Http404
        self.kept = found

    def breadcrumbs(self) -> Crumbs:
        return [*super().breadcrumbs(), crumb("Estates", "estates")]

    def cancel(self) -> str:
        """Back to the estate."""
        return reverse("register:estate", kwargs={"pk": self.kept.pk})

    def get_success_url(self) -> str:
        """Back to the estate."""
        return self.cancel()


class Estate(OfEstate, ListPage):
    """One estate: its buildings and homes."""

    template_name = "register/estate.jinja"

    def get_title(self) -> str:
        return self.kept.name

    def items(self) -> Any:
        return queries.homes(by=self.request.actor, estate_id=self.kept.pk)

    def context(self) -> dict[str, Any]:
        buildings = queries.buildings(by=self.request.actor, estate_id=self.kept.pk)
        return {
            "kept": self.kept,
            "buildings": pages.buildings_table(buildings),
            "table": pages.homes_table(self.found),
        }


class OfBuilding(Seen):
    """A page about one building."""

    kept: Any  # a BuildingRow

    def load(self, **kwargs: Any) -> None:
        found = queries.building(kwargs["pk"], by=self.request.actor)
        if found is None:
            raise Http404
        self.kept = found

    def breadcrumbs(self) -> Crumbs:
        return [*super().breadcrumbs(), crumb("Buildings", "buildings")]

    def cancel(self) -> str:
        """Back to the building."""
        return reverse("register:building", kwargs={"pk": self.kept.pk})

    def get_success_url(self) -> str:
        """Back to the building."""
        return self.cancel()


class Building(OfBuilding, ListPage):
    """One building: height, storeys, whether it is higher-risk, and its homes."""

    template_name = "register/building.jinja"

    def get_title(self) -> str:
        return self.kept.name

    def items(self) -> Any:
        return queries.homes(by=self.request.actor, building_id=self.kept.pk)

    def context(self) -> dict[str, Any]:
        limits = {
            f"least_{name}": landlords.setting(f"register.higher_risk_{key}", on=self.today)
            for name, key in (("height_m", "height"), ("storeys", "storeys"), ("homes", "homes"))
        }
        return {
            "kept": self.kept,
            "risk": pages.risk_words(self.kept.higher_risk),
            "hint": pages.risk_hint(self.kept, limits),
            "table": pages.homes_table(self.found),
        }


class _Keeping(Seen, DeedView):
    """Something written into the register by hand."""

    permission: ClassVar[str | None] = permissions.WORK


class KeepEstate(_Keeping):
    """Add an estate."""

    form_class = forms.Estate
    title = "Add an estate"
    success_message = "The estate has been added."
    kept: Any = None

    def do(self, **answers: Any) -> EstateRow:
        said = {name: value or "" for name, value in answers.items()}
        return services.keep_estate(estate=self.kept, **said, by=self.request.actor)

    def get_success_url(self) -> str:
        return reverse("register:estate", kwargs={"pk": self.done.pk})

    def cancel(self) -> str:
        return reverse("register:estates")


class ChangeEstate(OfEstate, KeepEstate):
    """Change an estate."""

    permission: ClassVar[str | None] = permissions.WORK
    template_name = "ui/form.jinja"
    title = "Change this estate"
    success_message = "The estate has been changed."

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.kept, name) for name in forms.Estate.base_fields}


class KeepBuilding(_Keeping):
    """Add a building."""

    form_class = forms.BuildingForm
    title = "Add a building"
    success_message = "The building has been added."
    kept: Any = None

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"estates": list(queries.estates(by=self.request.actor))}

    def get_initial(self) -> dict[str, Any]:
        return {"higher_risk": "unknown"}

    def do(self, *, estate: int | None, higher_risk: str, **answers: Any) -> BuildingRow:
        by = self.request.actor
        texts: dict[str, Any] = {name: answers.pop(name) or "" for name in ("name", "accountable_person", "key")}
        return services.keep_building(
            building=self.kept, estate=queries.estate(estate, by=by) if estate else None,
            higher_risk=KNOWN.get(higher_risk), **texts, **answers, by=by,
        )  # fmt: skip

    def get_success_url(self) -> str:
        return reverse("register:building", kwargs={"pk": self.done.pk})

    def cancel(self) -> str:
        return reverse("register:buildings")


class ChangeBuilding(OfBuilding, KeepBuilding):
    """Change a building."""

    permission: ClassVar[str | None] = permissions.WORK
    template_name = "ui/form.jinja"
    title = "Change this building"
    success_message = "The building has been changed."

    def get_initial(self) -> dict[str, Any]:
        names = ("name", "height_m", "storeys", "accountable_person", "key")
        found = {name: getattr(self.kept, name) for name in names}
        return {**found, "estate": self.kept.estate_id, "higher_risk": SAID[self.kept.higher_risk]}


class OfHome(Seen):
    """A page about one home."""

    kept: Any  # a HomeRow

    def load(self, **kwargs: Any) -> None:
        found = queries.home(kwargs["pk"], by=self.request.actor)
        if found is None:
            raise Http404
        self.kept = found

    def breadcrumbs(self) -> Crumbs:
        return [*super().breadcrumbs(), crumb("Homes", "homes")]

    def cancel(self) -> str:
        """Back to the home."""
        return reverse("register:home", kwargs={"pk": self.kept.pk})

    def get_success_url(self) -> str:
        """Back to the home."""
        return self.cancel()


class Home(OfHome):
    """One home: what it is, who lives there, and its tenancies. Each look at who lives there is recorded (SEC-03)."""

    template_name = "register/home.jinja"

    def get_title(self) -> str:
        return str(self.kept)

    def context(self) -> dict[str, Any]:
        by, home = self.request.actor, self.kept
        found: dict[str, Any] = {"kept": home, "estate": pages.estate_of(home)}
        if not by.may(permissions.SEE):
            return found
        services.note_residents_seen(home=home, by=by)
        households = list(queries.households_at(home.pk, by=by))
        household = next((one for one in households if one.ended_on is None), None)
        members = [m for m in household.members.all() if m.ended_on is None] if household else []
        may_work = by.may(permissions.WORK)
        tenancies = list(queries.tenancies_at(home.pk, by=by))
        return {
            **found,
            "household": household,
            "members": pages.members_table(members, tenancies, may_work=may_work) if members else None,
            "tenancies": pages.tenancies_table(tenancies),
            "leases": pages.leases_table(queries.leases_at(home.pk, by=by), may_work=may_work),
            "vacant": not any(one.ended_on is None or one.ended_on >= self.today for one in tenancies),
        }


class KeepHome(_Keeping):
    """Add a home."""

    form_class = forms.Home
    title = "Add a home"
    success_message = "The home has been added."
    kept: Any = None

    def get_form_kwargs(self) -> dict[str, Any]:
        by = self.request.actor
        return {"buildings": list(queries.buildings(by=by)), "estates": list(queries.estates(by=by))}

    def do(self, *, building: int | None, estate: int | None, **answers: Any) -> HomeRow:
        by = self.request.actor
        texts: dict[str, Any] = {
            name: answers.pop(name) or "" for name in ("address", "postcode", "kind", "uprn", "key")
        }
        return services.keep_home(
            home=self.kept, building=queries.building(building, by=by) if building else None,
            estate=queries.estate(estate, by=by) if estate else None,
            started_on=self.kept.started_on if self.kept else None, **texts, **answers, by=by,
        )  # fmt: skip

    def get_success_url(self) -> str:
        return reverse("register:home", kwargs={"pk": self.done.pk})

    def cancel(self) -> str:
        return reverse("register:homes")


class ChangeHome(OfHome, KeepHome):
    """Change a home."""

    permission: ClassVar[str | None] = permissions.WORK
    template_name = "ui/form.jinja"
    title = "Change this home"
    success_message = "The home has been changed."

    def get_initial(self) -> dict[str, Any]:
        names = ("address", "postcode", "kind", "bedrooms", "uprn", "key")
        found = {name: getattr(self.kept, name) for name in names}
        return {**found, "building": self.kept.building_id, "estate": self.kept.estate_id}


class EndHome(OfHome, DeedView):
    """A home is sold or pulled down."""

    permission: ClassVar[str | None] = permissions.WORK
    template_name = "ui/form.jinja"
    form_class = forms.LastDay
    title = "This home is no longer ours"
    lead = "It stays in the register with its history."
    success_message = "The last day of this home is recorded."

    def do(self, **answers: Any) -> None:
        services.end_home(home=self.kept, **answers, by=self.request.actor)
