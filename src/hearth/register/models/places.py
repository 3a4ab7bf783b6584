"""Places: estates, buildings and homes."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from hearth.db.records import Record
from hearth.kernel.kinds import choices
from hearth.register.rules.kinds import HomeKind


class Estate(Record):
    """A neighbourhood that the landlord looks after as one."""

    key = models.CharField(max_length=60, blank=True)  # in the housing management system
    name = models.CharField(max_length=160)
    area = models.CharField(max_length=120, blank=True)  # ward or patch

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["landlord", "name"], name="one_estate_a_name"),
            models.UniqueConstraint(fields=["landlord", "key"], condition=~Q(key=""), name="one_estate_a_key"),
        ]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "key", "name", "area"}

    def __str__(self) -> str:
        return self.name


class Building(Record):
    """A block or another building with one or more homes. `higher_risk` is recorded, never guessed from the height."""

    key = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=160)
    estate = models.ForeignKey(Estate, null=True, blank=True, on_delete=models.PROTECT, related_name="buildings")
    height_m = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)  # metres
    storeys = models.PositiveSmallIntegerField(null=True, blank=True)
    higher_risk = models.BooleanField(null=True)  # None: not known
    accountable_person = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["landlord", "key"], condition=~Q(key=""), name="one_building_a_key"),
        ]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "key", "name", "estate", "height_m", "storeys", "higher_risk", "accountable_person",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Home(Record):
    """A dwelling that the landlord owns or manages. A home that is sold or pulled down ends; it is not deleted."""

    key = models.CharField(max_length=60, blank=True)
    uprn = models.CharField(max_length=12, blank=True, validators=[RegexValidator(r"^\d{1,12}$")])
    building = models.ForeignKey(Building, null=True, blank=True, on_delete=models.PROTECT, related_name="homes")
    estate = models.ForeignKey(Estate, null=True, blank=True, on_delete=models.PROTECT, related_name="homes")
    address = models.CharField(max_length=300)  # in one line, without the postcode
    postcode = models.CharField(max_length=8)
    kind = models.CharField(max_length=20, choices=choices(HomeKind), default=HomeKind.OTHER)
    bedrooms = models.PositiveSmallIntegerField(null=True, blank=True)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["postcode", "address"]
        indexes = [models.Index(fields=["landlord", "postcode"])]
        constraints = [
            models.UniqueConstraint(fields=["landlord", "key"], condition=~Q(key=""), name="one_home_a_key"),
            models.UniqueConstraint(fields=["landlord", "uprn"], condition=~Q(uprn=""), name="one_home_a_uprn"),
            models.CheckConstraint(
                condition=Q(started_on=None) | Q(ended_on=None) | Q(ended_on__gte=F("started_on")), name="home_in_order"
            ),
        ]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "building", "estate", "kind", "bedrooms", "started_on", "ended_on"}
        personal = {"key", "uprn", "address", "postcode"}

    def __str__(self) -> str:
        return f"{self.address}, {self.postcode}"
