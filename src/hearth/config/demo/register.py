"""The register of the demonstration: homes, tenancies of every tenure, shared owners, leaseholders, applicants.

It is written as the file of an invented housing management system and brought in as a file is, faults and all. Every
person is invented; telephone numbers are from the ranges that are kept free for drama, UPRNs belong to no home.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from hearth.kernel.permits import Actor
from hearth.register import queries, services

HEADINGS = (
    "Property Ref", "UPRN", "Address", "Postcode", "Property Type", "Bedrooms", "Block", "Estate", "Ward",
    "Tenancy Ref", "Tenure Type", "Start Date", "End Date", "Person Ref", "Title", "Forename", "Surname",
    "Date of Birth", "Email", "Mobile", "Telephone", "Lead Tenant", "Relationship", "Consent",
)  # fmt: skip
GIVEN = {
    "Ms": "Abigail Amara Beatrice Bronwen Cerys Chidinma Daphne Dilys Eileen Esme Fatou Flora Gita Harriet Ida Ifeoma "
    "Jasmin Joy Kavita Keira Lena Lottie Mabel Marisol Nell Noor Olwen Orla Pearl Petra Rosa Ruby Saoirse Shanice "
    "Tamsin Thea Una Violet Wanda Yasmin Zofia",
    "Mr": "Adeel Alfie Barnaby Bilal Callum Cedric Dafydd Dmitri Edwin Emeka Fergus Gethin Hamish Hari Idris Ivor "
    "Jarek Joel Kofi Kwame Leon Lionel Magnus Milan Nathan Noel Osman Otis Percy Rafiq Reuben Rhys Samir Stefan "
    "Tobias Umar Victor Wilf Xavier Yusuf Zack",
}
FAMILY = (
    "Abara Alderman Ashdown Bakare Barrowclough Bexley Birkett Blythe Bracegirdle Caddick Calloway Chaudhry Clovelly "
    "Coldbreath Crabtree Danso Deverell Dockery Eccles Ellery Fairhurst Fenwick Garside Gathercole Grewal Hadfield "
    "Hollis Hussain Inskip Ivory Jankowski Jessop Kaur Kershaw Kowal Larkham Lightfoot Loveday Malik Merriman "
    "Mumford Nwosu Oakley Odell Okoye Ormerod Parfitt Penhale Pickles Quayle Rashid Rowntree Sagoo Sallow Sandiford "
    "Tansley Thistlewood Tolley Uddin Underhill Vickery Waddle Whitlock Wozniak Yardley Zaman"
)


@dataclass(frozen=True)
class Place:
    """A block or a street: its homes and who has them, by weights."""

    estate: str
    ward: str
    name: str
    block: bool
    homes: int
    kind: str
    tenures: dict[str, int]
    height_m: Decimal | None = None
    storeys: int | None = None
    higher_risk: bool | None = None


PLACES = {
    "dartford": (
        Place(
            "Temple Rise",
            "Northgate",
            "Alder Tower",
            True,
            42,
            "Flat",
            {"Secure": 8, "Leasehold": 2},
            Decimal("19.0"),
            7,
            True,
        ),
        Place(
            "Temple Rise",
            "Northgate",
            "Bramble House",
            True,
            24,
            "Flat",
            {"Secure": 6, "Introductory": 1, "Leasehold": 3},
            Decimal("9.5"),
            4,
            False,
        ),
        Place("Temple Rise", "Northgate", "Cooper Street", False, 30, "House", {"Secure": 9, "Introductory": 1}),
        Place(
            "Mill Bank",
            "Riverside",
            "Dyer Court",
            True,
            28,
            "Flat",
            {"Independent living": 1},
            Decimal("8.0"),
            3,
            False,
        ),
        Place("Mill Bank", "Riverside", "Elder Close", False, 24, "Bungalow", {"Independent living": 3, "Secure": 2}),
        Place(
            "Fleet Meadow",
            "Southfields",
            "Fuller Road",
            False,
            26,
            "House",
            {"Shared ownership": 3, "Affordable rent": 3},
        ),
        Place(
            "Fleet Meadow",
            "Southfields",
            "Glover House",
            True,
            18,
            "Flat",
            {"Temporary": 4, "Secure": 1},
            Decimal("17.5"),
            6,
        ),
    ),
    "thornbridge": (
        Place(
            "Priory Fields",
            "Priory",
            "Hazel Tower",
            True,
            40,
            "Flat",
            {"Assured": 9, "Leasehold": 1},
            Decimal("19.0"),
            7,
        ),
        Place("Priory Fields", "Priory", "Alder Street", False, 30, "House", {"Assured": 1}),
        Place("Weir Side", "Weir", "Bramble Court", True, 24, "Flat", {"Sheltered": 1}, Decimal("7.5"), 3, False),
        Place("Weir Side", "Weir", "Cooper Lane", False, 20, "House", {"Shared ownership": 2, "Assured": 3}),
    ),
}


def load(*, slug: str, today: date, by: Actor) -> None:
    """Bring in the register of a landlord of the demonstration; the same one every time."""
    places = PLACES.get(slug)
    if places is None:
        return
    as_at = today.replace(day=1)
    body = as_file(places, Random(f"register of {slug}"), as_at)  # noqa: S311 - the same people each time, not a secret
    one = services.take_file(
        source="Housing management system", name=f"extract-{as_at:%Y-%m}.csv", body=body, as_at=as_at, whole=True,
        on=today, by=by,
    )  # fmt: skip
    services.check_file(one=one, wait=False, by=by)
    for _ in services.check_in_steps(import_id=one.pk, by=by):
        pass
    services.bring_in(one=one, wait=False, by=by)
    for _ in services.bring_in_steps(import_id=one.pk, by=by):
        pass
    for place in places:
        if place.block:
            building = queries.buildings(by=by).get(name=place.name)
            services.keep_building(
                building=building, name=place.name, estate=building.estate, height_m=place.height_m,
                storeys=place.storeys, higher_risk=place.higher_risk, key=building.key, by=by,
            )  # fmt: skip
    services.ask_for_duplicates(by=by)


def as_file(places: tuple[Place, ...], chance: Random, as_at: date) -> bytes:
    """The extract of an invented system, with the few faults that such files have."""
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADINGS, restval="")
    writer.writeheader()
    rows = list(Extract(places, chance, as_at).rows())
    faults = ((7, "Postcode", "not known"), (40, "Start Date", "31/02/2019"), (61, "Email", "none"))
    for number, column, spoilt in faults:
        rows[number][column] = spoilt
    writer.writerows(rows)
    return out.getvalue().encode()


def postcode(place: int) -> str:
    """A postcode of the area ZZ, which is nowhere."""
    return f"ZZ{place % 9 + 1} {place % 9 + 1}{'ABDEFGHJL'[place % 9]}A"


class Extract:
    """The rows of one landlord's extract."""

    def __init__(self, places: tuple[Place, ...], chance: Random, as_at: date) -> None:
        self.places, self.chance, self.as_at = places, chance, as_at
        self.homes = self.people = 0
        self.twice: list[dict[str, Any]] = []

    def rows(self) -> Iterator[dict[str, Any]]:
        """Every home with whoever lives there, then the applicants, some of whom are kept twice."""
        for place in self.places:
            for number in range(1, place.homes + 1):
                yield from self.home(place, number)
        for kind in ["Housing register"] * 14 + ["Homeless application"] * 4:
            self.people += 1
            started = self.as_at - timedelta(days=self.chance.randrange(20, 900))
            yield self.person(born=(20, 60)) | {
                "Address": f"{self.chance.randrange(1, 90)} Elsewhere Road", "Postcode": "ZZ9 9ZZ", "Tenure Type": kind,
                "Tenancy Ref": f"A{self.people:05}", "Start Date": f"{started:%d/%m/%Y}", "Relationship": "Applicant",
            }  # fmt: skip
        for known in self.twice[:4]:
            self.people += 1
            yield {
                **{name: known[name] for name in ("Title", "Forename", "Surname", "Date of Birth", "Mobile")},
                "Person Ref": f"P{self.people:05}", "Tenure Type": "Transfer", "Tenancy Ref": f"A{self.people:05}",
                "Start Date": f"{self.as_at - timedelta(days=60):%d/%m/%Y}", "Relationship": "Applicant",
            }  # fmt: skip

    def home(self, place: Place, number: int) -> Iterator[dict[str, Any]]:
        """One home: an earlier tenancy now and then, and whoever has it now; a few stand empty."""
        self.homes += 1
        tenure = self.chance.choices(list(place.tenures), list(place.tenures.values()))[0]
        address = f"Flat {number}, {place.name}" if place.block else f"{number} {place.name}"
        home = {
            "Property Ref": f"H{self.homes:05}", "UPRN": str(999_000_000_000 + self.homes), "Address": address,
            "Postcode": postcode(self.places.index(place)),
            "Property Type": place.kind, "Bedrooms": str(self.chance.choice((1, 2, 2, 3))),
            "Block": place.name if place.block else "", "Estate": place.estate, "Ward": place.ward,
        }  # fmt: skip
        began = self.as_at - timedelta(days=self.chance.randrange(440, 9000))
        if tenure == "Leasehold":
            yield home | self.person(born=(30, 80)) | {
                "Tenure Type": tenure, "Tenancy Ref": f"L{self.homes:05}", "Start Date": f"{began:%d/%m/%Y}",
                "Relationship": "Leaseholder", "Consent": self.chance.choice(("", "", "Yes")),
            }  # fmt: skip
            return
        if self.chance.random() < 0.06:
            yield from self.earlier(home, tenure, began)
        if self.chance.random() < 0.03:
            return
        yield from self.tenancy(home, tenure, began)

    def earlier(self, home: dict[str, Any], tenure: str, until: date) -> Iterator[dict[str, Any]]:
        """A tenancy that has ended."""
        yield home | self.person(born=(40, 90)) | {
            "Tenure Type": tenure, "Tenancy Ref": f"T{self.homes:05}/1", "Lead Tenant": "Y", "Relationship": "Tenant",
            "Start Date": f"{until - timedelta(days=2000):%d/%m/%Y}",
            "End Date": f"{until - timedelta(days=14):%d/%m/%Y}",
        }  # fmt: skip

    def tenancy(self, home: dict[str, Any], tenure: str, began: date) -> Iterator[dict[str, Any]]:
        """A tenancy that goes on: one or two tenants, perhaps children or others."""
        older = tenure in ("Independent living", "Sheltered")
        right = {"Tenure Type": tenure, "Tenancy Ref": f"T{self.homes:05}", "Start Date": f"{began:%d/%m/%Y}"}
        lead = self.person(born=(62, 92) if older else (21, 78))
        yield home | lead | right | {"Lead Tenant": "Y", "Relationship": "Tenant"}
        if lead["Date of Birth"] and lead["Mobile"] and self.chance.random() < 0.1:
            self.twice.append(lead)
        if self.chance.random() < 0.35:
            partner = self.person(born=(60, 90) if older else (21, 75), family=lead["Surname"])
            yield home | partner | right | {"Lead Tenant": "N", "Relationship": "Joint tenant"}
        for _ in range(0 if older else self.chance.choices((0, 1, 2, 3), (5, 3, 2, 1))[0]):
            child = self.person(born=(0, 19), family=lead["Surname"], reach=False)
            relation = "Son" if child["Title"] == "Mr" else "Daughter"
            yield home | child | right | {"Relationship": relation, "Title": "", "Lead Tenant": ""}

    def person(self, *, born: tuple[int, int], family: str = "", reach: bool = True) -> dict[str, Any]:
        """Somebody of an age, who can be reached by some of the usual ways."""
        self.people += 1
        title = self.chance.choice(("Ms", "Mr"))
        given, surname = self.chance.choice(GIVEN[title].split()), family or self.chance.choice(FAMILY.split())
        age = timedelta(days=self.chance.randrange(born[0] * 365, born[1] * 365 + 300))
        number = f"{self.people % 1000:03}"
        ways = {
            "Email": f"{given}.{surname}{self.people}@example.org".lower() if self.chance.random() < 0.62 else "",
            "Mobile": f"07700 900{number}" if self.chance.random() < 0.8 else "",
            "Telephone": f"01632 960{number}" if self.chance.random() < 0.3 else "",
        }
        return {
            "Person Ref": f"P{self.people:05}", "Title": title, "Forename": given, "Surname": surname,
            "Date of Birth": f"{self.as_at - age:%d/%m/%Y}" if self.chance.random() < 0.95 else "",
            **(ways if reach else dict.fromkeys(ways, "")),
        }  # fmt: skip
