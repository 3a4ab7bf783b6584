"""When a building is likely to be a higher-risk building (Building Safety Act 2022, section 65); pure."""

from __future__ import annotations

from decimal import Decimal


def higher_risk_hint(
    *,
    height_m: Decimal | None,
    storeys: int | None,
    homes: int | None,
    least_height_m: Decimal,
    least_storeys: int,
    least_homes: int,
) -> bool | None:
    """Whether the figures say that a building is higher-risk: high or many-storeyed, with enough homes.

    None where too little is known. It is a hint beside what somebody has recorded, and never replaces it: the Act and
    its regulations also say how height and storeys are measured and which buildings are excluded.
    """
    if homes is not None and homes < least_homes:
        return False
    tall = None if height_m is None else height_m >= least_height_m
    many = None if storeys is None else storeys >= least_storeys
    if tall or many:
        return True if homes is not None else None
    return False if tall is False and many is False else None
