"""What the columns of a file mean: guessed from their headings, then said by a person (SYS-10); pure.

The file has one row for each person at a home: who holds the tenancy, who lives there too, who has the lease; and rows
for people who have applied for a home.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hearth.kernel.refusals import Refused
from hearth.kernel.words import listed


@dataclass(frozen=True)
class Field:
    """Something that a column can mean. `headings` are words by which it is known, parted by commas."""

    key: str
    label: str
    headings: str
    many: bool = False  # several columns are joined, such as the lines of an address
    most: int = 0  # characters


_LIST = [
    Field(
        "home.key",
        "Home reference",
        "home reference, home ref, home id, property reference, property ref, property id, property code, "
        "property number, prop ref, place ref, asset ref, unit reference, unit ref",
        most=60,
    ),
    Field(
        "home.uprn",
        "UPRN",
        "uprn, unique property reference number, unique property reference",
    ),
    Field(
        "home.address",
        "Address of the home",
        "address, home address, property address, full address, address line, address 1, address line 1, "
        "address 2, address line 2, address 3, address line 3, address 4, address line 4, address 5, house "
        "number, street, town",
        many=True,
        most=300,
    ),
    Field(
        "home.postcode",
        "Postcode of the home",
        "postcode, post code, property postcode, home postcode, address postcode, zip",
    ),
    Field(
        "home.kind",
        "Kind of home",
        "property type, home type, home kind, dwelling type, type of property, unit type, property kind",
    ),
    Field(
        "home.bedrooms",
        "Bedrooms",
        "bedrooms, number of bedrooms, beds, no of bedrooms, bed count",
    ),
    Field(
        "building.key",
        "Building reference",
        "block reference, block ref, block code, block id, building reference, building ref, building id",
        most=60,
    ),
    Field(
        "building.name",
        "Building",
        "block, block name, building, building name",
        most=160,
    ),
    Field(
        "estate.key",
        "Estate reference",
        "estate reference, estate ref, estate code, estate id",
        most=60,
    ),
    Field(
        "estate.name",
        "Estate",
        "estate, estate name, neighbourhood, scheme, scheme name",
        most=160,
    ),
    Field(
        "estate.area",
        "Area of the estate",
        "ward, area, patch, housing area, locality",
        most=120,
    ),
    Field(
        "right.key",
        "Tenancy, lease or application reference",
        "tenancy reference, tenancy ref, tenancy id, tenancy number, agreement reference, agreement ref, rent "
        "account, rent account number, lease reference, lease ref, application reference, application ref, "
        "account reference, tag ref",
        most=60,
    ),
    Field(
        "right.tenure",
        "Tenure",
        "tenure, tenure type, tenancy type, tenancy kind, agreement type, type of tenancy, tenure description",
    ),
    Field(
        "right.started_on",
        "Start",
        "tenancy start, tenancy start date, start date, start, started, commencement date, date started, "
        "tenancy started, cot, lease start, lease start date, application date",
    ),
    Field(
        "right.ended_on",
        "End",
        "tenancy end, tenancy end date, end date, end, ended, termination date, date ended, tenancy ended, "
        "eot, lease end, lease end date",
    ),
    Field(
        "right.end_reason",
        "Reason for the end",
        "end reason, termination reason, reason for leaving, reason for termination",
        most=120,
    ),
    Field(
        "household.key",
        "Household reference",
        "household reference, household ref, household id",
        most=60,
    ),
    Field(
        "person.key",
        "Person reference",
        "person reference, person ref, person id, tenant reference, tenant ref, tenant id, client id, client "
        "reference, customer reference, customer id, contact id, con key, party reference, party ref",
        most=60,
    ),
    Field(
        "person.title",
        "Title",
        "title, salutation",
        most=30,
    ),
    Field(
        "person.given_name",
        "Given names",
        "given name, given names, first name, first names, forename, forenames, forename 1, christian name",
        most=120,
    ),
    Field(
        "person.family_name",
        "Family name",
        "family name, surname, last name",
        most=120,
    ),
    Field(
        "person.full_name",
        "Full name",
        "name, full name, tenant name, customer name, person name, leaseholder name",
        most=240,
    ),
    Field(
        "person.born_on",
        "Date of birth",
        "date of birth, dob, birth date, birthday, born",
    ),
    Field(
        "person.email",
        "Email address",
        "email, email address, e mail, e mail address, contact email",
        most=254,
    ),
    Field(
        "person.phone",
        "Telephone",
        "phone, telephone, telephone number, phone number, home phone, home telephone, landline, tel, tel no, "
        "contact number",
    ),
    Field(
        "person.mobile",
        "Mobile telephone",
        "mobile, mobile number, mobile phone, mobile telephone, cell phone",
    ),
    Field(
        "person.postal_address",
        "Where letters go, if not to the home",
        "postal address, correspondence address, forwarding address, contact address, mailing address",
        many=True,
        most=1000,
    ),
    Field(
        "part.role",
        "Part in the household",
        "role, relationship, relation, relationship to tenant, relationship to lead tenant, person type, "
        "party type, occupant type",
        most=60,
    ),
    Field(
        "part.lead",
        "Lead tenant",
        "lead, lead tenant, main tenant, is lead, responsible, primary, primary tenant, tenant 1, main",
    ),
    Field(
        "part.consent",
        "Agreed that more than name and address is kept",
        "consent, data consent, consent given, contact consent, agreed, volunteered",
    ),
]
FIELDS = {field.key: field for field in _LIST}

# What the register does not take: protected characteristics are kept by the equality room alone (requirement PROF-27).
_PROTECTED = re.compile(
    r"\b(ethnic\w*|race|religio\w*|faith|belief|sexual\w*|orientation|gender\w*|sex|trans\w*|disab\w*|pregnan\w*"
    r"|maternity|marital|marriage|civil partner\w*|nationality|vulnerab\w*|health|immigration)\b"
)
Mapping_ = Mapping[str, str]


def plain(heading: str) -> str:
    """A heading as it is compared: small letters and single spaces; "TenancyStart_Date" is "tenancy start date"."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    return " ".join(re.sub(r"[^\w]+|_", " ", parted.casefold()).split())


_KNOWN = {plain(words): field.key for field in _LIST for words in (*field.headings.split(", "), field.label)}


def guess(headings: Sequence[str], kept: Mapping_ | None = None) -> dict[str, str]:
    """What each column means, as it was kept for the source or as its heading says; unknown ones are left out.

    A meaning that only one column can have goes to the first.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for heading in headings:
        key = (kept or {}).get(heading) or _KNOWN.get(plain(heading), "")
        if kept is not None and heading in kept and not kept[heading]:
            continue  # somebody has said that this column is not wanted
        if not key or key not in FIELDS or (key in taken and not FIELDS[key].many):
            continue
        found[heading] = key
        taken.add(key)
    return found


def protected(headings: Iterable[str]) -> tuple[str, ...]:
    """Those headings that name a protected characteristic: the register does not take them."""
    return tuple(heading for heading in headings if _PROTECTED.search(plain(heading)))


def check_headings(headings: Sequence[str]) -> None:
    """Refuse a first row that does not name its columns, or names two alike."""
    named = [heading for heading in headings if heading]
    if len(named) < 2:
        raise Refused(
            "The first row must name the columns. This file's first row names none or only one.", field="file"
        )
    twice = sorted({heading for heading in named if named.count(heading) > 1})
    if twice:
        words = listed([f"“{heading}”" for heading in twice], "and")
        raise Refused(f"Two columns have the same heading: {words}. Rename one of them.", field="file")


def check_mapping(mapping: Mapping_, headings: Sequence[str]) -> None:
    """Refuse a mapping with which no row could be brought in, and say which columns are wanted.

    Wanted are a person's reference and name, a home's reference or UPRN, address and postcode, and the tenure; a file
    of applicants alone needs no homes.
    """
    missing = [heading for heading in mapping if heading not in headings]
    if missing:
        words = listed([f"“{heading}”" for heading in missing], "and")
        raise Refused(f"This file has no column {words}. Either it is another file, or its columns have been renamed.")
    taken = list(mapping.values())
    for field in FIELDS.values():
        if not field.many and taken.count(field.key) > 1:
            columns = listed([f"“{h}”" for h, key in mapping.items() if key == field.key], "and")
            raise Refused(f"{columns} both mean “{field.label}”. Choose one of them.")
    wanted: list[str] = []
    if "person.key" not in taken:
        wanted.append(FIELDS["person.key"].label)
    if "person.family_name" not in taken and "person.full_name" not in taken:
        wanted.append(FIELDS["person.family_name"].label)
    if "right.tenure" not in taken:
        wanted.append(FIELDS["right.tenure"].label)
    places = [key for key in taken if key.startswith("home.")]
    if places and "home.key" not in taken and "home.uprn" not in taken:
        wanted.append("Home reference or UPRN")
    for key in ("home.address", "home.postcode"):
        if places and key not in taken:
            wanted.append(FIELDS[key].label)
    if wanted:
        raise Refused(f"Say which column is: {listed(wanted, 'and')}.")
