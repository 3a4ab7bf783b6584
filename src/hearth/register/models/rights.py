"""What somebody may ask about their own data, and how long it is kept."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from hearth.db.records import Record
from hearth.kernel.kinds import choices
from hearth.register.models.people import Person
from hearth.register.rules.kinds import Asks, RequestState


class DataRequest(Record):
    """Somebody asked for a copy, a correction, erasure, or objected to a use (SEC-05)."""

    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="data_requests")
    asked_by = models.CharField(max_length=160)
    asks = models.CharField(max_length=20, choices=choices(Asks))
    what = models.TextField(blank=True)
    received_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=20, choices=choices(RequestState), default=RequestState.RECEIVED)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    handled_by = models.CharField(max_length=160, blank=True)
    file = models.ForeignKey("documents.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["due_on", "id"]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "asks", "received_on", "due_on", "state", "answered_on"}
        personal = {"person", "asked_by", "what", "answer", "handled_by", "file"}

    def __str__(self) -> str:
        return f"{self.get_asks_display()}: {self.asked_by}"


class LegalHold(Record):
    """That something must be kept past its time: for one person, or for a kind of record (SEC-11)."""

    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="holds")
    kind = models.CharField(max_length=100, blank=True)  # label of a model; empty: everything of the person
    reason = models.CharField(max_length=300)
    set_by = models.CharField(max_length=160)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-started_on"]
        constraints = [
            models.CheckConstraint(condition=Q(person__isnull=False) | ~Q(kind=""), name="a_hold_holds_something"),
        ]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "kind", "started_on", "ended_on"}
        personal = {"person", "reason", "set_by"}

    def __str__(self) -> str:
        return self.reason


class RetentionRun(Record):
    """What the retention job deleted or made anonymous on a day, and what it kept because of a hold. Counts only."""

    on = models.DateField()
    report = models.JSONField(default=list)  # [{"kind": …, "rule": …, "deleted": 0, "anonymised": 0, "held": 0}]

    class Meta:
        ordering = ["-on", "-id"]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "on", "report"}

    def __str__(self) -> str:
        return f"Retention, {self.on:%d %B %Y}"
