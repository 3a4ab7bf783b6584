"""References."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.refs import Reference, make, parse
from hearth.kernel.refusals import Refused


def test_a_reference_reads_as_people_say_it():
    assert make("CAR", 2026, 7) == "CAR-2026-0007"


@given(st.from_regex(r"[A-Z][A-Z]{1,6}", fullmatch=True), st.integers(1900, 2099), st.integers(1, 999_999))
def test_what_was_made_can_be_read(prefix, year, number):
    assert parse(make(prefix, year, number)) == Reference(prefix, year, number)


@pytest.mark.parametrize("typed", ["car-2026-0007", " CAR 2026 7 ", "CAR–2026–0007", "CAR/2026/7", "car2026-7"])
def test_a_reference_may_be_typed_carelessly(typed):
    assert str(parse(typed)) == "CAR-2026-0007"


@pytest.mark.parametrize("typed", ["", "CAR", "2026-0007", "CAR-26-7", "CAR-2026-0000", "CAR-2026-7-8"])
def test_anything_else_is_refused_with_an_example(typed):
    with pytest.raises(Refused, match="CAR-2026-0007"):
        parse(typed)


@pytest.mark.parametrize(("prefix", "year", "number"), [("car", 2026, 1), ("CAR", 2026, 0), ("C-R", 2026, 1)])
def test_no_reference_is_made_that_could_not_be_read(prefix, year, number):
    with pytest.raises(ValueError):
        make(prefix, year, number)
