from django.db import models
from django.db.models import F, Q

from hearth.db.records import Record
from hearth.reviews.rules.lifecycle import LABELS, Status


class FormEdition(Record):
    """A landlord's form as data, from a day on; reviews keep the edition on which they were begun."""

    key = models.CharField(max_length=80)
    edition = models.CharField(max_length=40)
    holds_from = models.DateField()
    definition = models.JSONField()

    class Meta:
        ordering = ["key", "-holds_from"]
        constraints = [models.UniqueConstraint(fields=["landlord", "key", "edition"], name="one_definition_an_edition")]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "key", "edition", "holds_from", "definition"}

    def __str__(self) -> str:
        return f"{self.key} {self.edition}"


class Review(Record):
    """One Customer Access Review: its place in its life, and what lists and timers need of it."""

    reference = models.CharField(max_length=20)  # "CAR-2026-0007"
    title = models.CharField(max_length=300)
    form = models.ForeignKey(FormEdition, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=[(s, LABELS[s]) for s in Status], default=Status.SCREENING)
    document = models.ForeignKey("policies.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="next_editions")
    officer = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    assessed_on = models.DateField(null=True, blank=True)  # first day of the printed month
    screening = models.JSONField(default=dict, blank=True)  # answers, decision, reason, by whom and when
    route = models.JSONField(default=list, blank=True)  # posts in order, fixed at submission
    submitted_at = models.DateTimeField(null=True, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    next_review_on = models.DateField(null=True, blank=True)
    dispatched_at = models.DateTimeField(null=True, blank=True)
    history = models.BooleanField(default=False)  # signed before Hearth, and loaded from its document
    exceptions = models.JSONField(default=list, blank=True)  # what is odd about its old signatures
    published_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["landlord", "status", "next_review_on"]),
            models.Index(fields=["landlord", "published_at"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["landlord", "reference"], name="one_review_a_reference"),
            models.CheckConstraint(
                condition=Q(approved_on__isnull=False)
                | ~Q(status__in=[Status.APPROVED, Status.DISPATCHED, Status.MONITORING]),
                name="approved_has_a_day",
            ),
        ]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "reference", "title", "form", "status", "document", "previous", "assessed_on",
            "screening", "route", "submitted_at", "approved_on", "next_review_on", "dispatched_at", "history",
            "exceptions", "published_at", "changed_at",
        }  # fmt: skip
        personal = {"officer"}

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"


class Part(Record):
    """One answer as it stands now. `number` counts its versions, so that two officers cannot overwrite each other."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="parts")
    key = models.CharField(max_length=80)
    value = models.JSONField()
    number = models.PositiveIntegerField(default=1)
    saved_by = models.CharField(max_length=160)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["review", "key"], name="one_part_a_key")]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "review", "key", "value", "number", "saved_at"}
        personal = {"saved_by"}

    def __str__(self) -> str:
        return f"{self.review}: {self.key}"


class Earlier(Record):
    """An answer as it stood before: nothing that was saved is ever lost."""

    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="earlier")
    number = models.PositiveIntegerField()
    value = models.JSONField()
    saved_by = models.CharField(max_length=160)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["part", "number"], name="one_earlier_a_number")]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "part", "number", "value", "saved_at"}
        personal = {"saved_by"}

    def __str__(self) -> str:
        return f"{self.part} ({self.number})"


class Override(Record):
    """A reason for going on although a check stops; it is printed in the review."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="overrides")
    code = models.CharField(max_length=10)
    reason = models.TextField()
    by_name = models.CharField(max_length=160)
    on = models.DateField()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["review", "code"], name="one_reason_a_check"),
            models.CheckConstraint(condition=~Q(reason=""), name="override_has_a_reason"),
        ]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "review", "code", "reason", "on"}
        personal = {"by_name"}

    def __str__(self) -> str:
        return self.code


class Addendum(Record):
    """Findings that came after the approval, with signatures of their own (CAR-46)."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="addenda")
    number = models.PositiveIntegerField()
    need = models.CharField(max_length=300)
    findings = models.TextField()
    effect = models.TextField()  # what changed in the assessment because of it, or why nothing did
    ended_on = models.DateField()
    written_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    written_by_name = models.CharField(max_length=160)
    approved_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "addenda"
        constraints = [models.UniqueConstraint(fields=["review", "number"], name="one_addendum_a_number")]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "review", "number", "need", "findings", "effect", "ended_on", "approved_on"}
        personal = {"written_by", "written_by_name"}

    def __str__(self) -> str:
        return f"Addendum {self.number} to {self.review}"


class SignOff(Record):
    """A signature: a person, the post they held, the day, and the hash of the words they signed (SEC-09)."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="sign_offs")
    addendum = models.ForeignKey(Addendum, null=True, blank=True, on_delete=models.CASCADE, related_name="sign_offs")
    position = models.PositiveIntegerField()
    post_title = models.CharField(max_length=160)
    verb = models.CharField(max_length=40)
    name = models.CharField(max_length=160, blank=True)  # empty where an old print shows only an image
    user = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateField(null=True, blank=True)
    printed_on = models.CharField(max_length=60, blank=True)
    digest = models.CharField(max_length=64, blank=True)  # empty for signatures from before Hearth
    image = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    void = models.BooleanField(default=False)  # the review was returned after it

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "position"],
                condition=Q(void=False, addendum=None),
                name="one_signature_a_position",
            )
        ]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "review", "addendum", "position", "post_title", "verb", "on", "printed_on", "digest",
            "image", "note", "void",
        }  # fmt: skip
        personal = {"name", "user"}

    def __str__(self) -> str:
        return f"{self.post_title}: {self.review}"


class Comment(Record):
    """Why a review was returned; kept when it goes back to drafting (CAR-45)."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="comments")
    part = models.CharField(max_length=80, blank=True)
    text = models.TextField()
    by_name = models.CharField(max_length=160)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "review", "part", "text", "at"}
        personal = {"by_name"}

    def __str__(self) -> str:
        return self.text[:80]


class Reading(Record):
    """What the reader made of a document: its file, its doubts, and what it could not place. Never thrown away."""

    review = models.OneToOneField(Review, null=True, blank=True, on_delete=models.CASCADE, related_name="reading")
    file = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT, related_name="+")
    report = models.JSONField()  # the reading in plain form, with the confidence of each place
    passages = models.JSONField(default=list)  # the document's own text, for the page that shows both

    class Meta:
        ordering = ["-id"]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "review", "file", "report", "passages"}

    def __str__(self) -> str:
        return str(self.file)


class Dispatch(Record):
    """An approved review went to the Policy & Projects Officer (question 17, CAR-39)."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="dispatches")
    post_title = models.CharField(max_length=160)
    name = models.CharField(max_length=160)
    message_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "dispatches"

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "review", "post_title", "message_id", "at"}
        personal = {"name"}

    def __str__(self) -> str:
        return f"{self.review} to {self.post_title}"


class Publication(Record):
    """A review as the public sees it: fixed on the day, small numbers treated; the untreated stays with officers."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="publications")
    number = models.PositiveIntegerField()
    slug = models.SlugField(max_length=120)
    title = models.CharField(max_length=300)
    status_label = models.CharField(max_length=60)
    directorate = models.CharField(max_length=200, blank=True)
    assessed = models.CharField(max_length=60)
    approved_on = models.DateField(null=True, blank=True)
    next_review_on = models.DateField(null=True, blank=True)
    parts = models.JSONField()  # the treated content
    sign_offs = models.JSONField(default=list)
    addenda = models.JSONField(default=list)
    overrides = models.JSONField(default=list)
    treatment = models.JSONField(default=list)  # what was hidden and why, for officers
    digest = models.CharField(max_length=64)  # of the paper
    at = models.DateTimeField()
    by_name = models.CharField(max_length=160)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(  # the public register, latest approval first
                "landlord",
                F("approved_on").desc(nulls_last=True),
                F("id").desc(),
                condition=Q(withdrawn_at=None),
                name="live_by_approval",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="one_publication_a_number"),
            models.UniqueConstraint(
                fields=["landlord", "slug"], condition=Q(withdrawn_at=None), name="one_live_publication_a_slug"
            ),
        ]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "review", "number", "slug", "title", "status_label", "directorate", "assessed",
            "approved_on", "next_review_on", "parts", "sign_offs", "addenda", "overrides", "treatment", "digest", "at",
            "withdrawn_at", "withdrawn_why",
        }  # fmt: skip
        personal = {"by_name"}

    def __str__(self) -> str:
        return self.title
