"""The checks answer whatever they are given: any words, any form, any day. Nothing raises, nothing is changed."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearth.kernel.findings import Level
from hearth.reviews.rules.checks import CATALOGUE, run, uncovered_groups
from hearth.reviews.rules.checks.context import Citation, Context, Neighbour, Screening, SignOff
from hearth.reviews.rules.content import (
    PART_CLASSES,
    ActionRow,
    Consulted,
    Content,
    Figure,
    Gap,
    Grid,
    Impact,
    Partner,
    Profile,
    Snapshot,
    Statistic,
    from_parts,
    to_parts,
)
from hearth.reviews.rules.form import Form
from tests.rules.reviews.checks.reasoning.building import FORM, SECOND_FORM, TODAY, codes, sound

# Words on which the checks turn, mixed with anything at all.
TELLING = st.sampled_from(
    [
        "N/A", "Not applicable", "age", "Religion/Belief", "sexual orientation", "leaseholders", "All residents",
        "no impact", "20% unknown", "did not answer 99.99%", "0.0%", "May 2026", "October/November 2023", "31/2/2024",
        "Year 2", "every 0 months", "every year", "draft statutory guidance", "Corporate Plan 2021-2023",
        "The Spare Key Policy", "Views from tenants", "invited for comment", "risk of harm", "especially", "such as:",
        "(", "[", "\\", "*", "\x00", "•", "\n", "1. The Board will be invited", "²%", "٣%", "Head of Legal Services",
    ]
)  # fmt: skip
TEXT = st.one_of(st.just(""), TELLING, st.text(max_size=40), st.lists(TELLING, min_size=2, max_size=6).map(" ".join))
CODES = st.sampled_from([c.code for c in FORM.characteristics] + ["carers", "nobody", ""])
DAYS = st.one_of(st.none(), st.dates())

st.register_type_strategy(str, TEXT)
st.register_type_strategy(int, st.integers(-(10**6), 10**9))


def tuples(of: st.SearchStrategy, size: int = 3) -> st.SearchStrategy:  # type: ignore[type-arg]
    return st.lists(of, max_size=size).map(tuple)


def whole(kind: type, **given: st.SearchStrategy) -> st.SearchStrategy:  # type: ignore[type-arg]
    """An object of a class with every field drawn, not only those without a default."""
    return st.builds(kind, **{f.name: given.get(f.name, ...) for f in fields(kind)})


for small in (Grid, Figure, Statistic, Consulted, Gap, Partner, ActionRow):
    st.register_type_strategy(small, whole(small))

CONTENT = st.builds(
    Content,
    **{name: whole(kind) for name, kind in PART_CLASSES.items() if name != "profile"},
    profile=whole(Profile, snapshots=tuples(whole(Snapshot, characteristic=CODES))),
    impacts=tuples(whole(Impact, characteristic=CODES), 6),
    extra=st.dictionaries(st.sampled_from(["combined", "budget"]), TEXT, max_size=2),
)
CONTEXT = st.builds(
    Context,
    today=st.dates(),
    sign_offs=tuples(whole(SignOff, on=DAYS)),
    decided_on=DAYS,
    report_attached=st.sampled_from([None, True, False]),
    screening=st.one_of(st.none(), whole(Screening, aims=tuples(st.sampled_from("abcz")))),
    register=tuples(whole(Citation, in_force_from=DAYS, in_force_to=DAYS)),
    earlier=tuples(whole(Neighbour, content=CONTENT), 1),
    others_open=tuples(whole(Neighbour, content=CONTENT), 1),
    policy_title=TEXT,
    rule_based=st.booleans(),
    unknown_limit=st.floats(0, 100),
)


@pytest.mark.slow
@pytest.mark.parametrize("form", [FORM, SECOND_FORM], ids=["first form", "second form"])
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=CONTENT, context=CONTEXT)
def test_nothing_that_can_be_written_makes_a_check_fail(form: Form, content: Content, context: Context) -> None:
    before = to_parts(content)
    findings = run(content, form, context)
    levels = {check.code: check.level for check in CATALOGUE}
    assert to_parts(content) == before
    assert all(finding.message and finding.code in levels for finding in findings)
    assert not [finding for finding in findings if "unlawful" in finding.message.replace("unlawful discrimination", "")]
    assert run(content, form, context) == findings
    assert set(uncovered_groups(content, form)) <= {group.code for group in form.groups}


def test_nothing_is_said_in_the_order_of_the_form_and_the_loudest_first() -> None:
    findings = run(Content(), FORM, Context(today=TODAY))
    order = [f.name for f in fields(Content)]
    stems = [f.part.split(".")[0] for f in findings]
    assert stems[0] == "details"
    assert stems.index("aims") < stems.index("affected") < stems.index("impacts") < stems.index("committee")
    assert set(stems) <= set(order)
    rank = list(Level)
    for one, other in pairwise(findings):
        assert one.part != other.part or rank.index(one.level) <= rank.index(other.level)


def test_messages_name_the_questions_of_the_form_in_use() -> None:
    content = from_parts({"impacts.carers": {"no_impact": True}})
    messages = {f.code: f.message for f in run(content, SECOND_FORM, Context(today=TODAY))}
    assert messages["C07"].startswith("Question 35 ")
    assert "Unpaid carers" in messages["C07"]
    assert "question 33" in messages["C08"]
    assert messages["C20"].startswith("The part on monitoring")  # a question that this form does not ask


def test_extra_groups_that_no_law_protects_are_checked_like_the_others() -> None:
    content = from_parts(
        {
            "affected": {"text": "Customers and shared owners"},
            "consultation": {"text": "All customers were invited to comment."},
            "profile": {"text": "Carers: 12% of customers care for somebody; 35% is unknown."},
            "impacts.carers": {"no_impact": True},
            "impacts.low_income": {"positive": "Customers on benefits are visited by 3 advisers."},
            "explanation": {"text": "Carers are offered transport."},
        }
    )
    findings = run(content, SECOND_FORM, Context(today=TODAY))
    assert {f.part for f in findings if f.code == "C08"} == {"impacts.carers"}
    assert {f.part for f in findings if f.code == "C22"} == {"impacts.carers"}
    assert uncovered_groups(content, SECOND_FORM) == ("shared_owners",)
    assert "C27" in codes(findings)
    assert "V07" not in codes(findings)  # a form without aims asks for none


def test_the_answer_does_not_depend_on_the_landlord() -> None:
    other = replace(FORM, landlord="Somewhere Else Homes")
    content = replace(sound(), approval=replace(sound().approval, text="Director"))
    day = Context(today=date(2026, 6, 1))
    assert [f.code for f in run(content, FORM, day)] == [f.code for f in run(content, other, day)]
