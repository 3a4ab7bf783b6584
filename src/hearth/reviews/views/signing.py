"""From signatures to the next edition: sign, return, the life of a review, addenda, dispatch, due, reopen, close."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.http import Http404
from django.urls import path

from hearth.audit import queries as audit
from hearth.policies import queries as policies
from hearth.reviews import pages, permissions, queries, services
from hearth.reviews.forms import Nothing
from hearth.reviews.forms import signing as forms
from hearth.reviews.pages import signing as shown
from hearth.reviews.rules import printing
from hearth.reviews.views.common import OfReview
from hearth.ui.views import DeedView


class Deed(OfReview, DeedView):
    """Something done to one review; it leads on to the review's life."""

    def get_success_url(self) -> str:
        return pages.review_url(self.review, "life")

    def cancel(self) -> str:
        return pages.review_url(self.review, "life")


class Sign(Deed):
    """The page of whoever signs next: the duty in plain words, the whole review, its hash, the day."""

    permission: ClassVar[str | None] = permissions.SIGN
    template_name = "reviews/sign.jinja"
    form_class = forms.Sign
    title = "Sign this review"
    button = "Sign"
    success_message = "You have signed the review."

    def get_initial(self) -> dict[str, Any]:
        return {"on": self.today}

    def context(self) -> dict[str, Any]:
        turn = queries.next_post(self.review)
        facts = queries.review_facts(self.review)
        found = queries.findings(self.review, on=self.today, content=facts.content)
        stopping = queries.stopping(found, self.review)
        return {
            "review": self.review,
            "turn": turn,
            "mine": queries.fills(self.request.actor)(turn),
            "own": self.request.actor.user_id == self.review.officer_id,
            "last": bool(self.review.route) and turn == self.review.route[-1],
            "stopping": pages.shown(stopping, self.review, self.definition, self.overrides(), may_write=False),
            "standing": queries.standing(self.review),
            "paper": printing.paper(facts),
            "digest": facts.content.digest(),
        }

    def do(self, *, regard: list[str], on: date) -> Any:
        return services.sign(review=self.review, on=on, at=self.now, by=self.request.actor)


class Return(Deed):
    """Send the review back with comments (CAR-45)."""

    permission: ClassVar[str | None] = permissions.SIGN
    form_class = forms.Return
    title = "Return this review"
    lead = "Its officer is told what you say. Signatures given so far no longer stand."
    button = "Return"
    success_message = "The review has been returned to its officer."

    def get_form_kwargs(self) -> dict[str, Any]:
        labels = [(key, pages.place_of(key, self.definition)) for key, _ in pages.places(self.definition)]
        return {"places": [(key, f"{at.label}: {at.heading}"[:120]) for key, at in labels]}

    def do(self, *, part: str | None, text: str) -> Any:
        return services.return_for_changes(
            review=self.review, text=text, part=part or "", at=self.now, by=self.request.actor
        )

    def get_success_url(self) -> str:
        return pages.review_url(self.review)

    def cancel(self) -> str:
        return pages.review_url(self.review, "sign")


class Life(OfReview):
    """What was done to a review, which signatures stand, and what can be done next."""

    template_name = "reviews/life.jinja"
    title = "Signatures and life"

    def context(self) -> dict[str, Any]:
        review, by = self.review, self.request.actor
        turn, signs = queries.next_post(review), by.may(permissions.SIGN)
        late = queries.asks_for_addendum(review)
        addenda = [self._addendum(one) for one in queries.addenda_of(review)]
        return {
            "review": review,
            "tag": pages.status_tag(review.status),
            "standing": queries.standing(review),
            "steps": shown.steps(audit.history(review), review, turn=turn, on=self.today),
            "chart": pages.life(review, on=self.today),
            "late": late,
            "addenda": addenda,
            "comments": list(review.comments.all()),
            "dispatch": review.dispatches.first(),
            "attachment": policies.report_attachment(review),
            "next_editions": list(review.next_editions.all()),
            "held": queries.reading_of(review),
            "publication": queries.last_publication(review),
            "possible": shown.possible(
                review,
                mine=signs and turn is not None and queries.fills(by)(turn),
                confirms=signs and queries.needs_confirming(review) and queries.confirms(review, on=self.today, by=by),
                late=bool(late),
                by=by,
            ),
            "may_write": by.may(permissions.WRITE),
        }

    def _addendum(self, addendum: Any) -> dict[str, Any]:
        turn = queries.next_post_of_addendum(addendum, self.review, on=self.today)
        by = self.request.actor
        mine = turn is not None and by.may(permissions.SIGN) and queries.fills(by)(turn)
        return {"addendum": addendum, "turn": turn, "mine": mine, "standing": queries.standing_of_addendum(addendum)}


class Addendum(Deed):
    """Add findings that came after the approval (CAR-46)."""

    permission: ClassVar[str | None] = permissions.WRITE
    template_name = "reviews/addendum.jinja"
    form_class = forms.Addendum
    title = "Add an addendum"
    button = "Add"
    success_message = "The addendum has been added. It now waits for its signatures."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"needs": queries.asks_for_addendum(self.review)}

    def context(self) -> dict[str, Any]:
        return {"late": queries.asks_for_addendum(self.review)}

    def do(self, *, need: str, other: str | None, **answers: Any) -> Any:
        return services.add_addendum(review=self.review, need=other or need, by=self.request.actor, **answers)


class SignAddendum(Deed):
    """Sign an addendum, in the order of the review's own route."""

    permission: ClassVar[str | None] = permissions.SIGN
    template_name = "reviews/sign_addendum.jinja"
    form_class = forms.Sign
    title = "Sign this addendum"
    button = "Sign"
    success_message = "You have signed the addendum."

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        found = queries.addenda_of(self.review).filter(number=kwargs["number"]).first()
        if found is None:
            raise Http404
        self.addendum = found

    def get_initial(self) -> dict[str, Any]:
        return {"on": self.today}

    def context(self) -> dict[str, Any]:
        turn = queries.next_post_of_addendum(self.addendum, self.review, on=self.today)
        return {
            "review": self.review,
            "addendum": self.addendum,
            "turn": turn,
            "mine": queries.fills(self.request.actor)(turn),
            "standing": queries.standing_of_addendum(self.addendum),
        }

    def do(self, *, regard: list[str], on: date) -> Any:
        return services.sign_addendum(addendum=self.addendum, on=on, at=self.now, by=self.request.actor)


class Dispatch(Deed):
    """Send an approved review on by hand, where the job could not (CAR-39)."""

    permission: ClassVar[str | None] = permissions.DISPATCHED
    form_class = Nothing
    title = "Send this review on"
    lead = "It goes to the post that keeps the register, with its file; monitoring begins. It is never sent twice."
    button = "Send"
    success_message = "The review has been sent on."

    def do(self) -> Any:
        return services.dispatch(review=self.review, at=self.now, by=self.request.actor)


class Due(Deed):
    """Mark a review as due before its day."""

    permission: ClassVar[str | None] = permissions.WRITE
    form_class = forms.Due
    title = "Mark this review as due"
    button = "Mark as due"
    success_message = "The review is marked as due."

    def do(self, *, reason: str) -> None:
        services.fall_due(review=self.review, reason=reason, by=self.request.actor)


class Reopen(Deed):
    """Open the next edition, linked to this one (CAR-38)."""

    permission: ClassVar[str | None] = permissions.WRITE
    form_class = Nothing
    title = "Open the next edition"
    lead = "A new review is begun and linked to this one, which stays as it is."
    button = "Open"
    success_message = "The next edition has been opened."

    def do(self) -> Any:
        return services.reopen(review=self.review, on=self.today, by=self.request.actor)

    def get_success_url(self) -> str:
        return pages.review_url(self.done)


class Close(Deed):
    """Close a review that its next edition replaces (CAR-40)."""

    permission: ClassVar[str | None] = permissions.DISPATCHED
    form_class = Nothing
    title = "Close this review"
    lead = "It is superseded by its next edition, once that is approved and every action here is finished or dropped."
    button = "Close"
    success_message = "The review is closed."

    def do(self) -> None:
        services.close(review=self.review, by=self.request.actor)


class Report(Deed):
    """Put the review's file beside its findings in the committee report (CAR-36)."""

    permission: ClassVar[str | None] = permissions.WRITE
    form_class = forms.Report
    title = "Attach the file to the committee report"
    button = "Attach"
    success_message = "The file has been attached to the report."

    def do(self, *, format: str) -> Any:
        return services.attach_to_report(review=self.review, format=format, by=self.request.actor)


paths = [
    path("<int:pk>/sign/", Sign.as_view(), name="sign"),
    path("<int:pk>/return/", Return.as_view(), name="return"),
    path("<int:pk>/life/", Life.as_view(), name="life"),
    path("<int:pk>/addendum/", Addendum.as_view(), name="addendum"),
    path("<int:pk>/addendum/<int:number>/sign/", SignAddendum.as_view(), name="sign_addendum"),
    path("<int:pk>/dispatch/", Dispatch.as_view(), name="dispatch"),
    path("<int:pk>/due/", Due.as_view(), name="due"),
    path("<int:pk>/reopen/", Reopen.as_view(), name="reopen"),
    path("<int:pk>/close/", Close.as_view(), name="close"),
    path("<int:pk>/report/", Report.as_view(), name="report"),
]
