"""What the pages about people and posts show, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from hearth.accounts import rules
from hearth.accounts.models import PostHolding, RoleHolding, User
from hearth.ui.words import day, listed


def role_name(key: str, known: Mapping[str, rules.Role]) -> str:
    """The name of a role; one that Hearth no longer knows by its key."""
    return known[key].label if key in known else f"{key} (allows nothing any more)"


def span(first_on: date, last_on: date | None) -> str:
    """The days of a role or post: "from 1 April 2024" or "1 April 2024 to 31 March 2025"."""
    return f"{day(first_on)} to {day(last_on)}" if last_on else f"from {day(first_on)}"


def state_on(first_on: date, last_on: date | None, on: date) -> str:
    """Whether a role or post is held on a day: "Now", "Later" or "Ended"."""
    if on < first_on:
        return "Later"
    return "Now" if rules.held(first_on, last_on, on) else "Ended"


def account_state(user: User) -> tuple[str, str]:
    """How an account stands, with the colour of its tag."""
    if not user.is_active:
        return "Closed", "grey"
    if not user.has_usable_password():
        return "Invited", "yellow"
    return "Open", "green"


@dataclass(frozen=True)
class PersonRow:
    """One line of the list of people."""

    user: User
    roles: str
    posts: str
    state: str
    colour: str


def person_row(user: User, *, on: date, known: Mapping[str, rules.Role]) -> PersonRow:
    """What the list says about somebody on a day."""
    roles = [role_name(r.role, known) for r in user.role_holdings.all() if rules.held(r.first_on, r.last_on, on)]
    posts = [p.post.title for p in user.post_holdings.all() if rules.held(p.first_on, p.last_on, on)]
    return PersonRow(user, listed(roles) or "No role", listed(posts), *account_state(user))


@dataclass(frozen=True)
class HoldingRow:
    """One role or post with its days."""

    pk: int
    what: str
    days: str
    state: str
    may_end: bool


def role_rows(holdings: Iterable[RoleHolding], *, on: date, known: Mapping[str, rules.Role]) -> list[HoldingRow]:
    """Somebody's roles, those held now first."""
    rows = [_row(h, role_name(h.role, known), on) for h in holdings]
    return sorted(rows, key=lambda row: (ORDER[row.state], row.what))


def post_rows(holdings: Iterable[PostHolding], *, on: date) -> list[HoldingRow]:
    """Somebody's posts, those filled now first."""
    rows = [_row(h, h.post.title, on) for h in holdings]
    return sorted(rows, key=lambda row: (ORDER[row.state], row.what))


def holder_rows(holdings: Iterable[PostHolding], *, on: date) -> list[HoldingRow]:
    """Everybody who filled or will fill a post, latest first."""
    return [_row(h, h.name, on) for h in sorted(holdings, key=lambda h: h.first_on, reverse=True)]


ORDER = {"Now": 0, "Later": 1, "Ended": 2}


def _row(holding: RoleHolding | PostHolding, what: str, on: date) -> HoldingRow:
    state = state_on(holding.first_on, holding.last_on, on)
    days = span(holding.first_on, holding.last_on)
    return HoldingRow(holding.pk, what, days, state, may_end=state != "Ended")
