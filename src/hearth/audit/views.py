"""The trail, one event, and the chain of seals."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from hearth.audit import forms, pages, permissions, queries, rules
from hearth.ui.views import DeedView, ListPage, PageView

Crumbs = list[dict[str, str]]


class Trail(ListPage):
    """Who did what to which thing, and when; newest first."""

    permission: ClassVar[str | None] = permissions.READ
    template_name = "audit/trail.jinja"
    title = "Audit trail"
    filter_form_class = forms.Find
    page_size = 50

    def items(self) -> Any:
        return queries.found(by=self.request.actor, **self.chosen)

    def context(self) -> dict[str, Any]:
        return {"events": [(event, rules.deed_words(event.deed)) for event in self.found]}


class Event(PageView):
    """One event with everything that it says."""

    permission: ClassVar[str | None] = permissions.READ
    template_name = "audit/event.jinja"

    def load(self, **kwargs: Any) -> None:
        self.event = get_object_or_404(queries.events(by=self.request.actor), pk=kwargs["pk"])

    def get_title(self) -> str:
        return f"Event {self.event.pk}"

    def breadcrumbs(self) -> Crumbs:
        return [{"text": "Audit trail", "href": reverse("audit:trail")}]

    def context(self) -> dict[str, Any]:
        return {
            "event": self.event,
            "deed": rules.deed_words(self.event.deed),
            "kind": pages.kind_words(self.event.subject_kind),
            "detail": pages.detail_rows(self.event.detail),
            "seal": queries.seal_of(self.event),
        }


class Chain(DeedView):
    """How far the trail is sealed; the button walks the whole chain."""

    permission: ClassVar[str | None] = permissions.READ
    template_name = "audit/chain.jinja"
    form_class = forms.Verify
    title = "Seals of the audit trail"

    def breadcrumbs(self) -> Crumbs:
        return [{"text": "Audit trail", "href": reverse("audit:trail")}]

    def context(self) -> dict[str, Any]:
        return {"sealed": queries.sealed().count(), "waiting": queries.unsealed().count(), "verdict": ""}

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Check, and show what was found: nothing is changed, so there is nowhere to go on to."""
        broken = queries.check_chain(by=self.request.actor)
        return self.page(form=self.get_form(), verdict=pages.verdict(broken), holds=broken is None)
