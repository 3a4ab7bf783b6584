"""Reports to formal bodies: what was found and recommended, what goes with them, and what was decided."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from hearth.audit import services as audit
from hearth.documents import services as files
from hearth.kernel.days import spoken
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.landlords import queries as landlords
from hearth.policies import permissions
from hearth.policies.models import Attachment, CommitteeReport, Document
from hearth.policies.rules import Outcome, Status
from hearth.policies.services.documents import check_cleared, step


@transaction.atomic
def add_report(
    *,
    title: str,
    body: Any = None,
    document: Document | None = None,
    meeting_on: date | None = None,
    by: Actor,
) -> CommitteeReport:
    """Open the draft of a report to a formal body (GOV-08, GOV-09)."""
    check(by, permissions.REPORT)
    if not title.strip():
        raise Refused("Enter the title.", field="title")
    report = CommitteeReport.objects.create(
        title=title.strip()[:300], body=body, body_printed=body.name if body else "", document=document,
        meeting_on=meeting_on,
    )  # fmt: skip
    audit.record(by=by, deed="policies.report_opened", subject=report)
    return report


@transaction.atomic
def change_report(
    *,
    report: CommitteeReport,
    title: str,
    body: Any,
    document: Document | None,
    meeting_on: date | None,
    findings: str,
    recommendations: str,
    consultation: str,
    by: Actor,
) -> CommitteeReport:
    """Write the report: consultation and amendments, findings, recommendations (GOV-05, GOV-08)."""
    check(by, permissions.REPORT)
    _check_draft(report)
    if not title.strip():
        raise Refused("Enter the title.", field="title")
    report.title, report.body, report.document, report.meeting_on = title.strip()[:300], body, document, meeting_on
    report.body_printed = body.name if body else report.body_printed
    report.findings, report.consultation = findings.strip(), consultation.strip()
    report.recommendations = recommendations.strip()
    report.save()
    audit.record(by=by, deed="policies.report_written", subject=report)
    return report


def _check_draft(report: CommitteeReport) -> None:
    if report.sent_on:
        raise Refused(f"This report was sent on {spoken(report.sent_on)}, so it stays as it is.")


@transaction.atomic
def offer_to_report(
    *, subject: Any, document: Document | None, body: str, findings: str, title: str, by: Actor
) -> Attachment:
    """Attach something with its findings to the draft report to a body, opening one where needed (CAR-36, GOV-05).

    For the services of other rooms, which have asked already whether `by` may. The same thing again renews its findings
    while the report is a draft; once sent, the report stays as it is. A body that the register does not know is kept as
    it was named, and must be chosen before the report is sent.
    """
    kind = subject._meta.label_lower
    kept = Attachment.objects.select_related("report").filter(subject_kind=kind, subject_id=subject.pk).last()
    if kept is not None:
        if kept.report.sent_on is None:
            kept.findings, kept.title = findings, title[:300]
            kept.save(update_fields=["findings", "title"])
        return kept
    report = _draft_for(document, body.strip(), title=title, by=by)
    attachment = Attachment.objects.create(
        report=report, subject_kind=kind, subject_id=subject.pk, title=title[:300], findings=findings
    )
    audit.record(by=by, deed="policies.attached", subject=report, source=kind, number=subject.pk)
    return attachment


def _draft_for(document: Document | None, body: str, *, title: str, by: Actor) -> CommitteeReport:
    known = landlords.body_called(body) if body else None
    if document is not None:
        drafts = CommitteeReport.objects.filter(document=document, sent_on=None)
        same = drafts.filter(body=known) if known else drafts.filter(body=None, body_printed__iexact=body)
        if found := same.first():
            return found
    report = CommitteeReport.objects.create(
        body=known, body_printed=known.name if known else body[:200], document=document,
        title=(document.title if document else title)[:300],
    )  # fmt: skip
    audit.record(by=by, deed="policies.report_opened", subject=report)
    return report


@transaction.atomic
def attach_file(*, attachment: Attachment, file: Any, by: Actor) -> Attachment:
    """Put the file of what is attached beside its findings, as long as the report has not been sent."""
    _check_draft(attachment.report)
    attachment.file = file
    attachment.save(update_fields=["file"])
    audit.record(by=by, deed="policies.file_attached", subject=attachment.report, file=file.sha256)
    return attachment


@transaction.atomic
def add_file(*, report: CommitteeReport, title: str, upload: Any, by: Actor) -> Attachment:
    """Attach a file of one's own to the draft of a report."""
    check(by, permissions.REPORT)
    _check_draft(report)
    body = upload.read()
    files.passages_of(name=upload.name, body=body)  # refuses what is no readable document
    file = files.keep(
        name=upload.name, body=body, purpose="policies.attachment", media_type=upload.content_type or "", by=by
    )
    attachment = Attachment.objects.create(
        report=report,
        subject_kind=file._meta.label_lower,
        subject_id=file.pk,
        title=(title.strip() or upload.name)[:300],
        file=file,
    )
    audit.record(by=by, deed="policies.file_attached", subject=report, file=file.sha256)
    return attachment


@transaction.atomic
def send_report(*, report: CommitteeReport, on: date, by: Actor) -> CommitteeReport:
    """Send a report to its body. Refused without recommendations (GOV-08), or without the document's review (GOV-04).

    A revised document that goes to a body which decides becomes submitted with it.
    """
    check(by, permissions.REPORT)
    _check_draft(report)
    if report.body is None:
        raise Refused("Choose the body that this report goes to.", field="body")
    for text, ask in ((report.findings or _attached(report), "findings"), (report.recommendations, "recommendations")):
        if not text.strip():
            raise Refused(f"Write the {ask} of this report before it is sent.", field=ask)
    document = report.document
    if document is not None:
        check_cleared(document)
        if report.body.decides and Status(document.status) is Status.REVISED:
            step(document=document, there=Status.SUBMITTED, on=on, text=f"Sent to {report.body}.", by=by)
    report.sent_on = on
    report.save(update_fields=["sent_on"])
    audit.record(by=by, deed="policies.report_sent", subject=report)
    return report


def _attached(report: CommitteeReport) -> str:
    return " ".join(one.findings for one in report.attachments.all())


@transaction.atomic
def record_decision(*, report: CommitteeReport, decision: str, outcome: str, on: date, by: Actor) -> CommitteeReport:
    """Record what a body decided; the document becomes approved or goes back for changes with it (GOV-08)."""
    check(by, permissions.DECIDE)
    if report.sent_on is None:
        raise Refused("This report has not been sent to its body yet.")
    if report.decided_on:
        raise Refused(f"The decision of {spoken(report.decided_on)} is recorded already.")
    if outcome not in list(Outcome):
        raise Refused("Select what the body did.", field="outcome")
    if len(decision.split()) < 3:
        raise Refused("Write the decision as the minutes have it.", field="decision")
    if on < report.sent_on:
        raise Refused(f"It was sent on {spoken(report.sent_on)}. It cannot have been decided before.", field="on")
    report.decision, report.outcome, report.decided_on = decision.strip(), outcome, on
    report.save(update_fields=["decision", "outcome", "decided_on"])
    there = {Outcome.APPROVED: Status.APPROVED, Outcome.RETURNED: Status.REVISED}.get(Outcome(outcome))
    document = report.document
    if document is not None and there is not None and Status(document.status) is Status.SUBMITTED:
        step(document=document, there=there, on=on, text=f"{report.body}: {report.decision}", by=by)
    audit.record(by=by, deed="policies.decided", subject=report, outcome=outcome)
    return report
