"""What is printed of a review, and what the public may read."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from hearth.kernel.papers import Paper
from hearth.landlords import queries as landlords
from hearth.reviews.models import Publication, Review
from hearth.reviews.queries.reviews import addenda_of, content_of, form_of, sign_offs_of, signed
from hearth.reviews.rules import pictures, printing
from hearth.reviews.rules.checks.context import SignOff as Signed
from hearth.reviews.rules.content import Content, from_parts
from hearth.reviews.rules.form import Form
from hearth.reviews.rules.lifecycle import LABELS, Status


def publication_numbered(number: int) -> Publication | None:
    """One live publication by its number, for jobs."""
    return publications().select_related("review__form").filter(pk=number).first()


HEAVY = ("parts", "sign_offs", "addenda", "overrides", "treatment")  # what a list does not show


def publications() -> QuerySet[Publication]:
    """What the public may read now: the live publication of each published review. For anybody."""
    return Publication.objects.filter(withdrawn_at=None)


def publication(slug: str) -> Publication | None:
    """One live publication by its address, with the form it is printed by."""
    return publications().select_related("review__form").filter(slug=slug).first()


def published_register(*, words: str = "", status: str = "", year: int | None = None) -> QuerySet[Publication]:
    """The public register, latest approval first: by words of the title, by the review's state now, by year."""
    found = publications().select_related("review").defer(*HEAVY)
    for word in words.split():
        found = found.filter(title__icontains=word)
    if status:
        found = found.filter(review__status=status)
    if year:
        found = found.filter(approved_on__year=year)
    return found.order_by(F("approved_on").desc(nulls_last=True), "-id")


def published_states() -> list[tuple[str, str]]:
    """The states that published reviews are in now, with their words."""
    published = Review.objects.filter(published_at__isnull=False)
    there = set(published.order_by().values_list("status", flat=True).distinct())
    return [(state.value, LABELS[state]) for state in Status if state.value in there]


def published_years() -> list[int]:
    """The years in which published reviews were approved, latest first."""
    dated = publications().exclude(approved_on=None).order_by()
    return sorted({day.year for day in dated.dates("approved_on", "year")}, reverse=True)


def last_publication(review: Review) -> Publication | None:
    """The latest publication of a review, live or taken back."""
    return review.publications.order_by("-number").first()


def published_facts(publication: Publication) -> printing.Facts:
    """A publication as the printer takes it."""
    review = publication.review
    return printing.Facts(
        reference=review.reference,
        landlord=landlords.own().name,
        form=form_of(review),
        content=from_parts(publication.parts),
        sign_offs=tuple(_signed_plain(one) for one in publication.sign_offs),
        overrides=tuple((code, why, name, date.fromisoformat(on)) for code, why, name, on in publication.overrides),
        addenda=tuple(_late_plain(one) for one in publication.addenda),
        exceptions=tuple(entry["words"] for entry in review.exceptions),
        status=publication.status_label,
        approved_on=publication.approved_on,
        next_review_on=publication.next_review_on,
        contact=contact(),
    )


def published_paper(publication: Publication) -> Paper:
    """What the public reads, as one paper for every format."""
    return printing.paper(published_facts(publication))


def _signed_plain(plain: dict[str, Any]) -> Signed:
    on = plain.get("on")
    return Signed(**{**plain, "on": date.fromisoformat(on) if on else None})


def _late_plain(plain: dict[str, Any]) -> printing.Late:
    signs = tuple(_signed_plain(one) for one in plain["sign_offs"])
    return printing.Late(**{**plain, "ended_on": date.fromisoformat(plain["ended_on"]), "sign_offs": signs})


def review_facts(review: Review) -> printing.Facts:
    """All that a printed review shows besides its content."""
    return printing.Facts(
        reference=review.reference,
        landlord=landlords.own().name,
        form=form_of(review),
        content=content_of(review),
        sign_offs=signed(sign_offs_of(review)),
        overrides=tuple((o.code, o.reason, o.by_name, o.on) for o in review.overrides.all()),
        addenda=tuple(
            printing.Late(a.number, a.need, a.findings, a.effect, a.ended_on, signed(a.sign_offs.all()))
            for a in addenda_of(review)
        ),
        exceptions=tuple(entry["words"] for entry in review.exceptions),
        status=review.get_status_display(),
        approved_on=review.approved_on,
        next_review_on=review.next_review_on,
        contact=contact(),
    )


def contact() -> str:
    """How to ask for a document in another way, with the Relay UK prefix beside every number (COM-08)."""
    own = landlords.own()
    ways = [f"telephone {own.phone} (Relay UK: 18001 {own.phone})" if own.phone else "", own.email]
    given = " or ".join(way for way in ways if way)
    return f"To ask for this document in another format or language: {given}." if given else ""


def pictures_of(content: Content, form: Form) -> pictures.Pictures:
    """What a review's charts show: its matrix, and its profile where figures belong together."""
    return pictures.of(content, form)
