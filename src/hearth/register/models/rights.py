"""What somebody may ask about their own data, and how long it is kept."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from hearth.db.records import Record
from hearth.kernel.kinds import choices
from hearth.register.models.people import Person
from hearth.register.rules.kinds import Asks, Channel, RequestState
from hearth.register.rules.rights import Ground, How


class DataRequest(Record):
    """Somebody asked for a copy, a correction, erasure, or objected to a use (SEC-05)."""

    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="data_requests")
    asked_by = models.CharField(max_length=160)
    asks = models.CharField(max_length=20, choices=choices(Asks))
    how = models.CharField(max_length=20, choices=choices(How), default=How.ONLINE)
    what = models.TextField(blank=True)
    purposes = models.JSONField(default=list)  # of an objection: values of rules.kinds.Purpose
    received_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=20, choices=choices(RequestState), default=RequestState.RECEIVED)
    identity_on = models.DateField(null=True, blank=True)
    identity_how = models.CharField(max_length=300, blank=True)  # what showed who they are
    extended_on = models.DateField(null=True, blank=True)
    extension_reason = models.CharField(max_length=300, blank=True)
    review = models.JSONField(default=list)  # [{"key": "register.advocate:3+", "give": false, "why": …}]
    ground = models.CharField(max_length=20, choices=choices(Ground), blank=True)  # why something is kept
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    handled_by = models.CharField(max_length=160, blank=True)
    file = models.ForeignKey("documents.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    data = models.ForeignKey("documents.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["due_on", "id"]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "asks", "how", "purposes", "received_on", "due_on", "state", "identity_on",
            "extended_on", "ground", "answered_on",
        }  # fmt: skip
        personal = {
            "person", "asked_by", "what", "identity_how", "extension_reason", "review", "answer", "handled_by", "file",
            "data",
        }  # fmt: skip
        secret = {"review"}  # it names what is sealed
        evidence = True

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
        sealed = True  # what lawyers say of a claim

    def __str__(self) -> str:
        return self.reason


class RetentionRun(Record):
    """What the retention job deleted or made anonymous on a day, and what it kept because of a hold. Counts only."""

    on = models.DateField()
    report = models.JSONField(default=list)  # [{"kind": …, "rule": …, "deleted": 0, "anonymised": 0, "held": 0}]

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [models.UniqueConstraint(fields=["landlord", "on"], name="one_retention_run_a_day")]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "on", "report"}

    def __str__(self) -> str:
        return f"Retention, {self.on:%d %B %Y}"


class AccountCode(Record):
    """A code by letter or email with which somebody opens the account that shows them their own record, once."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="account_codes")
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the code
    channel = models.CharField(max_length=20, choices=choices(Channel))
    sent_on = models.DateField()
    used_on = models.DateField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)  # wrong dates of birth

    class Meta:
        ordering = ["-sent_on", "-id"]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "channel", "sent_on", "used_on", "tries"}
        personal = {"person", "digest"}
        secret = {"digest"}

    def __str__(self) -> str:
        return f"Code for {self.person}"
