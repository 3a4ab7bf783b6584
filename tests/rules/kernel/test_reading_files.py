"""Rows out of CSV and XLSX files, as landlords' systems and spreadsheets write them."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.refusals import Refused
from hearth.kernel.sheets.lines import MIXED, Limits, rows_of
from hearth.kernel.sheets.workbook import Formula, from_serial


def read(body: bytes, name: str = "a.csv", **limits: int) -> list[tuple[int, list[object]]]:
    return [(line.row, line.cells) for line in rows_of(io.BytesIO(body), name, limits=Limits(**limits))]


def workbook(rows: dict[int, dict[int, object]], **options: object) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, dict(options)) as book:
        sheet = book.add_worksheet("Sheet")
        dated = book.add_format({"num_format": "dd/mm/yyyy"})
        for row, cells in rows.items():
            for column, value in cells.items():
                if isinstance(value, date):
                    sheet.write_datetime(row, column, value, dated)
                elif isinstance(value, str) and value.startswith("="):
                    sheet.write_formula(row, column, value, None, "42")
                else:
                    sheet.write(row, column, value)
    return out.getvalue()


CELLS = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=("Cs",)), max_size=12)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=6))
def test_what_was_written_as_csv_is_read_again(rows):
    import csv

    out = io.StringIO()
    csv.writer(out).writerows([["Heading", "Other"], *rows])
    found = [cells for _, cells in read(b"\xef\xbb\xbf" + out.getvalue().encode())]
    assert found == [["Heading", "Other"], *[row for row in rows if any(row)]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_encodings_and_marks_are_found_out(encoding, mark):
    body = f"Name{mark}Street{mark}Fee\r\nSiân{mark}Café Row{mark}£5\r\n".encode(encoding)
    assert read(body) == [(1, ["Name", "Street", "Fee"]), (2, ["Siân", "Café Row", "£5"])]


def test_a_row_of_another_encoding_is_named_and_the_others_are_read():
    body = "A,B\nSiân,1\n".encode() + "José,2\n".encode("cp1252") + "Zoë,3\n".encode()
    lines = list(rows_of(io.BytesIO(body), "a.csv", limits=Limits()))
    assert [(line.row, line.fault) for line in lines] == [(1, ""), (2, ""), (3, MIXED), (4, "")]
    assert lines[3].cells == ["Zoë", "3"]


def test_a_row_of_another_encoding_is_named_where_cells_hold_line_ends():
    body = 'A,B\n"one\ntwo",é\n'.encode() + b'"x\ny",\xe9\n'
    lines = list(rows_of(io.BytesIO(body), "a.csv", limits=Limits()))
    assert [(line.row, bool(line.fault)) for line in lines] == [(1, False), (2, False), (3, True)]


def test_a_quotation_mark_that_is_never_closed_is_named():
    body = b'A,B\n1,2\n3,"4\n' + b"5,6\n" * 60_000
    with pytest.raises(Refused, match="Row 3 could not be read"):
        read(body)


@pytest.mark.slow
def test_any_number_of_blank_rows_is_skipped_in_little_memory():
    body = b"A,B\n" + b",\n" * 150_000 + b"1,2\n"
    stream = io.BytesIO(body)
    tracemalloc.start()
    found = [(line.row, line.cells) for line in rows_of(stream, "a.csv", limits=Limits(rows=10))]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == [(1, ["A", "B"]), (150_002, ["1", "2"])]
    assert peak < 5_000_000


def test_a_stray_cell_in_the_last_row_of_a_sheet_costs_no_memory():
    body = workbook({0: {0: "A", 200: "B"}, 1_048_575: {0: "last", 16_383: "far"}})
    tracemalloc.start()
    found = read(body, "a.xlsx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [(row, cells[0]) for row, cells in found] == [(1, "A"), (1_048_576, "last")]
    assert peak < 5_000_000


def test_blank_rows_that_are_only_coloured_are_skipped():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet, grey = book.add_worksheet(), book.add_format({"bg_color": "#cccccc"})
        sheet.write_row(0, 0, ["A", "B"])
        for row in range(1, 5000):
            sheet.write_blank(row, 0, None, grey)
        sheet.write_row(5000, 0, ["1", "2"])
    assert read(out.getvalue(), "a.xlsx") == [(1, ["A", "B"]), (5001, ["1", "2"])]


def test_cells_of_excel_come_as_what_they_are():
    body = workbook({0: {0: "Ref", 1: "UPRN", 2: "Start", 3: "Sum", 5: "Yes"},
                     2: {0: "  P-1 <&> ", 1: 100012345678.0, 2: date(2026, 12, 31), 3: "=1+1", 5: True}})  # fmt: skip
    (_, first), (row, cells) = read(body, "a.xlsx")
    assert first == ["Ref", "UPRN", "Start", "Sum", None, "Yes"]
    assert (row, cells) == (3, ["  P-1 <&> ", 100012345678, date(2026, 12, 31), "42", None, True])
    assert isinstance(cells[3], Formula)
    assert isinstance(cells[1], int)


DAMAGED = workbook({0: {0: "A", 1: "B"}, 1: {0: "x", 1: 5}})


def without_the_usual_look(body: bytes) -> bytes:
    """The same workbook, so written that every row goes to the parser of XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            part = old.read(entry)
            new.writestr(entry, part.replace(b"<sheetData>", b"<sheetData >"))
    return out.getvalue()


VALUES = (
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=8)
    | st.sampled_from(["a & b", "<b>", "  two  ", "=1+1", "line\nend", "", "é"])
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.integers(-(10**12), 10**12)
    | st.booleans()
    | st.dates(min_value=date(1900, 3, 1), max_value=date(2100, 1, 1))
)


@given(st.dictionaries(st.integers(0, 40), st.dictionaries(st.integers(0, 30), VALUES, max_size=6), max_size=6))
def test_the_quick_way_and_the_parser_of_xml_read_the_same(rows):
    body = workbook(rows)
    assert read(body, "a.xlsx") == read(without_the_usual_look(body), "a.xlsx")


def test_rows_without_numbers_and_a_prefix_before_every_tag_are_read():
    for mark, inside in (("", "<sheetData>{}</sheetData>"), ("x:", "<x:sheetData>{}</x:sheetData>")):
        rows = "".join(f"<{mark}row><{mark}c><{mark}v>{n}</{mark}v></{mark}c></{mark}row>" for n in (1, 2))
        sheet = f'<{mark}worksheet xmlns{":x" if mark else ""}="-">{inside.format(rows)}</{mark}worksheet>'
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(DAMAGED)) as old, zipfile.ZipFile(out, "w") as new:
            for entry in old.infolist():
                new.writestr(entry, sheet if entry.filename.endswith("sheet1.xml") else old.read(entry))
        assert read(out.getvalue(), "a.xlsx") == [(1, [1]), (2, [2])]


def test_a_workbook_that_counts_from_1904_gives_the_same_days():
    day = date(2026, 12, 31)
    assert read(workbook({0: {0: "A"}, 1: {0: day}}, date_1904=True), "a.xlsx")[1][1] == [day]


def test_hidden_sheets_and_empty_ones_are_passed_over():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("Empty")
        hidden = book.add_worksheet("Hidden")
        hidden.write(0, 0, "secret")
        hidden.hide()
        book.add_worksheet("Data").write_row(0, 0, ["A", "B"])
    assert read(out.getvalue(), "a.xlsx") == [(1, ["A", "B"])]
    lines = rows_of(io.BytesIO(out.getvalue()), "a.xlsx", limits=Limits(), sheet="Nowhere")
    with pytest.raises(Refused, match="no sheet “Nowhere”"):
        list(lines)


@given(st.dates(min_value=date(1900, 3, 1), max_value=date(2150, 1, 1)))
def test_a_day_survives_a_spreadsheet(day):
    serial = (day - date(1899, 12, 30)).days
    assert from_serial(serial) == from_serial(serial + 0.75) == day


def test_the_day_that_never_was_is_no_day():
    assert [from_serial(n) for n in (0, 1, 59, 60, 61)] == [
        None, date(1900, 1, 1), date(1900, 2, 28), None, date(1900, 3, 1),
    ]  # fmt: skip


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 20_000_000)
    with pytest.raises(Refused, match="too large once unpacked"):
        read(out.getvalue(), "a.xlsx", unpacked=10_000_000)


def test_entities_that_grow_are_refused():
    bomb = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><workbook>&b;</workbook>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", bomb)
    with pytest.raises(Refused, match="could not be read"):
        read(out.getvalue(), "a.xlsx")


@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.xlsx"]))
def test_any_bytes_are_read_or_refused_in_words(body, name):
    said = "."
    try:
        for _, cells in read(body, name):
            assert cells
    except Refused as refused:
        said = refused.message
    assert said.endswith(".")


@given(st.data())
def test_a_damaged_workbook_is_read_or_refused_in_words(data):
    body = bytearray(DAMAGED)
    for _ in range(data.draw(st.integers(1, 5))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    said = "."
    try:
        read(bytes(body), "a.xlsx")
    except Refused as refused:
        said = refused.message
    assert said.endswith(".")


def test_more_rows_than_may_be_are_refused():
    body = b"A,B\n" + b"1,2\n" * 11
    assert len(read(body, rows=11)) == 12
    with pytest.raises(Refused, match="more than 10 rows"):
        read(body, rows=10)
