"""A review that Hearth printed reads back: states, texts, actions, signatures, whatever the kind of file."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import jinja2
import pytest

from hearth.documents.rules import Format, extract, render
from hearth.kernel.words import blocks
from hearth.reviews.rules.checks.context import SignOff
from hearth.reviews.rules.content import (
    ActionRow,
    ActionTable,
    Affected,
    Aims,
    Committee,
    Content,
    Contribution,
    Details,
    Dictated,
    Grid,
    Impact,
    Monitoring,
    NextReview,
    Partners,
    Profile,
    State,
    Text,
)
from hearth.reviews.rules.form import Form
from hearth.reviews.rules.printing import STATES, Facts, paper
from hearth.reviews.rules.reading import Reading, read
from hearth.reviews.rules.reading.sections import columns_of
from tests.rules.reviews.reading.conftest import ROOT
from tests.rules.reviews.reading.printing import ANSWERS
from tests.rules.reviews.reading.sources import source_of

LONG = "Letters about garages come only in English, and nobody has asked yet who needs another language. " * 12
FIGURES = (("Sex", "Male", "40.00%"), ("Sex", "Female", "60.00%"), ("Age", "Under 25", "2.00%"))
CONTENT = Content(
    details=Details("Parking Permit Procedure", "May 2026", "Estates, Parking", ("Parking Manager", "Estates Manager"),
                    "Parking Officer"),
    aims=Aims(f"{ANSWERS[1]}\n\n{LONG}", ("Fair permits", "Tidy estates")),
    affected=Affected(("tenants", "leaseholders"), ANSWERS[2]),
    contribution=Contribution(text=ANSWERS[3], no_indicator=True),
    dictated=Dictated(text=ANSWERS[4]),
    profile=Profile("The landlord owns 900 garages.", (Grid(rows=FIGURES),)),
    impacts=(
        Impact("age", positive="Older tenants park near.\n\nThey are asked each year.", positive_aims=("b",)),
        Impact("disability", positive="Bays are wider.", negative="Fewer bays stay free:\n\n• for carers\n• for guests",
               alternatives="A second car park.", severity=2, likelihood=3),
        Impact("sex", no_impact=True),
        Impact("gender_reassignment", unknown=True),
        Impact("race", negative=LONG.strip()),
        Impact("religion", no_impact=True),
        Impact("sexual_orientation", no_impact=True),
        Impact("pregnancy"),
        Impact("marriage", not_applicable=True),
    ),
    explanation=Text(ANSWERS[9]),
    partners=Partners(none=True, text=ANSWERS[10]),
    comments=Text("None so far."),
    information_actions=ActionTable((
        ActionRow("Working hours", "Ask leaseholders " * 60, "Hours known", "May 2027", "At meetings", "A. Post"),
        ActionRow("Access needs", "Ask tenants", "Needs are known", "June 2027", "At meetings", "Parking Officer"),
    )),
    impact_actions=ActionTable(none=True),
    committee=Committee(yes=True, body="Cabinet, 5 June 2026"),
    monitoring=Monitoring(ANSWERS[15], 6),
    next_review=NextReview("With the next policy.", "2029-05-05"),
)  # fmt: skip
SIGNED = (
    SignOff("Legal Services", date(2026, 5, 3), "A. Person", "Reviewed by"),
    SignOff("Director of Estates", date(2026, 5, 9), None, "Agreed by"),
)


def back(form: Form, kind: str) -> Reading:
    facts = Facts(
        reference="CAR-2026-1", landlord=form.landlord, form=form, content=CONTENT, sign_offs=SIGNED, status="Approved",
        approved_on=date(2026, 5, 9), contact="For large print ring 01632 960000.",
    )  # fmt: skip
    made = paper(facts)
    if kind == "html":
        places = jinja2.FileSystemLoader(ROOT / "src" / "hearth" / "ui" / "jinja2")
        pages = jinja2.Environment(loader=places, autoescape=True)
        pages.filters |= {"kind": lambda block: type(block).__name__, "blocks": blocks}
        macros = pages.get_template("ui/components/paper.jinja").module
        drawn = SimpleNamespace(**vars(macros)).paper(made)
        body = f"<!DOCTYPE html><html lang='en'><body><h1>{made.title}</h1>{drawn}</body></html>".encode()
    else:
        body = render(made, Format(kind)).body
    return read(source_of(extract(f"review.{kind}", body).passages), form)


@pytest.fixture(scope="module", params=["docx", "odt", "pdf", "html"])
def own(form: Form, request: pytest.FixtureRequest) -> Reading:
    return back(form, request.param)


def tidy(value: str) -> str:
    return " ".join(value.split())


def test_the_states_and_texts_of_question_8_come_back(own: Reading) -> None:
    assert own.is_review
    for impact in CONTENT.impacts:
        read_back = own.content.impact(impact.characteristic)
        assert read_back.state is impact.state, impact.characteristic
        assert tidy(read_back.positive) == tidy(impact.positive)
        assert tidy(read_back.negative) == tidy(impact.negative)
    assert own.content.impact("age").positive.count("\n\n") == 1
    assert own.content.impact("age").positive_aims == ("b",)
    disability = own.content.impact("disability")
    assert (disability.alternatives, disability.severity, disability.likelihood) == ("A second car park.", 2, 3)


def test_the_actions_come_back(own: Reading) -> None:
    rows = own.content.information_actions.rows
    assert [tuple(tidy(text) for text in vars(row).values()) for row in rows] == [
        tuple(tidy(text) for text in vars(row).values()) for row in CONTENT.information_actions.rows
    ]
    assert own.content.impact_actions == CONTENT.impact_actions


def test_the_details_and_answers_come_back(own: Reading) -> None:
    content = own.content
    assert content.details == CONTENT.details
    assert content.aims.objectives == CONTENT.aims.objectives
    assert content.aims.text.startswith(f"{ANSWERS[1]}\n\n{LONG.strip()}")
    assert content.affected == CONTENT.affected
    assert content.profile.text == CONTENT.profile.text
    assert content.profile.tables[0].rows == CONTENT.profile.tables[0].rows
    for part in ("contribution", "dictated", "explanation", "partners", "comments"):
        assert getattr(content, part).text == getattr(CONTENT, part).text, part
    assert content.committee == CONTENT.committee
    assert content.monitoring.every_months == 6
    assert content.next_review.on == "2029-05-05"


@pytest.mark.requirement("CAR-33")
def test_the_signatures_come_back_and_only_the_contact_has_no_place(own: Reading) -> None:
    assert [(s.post, s.on, s.name, s.verb, s.image) for s in own.sign_offs] == [
        (s.post, s.on, s.name, s.verb, False) for s in SIGNED
    ]
    assert set(own.unplaced) <= {"For large print ring 01632 960000."}


def test_every_state_that_is_printed_is_understood() -> None:
    columns = {State.POSITIVE: (1,), State.NEGATIVE: (2,), State.MIXED: (1, 2), State.NO_IMPACT: (3,),
               State.UNKNOWN: (4,), State.NOT_APPLICABLE: (5,), State.BLANK: (), State.CONTRADICTORY: ()}  # fmt: skip
    assert {state: columns_of(words) for state, words in STATES.items()} == columns
    assert columns_of("Some tenants park elsewhere") is None


def test_sections_without_a_state_in_their_heading_take_it_from_their_texts(form: Form) -> None:
    start = [f"{q.number}. {form.say(q.wording)}" for q in form.questions[:8]]
    text = "\n".join([form.title, *start, "Age", "Positive impact: Nearer bays.", "More of them.", "Disability",
                      "Negative impacts", "Steps at the gate.", "Race", "Something else.",
                      "9. " + form.question(9).wording, "Nothing."])  # fmt: skip
    reading = read(text, form)
    assert reading.content.impact("age").positive == "Nearer bays.\n\nMore of them."
    assert reading.content.impact("disability").negative == "Steps at the gate."
    assert reading.content.impact("race").state is State.BLANK
    assert reading.unplaced == ("Something else.",)
    assert "section" in {doubt.code for doubt in reading.doubts if doubt.part == "impacts.race"}
    assert reading.answers[9] == "Nothing."
