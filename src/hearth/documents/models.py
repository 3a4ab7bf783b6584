from django.db import models
from django.db.models import F, Q

from hearth.db.records import Record


class StoredFile(Record):
    """A file as it came: kept unchanged, known by its hash, given out only by the room that it belongs to (SYS-06)."""

    class Scan(models.TextChoices):
        CLEAN = "clean", "Scanned, nothing found"
        INFECTED = "infected", "A virus was found"
        NOT_SCANNED = "not_scanned", "Not scanned: no scanner is set up"

    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=255)  # below the folder of files; never made from the given name
    scan = models.CharField(max_length=20, choices=Scan)
    purpose = models.CharField(max_length=60)
    kept_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    emptied_on = models.DateField(null=True, blank=True)  # its time was over: its content is gone

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["landlord", "sha256"])]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "media_type", "size", "sha256", "path", "scan", "purpose", "emptied_on"}
        personal = {"name", "kept_by"}

    def __str__(self) -> str:
        return self.name


class Printed(Record):
    """One paper in one format, made once and kept by the paper's hash so that nobody waits twice."""

    digest = models.CharField(max_length=64)  # of the paper
    format = models.CharField(max_length=30)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["landlord", "digest", "format"], name="one_print_a_format")]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "digest", "format", "file"}

    def __str__(self) -> str:
        return f"{self.digest[:8]} as {self.format}"


class FormatRequest(Record):
    """Somebody asked for a document in a format that they can use (COM-04)."""

    class State(models.TextChoices):
        ASKED = "asked", "Asked for"
        MADE = "made", "Made"
        SENT = "sent", "Sent"
        DECLINED = "declined", "Declined, with a reason"

    subject_kind = models.CharField(max_length=100)  # "reviews.publication"
    subject_id = models.BigIntegerField()
    subject_title = models.CharField(max_length=300)
    subject_version = models.CharField(max_length=64)  # digest of the paper that was asked for
    format = models.CharField(max_length=30)
    language = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=160)
    contact = models.TextField()  # an email address, or a postal address
    asked_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=20, choices=State, default=State.ASKED)
    supplier = models.CharField(max_length=160, blank=True)
    cost = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)  # pounds
    sent_on = models.DateField(null=True, blank=True)
    proof = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["due_on"]
        constraints = [models.CheckConstraint(condition=Q(due_on__gte=F("asked_on")), name="format_due_after_asked")]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "subject_kind", "subject_id", "subject_title", "subject_version", "format",
            "asked_on", "due_on", "state", "supplier", "cost", "sent_on", "reason", "file",
        }  # fmt: skip
        personal = {"name", "contact", "proof", "language"}
        addressed = {"contact"}

    def __str__(self) -> str:
        return f"{self.subject_title} in {self.format}"
