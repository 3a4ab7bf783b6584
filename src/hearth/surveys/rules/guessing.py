"""How many wrong codes are borne before no more are looked at for a while. Pure.

A code has 57 bits, so nobody guesses one; the limit keeps whoever tries from filling the log and the machine. It is
high enough for a whole block behind one address, and for somebody whose hand shakes.
"""

from __future__ import annotations

from datetime import datetime, timedelta

WINDOW = timedelta(minutes=15)
AN_ADDRESS = 20  # wrong codes of one address in a window
A_LANDLORD = 400  # wrong codes of all addresses together, from which on one address has fewer
UNDER_ATTACK = 4  # so many then
ALL = ""  # in place of an address: all of them


def window(at: datetime) -> datetime:
    """The beginning of the quarter of an hour."""
    return at - timedelta(minutes=at.minute % 15, seconds=at.second, microseconds=at.microsecond)


def blocked(*, of_address: int, of_all: int) -> bool:
    """Whether codes from an address are not looked at until the next quarter of an hour, be they right or wrong."""
    return of_address >= (UNDER_ATTACK if of_all >= A_LANDLORD else AN_ADDRESS)
