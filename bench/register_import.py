"""Measure how long a housing management system's file takes to become a register, beside django-import-export.

    .venv/bin/python bench/register_import.py [--households 100000] [--theirs 2000] [--xlsx] [--write]

Both bring the same kind of rows, one to three people a household, into the same tables through the landlord wall, check
first and then bring in. Hearth does it at the full size. django-import-export is given its best way: bulk writing,
cached foreign keys and instances, no differences drawn, and files that somebody has already taken apart into one for
each table; it does fewer households, in three sizes, so that one sees how its time grows. DATABASE_URL names the
server; `--write` puts the figures into docs/speed.md.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearth.config.settings")

PAGE = ROOT / "docs" / "speed.md"
HEADING = "## A register from its file"
HEADINGS = (
    "Property Ref", "UPRN", "Address Line 1", "Address Line 2", "Town", "Postcode", "Property Type", "Bedrooms",
    "Block Code", "Block", "Estate", "Ward", "Tenancy Ref", "Tenure Type", "Tenancy Start", "Tenancy End", "Person Ref",
    "Title", "Forename", "Surname", "DOB", "Phone", "Mobile", "Email", "Lead Tenant", "Relationship",
)  # fmt: skip
AS_AT = date(2026, 3, 31)


def rows(households: int) -> Iterator[list[str]]:
    """An invented extract: on average two people a household."""
    chance, person = random.Random(1), 0
    for n in range(households):
        started = date(2000, 1, 1) + timedelta(days=chance.randrange(9000))
        tenure = chance.choices(["Secure", "Introductory", "Sheltered"], [8, 1, 1])[0]
        home = [
            f"P{n:07}", str(900_000_000_000 + n), f"{n % 200 + 1} Example Court", f"Road {n // 20}", "Exampleton",
            f"ZZ{n // 400 % 90 + 1} {n % 9 + 1}AA", chance.choice(["Flat", "House", "Bungalow"]), str(n % 4 + 1),
            f"B{n // 20}", f"Block {n // 20}", f"Estate {n // 400}", f"Ward {n // 400 % 20}", f"T{n:07}", tenure,
            f"{started:%d/%m/%Y}", "",
        ]  # fmt: skip
        for place in range(chance.choice((1, 2, 2, 3))):
            person += 1
            born = date(1940 + chance.randrange(65), chance.randrange(12) + 1, chance.randrange(28) + 1)
            yield [*home, *[
                f"C{person:08}", "Ms", f"Given{chance.randrange(400)}", f"Family{chance.randrange(3000)}",
                f"{born:%d/%m/%Y}", f"01632 {person % 1_000_000:06}", f"07700 {person % 1_000_000:06}",
                f"p{person}@example.org" if chance.random() < 0.6 else "", "Y" if place == 0 else "N",
                ("Tenant", "Joint tenant", "Son")[place],
            ]]  # fmt: skip


def as_csv(households: int) -> bytes:
    """The extract as a CSV file."""
    out = io.StringIO()
    csv.writer(out).writerows([HEADINGS, *rows(households)])
    return out.getvalue().encode()


def as_xlsx(households: int) -> bytes:
    """The extract as an Excel workbook."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    with Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([HEADINGS, *rows(households)]):
            sheet.write_row(number, 0, row)
    return out.getvalue()


@dataclass
class Told:
    """What one way took: seconds of each part, and the rows that are there afterwards."""

    households: int
    parts: dict[str, float]
    kept: int
    memory: int  # megabytes that the process had at most
    work: float  # seconds of processor that the process and its database backend took

    @property
    def seconds(self) -> float:
        return sum(self.parts.values())


def worked() -> float:
    """Seconds of processor that this process and the backend of its connection have taken so far."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        pid = cursor.fetchone()[0]
    stat = Path(f"/proc/{pid}/stat")
    ticks = stat.read_text().rpartition(")")[2].split()[11:13] if stat.exists() else ("0", "0")
    return time.process_time() + sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


@contextmanager
def timing(parts: dict[str, float], name: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    parts[name] = time.perf_counter() - began


def kept_rows() -> int:
    """How many rows of homes and people there are."""
    from hearth.register import models

    names = ("Estate", "Building", "Home", "Person", "Household", "HouseholdMember", "Tenancy", "TenancyHolder")
    return sum(getattr(models, name).objects.count() for name in names)


def drive(landlord_id: int, steps: Iterator[None]) -> None:
    """Take the steps as a worker does: each is a transaction that is kept."""
    from hearth.db import wall

    end, more = object(), True
    while more:
        with wall.within(landlord_id):
            more = next(steps, end) is not end  # type: ignore[call-overload]


def ours(landlord_id: int, body: bytes, households: int, name: str = "extract.csv") -> Told:
    """Take the file in, check it, bring it in."""
    from hearth.db import wall
    from hearth.db.jobs import system
    from hearth.register import services
    from hearth.register.models import Import

    by, parts = system(landlord_id), dict[str, float]()
    before = worked()
    with timing(parts, "take in"), wall.within(landlord_id):
        one = services.take_file(source="Bench", name=name, body=body, as_at=AS_AT, on=date(2026, 9, 1), by=by)
        services.check_file(one=one, wait=False, by=by)
    with timing(parts, "check"):
        drive(landlord_id, services.check_in_steps(import_id=one.pk, by=by))
    with timing(parts, "bring in"):
        with wall.within(landlord_id):
            services.bring_in(one=one, wait=False, by=by)
        drive(landlord_id, services.bring_in_steps(import_id=one.pk, by=by))
    with wall.within(landlord_id):
        assert Import.objects.get(pk=one.pk).state == "done"
        kept = kept_rows()
    return Told(households, parts, kept, memory(), worked() - before)


def memory() -> int:
    """Megabytes that this process had at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def theirs(landlord_id: int, households: int) -> Told:
    """The same tables by django-import-export: of each a dry run, then the import."""
    from tablib import Dataset

    from hearth.db import wall

    found = list(rows(households))
    parts, before = {"check": 0.0, "bring in": 0.0}, worked()
    with wall.within(landlord_id):
        for make, headers, table in tables(found):  # what hangs on another table is checked once that is there
            for part, dry_run in (("check", True), ("bring in", False)):
                began = time.perf_counter()
                result = make().import_data(Dataset(*table, headers=headers), dry_run=dry_run, raise_errors=True)
                parts[part] += time.perf_counter() - began
                assert not result.has_errors()
        kept = kept_rows()
    return Told(households, parts, kept, memory(), worked() - before)


def tables(found: list[list[str]]) -> Iterator[tuple[Callable[[], Any], list[str], list[tuple[str, ...]]]]:
    """The extract taken apart by table, each thing once: what somebody does by hand before such an import."""
    made = iter(resources())
    estates = {row[10]: (row[10], row[11]) for row in found}
    yield next(made), ["name", "area"], list(estates.values())
    blocks = {row[8]: (row[8], row[9], row[10]) for row in found}
    yield next(made), ["key", "name", "estate"], list(blocks.values())
    homes = {row[0]: (row[0], row[1], ", ".join(row[2:5]), row[5], row[6].lower(), row[7], row[8]) for row in found}
    yield next(made), ["key", "uprn", "address", "postcode", "kind", "bedrooms", "building"], list(homes.values())
    people = [(row[16], row[17], row[18], row[19], _iso(row[20]), row[23], row[21], row[22]) for row in found]
    yield next(made), ["key", "title", "given_name", "family_name", "born_on", "email", "phone", "mobile"], people
    households = {row[12]: (row[12], row[0], _iso(row[14])) for row in found}
    yield next(made), ["key", "home", "started_on"], list(households.values())
    tenure = {"Sheltered": "supported"}
    tenancies = {
        row[12]: (row[12], row[0], row[12], tenure.get(row[13], "general_needs"), _iso(row[14])) for row in found
    }
    yield next(made), ["key", "home", "household", "tenure", "started_on"], list(tenancies.values())
    holders = [(row[12], row[16], "1" if row[24] == "Y" else "0") for row in found if row[25] != "Son"]
    yield next(made), ["tenancy", "person", "lead"], holders
    yield next(made), ["household", "person"], [(row[12], row[16]) for row in found]


def _iso(text: str) -> str:
    day, month, year = text.split("/")
    return f"{year}-{month}-{day}"


_MADE: list[Any] = []


def resources() -> list[Any]:
    """One resource for each table, as its documentation advises for large files."""
    if _MADE:
        return _MADE
    from import_export.fields import Field
    from import_export.instance_loaders import CachedInstanceLoader
    from import_export.resources import ModelResource
    from import_export.widgets import CachedForeignKeyWidget

    from hearth.register import models

    def make(name: str, keys: tuple[str, ...], columns: tuple[str, ...], **links: tuple[Any, str]) -> Any:
        meta = type("Meta", (), {
            "model": getattr(models, name), "import_id_fields": keys, "fields": (*columns, *links), "use_bulk": True,
            "batch_size": 1000, "skip_unchanged": True, "skip_diff": True, "report_skipped": False,
            **({"instance_loader_class": CachedInstanceLoader} if len(keys) == 1 else {}),
        })  # fmt: skip
        given = {
            link: Field(column_name=link, attribute=link, widget=CachedForeignKeyWidget(model, field))
            for link, (model, field) in links.items()
        }
        return type(f"{name}Resource", (ModelResource,), {"Meta": meta, **given})

    home, person, household = (models.Home, "key"), (models.Person, "key"), (models.Household, "key")
    _MADE.extend(
        [
            make("Estate", ("name",), ("name", "area")),
            make("Building", ("key",), ("key", "name"), estate=(models.Estate, "name")),
            make("Home", ("key",), ("key", "uprn", "address", "postcode", "kind", "bedrooms"),
                 building=(models.Building, "key")),
            make("Person", ("key",),
                 ("key", "title", "given_name", "family_name", "born_on", "email", "phone", "mobile")),
            make("Household", ("key",), ("key", "started_on"), home=home),
            make("Tenancy", ("key",), ("key", "tenure", "started_on"), home=home, household=household),
            make("TenancyHolder", ("tenancy", "person"), ("lead",), tenancy=(models.Tenancy, "key"), person=person),
            make("HouseholdMember", ("household", "person"), (), household=household, person=person),
        ]
    )  # fmt: skip
    return _MADE


def let_sequences_be_set() -> None:
    """django-import-export sets sequences back, which the web role may not do in service."""
    import psycopg
    from django.db import connection

    role = connection.ops.quote_name(connection.settings_dict["USER"])
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True, dbname=connection.settings_dict["NAME"]) as admin:
        admin.execute(f"grant update on all sequences in schema public to {role}")


def emptied(landlord_id: int) -> None:
    """The register empty again, for the next round."""
    from hearth.db import wall
    from hearth.register import models

    names = ("HouseholdMember", "TenancyHolder", "Tenancy", "Household", "ImportRow", "Import", "Source", "Person",
             "Home", "Building", "Estate")  # fmt: skip
    with wall.within(landlord_id):
        for name in names:
            model = getattr(models, name)
            model.objects.all()._raw_delete(model.objects.db)


def said(name: str, told: Told) -> str:
    """One line of the table."""
    parts = ", ".join(f"{part} {seconds:,.1f}" for part, seconds in told.parts.items())
    each = told.seconds / told.households * 1e3
    cells = [
        name,
        f"{told.households:,}",
        f"{told.kept:,}",
        parts,
        f"**{told.seconds:,.1f}**",
        f"{told.work:,.1f}",
        f"{each:.2f}",
    ]
    return f"| {' | '.join(cells)} | {told.memory:,} |"


def measured(households: int, smaller: list[int], xlsx: bool) -> str:
    """Every round, as a section of docs/speed.md."""
    from bench.run import scratch

    from hearth.landlords.models import Landlord

    busy = os.getloadavg()[0]
    lines = []
    with scratch():
        landlord_id = Landlord.objects.get().pk
        let_sequences_be_set()
        for few in smaller:
            first = ours(landlord_id, as_csv(few), few)
            emptied(landlord_id)
            second = theirs(landlord_id, few)
            emptied(landlord_id)
            assert second.kept == first.kept, (first.kept, second.kept)
            lines += [said("Hearth", first), said("django-import-export", second)]
            print("\n".join(lines[-2:]), flush=True)
        full = ours(landlord_id, as_csv(households), households)
        lines.append(said("Hearth, CSV", full))
        print(lines[-1], flush=True)
        again = ours(landlord_id, as_csv(households), households)
        lines.append(said("Hearth, the same file again", again))
        print(lines[-1], flush=True)
        if xlsx:
            emptied(landlord_id)
            lines.append(said("Hearth, XLSX", ours(landlord_id, as_xlsx(households), households, "extract.xlsx")))
            print(lines[-1], flush=True)
    each = second.seconds / second.households
    return "\n".join([
        HEADING, "",
        f"Written by `bench/register_import.py`: {os.cpu_count()} processors, on which others' work had a load of "
        f"{busy:.1f} before it began.",
        "Rows of one to three people a household become estates, buildings, homes, people, households, tenancies and",
        "who holds them, through the landlord wall. Memory is that of the process at its most, with Django.",
        "Processor seconds are those of the process and of its database backend: busy neighbours lengthen them little.",
        "", "| way | households | rows kept | seconds of each part | seconds | of processor | ms a household | MB |",
        "|---|---:|---:|---|---:|---:|---:|---:|", *lines, "",
        f"At its last size django-import-export would need {each * households:,.0f} seconds for {households:,} "
        f"households if its time grew no faster than its rows: {each * households / full.seconds:,.0f} times Hearth's.",
        "It is given files that were taken apart beforehand, and checks neither rows nor references.", "",
    ])  # fmt: skip


def write(report: str) -> None:
    """Put the section into docs/speed.md, in place of the one that is there."""
    page = PAGE.read_text(encoding="utf-8")
    start = page.find(HEADING)
    if start < 0:
        page = page.rstrip("\n") + "\n\n" + report
    else:
        end = page.find("\n## ", start + 1)
        page = page[:start] + report + ("" if end < 0 else page[end:])
    PAGE.write_text(page, encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--households", type=int, default=100_000)
    parser.add_argument("--theirs", type=int, nargs="+", default=[500, 1_000, 2_000])
    parser.add_argument("--xlsx", action="store_true", help="the same file as an Excel workbook too")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/speed.md")
    options = parser.parse_args()
    import django

    django.setup()
    report = measured(options.households, options.theirs, options.xlsx)
    print("\n" + report)
    if options.write:
        write(report)
    return 0


if __name__ == "__main__":
    sys.exit(main())
