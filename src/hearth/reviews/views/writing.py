"""A review while it is written: task list, checks, reasons, preview, comparison, and handing it in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404
from django.urls import path

from hearth.kernel.findings import Level
from hearth.reviews import forms, pages, permissions, queries, services
from hearth.reviews.pages.comparing import compared
from hearth.reviews.rules import printing
from hearth.reviews.rules.checks import CATALOGUE
from hearth.reviews.rules.lifecycle import EDITABLE, Status
from hearth.reviews.views.common import OfReview
from hearth.ui.views import DeedView


class TaskList(OfReview):
    """The six steps of a review, how far each is, and what stops it."""

    template_name = "reviews/review.jinja"

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.caption = self.review.reference

    def get_title(self) -> str:
        return self.review.title

    def breadcrumbs(self) -> list[dict[str, str]]:
        return pages.breadcrumbs()

    def context(self) -> dict[str, Any]:
        review, form = self.review, self.definition
        shared = {
            "review": review,
            "tag": pages.status_tag(review.status),
            "editable": self.editable,
            "may_write": self.request.actor.may(permissions.WRITE),
            "screening": Status(review.status) is Status.SCREENING,
            "comments": list(review.comments.all()),
            "previous": review.previous,
        }
        if not self.definition.steps or Status(review.status) in (Status.SCREENING, Status.NOT_REQUIRED):
            return {**shared, "steps": ()}
        parts = queries.parts_of(review)
        found = queries.findings(review, on=self.today)
        return {
            **shared,
            "steps": pages.task_steps(review, form, parts, found, links=self.editable),
            "progress": pages.progress(form, parts),
            "counts": pages.counts(found),
            "stopping": len(queries.stopping(found, review)),
            "lately": pages.lately(parts.values(), form, me=self.request.actor.name, now=self.now),
            "levels": Level,
            "held": queries.reading_of(review) is not None,
            "being_written": Status(review.status) in EDITABLE,
        }


class Checks(OfReview):
    """Everything that the checks find, in one list."""

    template_name = "reviews/checks.jinja"
    title = "Checks"

    def context(self) -> dict[str, Any]:
        found = queries.findings(self.review, on=self.today)
        level = self.request.GET.get("level", "")
        chosen = [f for f in found if not level or f.level.value == level]
        drawn = pages.shown(chosen, self.review, self.definition, self.overrides(), may_write=self.editable)
        return {
            "review": self.review,
            "steps": pages.by_step(drawn, self.definition),
            "counts": pages.counts(found),
            "level": level,
            "levels": Level,
            "total": len(found),
            "stopping": len(queries.stopping(found, self.review)),
        }


class SetAside(OfReview, DeedView):
    """Go on although a check stops, with a reason that is printed in the review."""

    permission: ClassVar[str | None] = permissions.WRITE
    template_name = "reviews/set_aside.jinja"
    form_class = forms.Reason
    title = "Go on with a reason"
    button = "Save the reason"
    success_message = "The reason has been saved. It is printed in the review."

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        known = {check.code: check for check in CATALOGUE if check.overridable}
        if kwargs["code"] not in known:
            raise Http404
        self.check = known[kwargs["code"]]

    def get_initial(self) -> dict[str, Any]:
        kept = self.overrides().get(self.check.code)
        return {"reason": kept.reason if kept else ""}

    def context(self) -> dict[str, Any]:
        found = [f for f in queries.findings(self.review, on=self.today) if f.code == self.check.code]
        return {"check": self.check, "found": found}

    def do(self, *, reason: str) -> None:
        services.override(review=self.review, code=self.check.code, reason=reason, on=self.today, by=self.request.actor)

    def get_success_url(self) -> str:
        return pages.review_url(self.review, "checks")

    def cancel(self) -> str:
        return self.get_success_url()


class Submit(OfReview, DeedView):
    """Hand the review to those who sign it."""

    permission: ClassVar[str | None] = permissions.WRITE
    template_name = "reviews/submit.jinja"
    form_class = forms.Nothing
    title = "Submit for signing"
    button = "Submit"
    success_message = "The review has been submitted. Its answers can no longer be changed unless it is returned."

    def context(self) -> dict[str, Any]:
        found = queries.findings(self.review, on=self.today)
        stopping = queries.stopping(found, self.review)
        return {
            "review": self.review,
            "stopping": pages.shown(stopping, self.review, self.definition, self.overrides()),
            "warnings": sum(f.level is Level.WARN for f in found),
            "route": queries.route_on(self.review.assessed_on or self.today),
            "ready": Status(self.review.status) is Status.DRAFTING and not stopping,
        }

    def do(self) -> None:
        services.submit(review=self.review, at=self.now, by=self.request.actor)

    def get_success_url(self) -> str:
        return pages.review_url(self.review)

    def cancel(self) -> str:
        return self.get_success_url()


class Resume(OfReview, DeedView):
    """Take a returned review up again; its comments stay."""

    permission: ClassVar[str | None] = permissions.WRITE
    form_class = forms.Nothing
    title = "Take this review up again"
    lead = "The comments stay. Signatures that were given no longer stand, and are asked for again."
    button = "Go on writing"

    def do(self) -> None:
        services.resume(review=self.review, by=self.request.actor)

    def get_success_url(self) -> str:
        return pages.review_url(self.review)

    def cancel(self) -> str:
        return self.get_success_url()


class Preview(OfReview):
    """The whole review as it is printed, with its pictures and their figures."""

    template_name = "reviews/preview.jinja"
    wide = True

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.facts = queries.review_facts(self.review)
        self.paper = printing.paper(self.facts)

    def get_title(self) -> str:
        return self.paper.title

    def context(self) -> dict[str, Any]:
        content = self.facts.content
        return {
            "paper": self.paper,
            "matrix": pages.matrix_chart(self.definition, content),
            "life": pages.life(self.review, on=self.today),
            "profiles": pages.profile_charts(self.definition, content),
        }


class Compare(OfReview):
    """How the profiles of earlier reviews stand beside this one's (CAR-49)."""

    template_name = "reviews/compare.jinja"
    title = "Profiles of earlier reviews"
    wide = True

    def context(self) -> dict[str, Any]:
        around = queries.context_of(self.review, on=self.today)
        year = self.review.assessed_on.year if self.review.assessed_on else self.today.year
        own = (self.review.title, year, queries.content_of(self.review))
        earlier = [(n.title, n.year, n.content) for n in around.earlier]
        return {"topics": compared(own, earlier, self.definition), "earlier": len(earlier)}


paths = [
    path("<int:pk>/", TaskList.as_view(), name="review"),
    path("<int:pk>/checks/", Checks.as_view(), name="checks"),
    path("<int:pk>/checks/<str:code>/reason/", SetAside.as_view(), name="set_aside"),
    path("<int:pk>/submit/", Submit.as_view(), name="submit"),
    path("<int:pk>/resume/", Resume.as_view(), name="resume"),
    path("<int:pk>/preview/", Preview.as_view(), name="preview"),
    path("<int:pk>/compare/", Compare.as_view(), name="compare"),
]
