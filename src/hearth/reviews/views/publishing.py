"""Publishing a review, seeing what is hidden, and taking a publication back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from django.http import Http404
from django.urls import path

from hearth.reviews import pages, permissions, queries, services
from hearth.reviews.forms import Reason
from hearth.reviews.forms import publishing as forms
from hearth.reviews.pages import publishing as shown
from hearth.reviews.rules import printing
from hearth.reviews.rules.lifecycle import SIGNED, Status
from hearth.reviews.views.common import OfReview
from hearth.ui.views import DeedView


class Publish(OfReview, DeedView):
    """What everybody would read, and what would be hidden and why (CAR-48, PROF-26)."""

    permission: ClassVar[str | None] = permissions.PUBLISH
    template_name = "reviews/publish.jinja"
    form_class = forms.Publish
    title = "Publish this review"
    button = "Publish"
    success_message = "The review is published."

    def context(self) -> dict[str, Any]:
        signed = Status(self.review.status) in SIGNED
        done = services.preview(review=self.review, on=self.today) if signed else None
        facts = queries.review_facts(self.review)
        return {
            "review": self.review,
            "signed": signed,
            "hidden": shown.hidden_table(done.hidden, self.definition) if done else None,
            "compared": sorted(name.partition("|")[0] for name in done.tables) if done else [],
            "paper": printing.paper(replace(facts, content=done.content)) if done else None,
            "live": self._live(),
            "stopping": services.stopping_publication(review=self.review, on=self.today) if signed else [],
        }

    def _live(self) -> Any:
        last = queries.last_publication(self.review)
        return last if last is not None and last.withdrawn_at is None else None

    def do(self, *, looked: list[str]) -> Any:
        return services.publish(review=self.review, at=self.now, by=self.request.actor)

    def get_success_url(self) -> str:
        return pages.review_url(self.review, "published")

    def cancel(self) -> str:
        return pages.review_url(self.review, "life")


class PublishReason(OfReview, DeedView):
    """Publish figures that do not add up all the same, with a reason that is printed (PROF-12)."""

    permission: ClassVar[str | None] = permissions.PUBLISH
    template_name = "reviews/publish_reason.jinja"
    form_class = Reason
    title = "Publish it with a reason"
    button = "Save the reason"
    success_message = "The reason has been saved. It is printed in the review."

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        found = services.stopping_publication(review=self.review, on=self.today)
        self.code = kwargs["code"]
        self.found = [one for one in found if one.code == self.code]

    def context(self) -> dict[str, Any]:
        return {"found": self.found}

    def do(self, *, reason: str) -> Any:
        return services.override(
            review=self.review, code=self.code, reason=reason, on=self.today, by=self.request.actor
        )

    def get_success_url(self) -> str:
        return pages.review_url(self.review, "publish")

    def cancel(self) -> str:
        return pages.review_url(self.review, "publish")


class OfPublication(OfReview):
    """A page about the latest publication of a review."""

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        found = queries.last_publication(self.review)
        if found is None:
            raise Http404("This review has not been published.")
        self.publication = found


class Published(OfPublication):
    """What the public reads beside what officers read; the right side never leaves the house."""

    template_name = "reviews/published.jinja"
    title = "Published, and as it is kept"
    wide = True

    def context(self) -> dict[str, Any]:
        return {
            "review": self.review,
            "publication": self.publication,
            "hidden": shown.hidden_table(self.publication.treatment, self.definition),
            "public": queries.published_paper(self.publication),
            "kept": printing.paper(queries.review_facts(self.review)),
            "may_withdraw": self.publication.withdrawn_at is None and self.request.actor.may(permissions.PUBLISH),
        }


class Withdraw(OfPublication, DeedView):
    """Take the publication back, with the reason; it stays on record."""

    permission: ClassVar[str | None] = permissions.PUBLISH
    form_class = forms.Withdraw
    title = "Take this publication back"
    lead = "Nobody outside can read it any more. What was published stays on record."
    button = "Take back"
    warning = True
    success_message = "The publication has been taken back."

    def do(self, *, why: str) -> None:
        services.withdraw(publication=self.publication, why=why, at=self.now, by=self.request.actor)

    def get_success_url(self) -> str:
        return pages.review_url(self.review, "published")

    def cancel(self) -> str:
        return pages.review_url(self.review, "published")


paths = [
    path("<int:pk>/publish/", Publish.as_view(), name="publish"),
    path("<int:pk>/publish/reason/<str:code>/", PublishReason.as_view(), name="publish_reason"),
    path("<int:pk>/published/", Published.as_view(), name="published"),
    path("<int:pk>/withdraw/", Withdraw.as_view(), name="withdraw"),
]
