"""Moves between states: refused in words that say which steps are missing."""

from enum import StrEnum, auto

import pytest

from hearth.kernel.choices import check_move, diagram, in_words, steps_between
from hearth.kernel.refusals import Refused


class Step(StrEnum):
    DRAFTING = auto()
    SUBMITTED = auto()
    RETURNED = auto()
    LEGAL_REVIEWED = auto()
    APPROVED = auto()
    WITHDRAWN = auto()


MOVES = {
    Step.DRAFTING: {Step.SUBMITTED, Step.WITHDRAWN},
    Step.SUBMITTED: {Step.RETURNED, Step.LEGAL_REVIEWED},
    Step.RETURNED: {Step.DRAFTING},
    Step.LEGAL_REVIEWED: {Step.RETURNED, Step.APPROVED},
}


def said(here, there, what="review"):
    with pytest.raises(Refused) as refusal:
        check_move(MOVES, here, there, what=what)
    return refusal.value.message


def test_a_move_in_the_table_is_allowed():
    check_move(MOVES, Step.DRAFTING, Step.SUBMITTED, what="review")


def test_a_move_that_jumps_steps_says_which():
    assert said(Step.DRAFTING, Step.APPROVED) == (
        "A review that is drafting cannot become approved. First it must be submitted, then legal reviewed."
    )


def test_a_move_that_no_way_leads_to_says_what_is_possible():
    moves = {Step.DRAFTING: {Step.SUBMITTED, Step.WITHDRAWN}}
    with pytest.raises(Refused, match=r"It can become submitted or withdrawn\.$"):
        check_move(moves, Step.DRAFTING, Step.APPROVED, what="review")


def test_a_move_from_an_end_says_that_nothing_follows():
    assert said(Step.APPROVED, Step.DRAFTING, "action") == (
        "An action that is approved cannot become drafting. Nothing follows approved."
    )


def test_what_is_already_so_is_said_to_be_so():
    assert said(Step.APPROVED, Step.APPROVED) == "The review is already approved."


def test_the_fewest_steps_are_found():
    assert steps_between(MOVES, Step.LEGAL_REVIEWED, Step.SUBMITTED) == (
        Step.RETURNED,
        Step.DRAFTING,
        Step.SUBMITTED,
    )
    assert steps_between(MOVES, Step.APPROVED, Step.DRAFTING) is None
    assert steps_between(MOVES, Step.DRAFTING, Step.DRAFTING) == ()


def test_labels_are_used_where_there_are_any():
    class Labelled(StrEnum):
        LEGAL = "legal"

        @property
        def label(self):
            return "Read by Legal"

    assert in_words(Labelled.LEGAL) == "read by Legal"
    assert in_words(Step.LEGAL_REVIEWED) == "legal reviewed"


def test_the_diagram_draws_every_state_and_move_once_and_always_the_same():
    drawn = diagram(MOVES)
    assert drawn.startswith("stateDiagram-v2\n")
    assert drawn == diagram({state: sorted(onward, reverse=True) for state, onward in MOVES.items()})
    assert '    state "legal reviewed" as legal_reviewed\n' in drawn
    assert drawn.count(" --> ") == 7 + 2  # seven moves, two ends; drafting is returned to, so it is no start
    assert "    approved --> [*]\n" in drawn
