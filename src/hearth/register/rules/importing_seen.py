"""What the rows of one file have said so far: one reference may not stand for two things (SYS-10); pure.

It keeps a number for each reference, never the rows, so that memory stays small beside the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from hearth.register.rules.importing_words import JOINT, LEAD, MEMBER, TENANCY

Say = Callable[[str, str], None]
_PLAIN = str.maketrans("", "", " ,.-'’/")
_BITS = 32
_MASK = (1 << _BITS) - 1


def _kept(row: int, *said: Any, extra: int = 0) -> int:
    """A row with what it said, in one number: its row, its words as a hash, and a small number of their own."""
    return (row << 2 * _BITS) | ((hash(said) & _MASK) << _BITS) | (extra & _MASK)


def _row(kept: int) -> int:
    return kept >> 2 * _BITS


def _words_differ(one: int, other: int) -> bool:
    return (one >> _BITS) & _MASK != (other >> _BITS) & _MASK


class Seen:
    """The references of one file. `lead_said`: the file says who the lead tenants are; else the first named is it."""

    def __init__(self, *, lead_said: bool) -> None:
        self.lead_said = lead_said
        self.estates: set[str] = set()
        self.buildings: set[tuple[str, str]] = set()
        self.homes: dict[str, int] = {}
        self.rights: dict[str, int] = {}
        self.people: dict[str, int] = {}
        self.parts: dict[int, int] = {}  # a person's part in a right: the row
        self.uprns: dict[str, str] = {}  # the home that has it
        self.leads: dict[str, int] = {}  # a tenancy: the row of its lead tenant
        self.waiting: dict[str, int] = {}  # a tenancy without one so far: the row of its first tenant

    def look(self, row: int, said: dict[str, Any], fail: Say, warn: Say) -> None:
        """Compare a row with those before it: say what does not agree, or mark what it is the first to name."""
        home = said.get("home_key") or said.get("uprn") or ""
        right = f"{said['right_kind'][:1]}{said['right_key']}"
        part = hash((right, said["person_key"]))
        born_on = said.get("born_on")
        told = {
            "person": _kept(
                row, said["given_name"].casefold(), said["family_name"].casefold(),
                extra=born_on.toordinal() if born_on else 0,
            ),
            "right": _kept(row, said["right_value"], home, said["started_on"], said["ended_on"]),
            "home": _kept(row, said["address"].casefold().translate(_PLAIN), said["postcode"]) if home else 0,
        }  # fmt: skip
        failed = list(self._against(said, home, right, part, told))
        for key, reason in failed:
            fail(key, reason)
        if failed:
            return
        self.parts[part] = row
        said["first_person"] = self._first(self.people, said["person_key"], told["person"])
        said["first_right"] = self._first(self.rights, right, told["right"])
        if home:
            said["first_home"] = self._first(self.homes, home, told["home"])
            self._uprn(said, home, warn)
            self._place(said)
        if said["right_kind"] == TENANCY and said["role"] != MEMBER:
            self._lead(said, row, warn)

    def _against(
        self, said: dict[str, Any], home: str, right: str, part: int, told: dict[str, int]
    ) -> Iterator[tuple[str, str]]:
        """What does not agree with an earlier row, as field and reason."""
        if part in self.parts:
            yield (
                "person.key",
                f"The person “{said['person_key']}” stands in the same tenancy, lease or application in row "
                f"{self.parts[part]:,} already",
            )
            return
        before = self.people.get(said["person_key"])
        if before is not None:
            here, there = told["person"] & _MASK, before & _MASK
            if _words_differ(before, told["person"]) or (here and there and here != there):
                yield (
                    "person.key",
                    f"The reference “{said['person_key']}” stands for somebody else in row {_row(before):,}",
                )
        before = self.rights.get(right)
        if before is not None and _words_differ(before, told["right"]):
            yield (
                "right.key",
                f"The reference “{said['right_key']}” has another home, tenure, start or end in row {_row(before):,}",
            )
        before = self.homes.get(home)
        if before is not None and _words_differ(before, told["home"]):
            yield "home.key", f"The home “{home}” has another address in row {_row(before):,}"

    @staticmethod
    def _first(known: dict[str, int], key: str, kept: int) -> bool:
        if key in known:
            return False
        known[key] = kept
        return True

    def _uprn(self, said: dict[str, Any], home: str, warn: Say) -> None:
        if said["uprn"] and said["home_key"]:
            owner = self.uprns.setdefault(said["uprn"], home)
            if owner != home:
                row = _row(self.homes[owner])
                warn("home.uprn", f"The UPRN {said['uprn']} belongs to the home “{owner}” in row {row:,} already")
                said["uprn"] = ""

    def _place(self, said: dict[str, Any]) -> None:
        if estate := said["estate_key"] or said["estate_name"]:
            said["first_estate"] = estate not in self.estates
            self.estates.add(estate)
        if building := said["building_key"] or said["building_name"]:
            both = (building, "" if said["building_key"] else estate)
            said["first_building"] = both not in self.buildings
            self.buildings.add(both)

    def _lead(self, said: dict[str, Any], row: int, warn: Say) -> None:
        key = said["right_key"]
        if not self.lead_said:
            said["role"] = JOINT if key in self.leads else LEAD
        elif said["role"] == LEAD and key in self.leads:
            warn(
                "part.lead", f"Row {self.leads[key]:,} names the lead tenant of “{key}” already. Taken as joint tenant"
            )
            said["role"] = JOINT
        if said["role"] == LEAD:
            self.leads[key] = row
            self.waiting.pop(key, None)
        elif key not in self.leads:
            self.waiting.setdefault(key, row)
