"""What is not the regulator's workbook is turned away with what to do."""

import io
import zipfile

import pytest

from hearth.kernel.refusals import Refused
from hearth.performance.rules import analyse, sheets_of

from . import books


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "x")
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    return out.getvalue()


def macros() -> bytes:
    out = io.BytesIO(books.as_xlsx(books.sheets()))
    with zipfile.ZipFile(out, "a") as packed:
        packed.writestr("xl/vbaProject.bin", "x")
    return out.getvalue()


@pytest.mark.requirement("SYS-06")
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"Landlord,TP01\nx,70", "not a spreadsheet"),
        (b"%PDF-1.7", "not a spreadsheet"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (b"\xd0\xcf\x11\xe0 and then nothing", "not a spreadsheet"),
        (bomb(), "unpacks to far more"),
        (macros(), "macros"),
        (books.as_xlsx(books.sheets())[:-3000], "damaged"),
    ],
    ids=["empty", "csv", "pdf", "no zip", "no xls", "bomb", "macros", "cut off"],
)
def test_what_cannot_be_read_is_turned_away(content, words):
    with pytest.raises(Refused) as refused:
        sheets_of(content, "what.xlsx")
    assert refused.value.message.startswith("what.xlsx: ")
    assert words in refused.value.message


def test_a_file_above_the_cap_is_turned_away():
    with pytest.raises(Refused, match=r"larger than 0\.001"):
        sheets_of(b"PK\x03\x04" + b"x" * 2000, "a.xlsx", most_bytes=1049)


def test_another_workbook_is_turned_away():
    with pytest.raises(Refused, match="not the regulator's workbook"):
        analyse("rents.xlsx", books.as_xlsx({"Rents": [["Home", "Rent"], ["1 The Green", 400]]}))
