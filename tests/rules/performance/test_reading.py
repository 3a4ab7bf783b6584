"""A workbook is read by its own dictionary, wherever sheets, rows and columns stand."""

import pytest

from hearth.kernel.refusals import Refused
from hearth.performance.rules import Code, Tenure, analyse, find_provider, read
from hearth.performance.rules.cells import value_of
from hearth.performance.rules.columns import match
from hearth.performance.rules.dictionary import Entry, Key, by_name, by_words

from . import books


def returned(book, landlord, tenure=Tenure.LCRA):
    workbook = read("invented.xlsx", book)
    code = find_provider(landlord, workbook.providers).code
    return next(one for one in workbook.returns if one.provider == code and one.tenure == tenure)


def test_an_invented_workbook_is_read_from_its_file_to_its_figures():
    done = analyse("next-year.xlsx", books.as_xlsx(books.sheets(29)))
    assert done.workbook.year == 2028
    assert [one.name for one in done.workbook.providers.values()][:2] == ["Anvil Homes", "Brook District Council"]
    assert done.workbook.providers["4711"].name == "Copper Homes"  # a code that the sheet holds as a number
    assert not done.differing()
    tally = done.tally
    assert tally["LCRA", "TP01"].agreed == 4
    assert tally["LCRA", "required sample"].agreed == 4
    assert tally["LCRA", "margin"].agreed == 4
    assert tally["ALL", "BS01"].agreed == 4
    assert [(one.name, one.perception) for one in done.workbook.left_out] == [("Ember Homes", True)]


def test_columns_and_sheets_in_another_order_give_the_same():
    plain = read("a.xlsx", books.sheets())
    book = books.sheets()
    turned = {name: [row[::-1] if len(row) > 3 else row for row in book[name]] for name in reversed(book)}
    turned["What is what"] = book["What is what"]
    other = read("a.xlsx", turned)
    assert other.providers == plain.providers
    assert {(one.provider, one.tenure): one.values for one in other.returns} == {
        (one.provider, one.tenure): one.values for one in plain.returns
    }


def test_shifted_captions_are_read_by_their_code_and_said():
    workbook = read("a.xlsx", books.sheets())
    fifth = next(one for one in workbook.of(Tenure.LCRA) if one.provider == "A1")
    assert [fifth.get("TP05", part) for part in ("vs", "fs", "nadk")] == [50, 25, 3]
    assert any("TP05 describe TP01" in remark for remark in workbook.remarks)


def test_a_landlord_that_the_table_of_coverage_misses_is_said():
    book = books.sheets()
    book["Coverage"] = [["Landlord name", "Landlord code", "TSM26_LCRA_Perception"], ["Anvil Homes", "A1", "No"]]
    assert any("Anvil Homes is not in" in remark for remark in read("a.xlsx", book).remarks)


def test_a_column_that_the_dictionary_does_not_know_is_said_and_left():
    book = books.sheets()
    for row in book["TSM26_LCRA_Perception"]:
        if len(row) > 3:
            row.append("Shoe size of the chair" if "Landlord name" in row else 44)
    assert any("Shoe size of the chair" in remark for remark in read("a.xlsx", book).remarks)


def test_codes_say_why_there_is_no_figure():
    book = books.sheets()
    put = lambda value: books.put(book, "LCRA", "Anvil Homes", "Proportion of respondents who report that they are "  # noqa: E731
                                  "satisfied with", value)  # fmt: skip
    for cell, code in (("[E]", Code.EXCLUDED), ("[s]", Code.SUPPRESSED), ("[ Z ]", Code.NOT_REQUIRED)):
        put(cell)
        assert returned(book, "Anvil Homes").get("TP01", "published") == code


@pytest.mark.parametrize(
    ("cell", "value"),
    [(3, 3.0), ("1,234", 1234.0), (" 71.5% ", 71.5), ("[X]", Code.BLANK), ("", None), (None, None), ("South", "South"),
     ("[Q]", "[Q]"), ("1\u200b2", 12.0), ("-", "-")],
)  # fmt: skip
def test_a_cell_is_a_number_a_code_or_words(cell, value):
    assert value_of(cell) == value


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("TP05_VS_LCRA", Key("TP05", "vs", "LCRA")),
        ("TP02_Fiter_No_COMB", Key("TP02", "no", "COMB")),
        ("Resopnses_Postal_b", Key("", "by postal")),
        ("TP01_Satisfied_FacetoFace_a", Key("", "tp01 face to face")),
        ("Unweighted_TP01_NSoD_a", Key("", "unweighted ns")),
        ("RP02_1_Denominator", Key("RP02(1)", "denominator")),
        ("CH01_2_Calculated_Value_LCHO", Key("CH01(2)", "published", "LCHO")),
        ("BS01 _Applies", Key("BS01", "applies")),
        ("Stg2_comp_with_Ext_LCRA", Key("CH02(2)", "with extension", "LCRA")),
        ("System Property", None),
    ],
)
def test_a_field_is_known_by_its_name_with_all_its_slips(name, key):
    assert by_name(name) == key


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Number of respondents who report that they are fairly satisfied with anything (TP05)", Key("TP05", "fs")),
        ("TP07 - How satisfied? - Neither satisfied nor dissatisfied (or Neither agree nor disagree for TP08)",
         Key("TP07", "ns")),
        ("Number of homes (BS05 Denominator) 5", Key("BS05", "denominator")),
        ("LCHO - Number of stage one complaints (CH01 1 Numerator)", Key("CH01(1)", "numerator", "LCHO")),
        ("Proportion of tenants who state they have complained (TP09 responses)", None),
    ],
)  # fmt: skip
def test_without_a_field_name_the_words_and_the_code_say_what_it_is(words, key):
    assert by_words(words) == key


def test_without_field_names_the_words_are_enough():
    book = books.sheets()
    for row in book["What is what"][4:]:
        if row[2].startswith(("TP0", "RP0", "BS0")):
            row[2] = "field"
    assert not analyse("a.xlsx", books.as_xlsx(book)).differing()
    assert analyse("a.xlsx", books.as_xlsx(book)).tally["LCRA", "TP05"].agreed == 4


def test_the_captions_very_satisfied_and_very_dissatisfied_are_never_taken_for_each_other():
    said = "Total number of {} (unweighted) who are very {} with the service (TP01){}"
    entry = Entry("t", said.format("tenants", "dissatisfied", ""), "n", "", "", 1)
    assert match([said.format("respondents", "satisfied", "")], [entry]) == {}
    assert match([said.format("respondents", "dissatisfied", "6")], [entry]) == {0: entry}


def broken(change):
    book = books.sheets()
    change(book)
    return book


def drop_column(book, sheet, caption):
    rows = next(rows for name, rows in book.items() if sheet in name)
    place = books.column(rows, caption)
    for row in rows:
        if len(row) > 3:
            del row[place]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda book: book.pop("What is what"), "no sheet is a data dictionary"),
        (lambda book: book.pop("TSM26_LCRA_Perception"), "sheet “TSM26_LCRA_Perception”, which the data dictionary"),
        (lambda book: drop_column(book, "LCRA", "Landlord code"), "Sheet “TSM26_LCRA_Perception” has no column "
                                                                  "“Landlord code”"),
        (lambda book: book["TSM26_LCRA_Perception"].clear(), "Sheet “TSM26_LCRA_Perception” has no row with the head"),
        (lambda book: book["What is what"].__delitem__(slice(4, None)), "describes no table"),
    ],
)  # fmt: skip
def test_what_is_missing_is_named_by_file_sheet_and_column(change, words):
    with pytest.raises(Refused) as refused:
        read("invented.xlsx", broken(change))
    assert refused.value.message.startswith("invented.xlsx: ")
    assert words in refused.value.message


def test_a_missing_count_column_is_said_and_its_figures_are_not_compared():
    book = broken(lambda book: drop_column(book, "LCRA", "Number of respondents who report that they are fairly sat"))
    done = analyse("a.xlsx", books.as_xlsx(book))
    assert any("has no column “Number of respondents" in remark for remark in done.workbook.remarks)
    assert done.tally["LCRA", "TP05"].compared == 0  # whose captions are those of TP01
    assert done.tally["LCRA", "TP01"].agreed == 4


def test_a_workbook_without_a_year_is_refused():
    book = books.sheets()
    del book["About"]
    renamed = {name.replace("TSM26", "Table"): rows for name, rows in book.items()}
    for row in renamed["What is what"][4:]:
        row[0] = row[0].replace("TSM26", "Table")
    with pytest.raises(Refused, match="which reporting year"):
        read("a.xlsx", renamed)


def test_a_landlord_is_found_by_code_or_name_and_doubt_is_said():
    providers = read("a.xlsx", books.sheets()).providers
    assert find_provider("b2", providers).name == "Brook District Council"
    assert find_provider("copper", providers).code == "4711"
    with pytest.raises(Refused, match="2 landlords fit"):
        find_provider("council", providers)
    with pytest.raises(Refused, match="No landlord"):
        find_provider("nobody", providers)
