"""The hint that a building is higher-risk, at its boundaries."""

from decimal import Decimal

import pytest

from hearth.register.rules import higher_risk_hint

LEAST = {"least_height_m": Decimal(18), "least_storeys": 7, "least_homes": 2}


@pytest.mark.parametrize(
    ("height_m", "storeys", "homes", "said"),
    [
        (Decimal("18.0"), None, 2, True),
        (Decimal("17.9"), None, 2, None),
        (Decimal("17.9"), 6, 2, False),
        (Decimal("17.9"), 7, 2, True),
        (None, 7, 40, True),
        (None, 6, 40, None),
        (None, None, 40, None),
        (Decimal("30"), 12, 1, False),
        (Decimal("30"), 12, None, None),
    ],
)
def test_the_height_the_storeys_and_the_homes_decide_together(height_m, storeys, homes, said):
    assert higher_risk_hint(height_m=height_m, storeys=storeys, homes=homes, **LEAST) is said
