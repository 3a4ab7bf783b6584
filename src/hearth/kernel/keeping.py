"""How a room says that one of its kinds of record is kept for a time only (SEC-11)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from hearth.kernel.kinds import Kind


class Fate(Kind):
    """What becomes of a record whose time is over."""

    DELETED = "deleted", "Deleted"
    ANONYMISED = "anonymised", "Made anonymous"


@dataclass(frozen=True)
class Kept:
    """One kind of record that is kept for a time. Every room may add its own (the table `RETAINED` of the wiring).

    `past(day)` gives the rows whose time began on or before the day, as a queryset; `act(rows, by)` deletes them or
    makes them anonymous, and gives their number. Rows of people under a legal hold are never given to it: whose a row
    is, is read off the privacy map of its model.
    """

    key: str  # "register.contacts"
    words: str  # "Contacts with people"
    kind: str  # label of the model, as a legal hold names it: "register.contactlog"
    setting: str  # the dated setting that says how many months
    since: str  # from when the time is counted, in words
    fate: Fate
    past: Callable[[date], Any]
    act: Callable[[Any, Any], int]
