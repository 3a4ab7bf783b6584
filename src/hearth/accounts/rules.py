"""Roles are held from a day and until a day; an invitation is good for a week."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from hearth.kernel.refusals import Refused

INVITATION_HOLDS = timedelta(days=7)
RESIDENT = "resident"  # the role that opens one's own pages and nothing else; given by the register, never by hand


@dataclass(frozen=True)
class Role:
    """A role of requirements section 3: its name and what it allows."""

    key: str
    label: str
    permissions: frozenset[str] = field(default_factory=frozenset)


def held(first: date, last: date | None, day: date) -> bool:
    """Whether a role or post is held on a day; the last day counts."""
    return first <= day and (last is None or day <= last)


def permissions_of(roles: Iterable[str], known: Mapping[str, Role]) -> frozenset[str]:
    """All that these roles allow together; an unknown role allows nothing."""
    return frozenset().union(*(known[role].permissions for role in roles if role in known))


def check_invitation(*, sent_at: datetime, used: bool, now: datetime) -> None:
    """Refuse an invitation that was used or is older than a week."""
    if used:
        raise Refused("This invitation has been used. Sign in instead.")
    if now - sent_at > INVITATION_HOLDS:
        raise Refused("This invitation has run out. Ask the person who invited you for a new one.")


def invitation_letter(*, name: str, landlord: str, by: str, address: str, email: str) -> tuple[str, str]:
    """Subject and text of the letter that invites somebody; the address in it sets up the account."""
    days = INVITATION_HOLDS.days
    text = (
        f"Dear {name},\n\n{by or landlord} has opened an account for you at {landlord}.\n\n"
        f"To choose your password, open this address within {days} days:\n\n{address}\n\n"
        f"After that you sign in with {email}.\n\n"
        f"If you did not expect this letter, do nothing: nobody can use the account without this address.\n\n"
        f"{landlord}\n"
    )
    return f"Set up your account at {landlord}", text
