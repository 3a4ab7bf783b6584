"""The "contact safely" marker for those who are cleared to set it, and what it keeps back."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from hearth.kernel.days import add_months
from hearth.landlords import queries as landlords
from hearth.register import permissions, queries, services
from hearth.register.forms import safe as forms
from hearth.register.forms.needs import Confirm
from hearth.register.pages import contact as pages
from hearth.register.rules import safe
from hearth.register.rules.kinds import Channel, Purpose
from hearth.register.views.contact import Deed, OfPerson
from hearth.ui.tables import Cell, Table
from hearth.ui.views import DeedView, PageView


class Safe(PageView):
    """What waits for cleared staff: markers to look at again, messages to pass on."""

    permission: ClassVar[str | None] = permissions.MARK_SAFE
    template_name = "register/safe.jinja"
    title = "Contact safely"

    def context(self) -> dict[str, Any]:
        by, on = self.request.actor, timezone.localdate()
        due = [
            (Cell(one.person.name, href=pages.address("mark_safe", one.person)), one.review_on)
            for one in queries.markers_due(by=by, on=on)
        ]
        held = [
            (
                Cell(one.subject, href=reverse("register:settle_held", kwargs={"held": one.pk})),
                one.person.name,
                one.get_purpose_display(),
                one.recorded_at,
            )
            for one in queries.held_for_cleared(by=by)
        ]
        return {
            "due": Table("Markers to look at again", ("Person", "Review"), tuple(due), stack=True,
                         empty="No marker needs to be looked at."),
            "held": Table("Messages to pass on", ("Message", "For", "What it is", "Since"), tuple(held), stack=True,
                          empty="No message waits."),
        }  # fmt: skip


class MarkSafe(Deed):
    """Set or change the marker."""

    permission: ClassVar[str | None] = permissions.MARK_SAFE
    form_class = forms.Marker
    template_name = "register/mark_safe.jinja"
    success_message = "The marker is set. Every message, survey and letter obeys it from now on."

    def get_title(self) -> str:
        return f"Contact {self.person.name} safely"

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.marker = queries.safe_contact(self.person, by=self.request.actor)

    def get_initial(self) -> dict[str, Any]:
        months = int(landlords.setting("register.marker_months", on=self.today))
        found: dict[str, Any] = {"review_on": add_months(self.today, months)}
        if self.marker is not None:
            times = [{"days": one["days"], "start": one["from"], "end": one["to"]} for one in self.marker.times]
            ways = [
                {"channel": one["channel"], "to": safe.shown(Channel(one["channel"]), one["to"])}
                for one in self.marker.channels
            ]
            found |= {"channels": ways, "times": times}
        return found

    def context(self) -> dict[str, Any]:
        return {"standing": self.marker}

    def get_success_url(self) -> str:
        return reverse("register:person", kwargs={"pk": self.person.pk})

    def cancel(self) -> str:
        return self.get_success_url()

    def do(self, *, review_on: date, channels: list[dict[str, Any]], times: list[dict[str, Any]]) -> None:
        hours = [{"days": one["days"], "from": f"{one['start']:%H:%M}", "to": f"{one['end']:%H:%M}"} for one in times]
        services.mark_safe(
            person=self.person, channels=channels, times=hours, review_on=review_on, on=self.today,
            by=self.request.actor,
        )  # fmt: skip


class LiftSafe(OfPerson, DeedView):
    """Lift the marker."""

    permission: ClassVar[str | None] = permissions.MARK_SAFE
    template_name = "register/deed.jinja"
    form_class = Confirm
    above, above_words = "mark_safe", "Contact safely"
    button = "Lift the marker"
    warning = True
    success_message = "The marker is lifted. The person's own wishes hold again."

    def get_title(self) -> str:
        return f"Lift the marker of {self.person.name}?"

    def get_success_url(self) -> str:
        return reverse("register:person", kwargs={"pk": self.person.pk})

    def do(self) -> None:
        services.lift_safe(person=self.person, on=self.today, by=self.request.actor)


class SettleHeld(DeedView):
    """Say what was done about a message that could not be sent."""

    permission: ClassVar[str | None] = permissions.MARK_SAFE
    template_name = "register/held.jinja"
    form_class = forms.Settle
    success_message = "It is on record what was done."

    def load(self, **kwargs: Any) -> None:
        self.held = get_object_or_404(queries.held_for_cleared(by=self.request.actor), pk=kwargs["held"])

    def get_title(self) -> str:
        return self.held.subject

    def breadcrumbs(self) -> list[dict[str, str]]:
        return [{"text": "Contact safely", "href": reverse("register:safe")}]

    def context(self) -> dict[str, Any]:
        person = self.held.person
        return {"held": self.held, "whom": Cell(person.name, href=pages.address("contact", person))}

    def get_success_url(self) -> str:
        return reverse("register:safe")

    def cancel(self) -> str:
        return reverse("register:safe")

    def do(self, *, outcome: str) -> None:
        services.settle_held(held=self.held, outcome=outcome, at=timezone.now(), by=self.request.actor)


class Withheld(PageView):
    """How many messages were held back: numbers only, never whose or why (SUR-16)."""

    permission: ClassVar[str | None] = permissions.SEE
    template_name = "register/withheld.jinja"
    title = "Messages held back"

    def context(self) -> dict[str, Any]:
        by = self.request.actor
        rows = tuple((one.label, queries.counted_withheld(purpose=one, by=by)) for one in Purpose)
        return {"table": Table("Messages held back", ("What it was", "Number"), rows, hidden_caption=True)}
