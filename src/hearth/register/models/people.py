"""People and by what right they live where they live."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from hearth.db.records import Record
from hearth.kernel.kinds import choices
from hearth.register.models.places import Home
from hearth.register.rules.kinds import ApplicationKind, Standing, Tenure


def in_order(name: str) -> models.CheckConstraint:
    """That nothing ends before it starts."""
    return models.CheckConstraint(
        condition=Q(started_on=None) | Q(ended_on=None) | Q(ended_on__gte=F("started_on")), name=name
    )


class Person(Record):
    """One human being whom the landlord knows, kept once.

    Of protected characteristics it holds the date of birth alone, which tells people of one name apart and children
    from adults; ages are shown as counts only, by the equality room.
    """

    key = models.CharField(max_length=60, blank=True)  # in the housing management system
    title = models.CharField(max_length=30, blank=True)
    given_name = models.CharField(max_length=120, blank=True)
    family_name = models.CharField(max_length=120)
    born_on = models.DateField(null=True, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)  # +441322123456
    mobile = models.CharField(max_length=30, blank=True)
    postal_address = models.TextField(blank=True)  # where letters go, if not to the home
    standing = models.CharField(max_length=20, choices=choices(Standing), blank=True)
    user = models.OneToOneField(
        "accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # who signs in to see this record
    online = models.BooleanField(null=True)  # has the internet at home or in the hand; None: not known (PROF-18)
    guardian = models.CharField(max_length=160, blank=True)  # who agreed for somebody under sixteen (INC-07)
    died_on = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    anonymised_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["family_name", "given_name", "id"]
        indexes = [
            models.Index(fields=["landlord", "family_name", "given_name"]),
            models.Index(fields=["landlord", "email"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["landlord", "key"], condition=~Q(key=""), name="one_person_a_key"),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="nobody_merged_into_themselves"),
        ]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "standing", "merged_into", "anonymised_on"}
        personal = {
            "key", "title", "given_name", "family_name", "born_on", "email", "phone", "mobile", "postal_address",
            "user", "online", "guardian", "died_on",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name as one says it."""
        return " ".join(part for part in (self.given_name, self.family_name) if part)


class Household(Record):
    """The people who live together in a home: the unit that answers a survey once."""

    key = models.CharField(max_length=60, blank=True)
    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="households")
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["landlord", "key"], condition=~Q(key=""), name="one_household_a_key"),
            models.UniqueConstraint(fields=["home"], condition=Q(ended_on=None), name="one_household_a_home"),
            in_order("household_in_order"),
        ]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "started_on", "ended_on"}
        personal = {"key", "home"}
        about = ("members__person",)

    def __str__(self) -> str:
        return f"Household at {self.home}"


class HouseholdMember(Record):
    """That somebody lives in a household for a time."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    relation = models.CharField(max_length=60, blank=True)  # to the lead tenant, in the source's words
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "person"], condition=Q(ended_on=None), name="one_membership_at_a_time"
            ),
            in_order("membership_in_order"),
        ]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "started_on", "ended_on"}
        personal = {"household", "person", "relation"}

    def __str__(self) -> str:
        return str(self.person)


class Tenancy(Record):
    """The right of one or more people to live in a home. It ends; it is not deleted."""

    key = models.CharField(max_length=60, blank=True)
    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="tenancies")
    household = models.ForeignKey(Household, null=True, blank=True, on_delete=models.SET_NULL, related_name="tenancies")
    tenure = models.CharField(max_length=20, choices=choices(Tenure))
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)  # the last day
    end_reason = models.CharField(max_length=120, blank=True)
    told_of_involvement_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-started_on", "id"]
        indexes = [models.Index(fields=["landlord", "tenure", "ended_on"])]
        constraints = [
            models.UniqueConstraint(fields=["landlord", "key"], condition=~Q(key=""), name="one_tenancy_a_key"),
            in_order("tenancy_in_order"),
        ]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "tenure", "started_on", "ended_on", "told_of_involvement_on"}
        personal = {"key", "home", "household", "end_reason"}
        about = ("holders__person",)

    def __str__(self) -> str:
        return f"{self.get_tenure_display()} at {self.home}"


class TenancyHolder(Record):
    """Who holds a tenancy. One of them is the lead tenant, so that "tenants" and "lead tenants" are never confused."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.CASCADE, related_name="holders")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tenancies_held")
    lead = models.BooleanField(default=False)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-lead", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenancy"], condition=Q(lead=True, ended_on=None), name="one_lead_tenant_a_tenancy"
            ),
            models.UniqueConstraint(
                fields=["tenancy", "person"], condition=Q(ended_on=None), name="one_holding_at_a_time"
            ),
            in_order("holding_in_order"),
        ]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "lead", "started_on", "ended_on"}
        personal = {"tenancy", "person"}

    def __str__(self) -> str:
        return f"{self.person}, lead tenant" if self.lead else str(self.person)


class Lease(Record):
    """A long lease of a home, bought outright. Of its holders name and address are kept unless they volunteer more."""

    key = models.CharField(max_length=60, blank=True)
    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="leases")
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["landlord", "key"], condition=~Q(key=""), name="one_lease_a_key"),
            in_order("lease_in_order"),
        ]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "started_on", "ended_on"}
        personal = {"key", "home"}
        about = ("holders__person",)

    def __str__(self) -> str:
        return f"Lease of {self.home}"


class LeaseHolder(Record):
    """Who holds a lease."""

    lease = models.ForeignKey(Lease, on_delete=models.CASCADE, related_name="holders")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="leases_held")
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["lease", "person"], condition=Q(ended_on=None), name="one_leaseholding_at_a_time"
            ),
            in_order("leaseholding_in_order"),
        ]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "started_on", "ended_on"}
        personal = {"lease", "person"}

    def __str__(self) -> str:
        return str(self.person)


class Application(Record):
    """That somebody asked for a home or for help."""

    key = models.CharField(max_length=60, blank=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="applications")
    kind = models.CharField(max_length=20, choices=choices(ApplicationKind))
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-started_on"]
        constraints = [
            models.UniqueConstraint(fields=["landlord", "key"], condition=~Q(key=""), name="one_application_a_key"),
            in_order("application_in_order"),
        ]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "started_on", "ended_on"}
        personal = {"key", "person", "kind"}

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.person}"
