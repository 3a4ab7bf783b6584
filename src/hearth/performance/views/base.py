"""What the pages of this room share: who may open them, the way back, our own place in a workbook."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from hearth.performance import permissions, queries, rules
from hearth.performance.models import Workbook
from hearth.ui.views import PageView

Crumbs = list[dict[str, str]]
MEASURES = "Measures"


def address(name: str, **kwargs: Any) -> str:
    """The address of a page of this room."""
    return reverse(f"performance:{name}", kwargs=kwargs or None)


def crumb(text: str, name: str, **kwargs: Any) -> dict[str, str]:
    """One step of the way back."""
    return {"text": text, "href": address(name, **kwargs)}


class Seen(PageView):
    """A page for everybody who may see measures."""

    permission: ClassVar[str | None] = permissions.SEE

    def page(self, status: int = 200, **more: Any) -> HttpResponse:
        """The page, told whether the person may load and write."""
        return super().page(status, **{"may_keep": self.request.actor.may(permissions.KEEP), **more})

    def breadcrumbs(self) -> Crumbs:
        return [crumb(MEASURES, "measures")]

    @property
    def today(self) -> Any:
        """The day of asking."""
        return timezone.localdate()


class OfYear(Seen):
    """A page about one reporting year of our own figures."""

    def load(self, **kwargs: Any) -> None:
        found = queries.of_year(kwargs["year"], by=self.request.actor)
        if found is None:
            raise Http404
        self.kept: Workbook = found
        self.year: int = kwargs["year"]
        self.own = queries.own_code(by=self.request.actor)

    @property
    def year_words(self) -> str:
        """The reporting year as people say it."""
        return rules.year_words(self.year)

    def breadcrumbs(self) -> Crumbs:
        return [*super().breadcrumbs(), crumb(f"Where we stand, {self.year_words}", "standing", year=self.year)]

    def of_year(self) -> str:
        """The address of the year's own page."""
        return address("standing", year=self.year)

    def cancel(self) -> str:
        """Back to the year."""
        return self.of_year()

    def get_success_url(self) -> str:
        """Back to the year's questions."""
        return address("questions", year=self.year)
