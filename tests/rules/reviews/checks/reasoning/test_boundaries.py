"""Each check at its boundary: silent on a sound review, speaking after one change, silent again just short of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from hearth.kernel.findings import Level
from hearth.reviews.rules.checks import CATALOGUE, run
from hearth.reviews.rules.checks.context import Citation, Context, Neighbour, Screening, SignOff
from hearth.reviews.rules.content import (
    ActionRow,
    ActionTable,
    Affected,
    Aims,
    Approval,
    Consultation,
    Content,
    Figure,
    Gap,
    Gaps,
    Impact,
    Monitoring,
    NextReview,
    Partners,
    Profile,
    Snapshot,
    Statistic,
    Text,
)
from tests.rules.reviews.checks.reasoning.building import (
    ACTION,
    CONTEXT,
    FORM,
    TODAY,
    codes,
    found,
    snapshots,
    sound,
    with_impact,
)

Change = Callable[[Content], Content]
VIEWS = ActionRow("Views of tenants", "Invite comments", "Views known", "July 2026", "Report", "Keys Manager")


def views(due: str) -> Content:
    return replace(sound(), information_actions=ActionTable((replace(VIEWS, due=due), ACTION)))


def profile(**changed: Snapshot) -> Profile:
    return Profile(snapshots=tuple(changed.get(s.characteristic, s) for s in snapshots()))


def unknown(share: str) -> Content:
    figures = (Figure("Unknown", share, unknown=True),)
    return replace(sound(), profile=profile(religion=Snapshot("religion", figures, population="tenants")))


def impact(code: str, **values: object) -> Content:
    return with_impact(sound(), Impact(code, **values))  # type: ignore[arg-type]


def asked(text: str) -> Content:
    return replace(sound(), consultation=Consultation(text))


def test_a_sound_review_gives_no_check_of_reasoning_or_completeness_a_reason_to_speak() -> None:
    # Its figures are "yes" and "unknown" throughout; how figures are judged is tested beside those checks.
    assert {code for code in codes(run(sound(), FORM, CONTEXT)) if code[0] in "CGV"} == set()


LEGAL = SignOff("Legal Services", date(2026, 5, 20), "A")
DIRECTOR = SignOff("Director of Homes", date(2026, 5, 21), "B")

SPEAKS: list[tuple[str, Content, Context]] = [
    ("C01", views("June 2026"), replace(CONTEXT, sign_offs=(SignOff("Legal Services", date(2026, 6, 29), "A"),))),
    ("C01", views("July 2026"), CONTEXT),  # nobody has signed: today is too early
    ("C01", views("June 2026"), replace(CONTEXT, decided_on=date(2026, 6, 1))),
    ("C02", sound(), replace(CONTEXT, decided_on=date(2026, 4, 30))),
    ("C03", replace(sound(), approval=Approval("Deputy Chief Executive")), CONTEXT),
    ("C04", sound(), replace(CONTEXT, report_attached=False)),
    ("C05", sound(), replace(CONTEXT, sign_offs=(LEGAL, replace(DIRECTOR, on=date(2026, 5, 19))))),
    ("C06", sound(), replace(CONTEXT, sign_offs=(SignOff("Chief Executive", None, "C"),))),
    ("C07", replace(sound(), explanation=Text("N/A")), CONTEXT),
    ("C07", replace(sound(), explanation=Text("Keys do not touch age or sex.")), CONTEXT),
    ("C08", unknown("20.01%"), CONTEXT),
    ("C08", replace(sound(), profile=profile(religion=Snapshot("religion", held=False))), CONTEXT),
    (
        "C09",
        replace(
            sound(),
            impacts=tuple(
                Impact(c.code, no_impact=not c.employment_only, not_applicable=c.employment_only)
                for c in FORM.characteristics
            ),
        ),
        CONTEXT,
    ),
    ("C10", asked("Internal consultation has been carried out with officers."), CONTEXT),
    ("C10", asked("Officers commented on the draft Tenants and Residents Keys Policy."), CONTEXT),
    ("C10", asked("Tenants have not been consulted."), CONTEXT),
    ("C10", asked("The Resident Involvement Officer and the Customer Services team were consulted."), CONTEXT),
    ("C11", impact("race", positive="It is likely to be positive for everybody.", positive_aims=("b",)), CONTEXT),
    ("C12", impact("race", positive="Staff will help where there is a risk of eviction."), CONTEXT),
    ("C13", asked("All tenants were invited to comment."), CONTEXT),
    ("C14", impact("age", negative="Older tenants lose a visit.", alternatives="A phone call"), CONTEXT),
    (
        "C14",
        replace(impact("race", negative="Minority ethnic tenants wait longer."), impact_actions=ActionTable((ACTION,))),
        CONTEXT,
    ),
    ("C15", sound(), replace(CONTEXT, rule_based=True)),
    ("C15", replace(sound(), aims=Aims("Who is eligible for a second key.")), CONTEXT),
    ("C16", replace(sound(), comments=Text("None.")), CONTEXT),
    ("C17", sound(), replace(CONTEXT, others_open=(Neighbour("Locks", 2025, sound(), open=True),))),
    ("C18", replace(sound(), gaps=Gaps("There is a gap in what we know of lodgers.")), CONTEXT),
    ("C18", unknown("50%"), CONTEXT),
    ("C19", replace(sound(), information_actions=ActionTable((replace(ACTION, officer=""),))), CONTEXT),
    ("C19", replace(sound(), information_actions=ActionTable((replace(ACTION, due="2027"),))), CONTEXT),
    ("C19", replace(sound(), information_actions=ActionTable((replace(ACTION, due="soon"),))), CONTEXT),
    (
        "C19",
        replace(sound(), information_actions=ActionTable((replace(ACTION, officer="Policy Officer"),) * 2)),
        CONTEXT,
    ),
    ("C20", replace(sound(), monitoring=Monitoring("The protected groups are kept in view every year.", 12)), CONTEXT),
    ("C21", replace(sound(), next_review=NextReview("At the end of the Keys Strategy 2023-28")), CONTEXT),
    (
        "C22",
        replace(sound(), explanation=Text("Age, sex, gender reassignment, religion and sexual orientation are not"
                                          " touched. Transport is offered to pregnant tenants.")),
        CONTEXT,
    ),
    ("C23", impact("marriage", no_impact=True), CONTEXT),
    ("C23", impact("religion", positive="Not applicable.", negative="Not applicable."), CONTEXT),
    ("C24", impact("religion"), CONTEXT),
    ("C24", impact("marriage", positive="Not applicable", negative="Not applicable"), CONTEXT),
    ("C25", sound(), replace(CONTEXT, register=(Citation("Housing Act 1985", in_force_to=TODAY),))),
    ("C25", sound(), replace(CONTEXT, register=(Citation("Old", ("Housing Act 1985",), draft=True),))),
    ("C25", replace(sound(), profile=Profile("(Source: draft statutory guidance)", snapshots=snapshots())), CONTEXT),
    ("C26", replace(sound(), partners=Partners(text="Locksmiths cut the keys.")), CONTEXT),
    ("C27", replace(sound(), affected=Affected(("tenants", "leaseholders"))), CONTEXT),
    ("C28", replace(sound(), affected=Affected((), "Tenants and local communities")), CONTEXT),
    ("C29", sound(), replace(CONTEXT, policy_title="Second Key Policy")),
    ("C29", replace(sound(), aims=Aims("The Extra Key Policy says who gets one.")), CONTEXT),
    ("C30", replace(sound(), duty=replace(sound().duty, aims=("c",))), replace(CONTEXT, screening=Screening(("c",)))),
    ("G01", replace(sound(), affected=Affected(("tenants", "applicants"))), CONTEXT),
    ("G02", replace(sound(), profile=Profile(snapshots=snapshots(), statistics=(Statistic("9% wait"),))), CONTEXT),
    ("G03", sound(), replace(CONTEXT, sign_offs=(replace(LEGAL, name=None),))),
    ("G04", sound(), replace(CONTEXT, sign_offs=(replace(LEGAL, on=date(2026, 4, 30)),))),
    ("G04", sound(), replace(CONTEXT, sign_offs=(SignOff("Policy Officer", None, "A"),))),
    (
        "G05",
        replace(impact("race", unknown=True), explanation=Text("Race is unknown; interpreting is offered.")),
        replace(CONTEXT, earlier=(Neighbour("Old", 2023, impact("race", positive="Interpreting is offered")),)),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("code", "content", "context"), SPEAKS, ids=[f"{i}-{s[0]}" for i, s in enumerate(SPEAKS)])
def test_a_check_speaks_after_the_change_that_it_looks_for(code: str, content: Content, context: Context) -> None:
    assert code in codes(run(content, FORM, context))


SILENT: list[tuple[str, Content, Context]] = [
    ("C01", views("May 2026"), replace(CONTEXT, sign_offs=(SignOff("Legal Services", date(2026, 5, 31), "A"),))),
    ("C01", replace(sound(), information_actions=ActionTable((replace(ACTION, due="July 2026"),))), CONTEXT),
    ("C02", sound(), replace(CONTEXT, decided_on=date(2026, 5, 1))),
    ("C04", sound(), replace(CONTEXT, report_attached=None)),
    ("C05", sound(), replace(CONTEXT, sign_offs=(LEGAL, replace(DIRECTOR, on=LEGAL.on)))),
    ("C06", sound(), replace(CONTEXT, sign_offs=(LEGAL, DIRECTOR))),
    ("C08", unknown("20%"), CONTEXT),
    ("C08", unknown("30%"), replace(CONTEXT, unknown_limit=30.0)),
    ("C08", with_impact(unknown("60%"), Impact("religion", no_impact=True, unknown_reason="Asked twice")), CONTEXT),
    ("C10", asked("All tenants were invited to comment on the draft."), CONTEXT),
    ("C10", asked("Twenty residents took part in a meeting."), CONTEXT),
    ("C29", replace(sound(), aims=Aims("The Spare Key Policy follows the Home Safety Policy.")), CONTEXT),
    ("C11", impact("race", positive="It is positive: staff provide interpreters."), CONTEXT),
    ("C11", impact("race", positive="It is positive for 40 of them."), CONTEXT),
    ("C12", impact("race", positive="A risk of eviction is met.", negative="Letters are late."), CONTEXT),
    ("C13", asked("All tenants were invited to comment. Most said that they agreed."), CONTEXT),
    (
        "C14",
        replace(
            impact("race", negative="Minority ethnic tenants wait longer.", alternatives="More keys"),
            impact_actions=ActionTable((ACTION,)),
        ),
        CONTEXT,
    ),
    ("C16", replace(sound(), comments=Text(""), extra={"combined": "Older disabled tenants get both."}), CONTEXT),
    ("C17", sound(), replace(CONTEXT, others_open=(Neighbour("Locks", 2024, sound(), open=True),))),
    ("C18", replace(sound(), gaps=Gaps("There is a gap in what we know of tenants' ethnicity.")), CONTEXT),
    ("C18", replace(sound(), gaps=Gaps("There are no gaps.")), CONTEXT),
    ("C19", replace(sound(), information_actions=ActionTable((replace(ACTION, officer="Policy Officer"),))), CONTEXT),
    ("C21", replace(sound(), next_review=NextReview("In March 2029")), CONTEXT),
    ("C23", replace(impact("marriage", no_impact=True), duty=replace(sound().duty, employment=True)), CONTEXT),
    ("C25", sound(), replace(CONTEXT, register=(Citation("Housing Act 1985", in_force_to=date(2026, 6, 2)),))),
    ("C25", asked("Tenants read the draft Spare Key Policy and agreed."), CONTEXT),
    ("C26", replace(sound(), partners=Partners(text="There are no known circumstances.")), CONTEXT),
    ("C29", sound(), replace(CONTEXT, policy_title="Spare Key (landlord) Policy")),
    ("C30", sound(), replace(CONTEXT, screening=Screening(("b",)))),
    ("G01", replace(sound(), affected=Affected(("tenants", "partners")),
                    gaps=Gaps(gaps=(Gap("Partners", "ask", ("partners",)),))), CONTEXT),
]  # fmt: skip


@pytest.mark.parametrize(("code", "content", "context"), SILENT, ids=[f"{i}-{s[0]}" for i, s in enumerate(SILENT)])
def test_a_check_is_silent_just_short_of_it(code: str, content: Content, context: Context) -> None:
    assert code not in codes(run(content, FORM, context))


def test_every_reasoning_check_has_a_case_in_which_it_speaks() -> None:
    assert {check.code for check in CATALOGUE if check.code[0] in "CG"} == {code for code, _, _ in SPEAKS}


@pytest.mark.requirement("CAR-20")
def test_an_explanation_that_names_five_of_six_is_told_the_missing_one() -> None:
    five = replace(sound(), explanation=Text("Age, sex, gender reassignment, religion and pregnancy are not touched."))
    assert [finding.quote for finding in found("C07", five)] == ["Sexual Orientation"]


def test_gender_reassignment_in_an_explanation_does_not_stand_for_sex() -> None:
    only = replace(sound(), explanation=Text("Gender reassignment is not touched."))
    assert found("C07", only)[0].quote.startswith("Age, Sex, Religion/Belief")


@pytest.mark.requirement("CAR-12")
def test_a_figure_without_its_source_is_asked_for_it_and_one_with_its_source_is_not() -> None:
    bare, sourced = Statistic("9% wait"), Statistic("9% wait", "Statistics Office", "Waiting", "2025")
    told = replace(sound(), profile=Profile(snapshots=snapshots(), statistics=(bare, sourced)))
    assert len(found("G02", told)) == 1
    assert "publisher, title and period" in found("G02", told)[0].message


@pytest.mark.requirement("CAR-26")
def test_the_years_in_which_a_measure_counted_as_positive_are_told() -> None:
    before = tuple(Neighbour("Old", year, impact("disability", positive="Braille is offered")) for year in (2026, 2023))
    here = replace(impact("disability", no_impact=True), explanation=Text("Braille can be provided."))
    assert "(Braille) was recorded as positive for Disability in 2023 and 2026" in (
        found("G05", here, context=replace(CONTEXT, earlier=before))[0].message
    )


def test_a_tenants_forum_is_not_the_tenants() -> None:
    forum = asked("The Anytown Tenants' and Leaseholders' Forum was invited. The Forum agreed.")
    assert [f.quote for f in found("G01", forum)] == ["tenants"]


def test_an_unconfirmed_date_in_the_register_is_worded_with_care() -> None:
    register = (Citation("Housing Act 1985", in_force_to=TODAY, confirm=True),)
    assert "not confirmed" in found("C25", sound(), context=replace(CONTEXT, register=register))[0].message


def test_catalogue_codes_are_unique_and_only_blocking_checks_can_be_overridden() -> None:
    every = [check.code for check in CATALOGUE]
    assert len(every) == len(set(every))
    assert all(check.level is Level.BLOCK for check in CATALOGUE if check.overridable)
    assert not [check.code for check in CATALOGUE if check.overridable and check.code.startswith("V")]
    assert all(check.source and check.title and check.parts for check in CATALOGUE)
