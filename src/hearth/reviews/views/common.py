"""What the pages of one review share: finding it, its form, and the way back."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404
from django.utils import timezone

from hearth.reviews import pages, permissions, queries
from hearth.reviews.models import Review
from hearth.reviews.rules.form import Form
from hearth.reviews.rules.lifecycle import EDITABLE, Status
from hearth.ui.views import PageView

Crumbs = list[dict[str, str]]


class OfReview(PageView):
    """A page about one review."""

    permission: ClassVar[str | None] = permissions.READ
    review: Review
    definition: Form

    def load(self, **kwargs: Any) -> None:
        found = queries.review(kwargs["pk"], by=self.request.actor)
        if found is None:
            raise Http404
        self.review = found
        self.definition = queries.form_of(found)
        self.caption = f"{found.reference} · {found.title}"
        self.now = timezone.now()
        self.today = timezone.localdate()

    @property
    def editable(self) -> bool:
        """Whether its answers may be changed, and by who is asking."""
        return Status(self.review.status) in EDITABLE and self.request.actor.may(permissions.WRITE)

    def breadcrumbs(self) -> Crumbs:
        return pages.breadcrumbs(self.review)

    def overrides(self) -> dict[str, Any]:
        """The reasons given for going on, by check."""
        return {override.code: override for override in self.review.overrides.all()}
