"""The shapes of answers about documents, what they answer to, and reports to formal bodies."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from hearth.landlords.queries import bodies, posts
from hearth.policies import queries
from hearth.policies.models import Document as Documents
from hearth.policies.models import Law as Laws
from hearth.policies.rules import DUE, IN_FORCE, Outcome, Reason, Status
from hearth.ui.fields import Choice, Choices, DateField, FileField, LongText, Option, TextField, YesNo
from hearth.ui.forms import FilterForm, Form

KINDS_OF_FILE = ("docx", "odt", "pdf", "html", "txt")
LINES = "One on each line."
REASONS = {
    Reason.LEGISLATIVE: "The law has changed",
    Reason.REGULATORY: "Regulation has changed",
    Reason.BEST_PRACTICE: "Best practice has changed",
    Reason.OPERATIONAL: "How we work has changed",
}


def _today() -> date:
    return timezone.localdate()


def _posts() -> list[Option]:
    return [Option(str(post.pk), post.title) for post in posts()]


def _bodies() -> list[Option]:
    return [Option(str(body.pk), body.name) for body in bodies()]


def _laws() -> list[Option]:
    today = _today()
    return [Option(str(law.pk), law.title, hint=_standing(law, today)) for law in queries.laws()]


def _standing(law: Any, on: date) -> str:
    standing = queries.standing_of(law, on=on)
    return "" if standing.applies else standing.text


def _aims() -> list[Option]:
    return [Option(str(aim.pk), str(aim), hint=aim.plan.title) for aim in queries.aims()]


def _documents() -> list[Option]:
    return [Option(str(one.pk), one.title) for one in Documents.objects.all()]


def _in_force() -> list[Option]:
    return [Option(str(one.pk), one.title) for one in Documents.objects.filter(status__in=IN_FORCE)]


def _states() -> list[Option]:
    return [Option(status.value, status.label) for status in Status]


def _reasons() -> list[Option]:
    return [Option(reason.value, words) for reason, words in REASONS.items()]


class NarrowDocuments(FilterForm):
    """What to look for in the register of documents."""

    words = TextField("Title or another name")
    kind = Choice("Kind", options=Documents.Kind.choices, as_list=True, empty_text="Any")
    status = Choice("State", options=_states, as_list=True, empty_text="Any")
    review = Choice("Review", as_list=True, empty_text="Any",
                    options=[("due", "Due or overdue"), ("soon", "Due soon"), ("none", "No date set")])  # fmt: skip


class ChangeDocument(Form):
    """What the register says of a document."""

    title = TextField("Title", most=300)
    aliases = LongText("Other names", rows=2, required=False, hint=LINES)
    kind = Choice("Kind of document", options=Documents.Kind.choices, as_list=True)
    owner = Choice("Owner", options=_posts, as_list=True, required=False, empty_text="Not yet known",
                   hint="The post that answers for the decision.")  # fmt: skip
    officer = Choice("Responsible officer", options=_posts, as_list=True, required=False, empty_text="Not yet known",
                     hint="The post that writes and reviews it.")  # fmt: skip
    starts_on = DateField("First day of its term", required=False)
    ends_on = DateField("Last day of its term", required=False)
    review_on = DateField("Review due on", required=False)
    laws = Choices("Laws and standards it must be compatible with", options=_laws, small=True, required=False)
    aims = Choices("Corporate aims it serves", options=_aims, small=True, required=False)


class AddDocument(ChangeDocument):
    """A document that comes under governance."""

    version = TextField("Version", width=5, most=20)
    replaces = Choice("Does it replace another document?", options=_in_force, as_list=True, required=False,
                      empty_text="No")  # fmt: skip
    in_force = YesNo("Is it in force already?", reveals={"yes": ("adopted_on", "review_on")})
    adopted_on = DateField("When was it adopted?", latest=_today)


class Move(Form):
    """The next step of a document's life."""

    to = Choice("What has happened?", options=[], as_list=True)
    on = DateField("When?", latest=_today)
    text = LongText("What is to be recorded?", rows=4, required=False)


class StartReview(Form):
    """A full review begins."""

    reason = Choice("Why does the review start?", options=lambda: [Option(DUE, "It is due"), *_reasons()])
    on = DateField("When does it start?", latest=_today)


class Version(Form):
    """A new text."""

    note = LongText("What changed?", rows=3)
    reason = Choice("Why?", options=_reasons, required=False,
                    hint="Needed for a change to a document that is in force.")  # fmt: skip
    on = DateField("Date of this version", latest=_today)
    upload = FileField("The document", kinds=KINDS_OF_FILE, required=False)
    text = LongText("Or paste its text", rows=8, required=False)


class NarrowLaws(FilterForm):
    """What to look for in the register of laws."""

    words = TextField("Title, another name or issuer")
    kind = Choice("Kind", options=Laws.Kind.choices, as_list=True, empty_text="Any")
    on = DateField("In force on")


class Law(Form):
    """An Act, a standard, a code or guidance."""

    title = TextField("Title", most=300)
    kind = Choice("What is it?", options=Laws.Kind.choices, as_list=True)
    issuer = TextField("Who issued it?", most=160, required=False)
    aliases = LongText("Other names", rows=2, required=False, hint=f"{LINES} As papers cite it.")
    draft = YesNo("Is it a draft?")
    from_on = DateField("In force from", required=False)
    to_on = DateField("Last day in force", required=False)
    source = TextField("Where can it be read?", most=300, required=False)


class ReplaceLaw(Form):
    """Another takes its place."""

    by_law = Choice("What replaces it?", options=_laws, as_list=True)
    on = DateField("From which day?")


class LawChanged(Form):
    """It has changed fundamentally."""

    change = LongText("What changed?", rows=4)
    on = DateField("When?", latest=_today)


class Plan(Form):
    """A corporate plan."""

    title = TextField("Title", most=200)
    starts_on = DateField("First day")
    ends_on = DateField("Last day")


class Aim(Form):
    """An aim or objective of a corporate plan."""

    code = TextField("Code", width=10, most=20, required=False, hint="Such as HS3.")
    text = LongText("The aim, as the plan words it", rows=3)


class Find(FilterForm):
    """Words to look for."""

    words = TextField("Code, title or another name")


class Indicator(Form):
    """A key performance indicator."""

    code = TextField("Code", width=10, most=30, hint="Such as HPI-16.")
    title = TextField("Title", most=300)
    aliases = LongText("Other names", rows=2, required=False, hint=LINES)


class NarrowReports(FilterForm):
    """What to look for among the reports."""

    body = Choice("Formal body", options=_bodies, as_list=True, empty_text="Any")
    state = Choice("State", as_list=True, empty_text="Any",
                   options=[("draft", "Draft"), ("sent", "Sent, not decided"), ("decided", "Decided")])  # fmt: skip


class AddReport(Form):
    """A report to a formal body is begun."""

    title = TextField("Title", most=300)
    body = Choice("Which body does it go to?", options=_bodies, as_list=True)
    document = Choice("Which document is it about?", options=_documents, as_list=True, required=False,
                      empty_text="None")  # fmt: skip
    meeting_on = DateField("Date of the meeting", required=False)


class Report(AddReport):
    """What a report says."""

    consultation = LongText("Consultation, and what was amended because of it", rows=6, required=False)
    findings = LongText("Findings", rows=6, required=False)
    recommendations = LongText("Recommendations", rows=6, required=False)


class SendReport(Form):
    """It goes to its body."""

    on = DateField("When was it sent?", latest=_today)


class Decision(Form):
    """What the body decided."""

    outcome = Choice("What did the body do?", options=list(Outcome))
    decision = LongText("The decision, as the minutes have it", rows=4)
    on = DateField("Date of the decision", latest=_today)


class ReportFile(Form):
    """A file that goes with a report."""

    title = TextField("What is it?", most=300)
    upload = FileField("File", kinds=KINDS_OF_FILE)
