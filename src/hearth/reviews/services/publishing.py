"""Publishing a review for everybody to read, and taking it back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction
from django.utils.text import slugify

from hearth.audit import services as audit
from hearth.db import news
from hearth.equality import queries as equality
from hearth.equality import services as equality_kept
from hearth.kernel.findings import Finding
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.reviews import permissions, queries
from hearth.reviews.models import Publication, Review
from hearth.reviews.rules import treatment
from hearth.reviews.rules.content import to_parts, to_plain
from hearth.reviews.rules.lifecycle import SIGNED, Status


def preview(*, review: Review, on: date) -> treatment.Treatment:
    """What the public would read, with what would be hidden. Saves nothing."""
    policy = equality.policy_on(on)
    return treatment.publishable(queries.content_of(review), policy, equality.last_published())


@transaction.atomic
def publish(*, review: Review, at: datetime, by: Actor) -> Publication:
    """Publish an approved review with small numbers treated; an earlier publication gives way to this one (CAR-48)."""
    check(by, permissions.PUBLISH)
    review = Review.objects.select_for_update(of=("self",)).select_related("form", "document").get(pk=review.pk)
    if Status(review.status) not in SIGNED:
        raise Refused("Only an approved review can be published.")
    _check_sums(review, on=at.date())
    done = preview(review=review, on=at.date())
    facts = queries.review_facts(review)
    live = review.publications.filter(withdrawn_at=None).first()
    if live:
        live.withdrawn_at, live.withdrawn_why = at, "Replaced by a newer publication."
        live.save(update_fields=["withdrawn_at", "withdrawn_why"])
    number = review.publications.count() + 1
    publication = Publication.objects.create(
        review=review,
        number=number,
        slug=slugify(f"{review.title}-{review.reference}")[:120],
        title=review.title,
        status_label=review.get_status_display(),
        directorate=done.content.details.directorate,
        assessed=done.content.details.assessed,
        approved_on=review.approved_on,
        next_review_on=review.next_review_on,
        parts=to_parts(done.content),
        sign_offs=[_plain(s) for s in facts.sign_offs],
        addenda=[{**_plain(a), "sign_offs": [_plain(s) for s in a.sign_offs]} for a in facts.addenda],
        overrides=[[code, reason, name, on.isoformat()] for code, reason, name, on in facts.overrides],
        treatment=[to_plain(hidden) for hidden in done.hidden],
        digest="",
        at=at,
        by_name=by.name,
    )
    publication.digest = queries.published_paper(publication).digest()
    publication.save(update_fields=["digest"])
    exact = to_plain(queries.content_of(review).profile)
    where = f"reviews.publication.{publication.pk}"
    equality_kept.keep_published(tables=done.tables, exact=exact, where=where, at=at, by=by)
    review.published_at = at
    review.save(update_fields=["published_at"])
    audit.record(by=by, deed="reviews.published", subject=review, digest=publication.digest, hidden=len(done.hidden))
    news.announce("reviews.published", publication_id=publication.pk)
    return publication


def _check_sums(review: Review, *, on: date) -> None:
    """Refuse figures that do not make 100, unless a reason is recorded and so printed (PROF-12)."""
    for finding in stopping_publication(review=review, on=on):
        raise Refused(f"{finding.message} Mend this, or record the reason, before it is published.")


def stopping_publication(*, review: Review, on: date) -> list[Finding]:
    """What has to be mended, or given a reason, before a review can be published."""
    reasons = {kept.code for kept in review.overrides.all()}
    return [one for one in queries.findings(review, on=on) if one.code in treatment.STOPS_PUBLICATION - reasons]


def _plain(value: object) -> dict[str, object]:
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in asdict(value).items()}  # type: ignore[call-overload]


@transaction.atomic
def withdraw(*, publication: Publication, why: str, at: datetime, by: Actor) -> None:
    """Take a publication back, with the reason; what was published stays on record."""
    check(by, permissions.PUBLISH)
    if publication.withdrawn_at is not None:
        raise Refused("This publication was taken back already.")
    if len(why.split()) < 3:
        raise Refused("Say why the publication is taken back.", field="why")
    publication.withdrawn_at, publication.withdrawn_why = at, why.strip()
    publication.save(update_fields=["withdrawn_at", "withdrawn_why"])
    publication.review.published_at = None
    publication.review.save(update_fields=["published_at"])
    audit.record(by=by, deed="reviews.withdrawn", subject=publication.review, publication=publication.pk)
