"""Surveys that follow an event, and mystery shops."""

from __future__ import annotations

from django.db import models

from hearth.db.records import Record
from hearth.kernel.kinds import choices
from hearth.surveys.models.instrument import Survey
from hearth.surveys.rules.kinds import Sort


class Trigger(Record):
    """That a kind of event is followed by a survey, from whom, how soon, and which score raises a call-back."""

    sort = models.CharField(max_length=20, choices=choices(Sort))
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="triggers")
    after_days = models.PositiveSmallIntegerField(default=1)
    whom = models.CharField(max_length=20, default="reporter")  # "reporter", "household", "building", "estate"
    low_question = models.CharField(max_length=60, blank=True)
    low_codes = models.JSONField(default=list)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["sort", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "sort"], condition=models.Q(active=True), name="one_trigger_a_sort"
            )
        ]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "sort", "survey", "after_days", "whom", "low_question", "low_codes", "active",
        }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_sort_display()}: {self.survey}"


class Event(Record):
    """Something that happened and is to be followed by a survey: known by its key in the source, and followed once."""

    class State(models.TextChoices):
        WAITING = "waiting", "To be followed"
        ASKED = "asked", "Survey sent"
        MERGED = "merged", "Merged with another event of the same person"
        SKIPPED = "skipped", "Not followed"

    sort = models.CharField(max_length=20, choices=choices(Sort))
    key = models.CharField(max_length=80)
    source = models.CharField(max_length=80)  # "API", "Import of 3 March 2026", a room's name
    happened_on = models.DateField()
    person = models.ForeignKey("register.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    home = models.ForeignKey("register.Home", null=True, on_delete=models.SET_NULL, related_name="+")
    building = models.ForeignKey("register.Building", null=True, on_delete=models.SET_NULL, related_name="+")
    estate = models.ForeignKey("register.Estate", null=True, on_delete=models.SET_NULL, related_name="+")
    service = models.CharField(max_length=120, blank=True)  # which team or contractor did it
    detail = models.JSONField(default=dict)  # plain facts: trade, job number
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    why = models.CharField(max_length=20, blank=True)  # why it was not followed: an Exclusion's word
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-happened_on", "-id"]
        indexes = [models.Index(fields=["landlord", "state", "happened_on"])]
        constraints = [models.UniqueConstraint(fields=["landlord", "sort", "key"], name="one_event_a_key")]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "sort", "source", "happened_on", "service", "state", "why", "building", "estate",
        }  # fmt: skip
        personal = {"key", "person", "home", "detail", "merged_into"}

    def __str__(self) -> str:
        return f"{self.get_sort_display()}, {self.happened_on:%d %B %Y}"


class EventSource(Record):
    """A system that tells of events by itself, such as the repairs system. Of its key only a digest is kept."""

    name = models.CharField(max_length=80)
    key_digest = models.CharField(max_length=64)
    sorts = models.JSONField(default=list)  # the kinds of events that it may tell of
    active = models.BooleanField(default=True)
    last_heard_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["landlord", "name"], name="one_event_source_a_name"),
            models.UniqueConstraint(fields=["landlord", "key_digest"], name="one_event_source_a_key"),
        ]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "name", "key_digest", "sorts", "active", "last_heard_at"}

    def __str__(self) -> str:
        return self.name


class MysteryShop(Record):
    """A resident tries a service without saying so; the service sees the result, never the shopper (SUR-12 to 15)."""

    class Channel(models.TextChoices):
        CALL = "call", "Call"
        WRITE = "write", "Write"
        VISIT = "visit", "Visit"

    class State(models.TextChoices):
        ASSIGNED = "assigned", "Given to a shopper"
        DONE = "done", "Done"
        FED_BACK = "fed_back", "Service told"
        IMPROVEMENT = "improvement", "Improvement under way"
        CLOSED = "closed", "Closed"

    scenario = models.TextField()
    service = models.CharField(max_length=120)
    post = models.ForeignKey("landlords.Post", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    standard = models.CharField(max_length=300)  # what should happen
    pass_score = models.PositiveSmallIntegerField(default=7)  # of ten
    channel = models.CharField(max_length=10, choices=Channel)
    shopper = models.ForeignKey("register.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    score = models.PositiveSmallIntegerField(null=True, blank=True)  # of ten
    comment = models.TextField(blank=True)
    told_on = models.DateField(null=True, blank=True)
    no_change = models.CharField(max_length=300, blank=True)  # why nothing is changed
    state = models.CharField(max_length=20, choices=State, default=State.ASSIGNED)

    class Meta:
        ordering = ["-due_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(score=None) | models.Q(score__lte=10), name="score_of_ten"),
        ]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "scenario", "service", "post", "standard", "pass_score", "channel", "due_on",
            "done_on", "score", "comment", "told_on", "no_change", "state",
        }  # fmt: skip
        personal = {"shopper"}

    def __str__(self) -> str:
        return f"Mystery shop of {self.service}"
