"""What the pages about documents, laws, aims, indicators and reports show, in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from hearth.kernel.choices import steps_between
from hearth.policies import queries, rules
from hearth.policies.models import Aim, CommitteeReport, Document, Indicator, Law, Plan, Version
from hearth.policies.rules import MOVES, Status
from hearth.ui.subjects import address_of, words_for
from hearth.ui.tables import Cell, Figure, Table
from hearth.ui.tags import Tag
from hearth.ui.words import day

COLOURS = {
    Status.DRAFT: "grey",
    Status.INTERNAL_CONSULTATION: "blue",
    Status.EXTERNAL_CONSULTATION: "blue",
    Status.REVISED: "blue",
    Status.SUBMITTED: "purple",
    Status.APPROVED: "green",
    Status.PUBLISHED: "green",
    Status.UNDER_REVIEW: "yellow",
    Status.SUPERSEDED: "grey",
    Status.WITHDRAWN: "grey",
}
TABS = (
    ("Documents", "policies:documents"),
    ("Laws and standards", "policies:laws"),
    ("Corporate plans", "policies:plans"),
    ("Indicators", "policies:indicators"),
    ("Committee reports", "policies:reports"),
)


def tabs(here: str) -> list[dict[str, Any]]:
    """The registers of this room, side by side."""
    return [{"text": text, "href": reverse(name), "current": name == here} for text, name in TABS]


def cited_by(kind: str, code: str) -> list[tuple[str, str]]:
    """What cites an indicator, aim, law or document elsewhere, as (title, address); the settings say who knows."""
    return [one for citer in import_string(settings.HEARTH_CITERS) for one in citer(kind, code)]


def citing_table(kind: str, code: str) -> Table:
    """What cites it elsewhere, as a table."""
    rows = tuple((Cell(title, href),) for title, href in cited_by(kind, code))
    return Table("Reviews that cite it", ("Review",), rows, empty="No review cites it.")


def status_tag(document: Document) -> Tag:
    """A document's state as a tag."""
    status = Status(document.status)
    return Tag(status.label, COLOURS[status])


def review_words(document: Document, *, on: date) -> Cell:
    """When a document's review is due, and whether that day has come."""
    status = Status(document.status)
    if status in rules.ENDED or document.review_on is None:
        return Cell("" if status not in rules.IN_FORCE else "No date set")
    late = status is Status.PUBLISHED and document.review_on <= on
    return Cell(day(document.review_on), tags=(Tag("Overdue", "red"),) if late else ())


def term_words(document: Document) -> str:
    """The days between which a document is meant to hold."""
    if document.starts_on and document.ends_on:
        return f"{day(document.starts_on)} to {day(document.ends_on)}{_years(document.starts_on, document.ends_on)}"
    if document.starts_on:
        return f"From {day(document.starts_on)}"
    return f"Until {day(document.ends_on)}" if document.ends_on else ""


def _years(first: date, last: date) -> str:
    years = round((last - first).days / 365.25)
    return f" ({years} {'year' if years == 1 else 'years'})" if years else ""


def documents_table(documents: Iterable[Document], *, on: date, caption: str = "Documents") -> Table:
    """Documents as a table."""
    rows = tuple(
        (
            Cell(one.title, reverse("policies:document", args=[one.pk]), hint=", ".join(one.aliases)),
            one.get_kind_display(),
            status_tag(one),
            one.version,
            one.owner.title if one.owner else Tag("No owner", "orange"),
            review_words(one, on=on),
        )
        for one in documents
    )
    headers = ("Document", "Kind", "State", "Version", "Owner", "Review due")
    return Table(caption, headers, rows, hidden_caption=caption == "Documents", stack=True,
                 empty="No document was found.")  # fmt: skip


def tiles(by: Any, *, on: date) -> list[Figure]:
    """The rolling review in figures (GOV-26)."""
    found = queries.standings(by, on=on)
    source, base, here = "the register of documents", f"{found.in_force:,} in force", reverse("policies:documents")
    return [
        Figure(found.in_force, "in force", source, on, href=f"{here}?status=published"),
        Figure(found.due, "due for review or overdue", source, on, base, f"{here}?review=due"),
        Figure(found.undated, "without a review date", source, on, base, f"{here}?review=none"),
    ]


def document_facts(document: Document, *, on: date) -> list[tuple[str, Any]]:
    """Everything that the register says of a document (GOV-01, GOV-33)."""
    clearance = queries.clearance_of(document)
    cleared = Cell(clearance.title, address_of(clearance.subject_kind, clearance.subject_id),
                   hint=day(clearance.on)) if clearance else Tag("None yet", "orange")  # fmt: skip
    rows: list[tuple[str, Any]] = [
        ("Kind", document.get_kind_display()),
        ("Other names", ", ".join(document.aliases)),
        ("Owner, who answers for the decision", document.owner.title if document.owner else ""),
        ("Responsible officer", document.officer.title if document.officer else ""),
        ("Version", document.version),
        ("Term", term_words(document)),
        ("Approved on", document.approved_on),
        ("Review due on", review_words(document, on=on)),
        ("Customer Access Review", cleared),
    ]
    if document.review_reason:
        rows.append(("Reason for the review", document.review_reason.capitalize()))
    if document.replaces:
        rows.append(
            ("Replaces", Cell(document.replaces.title, reverse("policies:document", args=[document.replaces_id])))
        )
    rows += [("Replaced by", Cell(new.title, reverse("policies:document", args=[new.pk])))
             for new in document.replaced_by.all()]  # fmt: skip
    return rows


def life(document: Document) -> list[dict[str, Any]]:
    """The steps of a document's life: those taken, where it is now, and the way to publication."""
    steps: list[dict[str, Any]] = [
        {"title": Status(step.status).label, "state": "done", "when": step.on, "by": step.by_name, "text": step.text}
        for step in queries.steps_of(document)
    ]
    if steps:
        steps[-1]["state"] = "now"
    ahead = steps_between(MOVES, Status(document.status), Status.PUBLISHED) or ()
    return steps + [{"title": status.label, "state": "next"} for status in ahead]


def versions_table(document: Document, versions: Iterable[Version]) -> Table:
    """Every version, newest first, with the one that it replaces (GOV-18, GOV-29)."""
    kept = list(versions)
    rows = []
    for index, one in enumerate(kept):
        before = kept[index + 1].number if index + 1 < len(kept) else ""
        href = reverse("policies:version", args=[document.pk, one.pk])
        hint = f"Replaces {before}" if before else ""
        rows.append((Cell(one.number, href, hint=hint), one.on, one.reason.capitalize(), one.note, one.by_name))
    headers = ("Version", "Date", "Reason", "What changed", "By")
    return Table("Versions", headers, tuple(rows), stack=True, empty="No text is kept here yet.")


def laws_table(laws: Iterable[Law], *, on: date, caption: str = "Laws and standards") -> Table:
    """Laws as a table, each with whether it applies on a day."""
    rows = []
    for law in laws:
        standing = queries.standing_of(law, on=on)
        tags = [Tag(standing.text, standing.colour)]
        if law.changed_on:
            tags.append(Tag(f"Changed {day(law.changed_on, short=True)}", "orange"))
        if law.confirm:
            tags.append(Tag("To be confirmed", "yellow"))
        replaced = law.replaced_by
        after = Cell(replaced.title, reverse("policies:law", args=[replaced.pk])) if replaced else Cell()
        name = Cell(law.title, reverse("policies:law", args=[law.pk]), hint=law.issuer)
        rows.append((name, law.get_kind_display(), Cell(tags=tuple(tags)), in_force_words(law), after))
    headers = ("Title", "Kind", "State", "In force", "Replaced by")
    return Table(caption, headers, tuple(rows), hidden_caption=caption == "Laws and standards", stack=True,
                 empty="None is recorded.")  # fmt: skip


def in_force_words(law: Law) -> str:
    """The days between which a law is in force."""
    if law.from_on and law.to_on:
        return f"{day(law.from_on)} to {day(law.to_on)}"
    if law.from_on:
        return f"From {day(law.from_on)}"
    return f"Until {day(law.to_on)}" if law.to_on else ""


def law_facts(law: Law) -> list[tuple[str, Any]]:
    """Everything that the register says of a law."""
    link = Cell(law.replaced_by.title, reverse("policies:law", args=[law.replaced_by.pk])) if law.replaced_by else None
    rows: list[tuple[str, Any]] = [
        ("Kind", law.get_kind_display()),
        ("Issued by", law.issuer),
        ("Other names", ", ".join(law.aliases)),
        ("In force from", law.from_on),
        ("Last day in force", law.to_on),
        ("Source", law.source),
    ]
    if link:
        rows.append(("Replaced by", link))
    rows += [("Replaces", Cell(old.title, reverse("policies:law", args=[old.pk]))) for old in law.replaces.all()]
    if law.changed_on:
        rows.append(("Changed", f"{day(law.changed_on)}: {law.change}"))
    return rows


def aims_table(aims: Iterable[Aim], *, document: Document | None = None, caption: str = "Corporate aims") -> Table:
    """Aims as a table; those out of a document's time say so (GOV-30)."""
    rows = []
    for aim in aims:
        out = document is not None and queries.is_outside(document, aim)
        tags = (Tag("Outside the term", "orange"),) if out else ()
        name = Cell(aim.code or aim.text, reverse("policies:aim", args=[aim.pk]), tags=tags)
        rows.append((name, aim.text if aim.code else "", f"{aim.plan.title}, {plan_years(aim.plan)}"))
    return Table(caption, ("Aim", "In words", "Corporate plan"), tuple(rows), stack=True, empty="None is named.")


def plan_years(plan: Plan) -> str:
    """The years of a plan."""
    return f"{plan.starts_on.year} to {plan.ends_on.year}"


def plan_tag(plan: Plan, *, on: date) -> Tag:
    """Whether a plan runs on a day."""
    if plan.ends_on < on:
        return Tag("Ended", "grey")
    return Tag("Now", "green") if plan.starts_on <= on else Tag("To come", "blue")


def indicators_table(indicators: Iterable[Indicator]) -> Table:
    """Indicators as a table."""
    rows = tuple(
        (Cell(one.code, reverse("policies:indicator", args=[one.pk])), one.title, ", ".join(one.aliases))
        for one in indicators
    )
    return Table("Indicators", ("Code", "Title", "Other names"), rows, hidden_caption=True, stack=True,
                 empty="No indicator was found.")  # fmt: skip


def body_words(report: CommitteeReport) -> str:
    """The body that a report goes to, as the register has it, else as it was named."""
    return report.body.name if report.body else report.body_printed


def report_tag(report: CommitteeReport) -> Tag:
    """How far a report is."""
    if report.decided_on:
        colour = {"approved": "green", "returned": "orange"}.get(report.outcome, "blue")
        return Tag(report.get_outcome_display() or "Decided", colour)
    return Tag("Sent", "purple") if report.sent_on else Tag("Draft", "grey")


def reports_table(reports: Iterable[CommitteeReport], *, caption: str = "Committee reports") -> Table:
    """Reports as a table."""
    rows = tuple(
        (
            Cell(one.title, reverse("policies:report", args=[one.pk])),
            body_words(one) or Tag("No body yet", "orange"),
            report_tag(one),
            one.meeting_on,
            one.sent_on,
            one.decided_on,
        )
        for one in reports
    )
    headers = ("Report", "Body", "State", "Meeting", "Sent", "Decided")
    return Table(caption, headers, rows, hidden_caption=caption == "Committee reports", stack=True,
                 empty="There is no report.")  # fmt: skip


def report_facts(report: CommitteeReport) -> list[tuple[str, Any]]:
    """Where a report goes and what became of it."""
    document = report.document
    named = body_words(report)
    body: Any = named
    if report.body is None:
        body = Cell(named, tags=(Tag("Not in the register of bodies", "orange"),))
    rows: list[tuple[str, Any]] = [
        ("Body", body),
        ("Document", Cell(document.title, reverse("policies:document", args=[document.pk])) if document else ""),
        ("Meeting", report.meeting_on),
        ("Sent", report.sent_on),
    ]
    if report.decided_on:
        rows += [("Decided", report.decided_on), ("Outcome", report_tag(report)), ("Decision", report.decision)]
    return rows


def attachments(report: CommitteeReport) -> list[dict[str, Any]]:
    """What goes with a report: its own page, its findings, its file."""
    return [
        {
            "title": one.title,
            "kind": words_for(one.subject_kind) if address_of(one.subject_kind, one.subject_id) else "File",
            "href": address_of(one.subject_kind, one.subject_id),
            "findings": one.findings,
            "file": one.file,
            "file_href": reverse("policies:attachment", args=[report.pk, one.pk]) if one.file else "",
        }
        for one in report.attachments.all()
    ]
