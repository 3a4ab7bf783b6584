"""Stock and what others published."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from hearth.db.records import Record
from hearth.equality import rules
from hearth.kernel.kinds import choices


class StockFigure(Record):
    """How many homes or tenants there were on a day, by whose count (PROF-02, PROF-03)."""

    as_at = models.DateField()
    kind = models.CharField(max_length=30, choices=list(rules.KINDS.items()))
    number = models.PositiveIntegerField()
    basis = models.CharField(max_length=200, blank=True)  # "Tenant 1 data"
    source = models.CharField(max_length=300)
    official = models.BooleanField(default=True)  # the one to use where two are known for a day

    class Meta:
        ordering = ["-as_at", "kind", "-official", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "as_at", "kind"], name="one_official_figure", condition=Q(official=True)
            )
        ]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "as_at", "kind", "number", "basis", "source", "official"}

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.as_at:%d %B %Y}"


class Statistic(Record):
    """A figure that somebody else published, with publisher, title, period and day (CAR-12, PROF-25)."""

    characteristic = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    publisher = models.CharField(max_length=160)
    title = models.CharField(max_length=300)
    period = models.CharField(max_length=160)
    published = models.CharField(max_length=60)
    draft = models.BooleanField(default=False)
    replaced_by = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["characteristic", "id"]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "characteristic", "text", "publisher", "title", "period", "published", "draft",
            "replaced_by",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.text[:120]


class DutyFigure(Record):
    """Homelessness duties of a year that were owed because of domestic abuse: a share of its own base (PROF-24)."""

    year = models.CharField(max_length=9)  # "2022-23"
    duty = models.CharField(max_length=20, choices=choices(rules.Duty))
    share = models.DecimalField(max_digits=5, decimal_places=2)  # per cent
    base = models.PositiveIntegerField(null=True, blank=True)  # cases of this duty; None where it was not published
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["-year", "id"]
        constraints = [
            models.UniqueConstraint(fields=["landlord", "year", "duty"], name="one_figure_a_duty"),
            models.CheckConstraint(condition=Q(share__gte=0, share__lte=100), name="duty_share_is_a_share"),
        ]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "year", "duty", "share", "base", "source"}

    def __str__(self) -> str:
        return f"{self.get_duty_display()}, {self.year}"
