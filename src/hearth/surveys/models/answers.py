"""What was answered. A response's number is drawn at random, so that no order tells who gave it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from hearth.db.records import Record
from hearth.kernel.kinds import choices
from hearth.surveys.models.instrument import Survey, Version
from hearth.surveys.models.sample import Invitation
from hearth.surveys.rules.kinds import Mode, Standing


class Response(Record):
    """One answered questionnaire, however it came. The same form sent twice is one response (`nonce`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="responses")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    nonce = models.CharField(max_length=64)  # of the form that was sent, or of the row of a file
    # Kept while the survey is open, so that one household answers once; goes when a confidential survey closes, and
    # is never there in an anonymous one.
    invitation = models.ForeignKey(Invitation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    mode = models.CharField(max_length=10, choices=choices(Mode))
    language = models.CharField(max_length=20, default="en")
    stock = models.CharField(max_length=4, blank=True)
    traits = models.JSONField(default=dict)  # of its unit: by what it is weighted and told apart in results
    answers = models.JSONField(default=dict)  # {"TP01": "2", "many": ["a", "c"], "why": "words", …}
    standing = models.CharField(max_length=10, choices=choices(Standing), default=Standing.COMPLETE)
    why_set_aside = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    given_at = models.DateTimeField()  # rounded to the day when a confidential survey closes
    seconds = models.PositiveIntegerField(null=True, blank=True)  # how long it took
    taken_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    from_file = models.ForeignKey("surveys.FirmFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    weight = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["survey", "standing", "mode"])]
        constraints = [
            models.UniqueConstraint(fields=["survey", "nonce"], name="one_response_a_form"),
            models.UniqueConstraint(
                fields=["survey", "invitation"],
                condition=Q(invitation__isnull=False) & ~Q(standing="set_aside"),
                name="one_response_a_household",
            ),
        ]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "survey", "version", "nonce", "mode", "language", "stock", "standing",
            "why_set_aside", "started_at", "given_at", "seconds", "taken_by", "from_file", "weight",
        }  # fmt: skip
        personal = {"invitation"}
        special = {"answers", "traits"}

    def __str__(self) -> str:
        return f"A response to {self.survey}"


class Draft(Record):
    """Answers saved on the way, to go on with later by the same code or link; gone once they are sent.

    `answers` are as they were typed, by the names of the form's inputs (`rules.answering.fields`): what is not right
    yet is kept too.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="drafts")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    nonce = models.CharField(max_length=64, blank=True)  # of the form: however often it is taken up, one response
    invitation = models.ForeignKey(Invitation, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    key_digest = models.CharField(max_length=64, blank=True)  # of the link to go on, where there is no code
    mode = models.CharField(max_length=10, choices=choices(Mode))
    language = models.CharField(max_length=20, default="en")
    answers = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    taken_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["invitation"], condition=Q(invitation__isnull=False), name="one_draft_an_invitation"
            ),
            models.UniqueConstraint(
                fields=["landlord", "key_digest"], condition=~Q(key_digest=""), name="one_draft_a_key"
            ),
            models.UniqueConstraint(fields=["survey", "nonce"], condition=~Q(nonce=""), name="one_draft_a_form"),
        ]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "survey", "version", "nonce", "key_digest", "mode", "language", "started_at",
            "changed_at", "taken_by",
        }  # fmt: skip
        personal = {"invitation"}
        special = {"answers"}

    def __str__(self) -> str:
        return f"A draft for {self.survey}"


class Comment(Record):
    """Free text of a response, as it may be shown once a person has checked it for names."""

    class State(models.TextChoices):
        WAITING = "waiting", "To be checked"
        SHOWN = "shown", "May be shown"
        MENDED = "mended", "May be shown as mended"
        KEPT_BACK = "kept_back", "Not shown"

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="comments")
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="comments")
    question = models.CharField(max_length=60)
    text = models.TextField()
    shown = models.TextField(blank=True)
    themes = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    checked_by = models.CharField(max_length=160, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["survey", "question", "state"]), models.Index(fields=["survey", "state"])]
        constraints = [models.UniqueConstraint(fields=["response", "question"], name="one_comment_a_question")]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "survey", "response", "question", "shown", "themes", "state", "checked_at"}
        personal = {"checked_by"}
        special = {"text"}

    def __str__(self) -> str:
        return f"A comment on {self.question}"


class PrizeEntry(Record):
    """Who wishes to be in the draw for an incentive: kept apart, with no link to any answer and no moment."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="prize_entries")
    nonce = models.CharField(max_length=64)
    name = models.CharField(max_length=160)
    contact = models.CharField(max_length=200)
    won = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["survey", "nonce"], name="one_entry_a_form")]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "survey", "nonce", "won"}
        personal = {"name", "contact"}

    def __str__(self) -> str:
        return self.name
