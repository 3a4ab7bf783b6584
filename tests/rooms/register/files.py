"""Files of an invented housing management system."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

HEADINGS = (
    "Property Ref", "UPRN", "Address", "Postcode", "Property Type", "Bedrooms", "Block", "Estate", "Ward",
    "Tenancy Ref", "Tenure", "Start Date", "End Date", "Person Ref", "Title", "Forename", "Surname", "DOB", "Email",
    "Mobile", "Lead Tenant", "Relationship", "Consent",
)  # fmt: skip
NAMES = (
    "home", "uprn", "address", "postcode", "kind", "beds", "block", "estate", "ward", "right", "tenure", "start",
    "end", "person", "title", "given", "family", "born", "email", "mobile", "lead", "role", "consent",
)  # fmt: skip
PLAIN = {
    "home": "H1", "uprn": "100000000001", "address": "1 Alder Court", "postcode": "TB1 1AA", "kind": "Flat",
    "beds": "2", "block": "Alder Court", "estate": "Mill Bank", "ward": "Riverside", "right": "T1", "tenure": "Secure",
    "start": "04/01/2010", "person": "P1", "title": "Ms", "given": "Ann", "family": "Example", "born": "02/03/1970",
    "email": "ann@example.org", "mobile": "07700 900123", "lead": "Y", "role": "Tenant",
}  # fmt: skip
ON = date(2026, 3, 31)


def row(**said: Any) -> dict[str, Any]:
    """One row, like the first but for what is said."""
    return {**dict.fromkeys(NAMES, ""), **PLAIN, **said}


def street() -> list[dict[str, Any]]:
    """A small landlord: joint tenants with a child, a tenant in supported housing, a leaseholder, an applicant."""
    two = {"home": "H2", "uprn": "100000000002", "address": "2 Alder Court"}
    return [
        row(),
        row(person="P2", given="Bob", born="2 Apr 1971", email="", mobile="", lead="N", role="Joint tenant"),
        row(person="P3", given="Cy", born="2015-06-07", email="", mobile="", lead="", role="Son"),
        row(**two, right="T2", tenure="Sheltered", start="2020-02-03", person="P4", given="Di", email="di@example.org"),
        row(home="H3", uprn="100000000003", address="3 Alder Court", right="L3", tenure="Leasehold", start="1/2/2001",
            person="P5", given="Ed", email="", mobile="", born="", lead="", role="Leaseholder"),
        row(home="", uprn="", address="9 Elsewhere", postcode="ZZ1 1ZZ", kind="", beds="", block="", estate="", ward="",
            right="A6", tenure="Housing register", start="1/3/2026", person="P6", given="Flo", email="", mobile="",
            lead="", role="Applicant"),
    ]  # fmt: skip


def as_csv(rows: Iterable[dict[str, Any]], headings: tuple[str, ...] = HEADINGS, encoding: str = "utf-8") -> bytes:
    """Rows as a CSV file."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(headings)
    writer.writerows([one[name] for name in NAMES] for one in rows)
    return out.getvalue().encode(encoding)


def as_xlsx(rows: Iterable[dict[str, Any]]) -> bytes:
    """Rows as an Excel file, as Excel keeps them: numbers as numbers."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Extract")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, HEADINGS)
        for number, one in enumerate(rows, start=1):
            for place, name in enumerate(NAMES):
                value = one[name]
                if isinstance(value, date):
                    sheet.write_datetime(number, place, value, day)
                elif name in ("uprn", "beds") and str(value).isdigit():
                    sheet.write_number(number, place, float(value))
                elif isinstance(value, str) and value.startswith("="):
                    sheet.write_formula(number, place, value, None, "shown")
                elif value != "":
                    sheet.write(number, place, value)
    return out.getvalue()


def drive(steps: Callable[..., Any], *, import_id: int, by: Any, at_most: int = 1000) -> int:
    """Take the steps of a long job one by one, as its worker does; how many were taken."""
    taken = 0
    for _ in steps(import_id=import_id, by=by):
        taken += 1
        if taken == at_most:
            break
    return taken


def taken(body: bytes, *, by: Any, name: str = "extract.csv", as_at: date = ON, whole: bool = False) -> Any:
    """A file that was taken in, read and compared."""
    from hearth.register import services
    from hearth.register.models import Import

    one = services.take_file(source="HMS", name=name, body=body, as_at=as_at, whole=whole, on=date(2026, 9, 1), by=by)
    services.check_file(one=one, by=by)
    drive(services.check_in_steps, import_id=one.pk, by=by)
    return Import.objects.get(pk=one.pk)


def brought_in(body: bytes, *, by: Any, confirmed: bool = False, **said: Any) -> Any:
    """A file that was taken in, checked and brought in."""
    from hearth.register import services

    one = taken(body, by=by, **said)
    assert one.state == "checked", one.error
    services.bring_in(one=one, confirmed=confirmed, by=by)
    drive(services.bring_in_steps, import_id=one.pk, by=by)
    one.refresh_from_db()
    assert one.state == "done", one.error
    return one


def counted(one: Any) -> dict[str, tuple[int, int, int, int]]:
    """Added, changed, ended and same of each kind of which there is any."""
    found = {name: (said["added"], said["changed"], said["ended"], said["same"]) for name, said in one.counts.items()}
    return {name: counts for name, counts in found.items() if any(counts)}
