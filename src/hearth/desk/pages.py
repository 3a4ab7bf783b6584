"""What somebody has to do, from every room, in the order in which it is due (SYS-08)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from hearth.actions import queries as actions
from hearth.documents import permissions as document_permissions
from hearth.documents import queries as documents
from hearth.kernel.permits import Actor
from hearth.kernel.words import shorten
from hearth.landlords import permissions as landlord_permissions
from hearth.landlords import queries as landlords
from hearth.notifications import permissions as notification_permissions
from hearth.notifications import queries as messages
from hearth.policies import queries as policies
from hearth.register import permissions as register_permissions
from hearth.register import queries as register
from hearth.register.queries import rights as data_rights
from hearth.reviews import queries as reviews

MOST = 50  # of one kind on the page; the rest stands on that room's own list
ONE_BY_ONE = 5  # letters of one subject that are listed singly


@dataclass(frozen=True)
class Work:
    """One duty. `due` is the day by which; without one it comes after everything that has one."""

    kind: str
    title: str
    href: str
    due: date | None = None
    hint: str = ""
    waiting: date | None = None  # since when somebody waits, where nothing says by when

    def late(self, on: date) -> bool:
        """Whether its day has passed."""
        return self.due is not None and self.due < on


def my_work(*, by: Actor, on: date) -> list[Work]:
    """Everything that waits for somebody: late first, then by due day, then what has waited longest."""
    found = [work for source in SOURCES for work in source(by, on)]
    return sorted(found, key=lambda one: (one.due is None, one.due or one.waiting or date.max, one.title))


def counts(work: list[Work], *, on: date) -> list[tuple[str, int, int]]:
    """How much there is of each kind, and how much of it is late."""
    kinds = dict.fromkeys(one.kind for one in work)
    return [
        (kind, sum(one.kind == kind for one in work), sum(one.kind == kind and one.late(on) for one in work))
        for kind in kinds
    ]


def _day(moment: object) -> date | None:
    return timezone.localtime(moment).date() if moment else None  # type: ignore[arg-type]


def _signatures(by: Actor, on: date) -> Iterator[Work]:
    for review, post in reviews.waiting_for(on=on, by=by):
        page = "confirm" if reviews.needs_confirming(review) else "sign"
        words = "Confirm the approval of" if page == "confirm" else "Sign or return"
        href = reverse(f"reviews:{page}", kwargs={"pk": review.pk})
        yield Work("To sign", f"{words} {review}", href, hint=f"As {post}", waiting=_day(review.submitted_at))
    for addendum, post in reviews.addenda_waiting_for(on=on, by=by):
        href = reverse("reviews:sign_addendum", kwargs={"pk": addendum.review_id, "number": addendum.number})
        yield Work("To sign", f"Sign {addendum}", href, hint=f"As {post}", waiting=_day(addendum.recorded_at))


def _reviews(by: Actor, on: date) -> Iterator[Work]:
    for review, what, due in reviews.mine(on=on, by=by)[:MOST]:
        href = reverse("reviews:review", kwargs={"pk": review.pk})
        yield Work("Reviews", f"{what}: {review}", href, due=due, waiting=_day(review.changed_at))


def _actions(by: Actor, on: date) -> Iterator[Work]:
    for action in actions.mine(by, on)[:MOST]:
        href = reverse("actions:action", kwargs={"pk": action.pk})
        yield Work("Actions", shorten(action.text, 140), href, due=action.due_on, hint=action.source_title)


def _documents(by: Actor, on: date) -> Iterator[Work]:
    for document in policies.mine(by, on)[:MOST]:
        href = reverse("policies:document", kwargs={"pk": document.pk})
        yield Work("Documents", f"Review {document.title}", href, due=document.review_on)


def _formats(by: Actor, on: date) -> Iterator[Work]:
    if by.may(document_permissions.FORMATS):
        for request in documents.requests(by=by, open_only=True)[:MOST]:
            href = reverse("documents:request", kwargs={"pk": request.pk})
            words = documents.format_words(request.format)
            yield Work("Formats", f"Send {words} of {request.subject_title}", href, due=request.due_on)


def _messages(by: Actor, on: date) -> Iterator[Work]:
    """Messages that failed and letters to post; many letters of one subject, such as a survey's, are one duty."""
    if not by.may(notification_permissions.OUTBOX):
        return
    many = [one for one in messages.letters_waiting(by=by) if one["letters"] > ONE_BY_ONE]
    for one in many[:MOST]:
        href = f"{reverse('notifications:outbox')}?letters=letter&state=waiting"
        title = f"Print and post {one['letters']:,} letters: {one['subject']}"
        yield Work("Messages", title, href, waiting=_day(one["since"]))
    for message in messages.failed(by=by, but_letters_on=[one["subject"] for one in many])[:MOST]:
        href = reverse("notifications:message", kwargs={"pk": message.pk})
        what = "Print and post" if message.channel == "letter" else "Could not be sent"
        yield Work("Messages", f"{what}: {message.subject}", href, waiting=_day(message.recorded_at))


def _people(by: Actor, on: date) -> Iterator[Work]:
    """Adjustments to look at again, and what waits for staff who are cleared to contact people safely."""
    if by.may(register_permissions.WORK):
        for one in register.adjustments_due(on=on)[:MOST]:
            href = reverse("register:adjustment", kwargs={"pk": one.person_id, "adjustment": one.pk})
            yield Work("People", f"Look at an adjustment again: {shorten(one.what, 120)}", href, due=one.review_on)
    if by.may(register_permissions.MARK_SAFE):
        for marker in register.markers_due(by=by, on=on)[:MOST]:
            href = reverse("register:mark_safe", kwargs={"pk": marker.person_id})
            yield Work("People", f"Look at “Contact safely” again: {marker.person.name}", href, due=marker.review_on)
        for held in register.held_for_cleared(by=by)[:MOST]:
            href = reverse("register:settle_held", kwargs={"held": held.pk})
            yield Work("People", f"Pass on: {held.subject}", href, waiting=_day(held.recorded_at))


def _data_requests(by: Actor, on: date) -> Iterator[Work]:
    """What people asked about their own data; the reference only, because others look at a desk too."""
    if by.may(register_permissions.RIGHTS):
        for one in data_rights.requests(by=by, open_only=True)[:MOST]:
            href = reverse("register:data_request", kwargs={"pk": one.pk})
            words = f"{one.get_asks_display()}, {data_rights.reference(one)}"
            yield Work("Requests about data", words, href, due=one.due_on)


def _settings(by: Actor, on: date) -> Iterator[Work]:
    if by.may(landlord_permissions.CONFIGURE):
        open_ones = [kind for kind, value in landlords.settings_on(on=on) if value.confirm]
        if open_ones:
            title = (
                f"Confirm {len(open_ones)} settings that nobody has looked at"
                if len(open_ones) > 1
                else (f"Confirm the setting “{open_ones[0].title}”")
            )
            yield Work("Settings", title, reverse("landlords:settings"))


SOURCES = (_signatures, _reviews, _actions, _documents, _formats, _messages, _people, _data_requests, _settings)
