"""Who may sign when, what old signatures are flagged with, and when an addendum is due."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.choices import check_move, steps_between
from hearth.kernel.refusals import Refused
from hearth.reviews.rules import lifecycle
from hearth.reviews.rules.checks.context import SignOff
from hearth.reviews.rules.content import ActionRow, ActionTable, Content
from hearth.reviews.rules.lifecycle import MOVES, Signature, Status

ROUTE = ("Head of Legal Services", "Deputy Chief Executive")
BEGUN, TODAY = date(2026, 3, 1), date(2026, 5, 4)
LEGAL = Signature(1, ROUTE[0], date(2026, 4, 27), "d1")


def sign(**changes):
    usual = {
        "route": ROUTE, "position": 2, "signed": [LEGAL], "on": date(2026, 4, 27), "begun": BEGUN, "today": TODAY,
        "signer_is_officer": False, "digest": "d1",
    }  # fmt: skip
    lifecycle.check_signing(**{**usual, **changes})


def test_the_second_post_may_sign_on_the_same_day_as_the_first():
    sign()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"signer_is_officer": True}, "You conducted this assessment"),
        ({"signed": []}, "It is not this post's turn. The next signature is that of Head of Legal Services"),
        ({"digest": "d2"}, "was changed after it was first signed"),
        ({"on": date(2026, 4, 26)}, "before the one that comes before it"),
        ({"on": date(2026, 5, 5)}, "still to come"),
        ({"signed": [], "position": 1, "on": date(2026, 2, 28)}, "before the assessment began"),
        ({"signed": [LEGAL, LEGAL], "position": 2}, "The next signature is that of nobody"),
    ],
)
def test_a_signature_is_refused_with_its_reason(changes, words):
    with pytest.raises(Refused, match=words):
        sign(**changes)


def test_an_approval_thirteen_days_before_legal_review_is_named_so():
    signs = [
        SignOff("Legal Services", date(2026, 4, 27), "A name"),
        SignOff("Deputy Chief Executive", date(2026, 4, 14), None, image=True),
    ]
    found = lifecycle.exceptions(signs, begun=BEGUN)
    assert [one.code for one in found] == ["order", "name"]
    assert found[0].words == "Approved 13 days before legal review."
    assert lifecycle.out_of_order(found)


def test_signatures_of_one_day_are_in_order():
    signs = [SignOff("Legal Services", date(2023, 10, 13), "A"), SignOff("Director", date(2023, 10, 13), "B")]
    assert lifecycle.exceptions(signs, begun=date(2023, 10, 1)) == []


def test_a_signature_before_the_assessment_and_one_without_a_date_are_flagged():
    signs = [SignOff("Legal Services", date(2023, 9, 30), "A"), SignOff("Director", None, "B")]
    codes = [one.code for one in lifecycle.exceptions(signs, begun=date(2023, 10, 1))]
    assert codes == ["early", "date"]


@given(st.dates(), st.dates())
def test_out_of_order_means_the_approver_came_first(legal, final):
    signs = [SignOff("Legal Services", legal, "A"), SignOff("Director", final, "B")]
    assert lifecycle.out_of_order(lifecycle.exceptions(signs, begun=None)) == (final < legal)


def test_work_that_ends_after_the_approval_asks_for_an_addendum():
    rows = (
        ActionRow(need="Views from all tenants", due="October/November 2023"),
        ActionRow(need="Views from the Housing Advisory Board", due="January 2024"),
        ActionRow(need="Already done", due="September 2023"),
        ActionRow(need="Some day", due="when resources allow"),
    )
    content = Content(information_actions=ActionTable(rows))
    late = lifecycle.late_consultations(content, approved_on=date(2023, 10, 13))
    assert late == ["Views from all tenants", "Views from the Housing Advisory Board"]
    assert lifecycle.late_consultations(content, approved_on=date(2023, 11, 30)) == [
        "Views from the Housing Advisory Board"
    ]


def test_a_review_cannot_jump_from_drafting_to_approved():
    with pytest.raises(Refused, match="submitted"):
        check_move(MOVES, Status.DRAFTING, Status.APPROVED, what="review")


def test_a_returned_review_goes_back_to_drafting_and_nowhere_else():
    assert MOVES[Status.RETURNED] == {Status.DRAFTING}


def test_every_state_is_reached_from_screening():
    assert all(steps_between(MOVES, Status.SCREENING, there) is not None for there in Status)


def test_open_actions_keep_a_review_open():
    lifecycle.check_closable(actions_open=0)
    with pytest.raises(Refused, match="1 action is neither"):
        lifecycle.check_closable(actions_open=1)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("The Council will review progress every year", 12),
        ("reported quarterly to committee", 3),
        ("every six months", 6),
        ("a full review every three years or earlier", 36),
        ("on a regular basis", None),
        ("", None),
    ],
)
def test_an_interval_is_read_off_the_words_or_asked_for(text, months):
    assert lifecycle.interval_of(text) == months
