"""The first page of whoever signs in: their work, in the order in which it is due."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils import timezone

from hearth.desk import pages
from hearth.kernel.permits import SIGNED_IN
from hearth.ui.tables import Cell, Table
from hearth.ui.tags import Tag
from hearth.ui.views import PageView
from hearth.ui.words import day


class Home(PageView):
    """My work (SYS-08)."""

    permission: ClassVar[str | None] = SIGNED_IN
    template_name = "desk/home.jinja"
    title = "My work"

    def context(self) -> dict[str, Any]:
        today = timezone.localdate()
        work = pages.my_work(by=self.request.actor, on=today)
        rows = tuple(self._row(one, today) for one in work)
        return {
            "work": work,
            "counts": pages.counts(work, on=today),
            "table": Table("What waits for you", ("What", "Kind", "Due"), rows, stack=True, hidden_caption=True),
            "on": today,
        }

    def _row(self, one: pages.Work, today: Any) -> tuple[Any, ...]:
        if one.due is None:
            due = Cell(f"Waiting since {day(one.waiting)}" if one.waiting else "No date")
        elif one.late(today):
            due = Cell(day(one.due), tags=(Tag("Late", "red"),))
        else:
            due = Cell("Today" if one.due == today else day(one.due))
        return Cell(one.title, href=one.href, hint=one.hint), one.kind, due
