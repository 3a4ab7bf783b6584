"""What the pages of this room share: who may open them, the way back, files to download."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from hearth.equality import pages, permissions, queries, rules
from hearth.equality.models import CategorySet, Profile
from hearth.ui.views import PageView

Crumbs = list[dict[str, str]]


def address(name: str, **kwargs: Any) -> str:
    """The address of a page of this room."""
    return reverse(f"equality:{name}", kwargs=kwargs or None)


def crumb(text: str, name: str, **kwargs: Any) -> dict[str, str]:
    """One step of the way back."""
    return {"text": text, "href": address(name, **kwargs)}


def csv_file(name: str, headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A table as a file that opens in a spreadsheet safely (SYS-10)."""
    response = HttpResponse(rules.to_csv(headers, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slugify(name) or "evidence"}.csv"'
    return response


class Seen(PageView):
    """A page for everybody who may see equality figures; `tab` is the section that it stands in."""

    permission: ClassVar[str | None] = permissions.SEE
    tab = ""

    def page(self, status: int = 200, **more: Any) -> HttpResponse:
        """The page, told what the person may do and which section this is."""
        actor = self.request.actor
        told = {
            "tabs": pages.tabs(self.tab, actor),
            "may_keep": actor.may(permissions.KEEP),
            "may_see_exact": actor.may(permissions.SEE_EXACT),
        }
        return super().page(status, **{**told, **more})

    @property
    def today(self) -> Any:
        """The day of asking."""
        return timezone.localdate()


class OfProfile(Seen):
    """A page about one profile."""

    def load(self, **kwargs: Any) -> None:
        found = queries.profile(kwargs["pk"], by=self.request.actor)
        if found is None:
            raise Http404
        self.profile: Profile = found

    def breadcrumbs(self) -> Crumbs:
        return [crumb("Evidence", "evidence"), crumb(self.profile.title, "profile", pk=self.profile.pk)]

    def of_profile(self) -> str:
        """The address of the profile's own page."""
        return address("profile", pk=self.profile.pk)

    def cancel(self) -> str:
        """Back to the profile."""
        return self.of_profile()

    def get_success_url(self) -> str:
        """Back to the profile."""
        return self.of_profile()


class OfSet(Seen):
    """A page about one category set."""

    def load(self, **kwargs: Any) -> None:
        found = queries.category_sets(by=self.request.actor).filter(pk=kwargs["pk"]).first()
        if found is None:
            raise Http404
        self.kept: CategorySet = found

    def breadcrumbs(self) -> Crumbs:
        sets = [crumb("Evidence", "evidence"), crumb("Category sets", "sets")]
        return [*sets, crumb(self.kept.name, "set", pk=self.kept.pk)]

    def cancel(self) -> str:
        """Back to the set."""
        return address("set", pk=self.kept.pk)

    def get_success_url(self) -> str:
        """Back to the set."""
        return self.cancel()
