from django.db import models
from django.db.models import F, Q

from hearth.actions.rules import Status
from hearth.db.records import Record


class Action(Record):
    """A promise: who does what by when, how it is checked, and where it came from (ACT-01, ACT-02)."""

    class Kind(models.TextChoices):
        INFORMATION = "information", "Closes a gap in information"
        MITIGATION = "mitigation", "Lessens a negative impact"
        MONITORING = "monitoring", "Monitoring check"
        OTHER = "other", "Other"

    source_kind = models.CharField(max_length=100)  # "reviews.review"
    source_id = models.BigIntegerField(null=True, blank=True)
    source_title = models.CharField(max_length=300)
    source_key = models.CharField(max_length=60, blank=True)  # which row of the source: the same row is never twice
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OTHER)
    need = models.TextField(blank=True)  # the information need, or the identified impact
    affected = models.TextField(blank=True)
    text = models.TextField()
    outcome = models.TextField(blank=True)
    due_printed = models.CharField(max_length=120, blank=True)  # as printed: "October/November 2023"
    first_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    monitoring = models.TextField(blank=True)
    officer_title = models.CharField(max_length=160, blank=True)  # the post as printed
    officer = models.ForeignKey("landlords.Post", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    manager = models.ForeignKey("landlords.Post", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    ongoing = models.BooleanField(default=False)
    status = models.CharField(max_length=20, choices=[(s.value, s.label) for s in Status], default=Status.NOT_STARTED)
    updated_on = models.DateField(null=True, blank=True)
    finished_on = models.DateField(null=True, blank=True)
    outcome_reached = models.CharField(max_length=20, blank=True)  # "yes", "partly", "no"
    evidence = models.TextField(blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["landlord", "status", "due_on"]),
            models.Index(fields=["landlord", "source_kind", "source_id"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "source_kind", "source_id", "source_key"],
                condition=~Q(source_key=""),
                name="one_action_a_source_row",
            ),
            models.CheckConstraint(
                condition=Q(first_on=None) | Q(due_on=None) | Q(due_on__gte=F("first_on")), name="action_in_order"
            ),
            models.CheckConstraint(condition=~Q(status="complete") | ~Q(evidence=""), name="complete_has_evidence"),
        ]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "source_kind", "source_id", "source_title", "source_key", "kind", "need", "affected",
            "text", "outcome", "due_printed", "first_on", "due_on", "monitoring", "officer_title", "officer", "manager",
            "ongoing", "status", "updated_on", "finished_on", "outcome_reached", "evidence",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.text[:200]


class Note(Record):
    """What was found at one check of an action, or why it moved (ACT-11, ACT-15)."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="notes")
    on = models.DateField()
    by_name = models.CharField(max_length=160)
    status = models.CharField(max_length=20, choices=[(s.value, s.label) for s in Status])
    text = models.TextField()
    due_before = models.DateField(null=True, blank=True)
    due_after = models.DateField(null=True, blank=True)
    evidence = models.TextField(blank=True)
    file = models.ForeignKey("documents.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agreed_by = models.CharField(max_length=160, blank=True)  # the post that agreed to a deferral or an end

    class Meta:
        ordering = ["id"]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "action", "on", "status", "text", "due_before", "due_after", "evidence", "file"}
        personal = {"by_name", "agreed_by"}

    def __str__(self) -> str:
        return self.text[:80]
