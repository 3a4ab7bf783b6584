"""The traps of the importer's specification (T1 to T18), on seeds and on invented prints of the same shape."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hearth.reviews.rules.content import State
from hearth.reviews.rules.form import Form
from hearth.reviews.rules.reading import Image, Line, PageBreak, Reading, Row, Source, read
from tests.rules.reviews.reading.printing import ANSWERS, printed_review, wording

Seed = Callable[[str], Reading]
STYLES = ["columns", "glued", "markdown", "lines"]


def codes(reading: Reading, part: str = "") -> list[str]:
    return [doubt.code for doubt in reading.doubts if not part or doubt.part == part]


def test_t1_profile_figures_under_the_consultation_question_go_back_to_the_profile(seed: Seed) -> None:
    reading = seed("000")
    assert "Ethnicity –" in reading.content.profile.text
    assert "%" not in reading.content.consultation.text
    assert codes(reading, "profile") == codes(reading, "consultation") == ["T1"]
    assert reading.placed["profile"].confidence < 0.8
    assert reading.placed["consultation"].confidence < 0.8


def test_t1_figures_that_answer_the_consultation_question_stay_there(form: Form) -> None:
    answers = {**ANSWERS, 6: "Age – 40% of those who answered the survey were over 60."}
    reading = read(printed_review(form, answers=answers), form)
    assert reading.content.consultation.text == answers[6]
    assert "T1" not in codes(reading)


def test_t2_words_lost_at_a_page_break_are_doubted_and_not_put_in(seed: Seed) -> None:
    reading = seed("000")
    text = reading.content.dictated.text
    assert "from their social housing performance and decision-making" in text
    doubt = next(d for d in reading.doubts if d.code == "T2" and d.part == "dictated")
    assert "social housing ⟂ performance" in doubt.quote


def test_t2_an_answer_that_ends_before_the_page_does_is_not_doubted(seed: Seed) -> None:
    assert "T2" not in codes(seed("001"))


@pytest.mark.parametrize("label", ["Off\tficer conducting assessment", "Officer conduct1ng assessment"])
def test_t3_labels_broken_by_a_scan_are_known(form: Form, label: str) -> None:
    text = printed_review(form).replace("Officer conducting assessment", label)
    assert read(text, form).content.details.officer == "Parking Officer"


@pytest.mark.parametrize("broken", ["Ste\tep 2: Information collection", "Step\to 2: Information collection"])
def test_t3_step_headings_broken_by_a_scan_are_no_answers(form: Form, broken: str) -> None:
    text = printed_review(form).replace("Step 2: Information collection", broken)
    reading = read(text, form)
    assert reading.answers == read(printed_review(form), form).answers
    assert reading.unplaced == ()


@pytest.mark.parametrize(
    "tick",
    ["\\boxtimes", "$\\boxtimes$", "⊠", "☒", "☑", "✓", "x", "[x]", '<input checked type="checkbox"/>'],
)
def test_t4_ticks_are_read_in_every_manner(form: Form, tick: str) -> None:
    reading = read(printed_review(form, tick=tick), form)
    assert {impact.state for impact in reading.content.impacts} == {State.NO_IMPACT}
    assert len(reading.content.impacts) == 9


@pytest.mark.parametrize("box", ["☐", "□", '<input type="checkbox"/>', "[ ]", ""])
def test_t4_an_empty_box_is_no_tick(form: Form, box: str) -> None:
    reading = read(printed_review(form, tick=box), form)
    assert {impact.state for impact in reading.content.impacts} == {State.BLANK}


@pytest.mark.parametrize(
    ("printed", "yes", "no"),
    [
        ("⊠ Yes □ No", True, False),
        ("☐ Yes ☒ No", False, True),
        ('<input type="checkbox"/> Yes <input checked="" type="checkbox"/> No', False, True),
        ("Yes ☒ No ☐", True, False),
        ("Yes ☐ No ☒", False, True),
        ("[ ] Yes [x] No", False, True),
        ("Yes", True, False),
        ("No", False, True),
        ("☐ Yes ☐ No", False, False),
        ("", False, False),
        ("☒ Yes ☒ No", True, True),
    ],
)
def test_t4_yes_and_no_are_read_in_every_manner(form: Form, printed: str, yes: bool, no: bool) -> None:
    committee = read(printed_review(form, answers={**ANSWERS, 14: printed}), form).content.committee
    assert (committee.yes, committee.no) == (yes, no)


def test_the_body_beside_the_tick_is_kept(form: Form) -> None:
    reading = read(printed_review(form, answers={**ANSWERS, 14: "☒ Yes ☐ No Housing Board"}), form)
    assert reading.content.committee.body == "Housing Board"


def test_t5_a_question_and_an_answer_printed_line_by_line_are_parted(seed: Seed) -> None:
    text = seed("000").content.explanation.text
    assert "please explain" not in text
    assert "the Resident Engagement Strategy, and any resident activities" in text
    assert "\n\nTelephone and face-to face" in text


@pytest.mark.parametrize("style", STYLES)
def test_t6_numbers_are_known_in_a_column_glued_as_bullets_and_in_plain_lines(form: Form, style: str) -> None:
    reading = read(printed_review(form, style=style), form)
    for number, answer in ANSWERS.items():
        assert reading.answers[number] == answer, number
    assert len(reading.content.impacts) == 9
    assert len(reading.content.information_actions.rows) == 1
    assert reading.content.impact_actions.none
    assert [s.post for s in reading.sign_offs] == ["Legal Services"]
    assert reading.unplaced == ()
    assert reading.confidence > 0.9


def test_t7_the_question_that_goes_on_behind_a_page_break_stays_out_of_the_answer(seed: Seed) -> None:
    assert seed("001").content.dictated.text.startswith("There will be a requirement")
    assert "legislation/regulation" not in seed("001").content.dictated.text
    assert "key performance" not in seed("002").content.contribution.text
    assert "additional research" not in seed("002").content.gaps.text


def test_t8_a_heading_padded_with_tabs_is_a_heading(form: Form) -> None:
    text = printed_review(form).replace("Step 2: Information collection", "Step 2: Information collection" + "\t" * 17)
    assert read(text, form).answers == read(printed_review(form), form).answers


def test_t9_answers_are_found_without_step_headings(form: Form) -> None:
    text = "\n".join(line for line in printed_review(form).split("\n") if not line.startswith("Step "))
    assert read(text, form).answers == read(printed_review(form), form).answers


def test_t10_a_row_of_the_matrix_that_goes_on_over_the_page_is_one_row(seed: Seed) -> None:
    text = seed("002").content.impact("disability").positive
    assert "will make the relevant arrangements to ensure disabled people" in text
    assert "\n\nCommunication needs" in text
    assert seed("001").content.impact("disability").positive.endswith("via Relay UK.")


PROFILE = """<p>Who rents a garage:</p> <table border="1" data-bbox="1 2 3 4"> <tbody> <tr> <td rowspan="2">Sex</td>
<td>Male</td> <td>40.00%</td> </tr> <tr> <td>Female</td> <td>60.00%</td> </tr> <tr> <td rowspan="1">Age</td>
<td>Under 30</td> <td>20.00%</td> </tr> </tbody> </table>""".replace("\n", " ")
CUT_TABLE = [
    "Sex\tMale\t\t40.00%\t\t",
    "\tFemale\t60.00%\t\t",
    "",
    "Customer Access Review – Full Assessment",
    "",
    "\t\t30 and over\t79.00%",
    "\t\tUnknown\t1.00%",
    "\tRace\tWhite\t55.00%",
    "\t\tUnknown\t45.00%",
    "\tTransgender\tFemale to male\t2.00%",
    "\tMale to female\t2.00%\t",
    "\tNot stated\t96.00%\t",
    "\t<p>Nothing is held about leaseholders.</p>\t\t",
]


def test_t11_a_nested_table_cut_by_a_page_ends_as_rows_of_one_grid(form: Form) -> None:
    before, after = printed_review(form, style="glued", answers={**ANSWERS, 5: PROFILE}).split("6. What consultation")
    reading = read(before + "\n".join(CUT_TABLE) + "\n6. What consultation" + after, form)
    (grid,) = reading.content.profile.tables
    assert grid.rows == (
        ("Sex", "Male", "40.00%"),
        ("Sex", "Female", "60.00%"),
        ("Age", "Under 30", "20.00%"),
        ("Age", "30 and over", "79.00%"),
        ("Age", "Unknown", "1.00%"),
        ("Race", "White", "55.00%"),
        ("Race", "Unknown", "45.00%"),
        ("Transgender", "Female to male", "2.00%"),
        ("Transgender", "Male to female", "2.00%"),
        ("Transgender", "Not stated", "96.00%"),
    )
    assert reading.content.profile.text == "Who rents a garage:\n\nNothing is held about leaseholders."
    assert codes(reading, "profile") == ["T11"]


def test_t11_the_printed_profile_table_is_whole_and_each_block_has_its_rows(seed: Seed) -> None:
    (grid,) = seed("002").content.profile.tables
    blocks: dict[str, int] = {}
    for characteristic, _, figure in grid.rows:
        blocks[characteristic] = blocks.get(characteristic, 0) + 1
        assert figure.endswith("%")
    assert list(blocks.values()) == [2, 8, 6, 2, 5, 4]
    for characteristic in blocks:
        total = sum(float(row[2].rstrip("%")) for row in grid.rows if row[0] == characteristic)
        assert total == pytest.approx(100, abs=0.05)


def test_t12_no_residue_of_mark_up_is_left(seed: Seed) -> None:
    for name in ("000", "001", "002"):
        whole = str(seed(name).to_plain()["parts"])
        for residue in ("<p", "</", "data-bbox", "style=", "\\boxtimes", "&amp;"):
            assert residue not in whole


def test_t13_repeated_headers_on_every_page_are_dropped(form: Form) -> None:
    lines = printed_review(form).split("\n")
    pages = ["\n".join([*lines[at : at + 6], "Estates – restricted", "\f"]) for at in range(0, len(lines), 6)]
    reading = read("\n".join(pages), form)
    assert "restricted" not in str(reading.to_plain()["parts"])
    for number, answer in ANSWERS.items():
        assert reading.answers[number] == answer, number


def test_t14_a_signature_that_is_a_picture_has_no_name(form: Form) -> None:
    text = printed_review(form).rsplit("\n", 3)[0] + "\nReviewed by Legal Services:\n\n[image]\n\n13 October 2024\n"
    (signature,) = read(text, form).sign_offs
    assert (signature.post, signature.name, signature.image) == ("Legal Services", None, True)
    assert signature.on is not None
    assert signature.on.isoformat() == "2024-10-13"


def test_t14_a_block_that_nobody_signed_is_no_signature(form: Form) -> None:
    text = (
        printed_review(form).rsplit("\n", 3)[0] + "\nReviewed by Legal Services:\n\nReviewed by Director of Estates:\n"
    )
    assert read(text, form).sign_offs == ()


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("3 October 2024", "2024-10-03"),
        ("3rd October 2024", "2024-10-03"),
        ("27.4.2024", "2024-04-27"),
        ("14.4.2024.", "2024-04-14"),
        ("05/07/2024", "2024-07-05"),
    ],
)
def test_t15_sign_off_dates_are_read_in_every_manner(form: Form, printed: str, day: str) -> None:
    text = printed_review(form).replace("3 October 2024", printed)
    (signature,) = read(text, form).sign_offs
    assert signature.on is not None
    assert signature.on.isoformat() == day


def test_t15_a_date_that_does_not_exist_is_kept_as_printed_and_doubted(form: Form) -> None:
    text = printed_review(form).rsplit("\n", 3)[0] + "\nReviewed by Legal Services:\nA. Person\n31.2.2024\n"
    reading = read(text, form)
    (signature,) = reading.sign_offs
    assert (signature.on, signature.name) == (None, "A. Person")
    assert "31.2.2024" in (signature.printed_on, *reading.unplaced)
    assert "T15" in codes(reading)


@pytest.mark.parametrize("row", ["N/A\t\t\t\t\t", "\t\t\t\t\t", "", "None\t\t\t\t\t", "N/A"])
def test_t16_not_applicable_an_empty_row_and_no_row_all_hold_no_row(form: Form, row: str) -> None:
    reading = read(printed_review(form).replace("N/A\t\t\t\t\t", row), form)
    assert reading.content.impact_actions.rows == ()
    assert reading.content.impact_actions.none is bool(row.strip())


OLD = """Customer Access Review Full Assessment

This assessment asks whether what we do is fair and reasonable for everybody who lives here.

Assessment Details
Assessment area\tFrontline services
Date of assessment\t5th July 2011
Directorate & Service\tCorporate Services
Manager\tA. Manager
Lead Officer\tB. Officer

Step 1: Scoping the assessment
Key Questions\tAnswers/Notes
"""
OLD_ANSWERS = {
    1: "To answer everybody who calls.",
    2: "All residents.",
    3: "a) NI 14 b) It meets the customer care policy.",
    4: "None. We have discretion in how calls are answered.",
}


def test_t17_the_2011_edition_is_recognised_with_low_confidence(form: Form) -> None:
    rows = [f"{number}. {form.question(number).older[0]}\t{answer}" for number, answer in OLD_ANSWERS.items()]
    reading = read(OLD + "\n".join(rows), form)
    assert reading.is_review
    assert reading.confidence <= 0.4
    assert reading.edition_guess == "before 2022"
    assert "T17" in codes(reading)
    assert reading.answers == OLD_ANSWERS
    assert reading.content.dictated.discretion == "We have discretion in how calls are answered."
    assert reading.content.details.officer == "B. Officer"
    assert reading.content.details.directorate == "Corporate Services"
    assert reading.content.details.assessed == "5th July 2011"
    assert max(placed.confidence for placed in reading.placed.values()) <= 0.5
    (preamble,) = reading.unplaced
    assert preamble.startswith("This assessment asks")


def test_t18_not_applicable_typed_in_both_columns_is_no_impact_text(seed: Seed) -> None:
    for name in ("001", "002"):
        reading = seed(name)
        assert reading.content.impact("marriage").state is State.NOT_APPLICABLE
        assert "T18" in codes(reading, "impacts.marriage")


def test_a_source_made_of_rows_reads_as_the_text_does(form: Form) -> None:
    items: list = [Line(form.title), Line("Assessment details")]
    for question in form.questions:
        answer = ANSWERS.get(question.number, "")
        items += [Row((f"{question.number}.", wording(form, question), answer)), PageBreak()]
    items += [Line("Reviewed by Legal Services:"), Image(), Line("3 October 2024")]
    reading = read(Source(tuple(items)), form)
    assert {number: reading.answers[number] for number in ANSWERS} == ANSWERS
    assert reading.sign_offs[0].image


def test_another_landlords_name_in_the_wording_does_no_harm(form: Form) -> None:
    text = printed_review(form).replace("Dartford Borough Council", "Northmere Homes")
    reading = read(text, form)
    assert reading.answers[3] == ANSWERS[3]
    assert reading.answers[10] == ANSWERS[10]


def test_a_row_about_a_group_that_the_form_does_not_know_is_kept_unplaced(form: Form) -> None:
    text = printed_review(form).replace("Sex\t\t\t", "Carers\tMay park nearer\t\t\t\nSex\t\t\t", 1)
    reading = read(text, form)
    assert any("May park nearer" in lost for lost in reading.unplaced)
    assert "unknown-row" in codes(reading)


def test_a_question_that_is_missing_is_said_to_be_missing(form: Form) -> None:
    text = "\n".join(line for line in printed_review(form).split("\n") if not line.startswith("7.\t"))
    reading = read(text, form)
    assert 7 not in reading.answers
    assert [d.part for d in reading.doubts if d.code == "missing"] == ["gaps"]


def test_the_next_review_has_a_day_only_where_one_is_printed(form: Form) -> None:
    assert read(printed_review(form), form).content.next_review.on == "2027-05-05"
    later = read(printed_review(form, answers={**ANSWERS, 16: "In May 2027."}), form)
    assert later.content.next_review.on == ""


def test_monitoring_intervals_are_read_and_never_guessed(form: Form) -> None:
    for said, months in [
        ("Every six months.", 6),
        ("It is looked at annually.", 12),
        ("Quarterly at the board.", 3),
        ("Half yearly.", 6),
        ("Every 2 years.", 24),
        ("On a regular basis.", None),
        ("", None),
    ]:
        reading = read(printed_review(form, answers={**ANSWERS, 15: said}), form)
        assert reading.content.monitoring.every_months == months, said


def flat(form: Form, **changes: str) -> str:
    """A print whose tables were run together, as a careless extraction gives them."""
    text = printed_review(form, style="glued", tick="☒")
    for row in form.characteristics:
        text = text.replace(f"{row.label}\t\t\t☒\t", changes.get(row.code, f"{row.label}\t\t\t☒\t☐"))
    return text.replace("\t", " ")


def test_tables_run_together_give_ticks_where_two_boxes_are_printed(form: Form) -> None:
    reading = read(flat(form), form)
    assert {impact.state for impact in reading.content.impacts} == {State.NO_IMPACT}
    assert reading.content.details.managers == ("Parking Manager", "Estates Manager")
    assert {number: reading.answers[number] for number in ANSWERS} == ANSWERS


def test_a_text_whose_column_cannot_be_told_is_never_called_positive_or_negative(form: Form) -> None:
    reading = read(flat(form, disability="Disability\tNearer bays are kept free.\t\t☐\t☐"), form)
    assert reading.content.impact("disability").state is State.BLANK
    assert "Nearer bays are kept free." in reading.unplaced
    assert "flat" in codes(reading, "impacts.disability")
    assert reading.placed["impacts.disability"].confidence < 0.5


def test_a_sentence_that_an_answer_says_twice_stays_twice(form: Form) -> None:
    twice = "(Source: a long title of some statistics that is printed under two tables, 2024)"
    text = printed_review(form, style="markdown", answers={**ANSWERS, 5: f"One.\n{twice}\n\f\nTwo.\n{twice}"})
    assert read(text, form).content.profile.text.count(twice) == 2


def test_t6_a_number_alone_on_its_line_belongs_to_the_question_below_it(form: Form) -> None:
    text = printed_review(form)
    for number in ANSWERS:
        text = text.replace(f"\n{number}.\t", f"\n{number}.\n")
    reading = read(text, form)
    assert {number: reading.answers[number] for number in ANSWERS} == ANSWERS
    assert reading.unplaced == ()
