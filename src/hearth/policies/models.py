from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from hearth.db.records import Record
from hearth.policies.rules import Outcome, Status


class Document(Record):
    """A document under governance: strategy, policy, procedure, agreement, framework, handbook or report (GOV-01)."""

    class Kind(models.TextChoices):
        STRATEGY = "strategy", "Strategy"
        POLICY = "policy", "Policy"
        PROCEDURE = "procedure", "Procedure"
        AGREEMENT = "agreement", "Agreement"
        FRAMEWORK = "framework", "Framework"
        HANDBOOK = "handbook", "Handbook"
        REPORT = "report", "Report"

    title = models.CharField(max_length=300)
    aliases = models.JSONField(default=list, blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    owner = models.ForeignKey("landlords.Post", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    officer = models.ForeignKey("landlords.Post", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    version = models.CharField(max_length=20, default="1.0")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=30, choices=[(s.value, s.label) for s in Status], default=Status.DRAFT)
    approved_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    review_reason = models.CharField(max_length=40, blank=True)
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    laws: models.ManyToManyField[Law, Cites] = models.ManyToManyField("Law", through="Cites", related_name="documents")
    aims: models.ManyToManyField[Aim, Serves] = models.ManyToManyField(
        "Aim", through="Serves", related_name="documents"
    )

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="term_in_order"
            )
        ]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "title", "aliases", "kind", "owner", "officer", "version", "starts_on", "ends_on",
            "status", "approved_on", "review_on", "review_reason", "replaces",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.title


class Version(Record):
    """A version of a document's text: never changed once it is recorded (GOV-18, GOV-29)."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    number = models.CharField(max_length=20)
    on = models.DateField()
    reason = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)
    by_name = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    file = models.ForeignKey("documents.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="one_version_a_number")]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "document", "number", "on", "reason", "note", "text", "file", "digest"}
        personal = {"by_name"}

    def __str__(self) -> str:
        return f"{self.document} {self.number}"


class Step(Record):
    """One dated step of a document's life, with what was recorded at it (GOV-02, GOV-03, GOV-06)."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="steps")
    status = models.CharField(max_length=30, choices=[(s.value, s.label) for s in Status])
    on = models.DateField()
    by_name = models.CharField(max_length=160)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "document", "status", "on", "text"}
        personal = {"by_name"}

    def __str__(self) -> str:
        return f"{self.document}: {self.status}"


class Clearance(Record):
    """A Customer Access Review that lets a document go to committee: approved, or screened as not needed (GOV-04)."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="clearances")
    subject_kind = models.CharField(max_length=100)
    subject_id = models.BigIntegerField()
    title = models.CharField(max_length=300)
    on = models.DateField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["document", "subject_kind", "subject_id"], name="cleared_once_a_subject")
        ]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "document", "subject_kind", "subject_id", "title", "on"}

    def __str__(self) -> str:
        return self.title


class Law(Record):
    """An Act, a standard, a code or guidance, with the days between which it is in force (GOV-21 to GOV-23)."""

    class Kind(models.TextChoices):
        ACT = "act", "Act"
        REGULATIONS = "regulations", "Regulations"
        GUIDANCE = "guidance", "Statutory guidance"
        CODE = "code", "Code"
        STANDARD = "standard", "Regulatory standard"
        CHARTER = "charter", "Charter"
        PLAN = "plan", "Corporate plan"

    title = models.CharField(max_length=300)
    aliases = models.JSONField(default=list, blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    issuer = models.CharField(max_length=160, blank=True)
    draft = models.BooleanField(default=False)
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)
    replaced_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaces")
    source = models.CharField(max_length=300, blank=True)
    confirm = models.BooleanField(default=False)
    changed_on = models.DateField(null=True, blank=True)  # when it last changed fundamentally (GOV-20)
    change = models.TextField(blank=True)

    class Meta:
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["landlord", "title"], name="one_law_a_title")]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "title", "aliases", "kind", "issuer", "draft", "from_on", "to_on", "replaced_by",
            "source", "confirm", "changed_on", "change",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.title


class Cites(Record):
    """A document must be compatible with a law."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    law = models.ForeignKey(Law, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "law"], name="one_citation_a_law")]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "document", "law"}

    def __str__(self) -> str:
        return f"{self.document} cites {self.law}"


class Plan(Record):
    """A corporate plan of some years (GOV-30)."""

    title = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["-starts_on"]
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="plan_in_order")]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "title", "starts_on", "ends_on"}

    def __str__(self) -> str:
        return self.title


class Aim(Record):
    """An aim or coded objective of a corporate plan."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="aims")
    code = models.CharField(max_length=20, blank=True)
    text = models.TextField()

    class Meta:
        ordering = ["plan", "code", "id"]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "plan", "code", "text"}

    def __str__(self) -> str:
        return f"{self.code} {self.text}".strip()


class Serves(Record):
    """A document serves an aim."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    aim = models.ForeignKey(Aim, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "aim"], name="one_service_an_aim")]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "document", "aim"}

    def __str__(self) -> str:
        return f"{self.document} serves {self.aim}"


class Indicator(Record):
    """A key performance indicator as a name to cite; its values are measured elsewhere (CAR-07)."""

    code = models.CharField(max_length=30)
    title = models.CharField(max_length=300)
    aliases = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["landlord", "code"], name="one_indicator_a_code")]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "code", "title", "aliases"}

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class CommitteeReport(Record):
    """A report to a formal body, with its findings and what is attached (GOV-05, GOV-08, CAR-36)."""

    body = models.ForeignKey("landlords.Body", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    body_printed = models.CharField(max_length=200, blank=True)  # as a review named it; a body of the register or not
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="reports")
    title = models.CharField(max_length=300)
    meeting_on = models.DateField(null=True, blank=True)
    findings = models.TextField(blank=True)
    recommendations = models.TextField(blank=True)
    consultation = models.TextField(blank=True)
    decision = models.TextField(blank=True)
    outcome = models.CharField(max_length=20, blank=True, choices=[(o.value, o.label) for o in Outcome])
    decided_on = models.DateField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(sent_on=None) | ~Q(recommendations=""), name="sent_has_recommendations"),
            models.CheckConstraint(condition=Q(sent_on=None) | Q(body__isnull=False), name="sent_has_a_body"),
        ]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "body", "body_printed", "document", "title", "meeting_on", "findings",
            "recommendations", "consultation", "decision", "outcome", "decided_on", "sent_on",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.title


class Attachment(Record):
    """Something that goes with a committee report, such as a Customer Access Review with its findings."""

    report = models.ForeignKey(CommitteeReport, on_delete=models.CASCADE, related_name="attachments")
    subject_kind = models.CharField(max_length=100)
    subject_id = models.BigIntegerField()
    title = models.CharField(max_length=300)
    findings = models.TextField(blank=True)
    file = models.ForeignKey("documents.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["report", "subject_kind", "subject_id"], name="attached_once")]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "report", "subject_kind", "subject_id", "title", "findings", "file"}

    def __str__(self) -> str:
        return self.title
