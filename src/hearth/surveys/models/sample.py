"""Whom a survey is put to: the population as it was on a day, who was left out and why, who was drawn and asked."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from hearth.db.records import Record
from hearth.surveys.models.instrument import Survey


class Population(Record):
    """The households that a survey speaks for, frozen from the register on a day; with the draw, so that it repeats."""

    survey = models.OneToOneField(Survey, on_delete=models.CASCADE, related_name="population")
    on = models.DateField()
    criteria = models.JSONField(default=dict)  # tenures, estates…: what was asked of the register
    size = models.PositiveIntegerField()  # N: before anybody is left out
    left_out = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64)  # of the units in their order
    margins = models.JSONField(default=dict)  # {"age": {"16-34": 657, …}}: the population by trait, for weights
    draw = models.JSONField(default=dict)  # method, seed, size or sizes by stratum, required size and margin
    drawn_at = models.DateTimeField(null=True, blank=True)
    # {"lcra": {"age": {"16-34": 57, …}}}: how many of each trait had answered when the survey closed, by stock, before
    # rare traits were forgotten: without it, groups of few would look as if nobody had answered.
    answered = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "survey", "on", "criteria", "size", "left_out", "digest", "margins", "draw",
            "drawn_at", "answered",
        }  # fmt: skip

    def __str__(self) -> str:
        return f"Population of {self.survey}"


class Unit(Record):
    """One household of the population, with the traits by which it is drawn and weighted, frozen that day."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="units")
    number = models.PositiveIntegerField()  # 1…N, in the order of the digest
    household = models.ForeignKey("register.Household", null=True, on_delete=models.SET_NULL, related_name="+")
    home = models.ForeignKey("register.Home", null=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey("register.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    stock = models.CharField(max_length=4, blank=True)  # "lcra", "lcho"
    traits = models.JSONField(default=dict)  # {"age": "35-54", "stock": "General needs", "area": "North"}
    drawn = models.PositiveIntegerField(null=True, blank=True)  # its place in the draw; None: not drawn

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="one_unit_a_number"),
            models.UniqueConstraint(
                fields=["survey", "household"], condition=Q(household__isnull=False), name="one_unit_a_household"
            ),
        ]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "survey", "number", "stock", "drawn"}
        personal = {"household", "home", "person"}
        special = {"traits"}

    def __str__(self) -> str:
        return f"Unit {self.number}"


class Exclusion(Record):
    """That a household was left out of the population or of an asking, with the broad reason (paragraph 63).

    Safety is counted without anything more: `why` is then "safety", and no text.
    """

    class Why(models.TextChoices):
        CAPACITY = "capacity", "Significant capacity issues (paragraph 63)"
        RISK = "risk", "Health and safety risk that cannot be overcome (paragraph 63)"
        SAFETY = "safety", "Cannot be reached safely"
        OPT_OUT = "opt_out", "Has asked not to be surveyed"
        RECENT = "recent", "Was surveyed a short time ago"
        NO_WAY = "no_way", "No way to reach them"
        OTHER = "other", "Another reason"

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="exclusions")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="exclusions")
    why = models.CharField(max_length=10, choices=Why)
    frame = models.BooleanField(default=False)  # left out of the sample frame itself, which must be published
    text = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "unit"], name="one_exclusion_a_unit"),
            models.CheckConstraint(condition=~Q(why="safety") | Q(text=""), name="safety_says_no_more"),
            models.CheckConstraint(
                condition=Q(frame=False) | Q(why__in=["capacity", "risk"]), name="the_frame_loses_only_paragraph_63"
            ),
        ]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "survey", "why", "frame"}
        personal = {"unit", "text"}

    def __str__(self) -> str:
        return self.get_why_display()


class Invitation(Record):
    """That a person was asked: with their own code, by which way, and whether they have answered (not what)."""

    class State(models.TextChoices):
        WAITING = "waiting", "Not sent yet"
        SENT = "sent", "Sent"
        FAILED = "failed", "Could not be sent"
        WITHHELD = "withheld", "Not sent"
        ANSWERED = "answered", "Answered"
        REFUSED = "refused", "Does not wish to take part"

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="invitations")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey("register.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    event = models.ForeignKey("surveys.Event", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    # The code itself is made from the installation's secret and the row's number, and is nowhere stored.
    code_digest = models.CharField(max_length=64)
    channel = models.CharField(max_length=20, blank=True)  # of the register's ways to reach somebody
    language = models.CharField(max_length=20, default="en")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    sent_on = models.DateField(null=True, blank=True)
    reminded = models.PositiveSmallIntegerField(default=0)
    answered_on = models.DateField(null=True, blank=True)  # a day, never a moment
    expires_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["survey", "state"])]
        constraints = [
            models.UniqueConstraint(fields=["landlord", "code_digest"], name="one_invitation_a_code"),
            models.UniqueConstraint(
                fields=["survey", "unit"], condition=Q(unit__isnull=False, event=None), name="one_invitation_a_unit"
            ),
        ]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "survey", "code_digest", "channel", "language", "state", "sent_on", "reminded",
            "answered_on", "expires_on",
        }  # fmt: skip
        personal = {"unit", "person", "event"}

    def __str__(self) -> str:
        return f"Invitation to {self.survey}"
