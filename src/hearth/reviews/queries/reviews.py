"""Reading reviews: their content, what the checks find in it, how far they are, and the register of all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from hearth.actions import queries as actions
from hearth.kernel.days import add_months
from hearth.kernel.findings import Finding, Level
from hearth.kernel.permits import Actor, check
from hearth.landlords import queries as landlords
from hearth.policies import queries as policies
from hearth.reviews import permissions
from hearth.reviews.models import Addendum, Earlier, FormEdition, Part, Review, SignOff
from hearth.reviews.rules import checks, lifecycle
from hearth.reviews.rules.checks.context import Citation, Context, Neighbour, Screening
from hearth.reviews.rules.checks.context import SignOff as Signed
from hearth.reviews.rules.content import PART_CLASSES, Content, from_parts, to_plain
from hearth.reviews.rules.form import Form, form_from
from hearth.reviews.rules.lifecycle import EDITABLE, Status


def reviews(*, by: Actor) -> QuerySet[Review]:
    """All reviews that somebody may read. Raises Forbidden."""
    check(by, permissions.READ)
    return Review.objects.select_related("form", "document", "officer", "previous")


def review(number: int, *, by: Actor) -> Review | None:
    """One review, or None where there is none for this person."""
    return reviews(by=by).filter(pk=number).first()


def form_on(day: date, key: str = "") -> FormEdition | None:
    """The edition of the form that holds on a day."""
    found = FormEdition.objects.filter(holds_from__lte=day)
    return (found.filter(key=key) if key else found).order_by("-holds_from", "-id").first()


def form_of(review: Review) -> Form:
    """The form on which a review was begun."""
    return _form(review.form_id, review.form.landlord_id, review.form)


def form_from_edition(edition: FormEdition) -> Form:
    """The form of an edition, with the landlord's name in its wording."""
    return _form(edition.pk, edition.landlord_id, edition)


_forms: dict[tuple[int | None, int], Form] = {}  # editions never change once stored


def _form(edition_id: int, landlord_id: int | None, edition: FormEdition) -> Form:
    key = (landlord_id, edition_id)
    if key not in _forms:
        _forms[key] = form_from(edition.definition, landlord=landlords.own().name)
    return _forms[key]


def parts_of(review: Review) -> dict[str, Part]:
    """The saved parts of a review, by key."""
    return {part.key: part for part in review.parts.all()}


def content_of(review: Review) -> Content:
    """Everything that a review says, with its rows in the form's order. One query."""
    return assemble({part.key: part.value for part in review.parts.all()}, form_of(review))


def assemble(values: dict[str, Any], form: Form) -> Content:
    """The content of saved values; the matrix has a row for each characteristic of the form, blank if untouched."""
    rows = {f"impacts.{c.code}": values.get(f"impacts.{c.code}", {}) for c in form.characteristics}
    rest = {key: value for key, value in values.items() if key not in rows}
    return from_parts({**rest, **rows})


def part_keys(form: Form) -> list[str]:
    """The keys of all parts that a form asks for, in its order."""
    keys = ["details"]
    for question in form.questions:
        if question.answers == "impacts":
            keys += ["duty", *(f"impacts.{c.code}" for c in form.characteristics)]
        elif question.answers:
            keys.append(question.answers)
        else:
            keys += [lettered.answers for lettered in question.parts if lettered.answers]
    return keys


def empty(key: str) -> Any:
    """The plain value of a part that nobody has touched."""
    if key.startswith("impacts."):
        return {}
    return {"text": ""} if key.startswith("extra.") else to_plain(PART_CLASSES[key]())


def earlier_versions(part: Part) -> QuerySet[Earlier]:
    """How an answer stood before, latest first."""
    return part.earlier.all()


def citations() -> tuple[Citation, ...]:
    """The landlord's register of laws, standards, guidance and plans, as the checks read it."""
    return tuple(
        Citation(
            title=law.title,
            aliases=tuple(law.aliases),
            draft=law.draft,
            in_force_from=law.from_on,
            in_force_to=law.to_on,
            replaced_by=law.replaced_by.title if law.replaced_by else "",
            confirm=law.confirm,
        )
        for law in policies.laws()
    )


def sign_offs_of(review: Review) -> list[SignOff]:
    """The signatures that stand under the review itself, in order."""
    return [s for s in review.sign_offs.all() if not s.void and s.addendum_id is None]


def signed(sign_offs: Iterable[SignOff]) -> tuple[Signed, ...]:
    """Signatures as the checks read them."""
    return tuple(
        Signed(post=s.post_title, on=s.on, name=s.name or None, verb=s.verb, printed_on=s.printed_on, image=s.image)
        for s in sign_offs
    )


def context_of(review: Review, *, on: date, neighbours: bool = True) -> Context:
    """The facts around a review on a day. The number of queries does not grow with the register."""
    screening = review.screening
    report = policies.report_attachment(review)
    return Context(
        today=on,
        sign_offs=signed(sign_offs_of(review)),
        decided_on=report.report.decided_on if report else None,
        report_attached=(report is not None) if review.status in lifecycle.SIGNED and not review.history else None,
        screening=Screening(tuple(screening.get("aims", ()))) if screening.get("decided_at") else None,
        register=citations(),
        earlier=tuple(_neighbours(review, open_ones=False)) if neighbours else (),
        others_open=tuple(_neighbours(review, open_ones=True)) if neighbours else (),
        policy_title=review.document.title if review.document else "",
        unknown_limit=float(landlords.setting("reviews.unknown_limit", on=on)),
        threshold=int(landlords.setting("disclosure.threshold", on=on)),
        threshold_other=int(landlords.setting("disclosure.threshold_other", on=on)),
        overrides={override.code: override.reason for override in review.overrides.all()},
    )


NEIGHBOURS = 12  # how many other reviews a comparison looks at, newest first


def _neighbours(review: Review, *, open_ones: bool) -> list[Neighbour]:
    others = Review.objects.exclude(pk=review.pk).exclude(status__in=[Status.SCREENING, Status.NOT_REQUIRED])
    if open_ones:
        others = others.filter(status__in=EDITABLE | {Status.SUBMITTED, Status.LEGAL_REVIEWED})
    else:
        others = others.filter(status__in=lifecycle.SIGNED | {Status.LEGAL_REVIEWED}, assessed_on__isnull=False)
        if review.assessed_on:
            others = others.filter(assessed_on__lt=review.assessed_on)
    found = others.select_related("form").prefetch_related("parts").order_by("-assessed_on", "-id")[:NEIGHBOURS]
    return [
        Neighbour(
            title=other.title,
            year=other.assessed_on.year if other.assessed_on else other.recorded_at.year,
            content=content_of(other),
            open=open_ones,
        )
        for other in found
    ]


def findings(review: Review, *, on: date, content: Content | None = None) -> tuple[Finding, ...]:
    """What all checks find in a review on a day."""
    said = content or content_of(review)
    return checks.run(said, form_of(review), context_of(review, on=on))


def stopping(found: Iterable[Finding], review: Review) -> list[Finding]:
    """The findings that stop signing: blocking, and not overridden with a reason."""
    reasons = {override.code: override.reason for override in review.overrides.all()}
    return list(checks.blocking(tuple(found), reasons))


def loudest(found: Iterable[Finding]) -> Level | None:
    """The loudest level among findings, or None."""
    order = [Level.BLOCK, Level.WARN, Level.INFORM]
    levels = {finding.level for finding in found}
    return next((level for level in order if level in levels), None)


def route_on(day: date) -> list[str]:
    """The posts that sign a review, in order, by the route that holds on a day (CAR-32)."""
    return list(landlords.setting("reviews.approval_route", on=day))


@dataclass(frozen=True)
class Measure:
    """How an earlier review treated a measure like this one (CAR-26)."""

    title: str
    year: int
    state: str
    text: str


def similar_measures(review: Review, characteristic: str, *, on: date) -> list[Measure]:
    """How earlier reviews treated the same characteristic: offered beside the row, never filled in."""
    found = []
    for neighbour in _neighbours(review, open_ones=False):
        impact = neighbour.content.impact(characteristic)
        text = impact.positive or impact.negative or neighbour.content.explanation.text
        found.append(Measure(neighbour.title, neighbour.year, str(impact.state), text))
    return found


def register(*, by: Actor, status: str = "", words: str = "") -> QuerySet[Review]:
    """Every review with its open and late actions counted, for the overview (CAR-50). Constant queries."""
    found = reviews(by=by).prefetch_related("sign_offs")
    if status:
        found = found.filter(status=status)
    if words:
        found = found.filter(Q(title__icontains=words) | Q(reference__icontains=words))
    return found


def open_actions(rows: Iterable[Review], *, on: date) -> dict[int, actions.Counts]:
    """Open and late actions of each of these reviews, in one query."""
    return actions.counts_of("reviews.review", [row.pk for row in rows], on=on)


def by_status(*, by: Actor) -> dict[str, int]:
    """How many reviews are in each state."""
    check(by, permissions.READ)
    return dict(Review.objects.values_list("status").annotate(Count("id")))


SOON_MONTHS = 3  # a review that falls due within this time is due soon


def by_state_and_due(*, by: Actor, on: date) -> list[dict[str, Any]]:
    """Each state with how many of its reviews are in time, due soon and late, in one query (CAR-50)."""
    check(by, permissions.READ)
    soon = add_months(on, SOON_MONTHS)
    rows = Review.objects.order_by().values("status")
    late = Q(next_review_on__lt=on) & ~Q(status=Status.SUPERSEDED)
    near = Q(next_review_on__gte=on, next_review_on__lte=soon) & ~Q(status=Status.SUPERSEDED)
    found = rows.annotate(every=Count("id"), late=Count("id", filter=late), soon=Count("id", filter=near))
    return [{**row, "in_time": row["every"] - row["late"] - row["soon"]} for row in found]


def addenda_of(review: Review) -> QuerySet[Addendum]:
    """The addenda of a review, in order, with their signatures."""
    return review.addenda.prefetch_related("sign_offs")


def citing_indicator(code: str) -> list[Review]:
    """The reviews whose question on indicators names this one (CAR-07)."""
    parts = Part.objects.filter(key="contribution", value__indicators__contains=[code]).select_related("review")
    return [part.review for part in parts]


def citing_aim(code: str) -> list[Review]:
    """The reviews that name this corporate aim or objective, bare or with its text and plan (CAR-08, GOV-30)."""
    found = Part.objects.filter(key="contribution", value__objectives__icontains=code).select_related("review")
    return [part.review for part in found if any(_names(aim, code) for aim in part.value["objectives"])]


def _names(aim: str, code: str) -> bool:
    return aim == code or aim.startswith(f"{code} ")


def of_document(title: str) -> list[Review]:
    """The reviews of the document with this title."""
    return list(Review.objects.filter(document__title=title).order_by("-id"))


def naming_law(names: Iterable[str]) -> list[Review]:
    """Approved reviews, not superseded, that name a law, standard or guidance by one of its names (GOV-22)."""
    wanted = Q()
    for name in names:
        wanted |= Q(value__laws__contains=[name])
    alive = lifecycle.SIGNED - {Status.SUPERSEDED}
    parts = Part.objects.filter(wanted, key="dictated", review__status__in=alive)
    return [part.review for part in parts.select_related("review__officer")]
