"""A minimal Excel workbook, written by hand so that numbers held as text stay text."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)


def workbook(rows: list[list[Any]]) -> bytes:
    """One sheet: words as words, numbers as numbers, None as an empty cell."""
    drawn = "".join(
        f'<row r="{n}">{"".join(_cell(f"{chr(65 + i)}{n}", value) for i, value in enumerate(row))}</row>'
        for n, row in enumerate(rows, start=1)
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", _links("officeDocument", "xl/workbook.xml"))
        sheets = f'<sheets><sheet name="Counts" sheetId="1" r:id="rId1" xmlns:r="{RELATED}"/></sheets>'
        archive.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}">{sheets}</workbook>')
        archive.writestr("xl/_rels/workbook.xml.rels", _links("worksheet", "worksheets/sheet1.xml"))
        sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{drawn}</sheetData></worksheet>'
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    return out.getvalue()


def _links(kind: str, target: str) -> str:
    link = f'<Relationship Id="rId1" Type="{RELATED}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{PACKAGE}/relationships">{link}</Relationships>'


def _cell(place: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
