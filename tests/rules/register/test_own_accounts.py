"""Who may have an account, and what opens it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.refusals import Refused
from hearth.register.rules import own

TODAY = date(2026, 11, 20)
RIGHT = {
    "born_on": date(1980, 1, 1), "holds_home": False, "guardian": "", "gone": False, "has_account": False, "on": TODAY,
    "from_age": 16,
}  # fmt: skip


@given(st.dates(date(1930, 1, 1), date(2026, 1, 1)))
def test_nobody_under_sixteen_has_an_account_without_a_guardian(born):
    birthday = own.add_months(born, 16 * 12)
    if birthday <= TODAY:
        own.check_may_have_account(**{**RIGHT, "born_on": born})
    else:
        with pytest.raises(Refused, match="guardian"):
            own.check_may_have_account(**{**RIGHT, "born_on": born, "holds_home": True})
        own.check_may_have_account(**{**RIGHT, "born_on": born, "guardian": "Rhoda Vance, mother"})


def test_an_unknown_age_is_no_proof_of_age_unless_they_hold_the_home():
    with pytest.raises(Refused, match="date of birth is not recorded"):
        own.check_may_have_account(**{**RIGHT, "born_on": None})
    own.check_may_have_account(**{**RIGHT, "born_on": None, "holds_home": True})


@pytest.mark.parametrize("said", [{"gone": True}, {"has_account": True}])
def test_a_closed_record_and_a_second_account_are_refused(said):
    with pytest.raises(Refused):
        own.check_may_have_account(**{**RIGHT, **said})


@given(st.text(own.ALPHABET, min_size=12, max_size=12))
def test_a_code_is_read_however_it_was_typed(code):
    spoken = own.spoken_code(code)
    assert own.plain_code(spoken) == code
    assert own.plain_code(f"  {spoken.lower().replace('-', ' ')} ") == code


def test_a_code_is_good_once_for_its_days_and_for_five_wrong_tries():
    right = {"sent_on": TODAY, "days": 28, "used": False, "tries": 4, "on": TODAY + timedelta(days=28)}
    own.check_code(**right)
    for said in ({"used": True}, {"tries": 5}, {"on": TODAY + timedelta(days=29)}):
        with pytest.raises(Refused):
            own.check_code(**{**right, **said})


def test_a_date_of_birth_must_agree_where_one_is_known():
    assert own.check_born(given=None, recorded=None)
    assert own.check_born(given=TODAY, recorded=TODAY)
    assert not own.check_born(given=None, recorded=TODAY)
