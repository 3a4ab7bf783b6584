"""What came of it: weights, and figures as they stood at a moment."""

from __future__ import annotations

from django.db import models

from hearth.db.records import Record
from hearth.surveys.models.instrument import Survey


class Weighting(Record):
    """How the responses of a survey were weighted, by which characteristics, and how well it went."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="weightings")
    at = models.DateTimeField()
    method = models.CharField(max_length=20)  # "none", "poststratification", "raking", "calibration"
    characteristics = models.JSONField(default=list)
    margins = models.JSONField(default=dict)
    bounds = models.JSONField(default=dict)
    report = models.JSONField(default=dict)  # convergence, design effect, effective sample, lowest and highest weight
    why = models.CharField(max_length=500, blank=True)
    current = models.BooleanField(default=True)
    by_name = models.CharField(max_length=160)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey"], condition=models.Q(current=True), name="one_current_weighting_a_survey"
            )
        ]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "survey", "at", "method", "characteristics", "margins", "bounds", "report", "why",
            "current",
        }  # fmt: skip
        personal = {"by_name"}

    def __str__(self) -> str:
        return f"Weights of {self.survey}"


class Result(Record):
    """The figures of a survey as they stood at a moment; pages show these and never count the answers themselves."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="results")
    at = models.DateTimeField()
    responses = models.PositiveIntegerField()
    exact = models.JSONField()  # for officers with the right to see them
    treated = models.JSONField()  # with small numbers hidden: all that others ever see
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["-at", "-id"]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "survey", "at", "responses", "treated", "published_at"}
        personal = {"published_by"}
        special = {"exact"}

    def __str__(self) -> str:
        return f"Results of {self.survey}"
