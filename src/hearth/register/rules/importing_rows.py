"""What a row of the file says of a home, a right and a person, with every problem named (SYS-10, SEC-04); pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hearth.kernel.refusals import Refused
from hearth.kernel.sheets import BRITISH, Cell, Formula, Line, Style, day
from hearth.kernel.words import listed
from hearth.register.rules import importing_words as words
from hearth.register.rules import numbers
from hearth.register.rules.importing_seen import Seen
from hearth.register.rules.mapping import FIELDS

STAGED = (
    "row", "refused", "right_kind", "right_value", "role", "relation", "estate_key", "estate_name", "estate_area",
    "building_key", "building_name", "home_key", "uprn", "address", "postcode", "home_kind", "bedrooms", "right_key",
    "started_on", "ended_on", "end_reason", "household_key", "person_key", "title", "given_name", "family_name",
    "born_on", "email", "phone", "mobile", "postal_address", "first_estate", "first_building", "first_home",
    "first_right", "first_person",
)  # fmt: skip
DAYS = ("right.started_on", "right.ended_on", "person.born_on")
NOT_BROUGHT_IN, LEFT_OUT = "The row was not brought in.", "The value was left out."

_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s.,;<>\"]{2,}")
_ERROR_CELL = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|#+)", re.I)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True)
class Problem:
    """What is wrong in a row: beside which column, why, and whether the whole row is kept out because of it."""

    row: int
    column: str
    reason: str
    refused: bool


def text(cell: Cell) -> str:
    """A cell as one line of text. Raises Refused for formulas, errors of a spreadsheet, and days in place of words."""
    if type(cell) is str:
        found = " ".join(cell.split()) if not cell.isalnum() else cell
        if found[:1] in ("'", "#", "N", "n") or not found.isprintable():
            found = _CONTROL.sub("", found).removeprefix("'")
            if found.casefold() == "null":
                return ""
            if _ERROR_CELL.fullmatch(found):
                raise Refused(f"“{found}” is an error of the spreadsheet")
        return found
    if cell is None:
        return ""
    if isinstance(cell, Formula):
        raise Refused("This cell is a formula: copy the column and paste it as values")
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, date):
        raise Refused(
            f"This cell is a day, {cell:%d/%m/%Y}: the spreadsheet has changed what was written. Set the column to text"
        )
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


@dataclass
class Reader:
    """Reads the rows of one file, whose headings and mapping are known, as at a day.

    `styles` are how columns write days; `tenures` what words stand for which right, as somebody said for the source.
    """

    headings: Sequence[str]
    mapping: Mapping[str, str]
    as_at: date
    styles: Mapping[str, Style] = field(default_factory=dict)
    tenures: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.columns: dict[str, list[int]] = {}
        for place, heading in enumerate(self.headings):
            if key := self.mapping.get(heading):
                self.columns.setdefault(key, []).append(place)
        self.seen = Seen(lead_said="part.lead" in self.columns or "part.role" in self.columns)
        self.by_uprn = "home.key" not in self.columns

    def read(self, line: Line) -> tuple[tuple[Any, ...], list[Problem]]:
        """The row as it is staged, in the order of STAGED, and what is wrong with it.

        A refused row is staged too, with what could be read of its references, so that nothing is taken to be missing
        from the file because of it.
        """
        one = _OneRow(self, line)
        one.take()
        if not one.refused:
            self.seen.look(line.row, one.said, one.fail, one.warn)
        said = one.said
        said["row"], said["refused"] = line.row, one.refused
        return tuple(said.get(name, _EMPTY.get(name, "")) for name in STAGED), one.problems

    def raw(self, line: Line) -> list[str]:
        """The row as it came, for the list of problems."""
        return [
            "" if cell is None else cell.isoformat() if isinstance(cell, date) else str(cell) for cell in line.cells
        ]


_EMPTY: dict[str, Any] = {
    "bedrooms": None, "started_on": None, "ended_on": None, "born_on": None, "first_estate": False,
    "first_building": False, "first_home": False, "first_right": False, "first_person": False,
}  # fmt: skip


class _OneRow:
    """One row while it is being read."""

    def __init__(self, reader: Reader, line: Line) -> None:
        self.reader, self.line, self.cells = reader, line, line.cells
        self.said: dict[str, Any] = {}
        self.problems: list[Problem] = []
        self.refused = False

    def fail(self, key: str, reason: str) -> None:
        """Keep the whole row out."""
        self.refused = True
        self.problems.append(Problem(self.line.row, self._heading(key), f"{reason}. {NOT_BROUGHT_IN}", True))

    def warn(self, key: str, reason: str, ending: str = LEFT_OUT) -> None:
        """Leave one value out."""
        self.problems.append(Problem(self.line.row, self._heading(key), f"{reason}. {ending}".strip(), False))

    def _heading(self, key: str) -> str:
        places = self.reader.columns.get(key)
        return self.reader.headings[places[0]] if places else ""

    def text(self, key: str, *, needed: bool = False, read: Callable[[str], str] | None = None) -> str:
        """The text of a field; what is wrong with a needed one keeps the row out, with another the value."""
        places = self.reader.columns.get(key)
        if places is None:
            return ""
        try:
            if len(places) == 1:
                found = text(self.cells[places[0]]) if places[0] < len(self.cells) else ""
            else:
                parts = [text(self.cells[place]) for place in places if place < len(self.cells)]
                found = ", ".join(part for part in parts if part)
            if found and read is not None:
                found = read(found)
            most = FIELDS[key].most
            if most and len(found) > most:
                raise Refused(f"{FIELDS[key].label} is longer than {most} characters")
        except Refused as refused:
            (self.fail if needed else self.warn)(key, refused.message)
            return ""
        return found

    def day(self, key: str, *, needed: bool = False) -> date | None:
        """The day of a field."""
        places = self.reader.columns.get(key)
        if places is None or places[0] >= len(self.cells):
            return None
        try:
            return day(self.cells[places[0]], self.reader.styles.get(key, BRITISH))
        except Refused as refused:
            (self.fail if needed else self.warn)(key, refused.message)
            return None

    def take(self) -> None:
        """Everything that the row says."""
        if self.line.fault:
            self.fail("", self.line.fault)
        said = self.said
        said["person_key"] = self.text("person.key", needed=True, read=numbers.reference)
        if not said["person_key"] and not self.refused:
            self.fail("person.key", "The person's reference is missing")
        right = self._right()
        if right is not None and right.kind != words.APPLICATION:
            self._home(right)
        self._spans(right)
        self._person(right)

    def _right(self) -> words.Right | None:
        """By what right, and the row's part in it."""
        said = self.said
        tenure = self.text("right.tenure", needed=True)
        part = self.text("part.role")
        try:
            if not tenure:
                raise Refused("The tenure is missing")
            right = words.right(tenure, self.reader.tenures)
        except Refused as refused:
            self.fail("right.tenure", refused.message)
            return None
        said["right_kind"], said["right_value"] = right.kind, right.value
        role = words.role(part) if part else words.HOLDER
        if role == words.MEMBER:
            said["relation"] = part
        if right.kind == words.LEASE:
            if role == words.MEMBER:
                self.fail("part.role", f"Of a lease only its holders are kept, not “{part}”")
            said["role"] = words.LEASEHOLDER
        elif right.kind == words.APPLICATION:
            said["role"] = words.APPLICANT
        else:
            said["role"] = self._tenants_role(role)
        return right

    def _tenants_role(self, role: str) -> str:
        """A member, or a tenant; which tenant is the lead tenant is said by a column of its own, or by the part."""
        if role in (words.MEMBER, words.LEAD, words.JOINT) and "part.lead" not in self.reader.columns:
            return role
        if role == words.MEMBER:
            return role
        lead = self.text("part.lead")
        try:
            return words.LEAD if words.yes(lead) or (role == words.LEAD and not lead) else words.JOINT
        except Refused as refused:
            self.warn("part.lead", refused.message, "Taken as no.")
            return words.JOINT

    def _home(self, right: words.Right) -> None:
        said, by_uprn = self.said, self.reader.by_uprn
        said["home_key"] = self.text("home.key", needed=True, read=numbers.reference)
        said["uprn"] = self.text("home.uprn", needed=by_uprn, read=numbers.uprn)
        if not (said["uprn"] if by_uprn else said["home_key"]) and not self.refused:
            self.fail("home.uprn" if by_uprn else "home.key", "The home's reference is missing")
        said["address"] = self.text("home.address", needed=True)
        said["postcode"] = self.text("home.postcode", needed=True, read=numbers.postcode)
        for name in ("address", "postcode"):
            if not said[name] and not self.refused:
                self.fail(f"home.{name}", f"The {name} is missing")
        said["home_kind"] = self.text("home.kind", read=words.home_kind)
        bedrooms = self.text("home.bedrooms")
        if bedrooms:
            if bedrooms.isascii() and bedrooms.isdigit() and int(bedrooms) <= 30:
                said["bedrooms"] = int(bedrooms)
            else:
                self.warn("home.bedrooms", f"“{bedrooms}” is not a number of bedrooms")
        for name in ("key", "name"):
            said[f"building_{name}"] = self.text(f"building.{name}")
            said[f"estate_{name}"] = self.text(f"estate.{name}")
        said["building_name"] = said["building_name"] or said["building_key"]
        said["estate_name"] = said["estate_name"] or said["estate_key"]
        said["estate_area"] = self.text("estate.area")
        said["household_key"] = self.text("household.key", read=numbers.reference)

    def _spans(self, right: words.Right | None) -> None:
        """From when to when, and the reference of the right; one that has none gets one from what it belongs to."""
        said = self.said
        started = said["started_on"] = self.day("right.started_on", needed=True)
        ended = said["ended_on"] = self.day("right.ended_on", needed=True)
        said["end_reason"] = self.text("right.end_reason") if ended else ""
        key = self.text("right.key", needed=True, read=numbers.reference)
        if right is None or self.refused:
            said["right_key"] = key
            return
        if started is None and right.kind != words.LEASE:
            self.fail("right.started_on", "The start is missing")
        if started and ended and ended < started:
            self.fail("right.ended_on", f"It ends on {ended:%d/%m/%Y}, before it starts on {started:%d/%m/%Y}")
        home = said.get("home_key") or said.get("uprn")
        if right.kind == words.TENANCY:
            said["right_key"] = key or f"{home}/{started}"[:60]
        elif right.kind == words.LEASE:
            said["right_key"] = key or f"{home}/lease"[:60]
        else:
            said["right_key"] = key or f"{said['person_key']}/{right.value}"[:60]

    def _person(self, right: words.Right | None) -> None:
        said = self.said
        said["title"] = self.text("person.title")
        said["given_name"] = self.text("person.given_name", needed=True)
        said["family_name"] = self.text("person.family_name", needed=True)
        if not said["family_name"] and (whole := self.text("person.full_name", needed=True)):
            title, given, said["family_name"] = words.name_parts(whole)
            said["title"], said["given_name"] = said["title"] or title[:30], said["given_name"] or given[:120]
            said["family_name"] = said["family_name"][:120]
        if not said["family_name"] and not self.refused:
            self.fail("person.family_name", "The family name is missing")
        said["postal_address"] = self.text("person.postal_address")
        if right is not None and right.kind == words.APPLICATION and not said["postal_address"]:
            lines = [self.text("home.address"), self.text("home.postcode")]
            said["postal_address"] = ", ".join(line for line in lines if line)
        if right is not None and right.kind == words.LEASE and not self._consent():
            self._name_and_address_only()
            return
        said["born_on"] = self.day("person.born_on")
        if said["born_on"] and said["born_on"] > self.reader.as_at:
            self.warn("person.born_on", f"The date of birth, {said['born_on']:%d/%m/%Y}, is later than the file")
            said["born_on"] = None
        said["email"] = self.text("person.email", read=_email)
        said["phone"] = self.text("person.phone", read=numbers.phone)
        said["mobile"] = self.text("person.mobile", read=numbers.phone)
        if not said["mobile"] and numbers.is_mobile(said["phone"]):
            said["mobile"], said["phone"] = said["phone"], ""

    def _consent(self) -> bool:
        try:
            return words.yes(self.text("part.consent"))
        except Refused as refused:
            self.warn("part.consent", refused.message, "Taken as no.")
            return False

    def _name_and_address_only(self) -> None:
        """Of a leaseholder nothing more is taken, unless they have volunteered it (PROF-14, SEC-04)."""
        found = []
        for key in ("person.born_on", "person.email", "person.phone", "person.mobile"):
            place = self.reader.columns.get(key, [len(self.cells)])[0]
            if place < len(self.cells) and self.cells[place] not in (None, ""):
                found.append(key)
        if found:
            left_out = listed([f"“{self._heading(key)}”" for key in found], "and")
            self.warn(
                found[0],
                "Of a leaseholder only name and address are kept, unless a column says that they agreed to more",
                f"Left out: {left_out}.",
            )


def _email(given: str) -> str:
    bare = given.removeprefix("mailto:")
    if len(bare) > 254 or not _EMAIL.fullmatch(bare):
        raise Refused(f"“{given}” is not an email address")
    return bare
