"""Reading governed documents, the laws and aims that they answer to, indicators and committee reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from hearth.kernel.days import add_months, spoken
from hearth.kernel.permits import Actor, check
from hearth.landlords import queries as landlords
from hearth.policies import permissions, rules
from hearth.policies.models import (
    Aim,
    Attachment,
    Clearance,
    CommitteeReport,
    Document,
    Indicator,
    Law,
    Plan,
    Step,
    Version,
)
from hearth.policies.rules import ENDED, IN_FORCE, Standing, Status


def documents(by: Actor) -> QuerySet[Document]:
    """Every document under governance (GOV-01). Raises Forbidden."""
    check(by, permissions.READ)
    return Document.objects.select_related("owner", "officer", "replaces")


def document(number: int, by: Actor) -> Document | None:
    """One document, or None where there is none."""
    return documents(by).filter(pk=number).first()


def document_called(title: str) -> Document | None:
    """The document with this title or alias, whatever the case."""
    wanted = title.strip().lower()
    for found in Document.objects.exclude(status__in=ENDED).order_by("-id"):
        if wanted in [name.lower() for name in (found.title, *found.aliases)]:
            return found
    return None


def narrowed(
    found: QuerySet[Document], *, on: date, words: str = "", kind: str = "", status: str = "", review: str = ""
) -> QuerySet[Document]:
    """The register narrowed: by words in titles and aliases, kind, state, and whether a review is "due" or "soon"."""
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(aliases__icontains=word))
    if kind:
        found = found.filter(kind=kind)
    if status:
        found = found.filter(status=status)
    if review == "due":
        found = overdue(found, on=on)
    elif review == "soon":
        ahead = add_months(on, int(landlords.setting("policies.term_alert_months", on=on)))
        found = found.filter(status__in=IN_FORCE, review_on__gte=on, review_on__lte=ahead)
    elif review == "none":
        found = found.filter(status__in=IN_FORCE, review_on=None)
    return found


def overdue(found: QuerySet[Document], *, on: date) -> QuerySet[Document]:
    """Published documents whose day of review has come and whose review has not begun (GOV-17, GOV-26)."""
    return found.filter(status=Status.PUBLISHED, review_on__lte=on)


def mine(by: Actor, on: date) -> QuerySet[Document]:
    """Documents of somebody's own posts whose review is due, or will be within the time that is set (GOV-19)."""
    ahead = add_months(on, int(landlords.setting("policies.term_alert_months", on=on)))
    own = Document.objects.filter(Q(officer_id__in=by.posts) | Q(owner_id__in=by.posts))
    return own.filter(status=Status.PUBLISHED, review_on__lte=ahead).order_by("review_on")


def steps_of(document: Document) -> QuerySet[Step]:
    """The dated steps of a document's life, oldest first."""
    return document.steps.all()


def versions_of(document: Document) -> QuerySet[Version]:
    """Every version of a document's text, newest first."""
    return document.versions.select_related("file")


def version_in_force(document: Document, *, on: date) -> Version | None:
    """The version that a citation of that day means (GOV-31)."""
    return versions_of(document).filter(on__lte=on).order_by("-on", "-id").first()


def laws_of(document: Document) -> QuerySet[Law]:
    """The laws, standards and guidance with which a document must be compatible (GOV-21)."""
    return document.laws.select_related("replaced_by")


def aims_of(document: Document) -> QuerySet[Aim]:
    """The corporate aims that a document serves (GOV-30)."""
    return document.aims.select_related("plan")


def reports_of(document: Document) -> QuerySet[CommitteeReport]:
    """The reports that took a document to a formal body."""
    return document.reports.select_related("body")


def clearance_of(document: Document) -> Clearance | None:
    """The review, or the screening, that lets the document as it is now go to committee (GOV-04).

    One that was given before the document's last full review began clears nothing any more.
    """
    begun = document.steps.filter(status=Status.UNDER_REVIEW).order_by("id").last()
    found = document.clearances.order_by("id")
    return found.filter(recorded_at__gte=begun.recorded_at).last() if begun else found.last()


def warnings(document: Document, *, on: date) -> list[str]:
    """What is doubtful about a document: citations that no longer hold, aims out of time, a review that is late."""
    found = []
    for law in laws_of(document):
        standing = standing_of(law, on=on)
        if not standing.applies:
            better = f" {law.replaced_by.title} replaces it." if law.replaced_by else ""
            found.append(f"{law.title} is cited, but it is {_small(standing.text)} on {spoken(on)}.{better}")
        elif law.changed_on and document.approved_on and law.changed_on > document.approved_on:
            found.append(
                f"{law.title} changed on {spoken(law.changed_on)}, after this document was approved. "
                "Check it against the change."
            )
    found += [aim_warning(document, aim) for aim in aims_of(document) if is_outside(document, aim)]
    if document.status == Status.PUBLISHED and document.review_on and document.review_on <= on:
        found.append(f"Its review was due on {spoken(document.review_on)} and has not begun.")
    if document.owner_id is None and document.status not in ENDED:
        found.append("Nobody is named as the owner, who answers for the decision.")
    return found


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def is_outside(document: Document, aim: Aim) -> bool:
    """Whether an aim belongs to a plan that does not run during the document's term (GOV-30)."""
    plan = (aim.plan.starts_on, aim.plan.ends_on)
    return rules.outside(plan=plan, document=(document.starts_on, document.ends_on))


def aim_warning(document: Document, aim: Aim) -> str:
    """What is said of an aim out of time."""
    name = aim.code or aim.text[:60]
    return (
        f"{name} is an aim of {aim.plan.title} ({aim.plan.starts_on.year} to {aim.plan.ends_on.year}), "
        f"which does not run during the term of this document."
    )


def laws() -> QuerySet[Law]:
    """The register of Acts, regulations, standards, codes and guidance, each with what replaced it."""
    return Law.objects.select_related("replaced_by")


def laws_narrowed(found: QuerySet[Law], *, words: str = "", kind: str = "", on: date | None = None) -> QuerySet[Law]:
    """The register narrowed: by words in titles, aliases and issuers, kind, and to those that applied on a day."""
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(aliases__icontains=word) | Q(issuer__icontains=word))
    if kind:
        found = found.filter(kind=kind)
    return applying(found, on=on) if on else found


def applying(found: QuerySet[Law], *, on: date) -> QuerySet[Law]:
    """Those in force on a day (GOV-23). One without a first day is taken to have been in force always."""
    begun, lasting = Q(from_on=None) | Q(from_on__lte=on), Q(to_on=None) | Q(to_on__gte=on)
    ended_draft = Q(draft=True)
    return found.filter(begun & lasting).exclude(ended_draft)


def law(number: int) -> Law | None:
    """One law of the register."""
    return laws().filter(pk=number).first()


def law_called(title: str) -> Law | None:
    """The law with this title or alias, whatever the case."""
    wanted = title.strip().lower()
    for found in laws():
        if wanted in [name.lower() for name in (found.title, *found.aliases)]:
            return found
    return None


def standing_of(law: Law, *, on: date) -> Standing:
    """Whether a law applies on a day."""
    return rules.standing(
        draft=law.draft, from_on=law.from_on, to_on=law.to_on, replaced=law.replaced_by_id is not None, on=on
    )


def documents_under(law: Law) -> QuerySet[Document]:
    """The documents that must be compatible with a law (GOV-21)."""
    return law.documents.select_related("owner", "officer")  # type: ignore[attr-defined,no-any-return]


def plans() -> QuerySet[Plan]:
    """Every corporate plan with its aims, the latest first (GOV-30)."""
    return Plan.objects.prefetch_related("aims")


def plan(number: int) -> Plan | None:
    """One corporate plan."""
    return plans().filter(pk=number).first()


def aims() -> QuerySet[Aim]:
    """Every aim and coded objective, with its plan."""
    return Aim.objects.select_related("plan").order_by("-plan__starts_on", "code", "id")


def aim(number: int) -> Aim | None:
    """One aim."""
    return aims().filter(pk=number).first()


def documents_serving(aim: Aim) -> QuerySet[Document]:
    """The documents that serve an aim (GOV-30)."""
    return aim.documents.select_related("owner", "officer")  # type: ignore[attr-defined,no-any-return]


def indicators(words: str = "") -> QuerySet[Indicator]:
    """Every key performance indicator, as a name to cite (CAR-07)."""
    found = Indicator.objects.all()
    for word in words.split():
        found = found.filter(Q(code__icontains=word) | Q(title__icontains=word) | Q(aliases__icontains=word))
    return found


def indicator(number: int) -> Indicator | None:
    """One indicator."""
    return Indicator.objects.filter(pk=number).first()


def reports(by: Actor) -> QuerySet[CommitteeReport]:
    """Every report to a formal body, those not sent yet first (GOV-08). Raises Forbidden."""
    check(by, permissions.READ)
    found = CommitteeReport.objects.select_related("body", "document").prefetch_related("attachments__file")
    return found.order_by(F("sent_on").desc(nulls_first=True), "-id")


def report(number: int, by: Actor) -> CommitteeReport | None:
    """One report, or None where there is none."""
    return reports(by).filter(pk=number).first()


def report_attachment(subject: Any) -> Attachment | None:
    """Where something is attached to a committee report, with that report; the latest (CAR-36)."""
    found = Attachment.objects.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk)
    return found.select_related("report__body", "file").order_by("id").last()


@dataclass(frozen=True)
class Standings:
    """How many documents are in force, due for review, and without a review date (GOV-26)."""

    in_force: int
    due: int
    undated: int


def standings(by: Actor, *, on: date) -> Standings:
    """The rolling review in three numbers."""
    found = documents(by)
    return Standings(
        found.filter(status__in=IN_FORCE).count(),
        overdue(found, on=on).count(),
        found.filter(status__in=IN_FORCE, review_on=None).count(),
    )


def reports_narrowed(found: QuerySet[CommitteeReport], *, body: str = "", state: str = "") -> QuerySet[CommitteeReport]:
    """Reports to one body (GOV-09), or those that are "draft", "sent" or "decided"."""
    if body:
        found = found.filter(body_id=int(body))
    if state == "draft":
        found = found.filter(sent_on=None)
    elif state == "sent":
        found = found.filter(sent_on__isnull=False, decided_on=None)
    elif state == "decided":
        found = found.filter(decided_on__isnull=False)
    return found
