from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from hearth.db import wall
from hearth.db.records import Record


class Accounts(BaseUserManager["User"]):
    """Finds an account by its email address, whatever its case, within the landlord that is being visited."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, Record):
    """Somebody who signs in at one landlord."""

    name = models.CharField(max_length=160)
    email = models.EmailField()
    is_active = models.BooleanField(default=True)
    needs_second_factor = models.BooleanField(default=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = Accounts()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("email"), "landlord", name="one_account_an_email")]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "is_active", "needs_second_factor", "last_login"}
        personal = {"name", "email", "password"}
        secret = {"password"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Django's own check of the settings makes an account of no landlord, only to look at it.
        if not args and not kwargs and not wall.named():
            kwargs["landlord"] = None
        super().__init__(*args, **kwargs)

    def __str__(self) -> str:
        return self.name


class RoleHolding(Record):
    """A role that somebody holds for a time."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_holdings")
    role = models.CharField(max_length=60)
    first_on = models.DateField()
    last_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["role"]
        constraints = [
            models.CheckConstraint(condition=Q(last_on=None) | Q(last_on__gte=F("first_on")), name="role_in_order")
        ]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "role", "first_on", "last_on"}
        personal = {"user"}

    def __str__(self) -> str:
        return self.role


class PostHolding(Record):
    """Who fills a post, and when; a holder of long ago may have no account (GOV-12)."""

    post = models.ForeignKey("landlords.Post", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="post_holdings")
    name = models.CharField(max_length=160)
    first_on = models.DateField()
    last_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["first_on"]
        constraints = [
            models.CheckConstraint(condition=Q(last_on=None) | Q(last_on__gte=F("first_on")), name="post_in_order")
        ]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "post", "first_on", "last_on"}
        personal = {"user", "name"}

    def __str__(self) -> str:
        return f"{self.name}, {self.post}"


class Invitation(Record):
    """A letter that lets somebody set up their account, once and within a week."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    token = models.CharField(max_length=64, unique=True)  # SHA-256 of what the letter holds
    sent_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-sent_at"]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "sent_at", "used_at"}
        personal = {"user", "token"}
        secret = {"token"}

    def __str__(self) -> str:
        return f"Invitation to {self.user}"
