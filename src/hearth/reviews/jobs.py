"""What runs after a deed, and every morning: ids in, one service call."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from hearth.db.jobs import job, timetable
from hearth.kernel.permits import Actor
from hearth.reviews import services


@job("reviews.ask_signatory")
def ask_signatory(*, review_id: int, by: Actor) -> None:
    services.ask_signatory(review_id=review_id, on=timezone.localdate(), by=by)


@job("reviews.tell_managers")
def tell_managers(*, review_id: int, by: Actor) -> None:
    services.tell_managers(review_id=review_id, on=timezone.localdate(), by=by)


@job("reviews.ask_addendum_signatory")
def ask_addendum_signatory(*, review_id: int, by: Actor) -> None:
    services.ask_addendum_signatory(review_id=review_id, on=timezone.localdate(), by=by)


@job("reviews.tell_returned")
def tell_returned(*, review_id: int, by: Actor) -> None:
    services.tell_returned(review_id=review_id, by=by)


@job("reviews.dispatch")
def dispatch(*, review_id: int, by: Actor) -> None:
    services.dispatch_or_tell(review_id=review_id, at=timezone.now(), by=by)


@timetable("reviews.remind", "35 5 * * *")
def remind(*, on: date, by: Actor) -> None:
    services.remind(on=on, by=by)


@job("reviews.open_next")
def open_next(*, document_id: int, by: Actor) -> None:
    services.open_next(document_id=document_id, on=timezone.localdate(), by=by)


@job("reviews.law_changed")
def law_changed(*, law_id: int, by: Actor) -> None:
    services.law_changed(law_id=law_id, on=timezone.localdate(), by=by)


@job("reviews.serve_format")
def serve_format(*, request_id: int, by: Actor) -> None:
    services.serve_format(request_id=request_id, by=by)


@job("reviews.note_sent")
def note_sent(*, message_id: int, by: Actor) -> None:
    services.note_sent(message_id=message_id, at=timezone.now(), by=by)
