"""The default screening rule, at its edges."""

import pytest

from hearth.kernel.refusals import Refused
from hearth.reviews.rules import screening
from tests.rules.reviews.forms import FORM

NOBODY = {c.code: "no" for c in FORM.characteristics}
SURE = {
    "kind": "policy", "activity": "new", "aims": [], "resources": "no", "relations": "no", "adverse": NOBODY,
}  # fmt: skip


def test_no_relevant_aim_and_no_change_of_resources_needs_no_full_assessment():
    decision = screening.decide(SURE, FORM)
    assert not decision.full
    assert decision.reason == "No aim of the duty is relevant."


def test_a_relevant_aim_alone_is_not_enough():
    assert not screening.decide({**SURE, "aims": ["a"]}, FORM).full


@pytest.mark.parametrize("answer", ["yes", "unknown"])
def test_a_relevant_aim_with_one_adverse_or_unknown_group_needs_one(answer):
    decision = screening.decide({**SURE, "aims": ["a", "b"], "adverse": {**NOBODY, "race": answer}}, FORM)
    assert decision.full
    assert "Race" in decision.reason
    assert decision.aims == ("a", "b")


def test_adverse_without_a_relevant_aim_does_not_decide():
    assert not screening.decide({**SURE, "adverse": {**NOBODY, "race": "yes"}}, FORM).full


def test_significant_resources_always_need_one():
    assert screening.decide({**SURE, "resources": "yes"}, FORM).full


def test_what_is_not_answered_is_named():
    with pytest.raises(Refused, match="Does it commit or remove significant resources"):
        screening.decide({**SURE, "resources": ""}, FORM)
    with pytest.raises(Refused, match="Missing: Age"):
        screening.decide({**SURE, "adverse": {k: v for k, v in NOBODY.items() if k != "age"}}, FORM)


def test_leaving_the_assessment_out_takes_a_reason_and_somebody_else():
    reason = "The change only mends spelling in the leaflet"
    screening.check_not_required(reason=reason, approver_is_officer=False)
    with pytest.raises(Refused, match="Somebody else"):
        screening.check_not_required(reason=reason, approver_is_officer=True)
    with pytest.raises(Refused, match="in a sentence"):
        screening.check_not_required(reason="not needed", approver_is_officer=False)
