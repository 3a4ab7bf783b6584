"""What is done to get answers: calls, paper keyed twice, what a survey firm was given and brought back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from hearth.db.records import Record
from hearth.kernel.kinds import choices
from hearth.surveys.models.answers import Response
from hearth.surveys.models.instrument import Survey
from hearth.surveys.models.sample import Invitation
from hearth.surveys.rules.kinds import Mode, Outcome


class Attempt(Record):
    """One call or visit, and what came of it."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="attempts")
    mode = models.CharField(max_length=10, choices=choices(Mode), default=Mode.TELEPHONE)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=choices(Outcome))
    call_again_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    relay = models.BooleanField(default=False)  # made through Relay UK (COM-08)
    key = models.CharField(max_length=64, blank=True)  # drawn on a device that sends later: what is sent twice is one
    by_name = models.CharField(max_length=160)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["landlord", "key"], condition=~Q(key=""), name="one_attempt_a_key")
        ]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "mode", "at", "outcome", "call_again_at", "relay", "key"}
        personal = {"invitation", "note", "by_name"}

    def __str__(self) -> str:
        return self.get_outcome_display()


class Hold(Record):
    """That one interviewer is asking a household, or will visit it, so that nobody else does meanwhile.

    It outlives its time, because an interview that was begun is taken up again by its `nonce`, perhaps by somebody
    else; it goes when the household has answered, and when the survey closes.
    """

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, related_name="hold")
    holder = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    mode = models.CharField(max_length=10, choices=choices(Mode), default=Mode.TELEPHONE)
    until = models.DateTimeField()
    nonce = models.CharField(max_length=64)  # of the interview: one response, however often it is taken up

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["holder", "mode"])]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "holder", "mode", "until", "nonce"}
        personal = {"invitation"}

    def __str__(self) -> str:
        return f"Held until {self.until:%H:%M}"


class PaperBatch(Record):
    """Paper forms that are printed together, each with the address of its household: one file for the printer."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Being made"
        DONE = "done", "Ready"
        FAILED = "failed", "Failed"

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="paper_batches")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    forms = models.PositiveIntegerField(default=0)
    by_form = models.JSONField(default=dict)  # {"en": 40, "en, large print": 3}
    left_out = models.JSONField(default=dict)  # {"Not by letter": 12}: counts only
    file = models.ForeignKey("documents.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    error = models.TextField(blank=True)
    by_name = models.CharField(max_length=160)

    class Meta:
        ordering = ["-id"]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "survey", "at", "state", "forms", "by_form", "left_out", "file", "error",
        }  # fmt: skip
        personal = {"by_name"}

    def __str__(self) -> str:
        return f"Paper forms for {self.survey}"


class PaperEntry(Record):
    """A paper form, keyed in by two people who do not see each other's; what differs is settled from the paper."""

    class State(models.TextChoices):
        ONCE = "once", "Keyed once"
        DIFFERS = "differs", "Keyed twice: differs"
        AGREED = "agreed", "Agreed and counted"

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="paper_entries")
    serial = models.CharField(max_length=40)  # printed on the form, or written on it when it came
    invitation = models.ForeignKey(Invitation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    first = models.JSONField(default=dict)
    first_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    second = models.JSONField(null=True, blank=True)
    second_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    settled = models.JSONField(default=dict)  # question: which answer was right
    state = models.CharField(max_length=10, choices=State, default=State.ONCE)
    received_on = models.DateField()
    language = models.CharField(max_length=20, default="en")
    response = models.OneToOneField(Response, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["survey", "serial"], name="one_paper_a_serial")]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "survey", "serial", "first_by", "second_by", "state", "received_on", "language",
            "response",
        }  # fmt: skip
        personal = {"invitation"}
        special = {"first", "second", "settled"}

    def __str__(self) -> str:
        return f"Paper form {self.serial}"


class Handover(Record):
    """What a survey firm was given: references and what it needs to reach people, never more (SUR-11)."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="handovers")
    at = models.DateTimeField()
    agreement = models.CharField(max_length=300)
    fields = models.JSONField(default=list)
    rows = models.PositiveIntegerField()
    by_name = models.CharField(max_length=160)

    class Meta:
        ordering = ["-at"]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "survey", "at", "agreement", "fields", "rows"}
        personal = {"by_name"}

    def __str__(self) -> str:
        return f"Sample of {self.rows} handed over"


class FirmFile(Record):
    """A file of answers that a survey firm sent: read by a mapping, checked, brought in once."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", "Uploaded"
        CHECKED = "checked", "Checked: ready to bring in"
        RUNNING = "running", "Being brought in"
        DONE = "done", "Brought in"
        FAILED = "failed", "Failed"
        TAKEN_BACK = "taken_back", "Taken back"

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="firm_files")
    file = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT, related_name="+")
    mapping = models.JSONField(default=dict)  # {"column": {"question": "TP01", "codes": {"Very satisfied": "1"}}, …}
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    rows = models.PositiveIntegerField(null=True)
    counts = models.JSONField(default=dict)  # added, same, refused…
    problems = models.JSONField(default=list)  # [{"row": 3, "column": "Q1", "reason": …}]: without the answers
    error = models.TextField(blank=True)
    by_name = models.CharField(max_length=160)

    class Meta:
        ordering = ["-id"]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "survey", "file", "mapping", "state", "rows", "counts", "problems", "error",
        }  # fmt: skip
        personal = {"by_name"}

    def __str__(self) -> str:
        return f"File for {self.survey}"
