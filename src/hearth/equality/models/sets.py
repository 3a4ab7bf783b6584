"""The answers that people may give, as data."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from hearth.db.records import Record
from hearth.equality import rules


class CategorySet(Record):
    """The answers that one characteristic may have, as published by somebody on some day; never a constant in code."""

    key = models.CharField(max_length=80, blank=True)  # of a set that came with Hearth; empty for one's own
    characteristic = models.CharField(max_length=60)  # code: "sexual_orientation"
    name = models.CharField(max_length=160)
    source = models.CharField(max_length=300)
    address = models.URLField(max_length=400, blank=True)  # where the source can be read
    note = models.CharField(max_length=500, blank=True)  # "people aged 16 and over; the question is voluntary"
    holds_from = models.DateField()
    sensitive = models.BooleanField(default=True)
    several = models.BooleanField(default=False)  # a person may give several answers, so that they make no whole
    confirm = models.BooleanField(default=False)
    asked_from = models.DateField(null=True, blank=True)  # since when people are asked with these answers
    question = models.CharField(max_length=300, blank=True)  # as people read it

    class Meta:
        ordering = ["characteristic", "name"]
        constraints = [
            models.UniqueConstraint(fields=["landlord", "characteristic", "name"], name="one_set_a_name"),
            models.UniqueConstraint(fields=["landlord", "key"], name="one_set_a_key", condition=~Q(key="")),
        ]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "key", "characteristic", "name", "source", "address", "note", "holds_from",
            "sensitive", "several", "confirm", "asked_from", "question",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def about(self) -> str:
        """The characteristic as people call it."""
        return rules.title_of(self.characteristic)


class Category(Record):
    """One answer of a set. `unknown` ones say nothing about the person: not asked, not stated, prefer not to say."""

    category_set = models.ForeignKey(CategorySet, on_delete=models.CASCADE, related_name="categories")
    position = models.PositiveIntegerField()
    label = models.CharField(max_length=160)
    code = models.CharField(max_length=20, blank=True)  # in its source's own data
    unknown = models.BooleanField(default=False)
    age_from = models.PositiveIntegerField(null=True, blank=True)
    age_to = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["category_set", "label"], name="one_category_a_label")]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "category_set", "position", "label", "code", "unknown", "age_from", "age_to",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.label


class Mapping(Record):
    """That people who gave one answer are counted under an answer of another set, with what differs if anything does.

    Without `differs` the answers that map to a target together mean exactly the same people as the target.
    """

    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="mappings")
    target = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="+")
    differs = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["category", "target"]
        constraints = [models.UniqueConstraint(fields=["category", "target"], name="one_mapping_a_pair")]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "category", "target", "differs"}

    def __str__(self) -> str:
        return f"{self.category} counts as {self.target}"
