"""What has to be there before a review can be submitted (CAR-02 to CAR-43), and what a reason can pass."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hearth.kernel.findings import Finding, Level
from hearth.reviews.rules.checks import CATALOGUE, blocking, run
from hearth.reviews.rules.content import (
    ActionRow,
    ActionTable,
    Affected,
    Aims,
    Committee,
    Content,
    Contribution,
    Dictated,
    Gap,
    Gaps,
    Impact,
    Monitoring,
    Partner,
    Partners,
    Text,
)
from tests.rules.reviews.checks.reasoning.building import ACTION, CONTEXT, FORM, codes, found, sound, with_impact


def details(**changed: object) -> Content:
    return replace(sound(), details=replace(sound().details, **changed))  # type: ignore[arg-type]


def row(code: str, **values: object) -> Content:
    return with_impact(sound(), Impact(code, **values))  # type: ignore[arg-type]


def gathered(action: ActionRow) -> Content:
    return replace(sound(), information_actions=ActionTable((action,)))


def mended(action: ActionRow) -> Content:
    return replace(sound(), impact_actions=ActionTable((action,)))


NEGATIVE = row("age", negative="Older tenants wait longer.", negative_aims=("b",))

STOPPED = [
    pytest.param("V01", details(officer=" "), marks=pytest.mark.requirement("CAR-02"), id="no officer"),
    pytest.param("V01", details(managers=()), id="no manager"),
    pytest.param("V01", details(assessed="soon"), id="unreadable date"),
    pytest.param("V02", replace(sound(), aims=Aims()), marks=pytest.mark.requirement("CAR-05"), id="no aims"),
    pytest.param("V03", replace(sound(), affected=Affected()), id="nobody affected"),
    pytest.param(
        "V04", replace(sound(), contribution=Contribution()), marks=pytest.mark.requirement("CAR-07"), id="no KPI"
    ),
    pytest.param("V04", replace(sound(), contribution=Contribution(True, ("HPI-16",))), id="KPI and none"),
    pytest.param(
        "V05",
        replace(sound(), dictated=Dictated(("Housing Act 1985",))),
        marks=pytest.mark.requirement("CAR-09"),
        id="no discretion",
    ),
    pytest.param(
        "V06",
        row("age", positive="Staff visit.", no_impact=True),
        marks=pytest.mark.requirement("CAR-19"),
        id="text and tick",
    ),
    pytest.param("V06", row("age", no_impact=True, unknown=True), id="two ticks"),
    pytest.param("V06", row("age"), id="empty row"),
    pytest.param(
        "V07", row("age", positive="Staff visit."), marks=pytest.mark.requirement("CAR-17"), id="positive, no aim"
    ),
    pytest.param("V07", row("age", negative="Fewer visits."), id="negative, no aim"),
    pytest.param(
        "V08",
        row("marriage", positive="Paid leave.", positive_aims=("b",)),
        marks=pytest.mark.requirement("CAR-23"),
        id="marriage, aim b",
    ),
    pytest.param(
        "V09", row("religion", unknown=True), marks=pytest.mark.requirement("CAR-21"), id="unknown, no action"
    ),
    pytest.param("V10", NEGATIVE, marks=pytest.mark.requirement("CAR-22"), id="negative, no action"),
    pytest.param(
        "V10",
        replace(NEGATIVE, impact_actions=ActionTable((ActionRow(need="N/A"),))),
        id="negative and N/A in the table",
    ),
    pytest.param(
        "V11", replace(sound(), partners=Partners()), marks=pytest.mark.requirement("CAR-27"), id="no partners"
    ),
    pytest.param("V12", gathered(replace(ACTION, officer="")), marks=pytest.mark.requirement("CAR-29"), id="no owner"),
    pytest.param("V12", gathered(replace(ACTION, monitoring="")), id="not monitored"),
    pytest.param(
        "V13", mended(replace(ACTION, affected="")), marks=pytest.mark.requirement("CAR-30"), id="nobody affected there"
    ),
    pytest.param(
        "V14",
        replace(sound(), committee=Committee(True, True)),
        marks=pytest.mark.requirement("CAR-36"),
        id="yes and no",
    ),
    pytest.param("V14", replace(sound(), committee=Committee()), id="neither"),
    pytest.param(
        "V15",
        replace(sound(), monitoring=Monitoring("Reviewed on a regular basis")),
        marks=pytest.mark.requirement("CAR-37"),
        id="regular basis",
    ),
    pytest.param(
        "V16",
        replace(sound(), gaps=Gaps(gaps=(Gap("communication preferences"),))),
        marks=pytest.mark.requirement("CAR-15"),
        id="gap left open",
    ),
    pytest.param(
        "V17",
        replace(sound(), explanation=Text("Not applicable - it can happen to anyone.")),
        marks=pytest.mark.requirement("CAR-42"),
        id="not applicable",
    ),
    pytest.param("V17", replace(sound(), explanation=Text()), marks=pytest.mark.requirement("CAR-20"), id="empty"),
]


@pytest.mark.parametrize(("code", "content"), STOPPED)
def test_a_missing_answer_stops_submission_and_no_reason_passes_it(code: str, content: Content) -> None:
    still = blocking(run(content, FORM, CONTEXT), {check.code: "a reason" for check in CATALOGUE})
    assert code in codes(still)


LET_THROUGH = [
    pytest.param("V01", details(assessed="March 2026"), id="a month will do"),
    pytest.param("V04", replace(sound(), contribution=Contribution(indicators=("HPI-16",))), id="a KPI"),
    pytest.param("V06", row("age", no_impact=True), id="one tick"),
    pytest.param("V06", row("age", positive="Visits", negative="Fewer calls"), id="both texts"),
    pytest.param("V08", row("marriage", positive="Paid leave.", positive_aims=("a",)), id="marriage, aim a"),
    pytest.param("V09", row("race", unknown=True), id="the action asks for ethnicity"),
    pytest.param("V10", mended(ActionRow(need="N/A")), id="N/A and no negative impact"),
    pytest.param("V11", replace(sound(), partners=Partners(True, (Partner("Police"),) * 14)), id="14 partners, none"),
    pytest.param("V12", gathered(ActionRow()), id="an empty row is no row"),
    pytest.param("V13", mended(ActionRow(need="N/A")), id="N/A is no row"),
    pytest.param("V14", replace(sound(), committee=Committee(no=True)), id="no"),
    pytest.param("V15", replace(sound(), monitoring=Monitoring("Reviewed every year")), id="every year"),
    pytest.param("V16", replace(sound(), gaps=Gaps(gaps=(Gap("lodgers", reason="too few"),))), id="a reason"),
    pytest.param("V16", replace(sound(), gaps=Gaps(gaps=(Gap("tenants' ethnicity"),))), id="an action"),
    pytest.param(
        "V17",
        replace(
            sound(),
            explanation=Text("Not applicable"),
            impacts=tuple(Impact(c.code, positive="Staff visit.") for c in FORM.characteristics),
        ),
        id="every row positive",
    ),
]


@pytest.mark.parametrize(("code", "content"), LET_THROUGH)
def test_what_is_there_is_let_through(code: str, content: Content) -> None:
    assert found(code, content) == ()


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("There is limited data on this group.", "unknown"),
        ("It is not expected to have a differential impact.", "no_impact"),
        ("It is not expected to have any impact; there is limited data.", "unknown"),
    ],
)
def test_doubtful_wording_in_a_positive_cell_is_asked_about(text: str, suggestion: str) -> None:
    doubt = found("V18", row("age", positive=text))
    assert [(finding.level, finding.suggestion) for finding in doubt] == [(Level.WARN, suggestion)]


def test_a_plain_positive_text_is_not_asked_about() -> None:
    assert found("V18", row("age", positive="Data on ages shows that 40 older tenants gain.")) == ()


def test_a_reason_passes_an_overridable_check_and_an_empty_one_does_not() -> None:
    late = (Finding("C21", Level.BLOCK, "x"), Finding("C20", Level.WARN, "x"))
    assert codes(blocking(late, {})) == {"C21"}
    assert codes(blocking(late, {"C21": "  "})) == {"C21"}
    assert blocking(late, {"C21": "The date follows the policy's own review."}) == ()


def test_a_blocking_finding_of_an_unknown_check_is_never_passed() -> None:
    assert codes(blocking([Finding("X99", Level.BLOCK, "x")], {"X99": "a reason"})) == {"X99"}
