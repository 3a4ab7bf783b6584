"""A survey and the versions of its questionnaire."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from hearth.db.records import Record
from hearth.kernel.kinds import choices
from hearth.surveys.rules.kinds import Draw, Secrecy, Sort, State


class Survey(Record):
    """One asking: what, of whom, when, by which ways, and what must be said of it when it is published."""

    title = models.CharField(max_length=200)
    sort = models.CharField(max_length=20, choices=choices(Sort))
    slug = models.SlugField(max_length=60)  # in the address of the public form and of the results
    purpose = models.TextField(blank=True)  # why it is asked, for the officer and for the privacy notice
    state = models.CharField(max_length=20, choices=choices(State), default=State.DRAFT)
    secrecy = models.CharField(max_length=20, choices=choices(Secrecy), default=Secrecy.CONFIDENTIAL)
    draw = models.CharField(max_length=20, choices=choices(Draw), default=Draw.CENSUS)
    modes = models.JSONField(default=list)  # values of rules.kinds.Mode
    stock = models.CharField(max_length=4, blank=True)  # "lcra", "lcho", or "" where it does not matter
    locked_set = models.CharField(max_length=40, blank=True)  # "tsm-2023": the prescribed set that it carries
    opens_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)  # the last day
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    results_due_on = models.DateField(null=True, blank=True)  # SUR-09
    reminders = models.JSONField(default=list)  # days after opening on which those who have not answered are reminded
    rolling = models.BooleanField(default=False)  # follows events, and stays open
    statutory = models.BooleanField(default=False)  # counts not towards the limit of surveys a person (SUR-20)
    every_months = models.PositiveSmallIntegerField(null=True, blank=True)  # a recurring survey (SUR-19)
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")  # last time
    firm = models.CharField(max_length=160, blank=True)  # the survey firm, and what it did
    firm_role = models.CharField(max_length=300, blank=True)
    agreement = models.CharField(max_length=300, blank=True)  # the data-sharing agreement with it (SUR-11)
    incentive = models.CharField(max_length=300, blank=True)  # type and amount
    without_lettings = models.CharField(max_length=300, blank=True)  # why Choice Based Lettings is not asked (SUR-07)
    approach = models.JSONField(default=dict)  # what officers add to the summary of survey approach, by item "a" to "k"
    owner = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-opens_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["landlord", "slug"], name="one_survey_a_slug"),
            models.CheckConstraint(
                condition=Q(opens_on=None) | Q(closes_on=None) | Q(closes_on__gte=F("opens_on")),
                name="survey_in_order",
            ),
        ]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "title", "sort", "slug", "purpose", "state", "secrecy", "draw", "modes", "stock",
            "locked_set", "opens_on", "closes_on", "opened_at", "closed_at", "results_due_on", "reminders", "rolling",
            "statutory", "every_months", "follows", "firm", "firm_role", "agreement", "incentive", "without_lettings",
            "approach", "owner",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.title


class Version(Record):
    """One version of a survey's questionnaire; frozen once somebody has answered it."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()  # a rules.instrument.Instrument
    digest = models.CharField(max_length=64)  # of the content
    frozen_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True)  # what was changed, and why

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["survey", "number"], name="one_questionnaire_a_number")]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "survey", "number", "content", "digest", "frozen_at", "why"}

    def __str__(self) -> str:
        return f"{self.survey}, version {self.number}"
