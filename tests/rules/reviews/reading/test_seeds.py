"""The three reviews that exist in full are read as they stand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hearth.reviews.rules.content import State
from hearth.reviews.rules.form import Form
from hearth.reviews.rules.reading import Reading
from tests.rules.reviews.reading.words_kept import lost

Seed = Callable[[str], Reading]
NAMES = ["000", "001", "002"]

# How each answer begins and ends, by seed and question.
ENDS = {
    "000": {
        1: ("The Resident Engagement Strategy outlines", "available for them to do so."),
        2: ("Tenants and leaseholders of", "Council Housing Estates."),
        3: ("No KPI related", "Corporate Plan 2021-2023)"),
        4: ("Social housing providers are", "should your circumstances allow."),
        5: ("The Council currently owns 4,230 homes", "80.05% do not have a disability."),
        6: ("The Resident Engagement Survey", "have been invited for comment."),
        7: ("Profiling information", "digital inclusion."),
        9: ("In accordance with the Council", "timings and location of activities."),
        10: ("The Council sometimes works", "the Resident Engagement Strategy."),
        11: ("None.", "None."),
        13: ("Director of Housing", "Public Protection"),
        15: ("The Council will review progress", "operational issues."),
        16: ("The Customer Access Review will be", "Resident Engagement Strategy."),
    },
    "001": {
        1: ("The Domestic Abuse Housing Strategy 2023-28 sets out", "free of abuse."),
        2: ("All residents including", "Council tenants."),
        3: ("The Domestic Abuse Housing Strategy contributes", "those most in need."),
        4: ("There will be a requirement", "Women and Girls Strategy 2021"),
        5: ("Dartford Population Profile", "ONS, November 2022)"),
        6: ("Internal consultation", "Council officers."),
        7: ("The Council is committed", "and the Police."),
        9: ("Not applicable", "groups disproportionately."),
        10: ("The Council engages", "through information sharing."),
        11: ("Awareness of the Strategy", "support and assistance."),
        13: ("Head of Legal Services", "Public Protection"),
        15: ("The Domestic Abuse Housing Strategy will be implemented", "operational issues."),
        16: ("The Strategy will be reviewed", "with the review."),
    },
    "002": {
        1: ("The Housing (landlord service)", "to improve the service."),
        2: ("Dartford Borough Council tenants", "leaseholders."),
        3: ("a) The Housing Compensation Procedure", "advice we give."),
        4: ("The Housing Compensation Procedure has regard", "Complaint Handling Code."),
        5: ("Tenant profile", "name and address."),
        6: ("Internal consultation", "Council officers."),
        7: ("Consultation will be undertaken", "DTLF members."),
        9: ("There are no known circumstances", "protected characteristics."),
        10: ("The Council may need to liaise", "in this instance."),
        11: ("No other comments.", "No other comments."),
        13: ("Head of Legal Services", "Deputy Chief Executive"),
        15: ("The Housing Compensation Procedure will be monitored", "regulatory provisions."),
        16: ("A new Customer Access Review", "of this Procedure."),
    },
}


@pytest.mark.parametrize("name", NAMES)
def test_every_answer_is_under_its_own_question(seed: Seed, name: str) -> None:
    answers = seed(name).answers
    for number, (start, end) in ENDS[name].items():
        assert answers[number].startswith(start), number
        assert answers[number].endswith(end), number
    assert set(answers) == {*ENDS[name], 8, 14}


@pytest.mark.parametrize("name", NAMES)
def test_the_nine_rows_have_the_states_that_are_known(seed: Seed, refdata: dict, form: Form, name: str) -> None:
    read_states = {form.characteristic(i.characteristic).label: i.state.value for i in seed(name).content.impacts}
    assert read_states == refdata["car_impacts"][name]


@pytest.mark.parametrize("name", NAMES)
def test_the_signatures_are_those_that_are_known(seed: Seed, refdata: dict, name: str) -> None:
    known = [s for s in refdata["car_signoffs"] if s["seed"] == name]
    found = seed(name).sign_offs
    assert [(s.verb, s.name, s.on.isoformat() if s.on else None) for s in found] == [
        (s["verb"], s["name"], s["date"]) for s in known
    ]
    assert [s.post.casefold() for s in found] == [s["step"].casefold() for s in known]
    # only a signature in a block of its own can be a picture; "Agreed by X – date" is text
    assert [s.image for s in found] == [s["name"] is None and name != "000" for s in known]


@pytest.mark.parametrize(("name", "count"), [("000", 1), ("001", 4), ("002", 1)])
def test_the_action_rows_have_all_six_fields_and_12b_has_none(seed: Seed, name: str, count: int) -> None:
    content = seed(name).content
    rows = content.information_actions.rows
    assert len(rows) == count
    for row in rows:
        assert all([row.need, row.action, row.outcome, row.due, row.monitoring, row.officer])
    assert content.impact_actions.rows == ()
    assert content.impact_actions.none is (name == "000")  # "N/A" is printed there, the others left the row empty


def test_printed_due_dates_stay_as_printed(seed: Seed) -> None:
    dues = {name: [row.due for row in seed(name).content.information_actions.rows] for name in NAMES}
    assert dues["000"] == ["2024 (Action in Year 2 of the Strategy)"]
    assert dues["001"] == ["October/November 2023"] * 3 + ["January 2024"]
    assert dues["002"] == ["May 2026"]


def test_the_details_are_read(seed: Seed) -> None:
    details = [seed(name).content.details for name in NAMES]
    assert [d.assessed for d in details] == ["September 2022", "October 2023", "March 2026"]
    assert [len(d.managers) for d in details] == [1, 1, 2]
    assert [d.area.split()[0] for d in details] == ["Tenant", "Domestic", "Housing"]
    assert details[0].officer == "Resident Involvement Officer"
    assert {d.directorate.split(", ")[1] for d in details} == {"Housing Services"}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_left_unplaced_and_no_word_is_lost(seed: Seed, printed: Callable[[str], str], name: str) -> None:
    reading = seed(name)
    assert reading.unplaced == ()
    assert not lost(printed(name), reading)


@pytest.mark.parametrize("name", NAMES)
def test_all_three_are_recognised_as_reviews_on_this_form(seed: Seed, name: str) -> None:
    reading = seed(name)
    assert reading.is_review
    assert reading.confidence >= 0.9
    assert reading.edition_guess == "2022"


def test_no_heading_of_the_form_is_read_as_an_answer(seed: Seed) -> None:
    for name in NAMES:
        for text in seed(name).answers.values():
            for printed_by_form in ("Full Assessment", "PROTECTED CHARACTERISTIC", "Scoping the", "key findings"):
                assert printed_by_form not in text


def test_printed_errors_are_kept_as_printed(seed: Seed) -> None:
    assert "6.45% of tenants are aged up to 35" in seed("000").content.profile.text
    assert seed("001").content.profile.text.count("Hindu,") == 2


def test_indicators_and_laws_are_picked_out(seed: Seed) -> None:
    content = {name: seed(name).content for name in NAMES}
    assert content["000"].contribution.no_indicator
    assert content["001"].contribution.indicators == ("EARPI-15", "HPI-15", "HPI-16", "HPI-17")
    assert "HS3" in content["001"].contribution.objectives
    assert len(content["001"].contribution.objectives) == 3
    assert content["002"].contribution.indicators == ("CH02/1", "CH02/2")
    laws = content["001"].dictated.laws
    assert sum(" Act " in law for law in laws) == 15
    assert "Homelessness Code of Guidance for Local Authorities" in laws
    assert not any(law.startswith("There is") for law in laws)
    assert "Tenant Involvement and Empowerment Standard 2017" in content["000"].dictated.laws
    assert any("Complaint Handling Code" in law for law in content["002"].dictated.laws)


def test_groups_gaps_partners_and_posts_are_picked_out(seed: Seed) -> None:
    content = {name: seed(name).content for name in NAMES}
    assert content["000"].affected.groups == ("tenants", "leaseholders", "local_communities")
    assert set(content["001"].affected.groups) == {"tenants", "applicants", "homeless_applicants", "all_residents"}
    assert [gap.gap for gap in content["000"].gaps.gaps] == ["communication preferences", "digital inclusion"]
    assert len(content["001"].gaps.gaps) == 3
    assert len(content["001"].partners.partners) == 14
    assert [content[name].partners.none for name in NAMES] == [True, True, False]
    assert [content[name].approval.posts for name in NAMES] == [
        ("Director of Housing & Public Protection",),
        ("Head of Legal Services", "Director of Housing and Public Protection"),
        ("Head of Legal Services", "Deputy Chief Executive"),
    ]
    assert len(content["002"].aims.objectives) == 6


def test_committee_monitoring_and_next_review_are_read(seed: Seed) -> None:
    for name in NAMES:
        content = seed(name).content
        assert (content.committee.yes, content.committee.no) == (True, False)
        assert content.next_review.on == ""
    assert [seed(name).content.monitoring.every_months for name in NAMES] == [12, None, None]


def test_who_was_consulted_is_told_where_the_text_tells_it(seed: Seed) -> None:
    who = {name: [e.who for e in seed(name).content.consultation.exercises] for name in NAMES}
    assert who["001"] == who["002"] == ["Council officers"]
    survey = seed("000").content.consultation.exercises[0]
    assert survey.when == "March/April 2022"
    assert "digital inclusion" in survey.findings


def test_the_plain_form_of_a_reading_is_json(seed: Seed) -> None:
    import json

    plain = json.loads(json.dumps(seed("001").to_plain()))
    assert plain["impacts"]["marriage"] == State.NOT_APPLICABLE.value
    assert len(plain["actions"]["information"]) == 4
    assert plain["answers"]["11"].startswith("Awareness")
