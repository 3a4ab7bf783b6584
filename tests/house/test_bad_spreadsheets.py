"""Spreadsheets that are torn, locked, hostile or no spreadsheets, at every page that takes one in.

Whatever it is: a clear sentence, never an error page, and not one row of the room's own is written.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import bs4
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import surveys
from tests.factories.pages import PageClient

MEGABYTE = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600


def parts(**said: bytes) -> bytes:
    """A zip with these parts, as XLSX files are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, body in {"content_types": b"<Types/>", **said}.items():
            packed.writestr({"content_types": "[Content_Types].xml", "sheet": "xl/worksheets/sheet1.xml",
                             "book": "xl/workbook.xml", "macro": "xl/vbaProject.bin"}[name], body)  # fmt: skip
    return out.getvalue()


def sound() -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("Sheet").write_row(0, 0, ["Nothing", "that", "is", "known", "here"])
    return out.getvalue()


GROWS = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><workbook>&b;</workbook>'
BAD: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a torn workbook": ("rows.xlsx", lambda: sound()[:2000]),
    "a workbook with a password": ("rows.xlsx", lambda: OLE + "EncryptedPackage".encode("utf-16-le")),
    "a zip bomb": ("rows.xlsx", lambda: parts(book=b"<workbook/>", sheet=b"\0" * (300 * MEGABYTE))),
    "an entity bomb": ("rows.xlsx", lambda: parts(book=GROWS, sheet=b"<worksheet/>")),
    "a program in disguise": ("rows.xlsx", lambda: b"MZ\x90\x00" + b"x" * 200),
    "a picture": ("rows.csv", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40),
    "an empty file": ("rows.csv", lambda: b""),
    "a file of spaces": ("rows.csv", lambda: b" \r\n\t \r\n"),
    "headings and no rows": ("rows.csv", lambda: b"Nothing,that,is,known,here\r\n"),
    "rows of other columns": ("rows.csv", lambda: b"a,b\r\n1,2\r\n3,4\r\n"),
    "a page that is all script": ("rows.csv", lambda: b"<html><script>alert(1)</script></html>"),
}
DAY = date(2026, 3, 1)
# The page, who opens it, what else its form asks, and the tables that must not grow.
PAGES: dict[str, tuple[str, str, dict[str, Any], tuple[str, ...]]] = {
    "the register": (
        "register:take_file", "register_keeper",
        {"source": "HMS", "whole": "no", "as_at": DAY},
        ("register.Person", "register.Home", "register.Tenancy"),
    ),
    "measures": ("performance:load", "housing_policy_officer", {}, ("performance.Figure", "performance.Provider")),
    "a survey firm": ("surveys:send_firm_file", "housing_policy_officer", {}, ("surveys.Response",)),
    "events": ("surveys:bring_in_events", "housing_policy_officer", {"sort": "repair"}, ("surveys.Event",)),
    "people's answers": (
        "equality:add_file", "equality_officer",
        {"source": "import", "told_on": DAY},
        ("equality.Answer",),
    ),
}  # fmt: skip


def asked_for_a_purpose(officer: Any) -> None:
    """Nothing is told about anybody until it is said what for."""
    from hearth.equality import services

    services.add_purpose(
        text="So that our services are fair.", lawful_basis="public_task", condition="equality", holds_from=DAY,
        consent_words="I agree.", by=officer,
    )  # fmt: skip


def counts(tables: tuple[str, ...]) -> dict[str, int]:
    from django.apps import apps

    return {table: apps.get_model(table)._default_manager.count() for table in tables}


def told(response: Any) -> str:
    """What the page says is wrong, in its error summary or in the parts that warn."""
    page = bs4.BeautifulSoup(response.content, "html.parser")
    found = page.select(".govuk-error-summary li, .govuk-warning-text, .govuk-inset-text, .govuk-tag--red, table")
    return " ".join(" ".join(one.get_text(" ").split()) for one in found)


@pytest.mark.requirement("SYS-06")
@pytest.mark.parametrize(("name", "make"), list(BAD.values()), ids=list(BAD))
@pytest.mark.parametrize(("page", "role", "answers", "tables"), list(PAGES.values()), ids=list(PAGES))
def test_a_bad_spreadsheet_is_refused_in_words_and_writes_nothing(
    inside: Any, user_with: Any, client_as: Any, actor: Any, run_jobs: Any, page: str, role: str,
    answers: dict[str, Any], tables: tuple[str, ...], name: str, make: Callable[[], bytes],
) -> None:  # fmt: skip
    client: PageClient = client_as(user_with(roles=[role]))
    of = {"pk": surveys.survey(state="open").pk} if page == "surveys:send_firm_file" else {}
    if page == "equality:add_file":
        asked_for_a_purpose(actor("equality_officer"))
    before = counts(tables)
    response = client.send(page, {"file": SimpleUploadedFile(name, make()), **answers}, **of, follow=True)
    run_jobs()
    if response.status_code == 200:  # taken in, to be read behind the page, which then says what is wrong
        path = response.request["PATH_INFO"]
        response = client.get(path)
        if path.endswith("/columns/") or b'/columns/"' in response.content:  # asked for the meaning: none has any
            response = client.post(f"{path.removesuffix('columns/')}columns/", {"whole": "no"})
    assert response.status_code in (200, 422)
    said = told(response)
    assert len(said.split()) > 3, f"{page} says nothing of {name}: {response.content.decode()[-3000:]}"
    assert not re.search(r"Traceback|Exception|\bNone\b", said), said
    assert counts(tables) == before
