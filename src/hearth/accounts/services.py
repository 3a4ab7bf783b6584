"""Changing accounts: invite, set up, give roles and posts, end them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction

from hearth.accounts import permissions, queries, rules
from hearth.accounts.models import Invitation, PostHolding, RoleHolding, User
from hearth.audit import services as audit
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.landlords.queries import own, posts


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def open_account(*, name: str, email: str, needs_second_factor: bool = False, by: Actor) -> User:
    """Open an account that nobody can sign in to until its invitation is taken up."""
    check(by, permissions.MANAGE)
    if User.objects.filter(email__iexact=email).exists():
        raise Refused("There is an account with that email address already.", field="email")
    user = User(name=name.strip(), email=email.strip(), needs_second_factor=needs_second_factor)
    user.set_unusable_password()
    user.save()
    audit.record(by=by, deed="accounts.opened", subject=user, person=user.pk)
    return user


@transaction.atomic
def invite(*, user: User, at: datetime, by: Actor) -> str:
    """Make an invitation and return its token, which is kept nowhere else; the letter carries it."""
    check(by, permissions.MANAGE)
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(user=user, token=_digest(token), sent_at=at)
    audit.record(by=by, deed="accounts.invited", subject=user, person=user.pk)
    return token


@transaction.atomic
def invite_person(
    *,
    name: str,
    email: str,
    roles: Sequence[str],
    post_ids: Sequence[int],
    first_on: date,
    needs_second_factor: bool,
    at: datetime,
    address: Callable[[str], str],
    by: Actor,
) -> User:
    """Open an account with its roles and posts, and send the letter with which its owner sets it up.

    `address` makes of the letter's token the full address of the page on which the invitation is taken up.
    """
    user = open_account(name=name, email=email, needs_second_factor=needs_second_factor, by=by)
    for role in roles:
        give_role(user=user, role=role, first_on=first_on, by=by)
    for post_id in post_ids:
        fill_post(post_id=post_id, name=user.name, first_on=first_on, user=user, by=by)
    send_invitation(user=user, at=at, address=address, by=by)
    return user


@transaction.atomic
def send_invitation(*, user: User, at: datetime, address: Callable[[str], str], by: Actor) -> None:
    """Send somebody a letter with a fresh invitation; letters sent before are good no longer."""
    check(by, permissions.MANAGE)
    if not user.is_active:
        raise Refused("This account is closed.")
    if user.has_usable_password():
        raise Refused("This account is set up already. Its owner can ask for a new password on the sign-in page.")
    Invitation.objects.filter(user=user, used_at=None).update(used_at=at)
    token = invite(user=user, at=at, by=by)
    landlord = own()
    subject, text = rules.invitation_letter(
        name=user.name, landlord=landlord.name, by=by.name, address=address(token), email=user.email
    )
    send_mail(subject, text, None, [user.email])


def invitation(token: str, *, at: datetime) -> Invitation:
    """The invitation that a letter's token stands for. Raises Refused where it is spent, too old or unknown."""
    found = Invitation.objects.select_related("user").filter(token=_digest(token)).first()
    if found is None:
        raise Refused("This invitation is not known here. Check the address in the letter.")
    rules.check_invitation(sent_at=found.sent_at, used=found.used_at is not None, now=at)
    return found


@transaction.atomic
def take_up(*, token: str, password: str, at: datetime) -> User:
    """Set the password of an invited account."""
    found = invitation(token, at=at)
    set_password(user=found.user, password=password)
    found.used_at = at
    found.save(update_fields=["used_at"])
    by = Actor(landlord_id=found.landlord_id, user_id=found.user_id, name=found.user.name)
    audit.record(by=by, deed="accounts.taken_up", subject=found.user, person=found.user_id)
    return found.user


def set_password(*, user: User, password: str) -> None:
    """Set a password that is long and unusual enough. Raises Refused with what is wrong."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refused(" ".join(error.messages), field="password") from None
    user.set_password(password)
    user.save(update_fields=["password"])


@transaction.atomic
def give_role(*, user: User, role: str, first_on: date, last_on: date | None = None, by: Actor) -> RoleHolding:
    """Give somebody a role from a day on. Nobody gives themselves one."""
    check(by, permissions.MANAGE)
    if role not in queries.roles() or role == rules.RESIDENT:
        raise Refused("Choose one of the roles in the list.", field="role")
    if by.user_id is not None and by.user_id == user.pk:
        raise Refused("You cannot give yourself a role. Ask another administrator.", field="role")
    if last_on is not None and last_on < first_on:
        raise Refused("A role cannot end before it began.", field="last_on")
    holding = RoleHolding.objects.create(user=user, role=role, first_on=first_on, last_on=last_on)
    audit.record(by=by, deed="accounts.role_given", subject=user, person=user.pk, role=role)
    return holding


@transaction.atomic
def end_role(*, holding: RoleHolding, last_on: date, by: Actor) -> None:
    """Let a role end on a day."""
    check(by, permissions.MANAGE)
    if last_on < holding.first_on:
        raise Refused("A role cannot end before it began.", field="last_on")
    holding.last_on = last_on
    holding.save(update_fields=["last_on"])
    audit.record(by=by, deed="accounts.role_ended", subject=holding.user, person=holding.user_id, role=holding.role)


@transaction.atomic
def fill_post(
    *,
    post_id: int,
    name: str,
    first_on: date,
    last_on: date | None = None,
    user: User | None = None,
    by: Actor,
) -> PostHolding:
    """Record who fills a post, and from when."""
    check(by, permissions.MANAGE)
    if not name.strip():
        raise Refused("Enter the name, or choose an account.", field="name")
    if last_on is not None and last_on < first_on:
        raise Refused("A post cannot be left before it was filled.", field="last_on")
    post = posts().get(pk=post_id)
    holding = PostHolding.objects.create(post=post, user=user, name=name, first_on=first_on, last_on=last_on)
    audit.record(by=by, deed="accounts.post_filled", subject=post, person=user.pk if user else None)
    return holding


@transaction.atomic
def leave_post(*, holding: PostHolding, last_on: date, by: Actor) -> None:
    """Record the last day on which somebody filled a post."""
    check(by, permissions.MANAGE)
    if last_on < holding.first_on:
        raise Refused("A post cannot be left before it was filled.", field="last_on")
    holding.last_on = last_on
    holding.save(update_fields=["last_on"])
    audit.record(by=by, deed="accounts.post_left", subject=holding.post, person=holding.user_id)


@transaction.atomic
def close_account(*, user: User, by: Actor) -> None:
    """Let nobody sign in with this account any more; what they did stays on record."""
    check(by, permissions.MANAGE)
    user.is_active = False
    user.save(update_fields=["is_active"])
    audit.record(by=by, deed="accounts.closed", subject=user, person=user.pk)


# ── residents ─────────────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def open_for_resident(*, name: str, email: str, password: str, on: date, by: Actor) -> User:
    """Open the account of a resident who has shown their code; the register joins it to their record (PROF-32).

    The code stands for the permission: `by` is the system, after the register has checked it.
    """
    check(by, permissions.OPEN_FOR_RESIDENTS)
    if User.objects.filter(email__iexact=email.strip()).exists():
        raise Refused(
            "There is an account with that email address already. Sign in with it, or use another address.",
            field="email",
        )
    user = User(name=name.strip(), email=email.strip())
    user.set_unusable_password()
    user.save()
    set_password(user=user, password=password)
    RoleHolding.objects.create(user=user, role=rules.RESIDENT, first_on=on)
    audit.record(by=by, deed="accounts.opened", subject=user, person=user.pk)
    audit.record(by=by, deed="accounts.role_given", subject=user, person=user.pk, role=rules.RESIDENT)
    return user


@transaction.atomic
def end_resident(*, user: User, on: date, erase: bool = False, by: Actor) -> None:
    """End a resident's account. Where its owner works here too, only the role of a resident ends.

    `erase` takes name, address and second factors out of it for good.
    """
    check(by, permissions.OPEN_FOR_RESIDENTS)
    held = RoleHolding.objects.filter(user=user, last_on=None)
    for holding in held.filter(role=rules.RESIDENT):
        holding.last_on = max(on, holding.first_on)
        holding.save(update_fields=["last_on"])
    if not held.exclude(role=rules.RESIDENT).exists():
        user.is_active = False
        user.set_unusable_password()
        if erase:
            from allauth.mfa.models import Authenticator

            Authenticator.objects.filter(user=user).delete()
            user.name, user.email = "Former resident", f"removed-{user.pk}@removed.invalid"
        user.save(update_fields=["is_active", "password", "name", "email"])
    Invitation.objects.filter(user=user).delete()
    audit.record(by=by, deed="accounts.ended", subject=user, person=user.pk)
