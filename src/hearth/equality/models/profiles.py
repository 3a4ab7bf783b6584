"""Counts of people as at a day, and what was published of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from hearth.db.records import Record
from hearth.equality.models.sets import CategorySet


class Profile(Record):
    """Counts of a population by characteristic, as at a day, with base and source; frozen once it is used (CAR-11)."""

    title = models.CharField(max_length=200)
    population = models.CharField(max_length=160)  # "tenants", "residents of the borough"
    basis = models.CharField(max_length=200)  # "Tenant 1 data", "all people in households"
    as_at = models.DateField()
    base = models.PositiveIntegerField(null=True)  # None only where somebody else's percentages come without one
    source = models.CharField(max_length=300)
    counted = models.BooleanField(default=True)  # False: percentages as somebody else published them
    frozen_at = models.DateTimeField(null=True, blank=True)
    drawn = models.CharField(max_length=40, blank=True)  # rules.Population, where Hearth counted it from the register

    class Meta:
        ordering = ["-as_at", "title"]
        constraints = [
            models.CheckConstraint(condition=Q(counted=False) | Q(base__isnull=False), name="counts_have_a_base"),
        ]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "title", "population", "basis", "as_at", "base", "source", "counted", "frozen_at",
            "drawn",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.title


class Cell(Record):
    """How many people of a profile gave one answer, or which share of them where only that was published."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="cells")
    characteristic = models.CharField(max_length=60)
    category_set = models.ForeignKey(CategorySet, null=True, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    label = models.CharField(max_length=160)
    count = models.PositiveIntegerField(null=True)
    share = models.CharField(max_length=10, blank=True)  # per cent with its decimals as printed: "0.10"
    unknown = models.BooleanField(default=False)

    class Meta:
        ordering = ["characteristic", "position"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "characteristic", "label"], name="one_cell_a_label"),
            models.CheckConstraint(
                condition=Q(count__isnull=False, share="") | (Q(count__isnull=True) & ~Q(share="")),
                name="a_count_or_a_share",
            ),
        ]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "profile", "characteristic", "category_set", "position", "label", "unknown"}
        special = {"count", "share"}

    def __str__(self) -> str:
        return f"{self.characteristic}: {self.label}"


class Average(Record):
    """The mean or the median of something in a profile, never without its kind (PROF-22)."""

    class Kind(models.TextChoices):
        MEAN = "mean", "Mean"
        MEDIAN = "median", "Median"

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="averages")
    of = models.CharField(max_length=60)  # "age in years"
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.DecimalField(max_digits=8, decimal_places=2)

    class Meta:
        ordering = ["of", "kind"]
        constraints = [models.UniqueConstraint(fields=["profile", "of", "kind"], name="one_average_a_kind")]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "profile", "of", "kind", "value"}

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.of}"


class PublishedTable(Record):
    """A treated table as it was published, kept so that the next one cannot be subtracted from it."""

    profile = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")
    population = models.CharField(max_length=160)
    characteristic = models.CharField(max_length=60)
    published_at = models.DateTimeField()
    where = models.CharField(max_length=200)
    treated = models.JSONField()
    exact = models.JSONField()  # the untreated counts, for officers with the right to see them and for differencing

    class Meta:
        ordering = ["-published_at", "-id"]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "profile", "population", "characteristic", "published_at", "where", "treated",
        }  # fmt: skip
        special = {"exact"}

    def __str__(self) -> str:
        return f"{self.population}: {self.characteristic}"
