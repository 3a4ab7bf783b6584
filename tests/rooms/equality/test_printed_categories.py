"""The categories that landlords print: every one of them is shown, with percentages of the stated base."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from tests.rooms.equality.conftest import COUNTS
from tests.rooms.equality.test_pages import text_of

pytestmark = pytest.mark.django_db
PRINTED = [
    pytest.param("sexual_orientation", 5, "99.99", marks=pytest.mark.requirement("PROF-09")),
    pytest.param("gender_reassignment", 4, "100.01", marks=pytest.mark.requirement("PROF-10")),
]


@pytest.fixture
def as_officer(client_as: Any, user_with: Any) -> Any:
    return client_as(user_with(roles=["equality_officer"]))


@pytest.mark.parametrize(("characteristic", "categories", "total"), PRINTED)
def test_cleared_staff_see_every_printed_category_with_its_share_and_the_total(
    as_officer: Any, profile: Any, characteristic: str, categories: int, total: str
) -> None:
    asked = {"why": "The yearly return", "shown": "page"}
    text = text_of(as_officer.send("equality:exact", asked, pk=profile.pk))
    counts = COUNTS[characteristic]
    assert len(counts) == categories
    shares = []
    for label, count in counts.items():
        found = re.search(rf"{re.escape(label)} {count:,} (\d+\.\d\d)%", text)
        assert found, label
        shares.append(Decimal(found[1]))
    assert sum(shares) == Decimal(total)
