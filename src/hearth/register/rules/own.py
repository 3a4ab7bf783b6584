"""Who may have an account to see their own record, and how a code lets them in (PROF-32, INC-07)."""

from __future__ import annotations

import re
from datetime import date, timedelta

from hearth.kernel.days import add_months, spoken
from hearth.kernel.refusals import Refused

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without I, O, 0 and 1, which are read for one another
CODE_LENGTH = 12  # of 32 signs: 60 bits
TRIES = 5  # wrong dates of birth after which a code is good no longer


def age(born_on: date, on: date) -> int:
    """Whole years on a day; who was born on 29 February is a year older on 1 March (Family Law Reform Act 1969 s9)."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def check_may_have_account(
    *, born_on: date | None, holds_home: bool, guardian: str, gone: bool, has_account: bool, on: date, from_age: int
) -> None:
    """Refuse an account for a closed record, a child without a guardian, or somebody of unknown age (INC-07).

    A tenancy or lease is held by adults, so that its holders need no date of birth. `from_age` is in years.
    """
    if gone:
        raise Refused("This record is closed, so it can have no account.")
    if has_account:
        raise Refused("They have an account already.")
    if guardian.strip() or (holds_home and born_on is None):
        return
    if born_on is None:
        raise Refused(
            f"Their date of birth is not recorded. Record it, or a guardian, first: nobody under {from_age} has an "
            "account without one."
        )
    if age(born_on, on) < from_age:
        birthday = add_months(born_on, from_age * 12)
        raise Refused(
            f"They are under {from_age} until {spoken(birthday)}. Record a parent or guardian who agrees before "
            "opening an account."
        )


def spoken_code(code: str) -> str:
    """A code as a letter prints it: in three groups of four (COM-03: easy to read out and to type)."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def plain_code(typed: str) -> str:
    """What was typed, as a code: capitals, without spaces and hyphens (SEC-13)."""
    return re.sub(r"[\s\-–—_.]", "", typed).upper()


def check_code(*, sent_on: date, days: int, used: bool, tries: int, on: date) -> None:
    """Refuse a code that was used, is too old, or was tried with wrong answers too often (SEC-13)."""
    if used:
        raise Refused("This code has been used. Sign in instead.", field="code")
    if on > sent_on + timedelta(days=days) or tries >= TRIES:
        raise Refused("This code cannot be used any longer. Ask us for a new one.", field="code")


def check_born(*, given: date | None, recorded: date | None) -> bool:
    """Whether the date of birth agrees where one is recorded: a letter may be opened by somebody else (SEC-13)."""
    return recorded is None or given == recorded
