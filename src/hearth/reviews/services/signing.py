"""From submission to the next edition: signatures in order, returns, dispatch, actions, addenda, review."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from hearth.accounts import queries as accounts
from hearth.actions import queries as actions_kept
from hearth.actions import services as actions
from hearth.audit import services as audit
from hearth.db import news
from hearth.documents import services as documents
from hearth.kernel.choices import check_move
from hearth.kernel.days import add_months, spoken
from hearth.kernel.permits import Actor, Forbidden, check
from hearth.kernel.refusals import Refused
from hearth.landlords import queries as landlords
from hearth.notifications import services as notifications
from hearth.policies import queries as policies_kept
from hearth.policies import services as policies
from hearth.reviews import permissions, queries
from hearth.reviews.models import Addendum, Comment, Dispatch, Review, SignOff
from hearth.reviews.rules import lifecycle, printing
from hearth.reviews.rules.content import Content
from hearth.reviews.rules.lifecycle import MOVES, Signature, Status
from hearth.reviews.services.writing import begin


def _move(review: Review, there: Status, **fields: object) -> None:
    check_move(MOVES, Status(review.status), there, what="review")
    review.status = there
    for name, value in fields.items():
        setattr(review, name, value)
    review.save(update_fields=["status", "changed_at", *fields])


def _lock(review: Review) -> Review:
    return Review.objects.select_for_update(of=("self",)).select_related("form", "document").get(pk=review.pk)


@transaction.atomic
def submit(*, review: Review, at: datetime, by: Actor) -> None:
    """Hand the review to its signatories. Refused while a check stops it; the dated route is fixed from here on."""
    check(by, permissions.WRITE)
    review = _lock(review)
    found = queries.findings(review, on=at.date())
    stopping = queries.stopping(found, review)
    if stopping:
        first = stopping[0]
        more = f" and {len(stopping) - 1} more" if len(stopping) > 1 else ""
        raise Refused(f"This review cannot be submitted yet. {first.code}: {first.message}{more}")
    on = review.assessed_on or at.date()
    _move(review, Status.SUBMITTED, route=queries.route_on(on), submitted_at=at)
    audit.record(by=by, deed="reviews.submitted", subject=review, digest=queries.content_of(review).digest())
    news.announce("reviews.submitted", review_id=review.pk)


@transaction.atomic
def sign(*, review: Review, on: date, at: datetime, by: Actor) -> SignOff:
    """Sign as the holder of the post whose turn it is. The signature binds to the hash of what is signed (SEC-09)."""
    check(by, permissions.SIGN)
    review = _lock(review)
    if Status(review.status) not in {Status.SUBMITTED, Status.LEGAL_REVIEWED}:
        raise Refused("This review is not waiting for a signature.")
    position, post = _turn(review, by=by)
    content = queries.content_of(review)
    standing = queries.sign_offs_of(review)
    lifecycle.check_signing(
        route=review.route,
        position=position,
        signed=[Signature(s.position, s.post_title, s.on, s.digest) for s in standing],
        on=on,
        begun=review.assessed_on,
        today=at.date(),
        signer_is_officer=by.user_id is not None and by.user_id == review.officer_id,
        digest=content.digest(),
    )
    last = position == len(review.route)
    if last and (stopping := queries.stopping(queries.findings(review, on=at.date(), content=content), review)):
        raise Refused(
            f"This review cannot be approved while a check stops it. {stopping[0].code}: {stopping[0].message}"
        )
    signature = SignOff.objects.create(
        review=review,
        position=position,
        post_title=post,
        verb=queries.form_of(review).verb,
        name=by.name,
        user_id=by.user_id,
        on=on,
        digest=content.digest(),
    )
    audit.record(by=by, deed="reviews.signed", subject=review, post=post, digest=signature.digest)
    if position == 1:
        _move(review, Status.LEGAL_REVIEWED)
    if last:
        _approve(review, content, on=on, by=by)
    else:
        news.announce("reviews.submitted", review_id=review.pk)
    return signature


def _turn(review: Review, *, by: Actor) -> tuple[int, str]:
    """The place in the route that `by` fills, and its post. Raises Forbidden where they hold none that is due."""
    held = {title.lower().replace("&", "and") for title in by.post_titles}
    for position, post in enumerate(review.route, start=1):
        known = landlords.post_called(post)
        if (known and known.pk in by.posts) or post.lower().replace("&", "and") in held:
            return position, post
    raise Forbidden(f"{by.name} holds no post that signs this review.")


def _approve(review: Review, content: Content, *, on: date, by: Actor) -> None:
    _move(review, Status.APPROVED, approved_on=on, next_review_on=next_review_of(review, content, on=on))
    promise_actions(review, content, by=by)
    if content.committee.yes:
        policies.offer_to_report(
            subject=review, document=review.document, body=content.committee.body, findings=printing.summary(content),
            title=str(review), by=by,
        )  # fmt: skip
    if review.document:
        policies.record_clearance(document=review.document, subject=review, title=str(review), on=on, by=by)
    audit.record(by=by, deed="reviews.approved", subject=review, digest=content.digest())
    news.announce("reviews.approved", review_id=review.pk)


def next_review_of(review: Review, content: Content, *, on: date) -> date:
    """The day written in the review, else the document's own review, else the longest time the policy allows."""
    if content.next_review.on:
        return date.fromisoformat(content.next_review.on)
    if review.document and review.document.review_on:
        return review.document.review_on
    return add_months(on, int(landlords.setting("policies.review_months", on=on)))


def promise_actions(review: Review, content: Content, *, by: Actor) -> None:
    """Turn every action of the review into a tracked one, and its monitoring into dated checks (CAR-37, CAR-40).

    Safe to call again: a row that is tracked already stays as it is.
    """
    manager = landlords.post_called(content.details.managers[0]) if content.details.managers else None
    for kind, table in (("information", content.information_actions), ("mitigation", content.impact_actions)):
        for number, row in enumerate(table.rows, start=1):
            actions.promise(
                source=review, source_key=f"{kind}.{number}", kind=kind, need=row.need, affected=row.affected,
                text=row.action, outcome=row.outcome, due=row.due, monitoring=row.monitoring,
                officer_title=row.officer, manager=manager, by=by,
            )  # fmt: skip
    months = content.monitoring.every_months or lifecycle.interval_of(content.monitoring.text)
    if months and review.approved_on:
        groups = ", ".join(queries.form_of(review).characteristic(i.characteristic).label for i in content.impacts)
        due = add_months(review.approved_on, months)
        actions.promise(
            source=review, source_key=f"monitoring.{due:%Y-%m}", kind="monitoring",
            need=f"Monitoring by protected group: {groups}", affected="",
            text=f"Check how {review.title} works in practice for each group", outcome="Changes are noticed",
            due=spoken(due), monitoring=content.monitoring.text, officer_title=content.details.officer,
            manager=manager, by=by,
        )  # fmt: skip


@transaction.atomic
def attach_to_report(*, review: Review, format: str, by: Actor) -> None:
    """Put the review as a file beside its findings in the committee report that asks for it (CAR-36)."""
    check(by, permissions.WRITE)
    attachment = policies_kept.report_attachment(review)
    if attachment is None:
        raise Refused("The review does not say that its subject goes to a committee, so no report asks for it.")
    if Status(review.status) not in lifecycle.SIGNED:
        raise Refused("Only an approved review goes to a committee.")
    paper = printing.paper(queries.review_facts(review))
    file = documents.print_paper(paper=paper, format=format, name=str(review), by=by)
    policies.attach_file(attachment=attachment, file=file, by=by)


@transaction.atomic
def return_for_changes(*, review: Review, text: str, at: datetime, part: str = "", by: Actor) -> Comment:
    """Send the review back with comments; signatures given so far no longer stand (CAR-45)."""
    check(by, permissions.SIGN)
    review = _lock(review)
    if len(text.split()) < 3:
        raise Refused("Say what should be changed.", field="text")
    _turn(review, by=by)
    _move(review, Status.RETURNED)
    review.sign_offs.filter(void=False).update(void=True)
    comment = Comment.objects.create(review=review, text=text.strip(), part=part, by_name=by.name, at=at)
    audit.record(by=by, deed="reviews.returned", subject=review)
    news.announce("reviews.returned", review_id=review.pk)
    return comment


@transaction.atomic
def resume(*, review: Review, by: Actor) -> None:
    """Take a returned review up again; its comments stay."""
    check(by, permissions.WRITE)
    _move(review, Status.DRAFTING)
    audit.record(by=by, deed="reviews.resumed", subject=review)


@transaction.atomic
def dispatch(*, review: Review, at: datetime, by: Actor) -> Dispatch:
    """Send the approved review to the Policy & Projects Officer, with its file, and begin monitoring (CAR-39).

    Doing it twice sends it once.
    """
    check(by, permissions.DISPATCHED)
    review = _lock(review)
    kept = review.dispatches.first()
    if kept:
        return kept
    if Status(review.status) is not Status.APPROVED:
        raise Refused("Only an approved review can be sent.")
    title = str(landlords.setting("reviews.dispatch_post", on=at.date()))
    post = landlords.post_called(title)
    holding = accounts.holders(post.pk, on=at.date()).first() if post else None
    if holding is None or holding.user is None:
        raise Refused(f"Nobody with an account holds the post of {title}, so there is nobody to send the review to.")
    file = documents.print_paper(
        paper=printing.paper(queries.review_facts(review)), format="docx", name=str(review), by=by
    )
    message = notifications.send(
        key=f"reviews.dispatch.{review.pk}",
        to_name=holding.name,
        to_address=holding.user.email,
        subject=f"{review.reference} has been approved",
        body=(
            f"The review of {review.title} was approved on {spoken(review.approved_on or at.date())}.\n\n"
            "It is attached. Its actions are now tracked, and you can publish it from its page in Hearth."
        ),
        attachments=[file.pk],
        about=review,
        by=by,
    )
    record = Dispatch.objects.create(review=review, post_title=title, name=holding.name, message_id=message.pk, at=at)
    _move(review, Status.DISPATCHED, dispatched_at=at)
    audit.record(by=by, deed="reviews.dispatched", subject=review, post=title)
    promise_actions(review, queries.content_of(review), by=by)
    _move(review, Status.MONITORING)
    return record


@transaction.atomic
def add_addendum(*, review: Review, need: str, findings: str, effect: str, ended_on: date, by: Actor) -> Addendum:
    """Add findings that came after the approval (CAR-46). It takes signatures of its own."""
    check(by, permissions.WRITE)
    review = _lock(review)
    if Status(review.status) not in lifecycle.SIGNED - {Status.SUPERSEDED}:
        raise Refused(
            "An addendum belongs to an approved review. While it is being written, change its answers instead."
        )
    for field, text, ask in (
        ("findings", findings, "what was found"),
        ("effect", effect, "what it changes, or why nothing"),
    ):
        if not text.strip():
            raise Refused(f"Say {ask}.", field=field)
    addendum = Addendum.objects.create(
        review=review,
        number=review.addenda.count() + 1,
        need=need.strip(),
        findings=findings.strip(),
        effect=effect.strip(),
        ended_on=ended_on,
        written_by_id=by.user_id,
        written_by_name=by.name,
    )
    audit.record(by=by, deed="reviews.addendum_added", subject=review, number=addendum.number)
    news.announce("reviews.addendum_added", review_id=review.pk)
    return addendum


@transaction.atomic
def sign_addendum(*, addendum: Addendum, on: date, at: datetime, by: Actor) -> SignOff:
    """Sign an addendum, in the order of the review's own route."""
    check(by, permissions.SIGN)
    review = _lock(addendum.review)
    if not review.route:
        review.route = queries.route_on(on)
        review.save(update_fields=["route"])
    position, post = _turn(review, by=by)
    digest = printing.addendum_digest(addendum.need, addendum.findings, addendum.effect, addendum.ended_on)
    lifecycle.check_signing(
        route=review.route,
        position=position,
        signed=[Signature(s.position, s.post_title, s.on, s.digest) for s in addendum.sign_offs.all()],
        on=on,
        begun=addendum.ended_on,
        today=at.date(),
        signer_is_officer=by.user_id is not None and by.user_id == addendum.written_by_id,
        digest=digest,
    )
    signature = SignOff.objects.create(
        review=review, addendum=addendum, position=position, post_title=post, verb=queries.form_of(review).verb,
        name=by.name, user_id=by.user_id, on=on, digest=digest,
    )  # fmt: skip
    if position == len(review.route):
        addendum.approved_on = on
        addendum.save(update_fields=["approved_on"])
    audit.record(by=by, deed="reviews.addendum_signed", subject=review, number=addendum.number, post=post)
    return signature


@transaction.atomic
def fall_due(*, review: Review, reason: str, by: Actor) -> None:
    """Mark a review as due: its day has come, its document's review starts, or the law has changed (CAR-38)."""
    check(by, permissions.WRITE)
    review = _lock(review)
    _move(review, Status.DUE_FOR_REVIEW)
    audit.record(by=by, deed="reviews.due", subject=review, reason=reason)


@transaction.atomic
def reopen(*, review: Review, on: date, by: Actor) -> Review:
    """Open the next edition, linked to this one, which stays as it is (CAR-38)."""
    check(by, permissions.WRITE)
    if Status(review.status) is Status.MONITORING:
        fall_due(review=review, reason="a new edition was opened", by=by)
        review.refresh_from_db()
    if Status(review.status) is not Status.DUE_FOR_REVIEW:
        raise Refused("A new edition follows a review that is being monitored or is due.")
    begun = review.next_editions.first()
    return begun or begin(title=review.title, on=on, document=review.document, previous=review, by=by)


@transaction.atomic
def close(*, review: Review, by: Actor) -> None:
    """Close a review that a newer approved one replaces, once its actions are finished or dropped (CAR-40)."""
    check(by, permissions.DISPATCHED)
    review = _lock(review)
    lifecycle.check_closable(actions_open=actions_kept.open_count(review))
    if not review.next_editions.filter(status__in=lifecycle.SIGNED).exists():
        raise Refused("A review is superseded when its next edition has been approved.")
    _move(review, Status.SUPERSEDED)
    audit.record(by=by, deed="reviews.superseded", subject=review)
