"""What people told about themselves: for a purpose, in a standing, with consent where it is needed; never seen outside.

Only counts leave the room. One person's answers are read by that person, and by cleared staff whose every look is
recorded. An answer that was replaced stays as a row of its own (`superseded_at`), which cleared staff may read; the
audit trail says only that an answer changed, never what it was (PROF-32). Withdrawing consent removes both (PROF-15).
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from hearth.db.records import Record
from hearth.equality import rules
from hearth.equality.models.sets import Category, CategorySet
from hearth.kernel.kinds import choices


class Purpose(Record):
    """Why people are asked, and what the law allows it by; words of a version are never changed (PROF-27)."""

    text = models.TextField()  # in plain words, as people read it beside the questions
    lawful_basis = models.CharField(max_length=40, choices=choices(rules.LawfulBasis))
    condition = models.CharField(max_length=40, choices=choices(rules.Condition))
    consent_words = models.TextField()  # what somebody agrees to, as they read it
    holds_from = models.DateField()
    kept_years = models.PositiveSmallIntegerField(default=6)  # after the person has left

    class Meta:
        ordering = ["-holds_from", "-id"]
        constraints = [models.UniqueConstraint(fields=["landlord", "holds_from"], name="one_purpose_a_day")]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "text", "lawful_basis", "condition", "consent_words", "holds_from", "kept_years",
        }  # fmt: skip

    def __str__(self) -> str:
        return f"Purpose from {self.holds_from:%d %B %Y}"


class Consent(Record):
    """That somebody agreed to a purpose on a day, and withdrew it on another (PROF-15)."""

    person = models.ForeignKey("register.Person", on_delete=models.CASCADE, related_name="+")
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="consents")
    source = models.CharField(max_length=20, choices=choices(rules.Source))
    given_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-given_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"], condition=Q(withdrawn_on=None), name="one_consent_a_purpose"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("given_on")), name="consent_in_order"
            ),
        ]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "purpose", "source", "given_on", "withdrawn_on"}
        personal = {"person"}

    def __str__(self) -> str:
        return "Consent withdrawn" if self.withdrawn_on else "Consent given"


class Answer(Record):
    """What one person told of one characteristic, or that they would not say. Somebody never asked has no row."""

    person = models.ForeignKey("register.Person", on_delete=models.CASCADE, related_name="+")
    characteristic = models.CharField(max_length=60)
    category_set = models.ForeignKey(CategorySet, on_delete=models.PROTECT, related_name="+")
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    standing = models.CharField(max_length=20, choices=choices(rules.Standing))
    source = models.CharField(max_length=20, choices=choices(rules.Source))
    told_on = models.DateField()
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="+")
    consent = models.ForeignKey(Consent, null=True, blank=True, on_delete=models.CASCADE, related_name="answers")
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["characteristic", "-told_on", "id"]
        indexes = [
            models.Index(fields=["landlord", "characteristic"], condition=Q(superseded_at=None), name="said_now")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(standing="answered", category__isnull=False)
                | (~Q(standing="answered") & Q(category__isnull=True)),
                name="answered_has_a_category",
            ),
            models.UniqueConstraint(
                fields=["person", "characteristic", "category"],
                condition=Q(superseded_at=None), nulls_distinct=False, name="one_answer_once",
            ),
        ]  # fmt: skip

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "source", "told_on", "purpose", "superseded_at"}
        personal = {"person", "consent"}
        special = {"characteristic", "category_set", "category", "standing"}

    def __str__(self) -> str:
        return "An answer about oneself"  # never the value: this goes to the trail


class AnswerFile(Record):
    """A file of answers, checked first and then brought in or thrown away; its rows are forgotten with that."""

    name = models.CharField(max_length=200)
    source = models.CharField(max_length=20, choices=choices(rules.Source))
    told_on = models.DateField()
    ready = models.JSONField(default=list)  # [[person, characteristic, standing, [categories]], …] until it is done
    problems = models.JSONField(default=list)  # [[row, column, why], …]; never what the cell held
    rows = models.PositiveIntegerField()
    people = models.PositiveIntegerField(default=0)
    answers = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    by_name = models.CharField(max_length=160)

    class Meta:
        ordering = ["-id"]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "source", "told_on", "rows", "people", "answers", "problems", "done_at",
        }  # fmt: skip
        personal = {"name", "by_name"}
        special = {"ready"}

    def __str__(self) -> str:
        return self.name
