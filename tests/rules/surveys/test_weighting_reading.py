"""Files of responses and margins are read as they come, and what is wrong is said with its row and column."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.refusals import Refused
from hearth.surveys.rules.weighting import Responses, read_margins, read_poststrata, read_responses

HEADER = "id,age,sex,q01,q02\n"


def read(text: str, **options: object) -> Responses:
    options.setdefault("variables", {"age": ("16-34", "35+"), "sex": ()})
    return read_responses(io.StringIO(text, newline=""), **options)  # type: ignore[arg-type]


def refusal(text: str, **options: object) -> str:
    with pytest.raises(Refused) as refused:
        read(text, **options)
    return refused.value.message


def test_responses_become_numbers() -> None:
    found = read(HEADER + "a1,35+,Male,5,\na2,16-34,Female,1,3\n")
    assert found.ids == ["a1", "a2"]
    assert [(one.name, one.categories, one.codes.tolist()) for one in found.variables] == [
        ("age", ("16-34", "35+"), [1, 0]),
        ("sex", ("Male", "Female"), [0, 1]),
    ]
    assert {name: codes.tolist() for name, codes in found.answers.items()} == {"q01": [5, 1], "q02": [-1, 3]}


@pytest.mark.parametrize("mark", [";", "\t"])
def test_semicolons_and_tabs_part_cells_too(mark: str) -> None:
    assert read((HEADER + "a1,35+,Male,5,4\n").replace(",", mark)).answers["q02"].tolist() == [4]


def test_quoted_cells_blanks_around_words_and_windows_lines_are_read() -> None:
    found = read('id,age,sex,q01\r\n"a,1", 35+ ,"Male",4.0\r\n', variables={"age": (), "sex": ()})
    assert found.ids == ["a,1"]
    assert found.variables[0].categories == ("35+",)
    assert found.answers["q01"].tolist() == [4]


def test_empty_rows_are_passed_over_and_still_counted() -> None:
    found = read(HEADER + "a1,35+,Male,5,4\n,,,,\n\n   ,,,,\na2,35+,Male,5,4,,\n")
    assert found.ids == ["a1", "a2"]
    assert [found.where(0), found.where(1)] == ["row 2", "row 6"]


def test_codes_outside_the_base_are_named_by_who_knows_them() -> None:
    text = HEADER + "a1,35+,Male,99,DK\n"
    assert "row 2, column q01: “99” is not an answer from 1 to 5" in refusal(text)
    assert read(text, outside=("99", "DK")).answers["q01"].tolist() == [-1]


def test_questions_are_those_that_are_named_and_other_columns_are_said_to_be_unused() -> None:
    found = read("id,age,sex,TP01,why\na1,35+,Male,5,because\n", questions=["TP01"])
    assert list(found.answers) == ["TP01"]
    assert found.unused == ("why",)


def test_base_weights_are_numbers_of_more_than_nothing() -> None:
    text = "id,age,sex,w\na1,35+,Male,1.5\na2,35+,Male,{}\n"
    found = read(text.format("2"), base_column="w")
    assert found.base is not None
    assert found.base.tolist() == [1.5, 2.0]
    for wrong in ("0", "-1", "nan", "", "1_0", "lots"):
        assert f"row 3, column w: the base weight “{wrong}”" in refusal(text.format(wrong), base_column="w")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "first row must name the columns"),
        ("id,age,sex\n", "no responses below the header"),
        ("id,sex,q01\na,Male,1\n", "there is no column age; the columns are id, sex, q01."),
        ("id,age,age,sex\na,1,2,3\n", "two columns are called age"),
        (HEADER + "a1,35+,Male,5\n", "row 2 has 4 cells where the header has 5"),
        (HEADER + "a1,35+,Male,5,4,7\n", "row 2 has 6 cells"),
        (HEADER + ",35+,Male,5,4\n", "row 2, column id: every response needs a reference"),
        (HEADER + "a1,35+,Male,5,4\na1,35+,Male,5,4\n", "row 3, column id: “a1” stands already in row 2"),
        (HEADER + "=1+1,35+,Male,5,4\n", "begins like a formula"),
        (HEADER + "a1,35+,Male,5,four\n", "row 2, column q02: “four” is not an answer"),
        (HEADER + "a1,35+,Male,5,3.5\n", "column q02: “3.5”"),
        (HEADER + 'a1,35+,Male,5,"' + "x" * 200_000, "quotation mark left open"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, sentence: str) -> None:
    assert sentence in refusal(text)


def test_several_faults_are_said_at_once_up_to_a_limit() -> None:
    said = refusal(HEADER + "".join(f"a{at},35+,Male,{6 + at},4\n" for at in range(100))).splitlines()
    assert len(said) == 21
    assert "row 3, column q01: “7”" in said[1]
    assert "stopped here" in said[-1]


def test_numbers_that_begin_with_a_sign_are_references_and_no_formulas() -> None:
    assert read(HEADER + "-12,35+,Male,5,4\n+44.1,35+,Male,5,4\n").ids == ["-12", "+44.1"]


@given(st.lists(st.sampled_from(["1", "2", "5", ""]), min_size=1, max_size=30))
def test_every_answer_arrives_in_its_place(said: list[str]) -> None:
    rows = "".join(f"{at},35+,Male,{answer},1\n" for at, answer in enumerate(said))
    assert read(HEADER + rows).answers["q01"].tolist() == [int(answer or -1) for answer in said]


def test_files_longer_than_a_block_are_read_to_their_end_with_the_right_rows() -> None:
    rows = "".join(f"{at},35+,Male,{at % 5 + 1},1\n" for at in range(20_000))
    found = read(HEADER + rows)
    assert found.answers["q01"].tolist() == [at % 5 + 1 for at in range(20_000)]
    assert found.where(19_999) == "row 20001"
    assert "row 20002, column q01" in refusal(HEADER + rows + "x,35+,Male,8,1\n")


# ── margins and cells ─────────────────────────────────────────────────────────────────────────────────────


def test_margins_are_read_in_their_order_with_numbers_as_people_type_them() -> None:
    text = 'variable,category,population\nage,35+,"1,250"\nage,16-34,400.0\nsex,Female,900\n'
    [age, sex] = read_margins(io.StringIO(text))
    assert list(age.population.items()) == [(("35+",), 1250.0), (("16-34",), 400.0)]
    assert (sex.name, sex.total) == ("sex", 900)


def test_cells_are_read_with_their_variables_in_any_column() -> None:
    made = read_poststrata(io.StringIO("age,population,sex\n16-34,30,Female\n16-34,40,Male\n"))
    assert made.variables == ("age", "sex")
    assert dict(made.population) == {("16-34", "Female"): 30, ("16-34", "Male"): 40}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("variable,category\nage,35+\n", "the columns must be variable, category and population"),
        ("variable,category,population\n", "no margins below the header"),
        ("variable,category,population\nage,35+,many\n", "row 2, column population: “many”"),
        ('variable,category,population\nage,35+,"1,5"\n', "row 2, column population: “1,5”"),
        ("variable,category,population\nage,35+,-1\n", "row 2, column population: “-1”"),
        ("variable,category,population\nage,,5\n", "row 2: a variable and a category"),
        ("variable,category,population\nage,35+,5\nage,35+,6\n", "row 3: age “35+” is given twice"),
    ],
)
def test_margins_that_cannot_be_read_say_where(text: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        read_margins(io.StringIO(text))
    assert sentence in refused.value.message


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("age,sex\n1,2\n", "and population"),
        ("age,population\n", "no cells below"),
        ("age,sex,population\na,,4\n", "row 2: every variable must have a category"),
        ("age,population\na,x\n", "row 2, column population"),
        ("age,population\na,1\na,2\n", "row 3: a is given twice"),
    ],
)
def test_cells_that_cannot_be_read_say_where(text: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        read_poststrata(io.StringIO(text))
    assert sentence in refused.value.message
