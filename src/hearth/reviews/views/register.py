"""All reviews on one page (CAR-50)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.urls import path
from django.utils import timezone

from hearth.reviews import forms, pages, permissions, queries
from hearth.reviews.pages.register import HEADERS
from hearth.ui.tables import Table
from hearth.ui.views import ListPage


class Reviews(ListPage):
    """Every review with its state, who approves it, its actions, its next review and what is late."""

    permission: ClassVar[str | None] = permissions.READ
    template_name = "reviews/reviews.jinja"
    title = "Customer Access Reviews"
    wide = True
    filter_form_class = forms.Find

    def items(self) -> Any:
        chosen = {name: value or "" for name, value in self.chosen.items()}
        return queries.register(by=self.request.actor, **chosen)

    def context(self) -> dict[str, Any]:
        today = timezone.localdate()
        rows = list(self.found)
        counts = queries.open_actions(rows, on=today)
        route = queries.route_on(today)
        drawn = tuple(pages.register_row(row, counts[row.pk], route=route, on=today) for row in rows)
        return {
            "table": Table("Reviews", HEADERS, drawn, stack=True, hidden_caption=True),
            "chart": pages.states_chart(queries.by_state_and_due(by=self.request.actor, on=today)),
            "may_begin": self.request.actor.may(permissions.WRITE),
        }


paths = [path("", Reviews.as_view(), name="reviews")]
