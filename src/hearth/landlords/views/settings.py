"""Dated settings with their history, closures, and the landlord's look."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from hearth.landlords import forms, pages, permissions, queries, services
from hearth.ui.forms import Form
from hearth.ui.views import DeedView, PageView

Crumbs = list[dict[str, str]]


class Settings(PageView):
    """All settings as they stand today, by what they are about (SYS-03)."""

    permission: ClassVar[str | None] = permissions.SEE_SETTINGS
    template_name = "landlords/settings.jinja"
    title = "Settings"

    def context(self) -> dict[str, Any]:
        groups = pages.grouped(queries.settings_on(on=timezone.localdate()))
        waiting = sum(row.confirm for _, rows in groups for row in rows)
        return {"groups": groups, "waiting": waiting, "may_change": self.request.actor.may(permissions.CONFIGURE)}


class _OfSetting(PageView):
    """A page about one setting."""

    permission: ClassVar[str | None] = permissions.CONFIGURE

    def load(self, **kwargs: Any) -> None:
        if kwargs["key"] not in queries.kinds():
            raise Http404
        self.key: str = kwargs["key"]
        self.kind = queries.kinds()[self.key]
        self.value = queries.value_on(self.key, on=timezone.localdate())

    def breadcrumbs(self) -> Crumbs:
        settings = {"text": "Settings", "href": reverse("landlords:settings")}
        return [settings, {"text": self.kind.title, "href": self.of_setting()}]

    def of_setting(self) -> str:
        """The address of the setting's own page."""
        return reverse("landlords:setting", kwargs={"key": self.key})


class Setting(_OfSetting):
    """One setting: what holds today, what held before and what will hold."""

    permission: ClassVar[str | None] = permissions.SEE_SETTINGS
    template_name = "landlords/setting.jinja"

    def get_title(self) -> str:
        return self.kind.title

    def breadcrumbs(self) -> Crumbs:
        return super().breadcrumbs()[:1]

    def context(self) -> dict[str, Any]:
        today = timezone.localdate()
        history = [(row, pages.worded(self.kind, row.value)) for row in queries.setting_history(self.key)]
        return {
            "row": pages.setting_row(self.kind, self.value),
            "default": pages.worded(self.kind, self.kind.default),
            "default_source": self.kind.source,
            "history": history,
            "today": today,
            "may_change": self.request.actor.may(permissions.CONFIGURE),
        }


class ChangeSetting(_OfSetting, DeedView):
    """Give a setting a value from a day on."""

    form_class = forms.Change
    title = "Change this setting"
    success_message = "The new value has been saved."

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.caption = self.kind.title

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"kind": self.kind}

    def get_initial(self) -> dict[str, Any]:
        owner = self.value.owner
        return {"value": pages.typed(self.kind, self.value.value), "holds_from": timezone.localdate(), "owner": owner}

    def do(self, **answers: Any) -> Any:
        return services.set_value(key=self.key, **answers, by=self.request.actor)

    def get_success_url(self) -> str:
        return self.of_setting()

    def cancel(self) -> str:
        return self.of_setting()


class ConfirmSetting(_OfSetting, DeedView):
    """Say that the value was checked against its source."""

    title = "Confirm this value"
    button = "Confirm"
    success_message = "The value has been confirmed."

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if not self.value.confirm:
            raise Http404
        self.caption = self.kind.title
        said = pages.worded(self.kind, self.value.value)
        self.lead = f"The value is {said}. Confirm it once you have checked it against its source: {self.value.source}."

    def get_form(self) -> Form:
        self.form_class = forms.Confirm if self.value.holds_from else forms.ConfirmDefault  # type: ignore[misc]
        return super().get_form()

    def get_initial(self) -> dict[str, Any]:
        return {"holds_from": timezone.localdate()}

    def do(self, **answers: Any) -> None:
        if self.value.holds_from is None:
            services.confirm_default(key=self.key, **answers, by=self.request.actor)
            return
        setting = queries.setting_history(self.key).get(holds_from=self.value.holds_from)
        services.confirm_value(setting=setting, by=self.request.actor)

    def get_success_url(self) -> str:
        return self.of_setting()

    def cancel(self) -> str:
        return self.of_setting()


class Closures(PageView):
    """Days on which the landlord does not work besides the bank holidays."""

    permission: ClassVar[str | None] = permissions.SEE_SETTINGS
    template_name = "landlords/closures.jinja"
    title = "Closures"

    def breadcrumbs(self) -> Crumbs:
        return [{"text": "Settings", "href": reverse("landlords:settings")}]

    def context(self) -> dict[str, Any]:
        return {"closures": list(queries.closures()), "may_change": self.request.actor.may(permissions.CONFIGURE)}


class AddClosure(DeedView):
    """Record days on which the landlord does not work."""

    permission: ClassVar[str | None] = permissions.CONFIGURE
    form_class = forms.Closure
    title = "Add a closure"
    lead = "These days do not count as working days. Bank holidays are known already."
    success_message = "The closure has been added."

    def breadcrumbs(self) -> Crumbs:
        settings = {"text": "Settings", "href": reverse("landlords:settings")}
        return [settings, {"text": "Closures", "href": self.cancel()}]

    def do(self, *, first_on: date, last_on: date, reason: str) -> Any:
        return services.add_closure(first_on=first_on, last_on=last_on, reason=reason, by=self.request.actor)

    def get_success_url(self) -> str:
        return self.cancel()

    def cancel(self) -> str:
        return reverse("landlords:closures")


class ChangeLook(DeedView):
    """How the landlord is named, coloured and reached."""

    permission: ClassVar[str | None] = permissions.CONFIGURE
    form_class = forms.Look
    title = "Name, colour and contact"
    success_message = "The changes have been saved."

    def breadcrumbs(self) -> Crumbs:
        return [{"text": "Settings", "href": reverse("landlords:settings")}]

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(queries.own(), name) for name in forms.Look.base_fields}

    def do(self, **answers: Any) -> Any:
        return services.change_look(landlord=queries.own(), by=self.request.actor, **answers)
