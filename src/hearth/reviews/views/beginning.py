"""Beginning a review: its title and document, its screening, and what follows from it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404
from django.urls import path, reverse
from django.utils import timezone

from hearth.policies import queries as policies
from hearth.reviews import forms, pages, permissions, services
from hearth.reviews.rules.lifecycle import Status
from hearth.reviews.views.common import Crumbs, OfReview
from hearth.ui.fields import Option
from hearth.ui.views import DeedView


class Begin(DeedView):
    """Begin a review. It opens with its screening."""

    permission: ClassVar[str | None] = permissions.WRITE
    form_class = forms.Begin
    title = "Begin a review"
    button = "Go on to the screening"

    def breadcrumbs(self) -> Crumbs:
        return pages.breadcrumbs()

    def get_form_kwargs(self) -> dict[str, Any]:
        documents = policies.documents(self.request.actor)
        return {"documents": [Option(str(one.pk), f"{one.title} ({one.version})") for one in documents]}

    def do(self, *, title: str, document: str | None, activity: str) -> Any:
        about = policies.document(int(document), self.request.actor) if document else None
        self.activity = activity
        return services.begin(title=title, on=timezone.localdate(), document=about, by=self.request.actor)

    def get_success_url(self) -> str:
        return f"{pages.review_url(self.done, 'screening')}?activity={self.activity}"

    def cancel(self) -> str:
        return reverse("reviews:reviews")


class _WhileScreening(OfReview, DeedView):
    """A page that exists only while a review is being screened."""

    permission: ClassVar[str | None] = permissions.WRITE

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if Status(self.review.status) is not Status.SCREENING:
            raise Http404

    def get_success_url(self) -> str:
        return pages.review_url(self.review, "screening_result")

    def cancel(self) -> str:
        return pages.review_url(self.review)


class Screening(_WhileScreening):
    """The first look: is a full assessment needed? (CAR-04)"""

    template_name = "reviews/screening.jinja"
    form_class = forms.Screening  # type: ignore[assignment]
    title = "Screening"
    button = "Decide"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"definition": self.definition}

    def get_initial(self) -> dict[str, Any]:
        activity = self.request.GET.get("activity", "")
        said = self.review.screening.get("answers", {})
        flat = {name: value for name, value in said.items() if not isinstance(value, dict)}
        for name, value in said.items():
            if isinstance(value, dict):
                flat |= {f"{name}-{code}": answer for code, answer in value.items()}
        return {"activity": activity, **flat}

    def context(self) -> dict[str, Any]:
        first = next((q for q in self.definition.screening if q.kind == "per_characteristic"), None)
        return {"source": self.definition.screening_source, "review": self.review, "first": first}

    def do(self, **answers: Any) -> Any:
        given = self.form.answers()
        return services.screen(review=self.review, answers=given, at=self.now, by=self.request.actor)

    def get_form(self) -> Any:
        self.form = super().get_form()
        return self.form


class ScreeningResult(OfReview):
    """What the screening decided, and why."""

    template_name = "reviews/screening_result.jinja"
    title = "Result of the screening"

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if not self.review.screening:
            raise Http404

    def context(self) -> dict[str, Any]:
        said = self.review.screening
        actor = self.request.actor
        open_still = Status(self.review.status) is Status.SCREENING
        mine = actor.user_id in (self.review.officer_id, said.get("by_id"))
        return {
            "review": self.review,
            "said": said,
            "aims": [f"{aim.code}) {aim.label}" for aim in self.definition.aims if aim.code in said.get("aims", ())],
            "open_still": open_still,
            "may_agree": open_still and actor.may(permissions.SIGN) and not mine,
            "may_write": open_still and actor.may(permissions.WRITE),
            "source": said.get("source", ""),
        }


class SkipScreening(_WhileScreening):
    """Go straight to the full assessment, with a reason."""

    form_class = forms.Reason
    title = "Assess in full without a screening"
    button = "Open the full assessment"

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if self.review.screening.get("decided_at"):
            self.title = "Assess in full all the same"

    def do(self, *, reason: str) -> None:
        services.skip_screening(review=self.review, reason=reason, at=self.now, by=self.request.actor)

    def get_success_url(self) -> str:
        return pages.review_url(self.review)


class AgreeNotRequired(_WhileScreening):
    """Agree that no full assessment is needed: by somebody other than who screened it."""

    permission: ClassVar[str | None] = permissions.SIGN
    template_name = "reviews/not_required.jinja"
    form_class = forms.NotRequired
    title = "Agree that no full assessment is needed"
    button = "Agree"
    success_message = "It is on record that no full assessment is needed."

    def context(self) -> dict[str, Any]:
        return {"said": self.review.screening}

    def do(self, *, reason: str) -> None:
        services.agree_not_required(review=self.review, reason=reason, on=timezone.localdate(), by=self.request.actor)


paths = [
    path("begin/", Begin.as_view(), name="begin"),
    path("<int:pk>/screening/", Screening.as_view(), name="screening"),
    path("<int:pk>/screening/result/", ScreeningResult.as_view(), name="screening_result"),
    path("<int:pk>/screening/skip/", SkipScreening.as_view(), name="skip_screening"),
    path("<int:pk>/screening/not-required/", AgreeNotRequired.as_view(), name="not_required"),
]
