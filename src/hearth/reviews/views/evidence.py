"""Putting profiles and outside figures into the answer on the people affected."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404
from django.urls import path

from hearth.equality import queries as equality
from hearth.reviews import forms, pages, permissions, queries, services
from hearth.reviews.rules.lifecycle import EDITABLE, Status
from hearth.reviews.views.common import OfReview
from hearth.ui.fields import Option
from hearth.ui.views import DeedView


class _Evidence(OfReview, DeedView):
    """A page that puts something into the answer on the people affected."""

    permission: ClassVar[str | None] = permissions.WRITE

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if "profile" not in queries.part_keys(self.definition) or Status(self.review.status) not in EDITABLE:
            raise Http404

    def get_success_url(self) -> str:
        return pages.review_url(self.review, "part", key="profile")

    def cancel(self) -> str:
        return self.get_success_url()


class InsertProfile(_Evidence):
    """Put a profile into the review, frozen as it is now."""

    template_name = "reviews/insert_profile.jinja"
    form_class = forms.InsertProfile
    title = "Put in a profile"
    button = "Put in this profile"
    success_message = "The profile has been put in and frozen. Later changes to the data do not alter it."

    def get_form_kwargs(self) -> dict[str, Any]:
        found = equality.profiles(by=self.request.actor)
        said = [
            Option(str(p.pk), p.title, hint=f"{p.population}, {p.basis}. Base {p.base:,}. {p.source}") for p in found
        ]
        self.some = bool(said)
        return {"profiles": said}

    def context(self) -> dict[str, Any]:
        return {"some": self.some}

    def do(self, *, profile: int) -> Any:
        return services.insert_profile(review=self.review, profile=profile, at=self.now, by=self.request.actor)


class AddEvidence(_Evidence):
    """Cite figures of the evidence library."""

    template_name = "reviews/add_evidence.jinja"
    form_class = forms.Evidence
    title = "Cite figures from the evidence library"
    button = "Cite these figures"
    success_message = "The figures have been put in, each with its source."

    def get_form_kwargs(self) -> dict[str, Any]:
        found = equality.statistics()
        said = [
            Option(str(s.pk), s.text, hint=f"{s.publisher}, {s.title}, {s.period}, published {s.published}")
            for s in found
        ]
        self.some = bool(said)
        return {"statistics": said}

    def context(self) -> dict[str, Any]:
        return {"some": self.some}

    def do(self, *, statistics: list[int]) -> Any:
        return services.cite_statistics(review=self.review, statistics=statistics, at=self.now, by=self.request.actor)


paths = [
    path("<int:pk>/profile/insert/", InsertProfile.as_view(), name="insert_profile"),
    path("<int:pk>/profile/evidence/", AddEvidence.as_view(), name="add_evidence"),
]
