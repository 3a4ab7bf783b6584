"""A workbook's file, judged before it is opened, and its sheets as rows of cells (SYS-06, SYS-10)."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from hearth.kernel.refusals import Refused

MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE
MOST_UNPACKED = 200 * MEGABYTE
MOST_RATIO = 200  # unpacked to packed; real sheets stay below 20
MOST_PARTS = 500
MOST_CELLS = 3_000_000
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
NOT_ONE = "This is not a spreadsheet that can be read. Choose the regulator's workbook as it was published (.xlsx)."

Sheets = dict[str, list[list[Any]]]


def sheets_of(content: bytes, name: str, *, most_bytes: int = MOST_BYTES) -> Sheets:
    """Every worksheet's cells by its name, from A1. Raises Refused, naming the file and what to do."""
    try:
        return _sheets(content, most_bytes)
    except Refused as refused:
        raise Refused(f"{name}: {refused.message}", field="file") from None


def _sheets(content: bytes, most_bytes: int) -> Sheets:
    if not content:
        raise Refused("The file is empty. Choose the file again.")
    if len(content) > most_bytes:
        raise Refused(
            f"The file is larger than {most_bytes / MEGABYTE:g} MB. The regulator's workbooks are below 1 MB."
        )
    if content.startswith(_ZIP):
        _check_archive(content)
    elif not content.startswith(_OLE):
        raise Refused(NOT_ONE)
    # Imported with the first workbook, so that commands and pages without one start sooner.
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            found: Sheets = {}
            cells = 0
            for sheet in book.sheets_metadata:
                if sheet.typ != SheetTypeEnum.WorkSheet:
                    continue
                read = book.get_sheet_by_name(sheet.name)
                cells += (read.total_height or 0) * (read.total_width or 0)
                if cells > MOST_CELLS:
                    raise Refused(f"Sheet “{sheet.name}” is far larger than any of the regulator's.")
                found[sheet.name] = read.to_python(skip_empty_area=False)
            return found
    except PasswordError:
        raise Refused("The file has a password. Take it off and try again.") from None
    except Refused:
        raise
    # The reader's own errors, and those of damaged parts that reach it.
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile) as error:
        raise Refused(f"{NOT_ONE} It is damaged or of another kind.") from error


def _check_archive(content: bytes) -> None:
    """Before anything is unpacked: how much it says it is, and then how much it is (a zip bomb lies)."""
    bomb = Refused("The file unpacks to far more than a workbook needs, so it was not opened.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            names = {part.filename.lower() for part in parts}
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise bomb
            if any(
                part.file_size > MEGABYTE and part.file_size > MOST_RATIO * max(part.compress_size, 1) for part in parts
            ):
                raise bomb
            if any(name.endswith("vbaproject.bin") for name in names):
                raise Refused("The file holds macros, which can run a program. Save it as an ordinary .xlsx.")
            whole = 0
            for part in parts:
                with packed.open(part) as opened:
                    while piece := opened.read(1 << 20):
                        whole += len(piece)
                        if whole > MOST_UNPACKED:
                            raise bomb
    except Refused:
        raise
    except Exception as error:  # zipfile and zlib raise many things on damaged files
        raise Refused("The file is damaged and cannot be read. Get it from the regulator's page again.") from error
