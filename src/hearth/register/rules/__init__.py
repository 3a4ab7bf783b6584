"""What the law and the policy say of homes, people and how they may be reached; pure."""

from hearth.register.rules.buildings import higher_risk_hint
from hearth.register.rules.importing import AT_WORK, check_ends, check_import_move, ends_too_many
from hearth.register.rules.kinds import (
    LOW_COST_OWNERSHIP,
    LOW_COST_RENTAL,
    ApplicationKind,
    HomeKind,
    ImportState,
    Standing,
    Tenure,
)
from hearth.register.rules.numbers import shown_phone
from hearth.register.rules.tenure import (
    IN_OWNERSHIP_MEASURES,
    IN_RENTAL_MEASURES,
    Span,
    TenureKind,
    Ties,
    in_tenant_measures,
    tenure_of,
)

__all__ = [
    "AT_WORK",
    "IN_OWNERSHIP_MEASURES",
    "IN_RENTAL_MEASURES",
    "LOW_COST_OWNERSHIP",
    "LOW_COST_RENTAL",
    "ApplicationKind",
    "HomeKind",
    "ImportState",
    "Span",
    "Standing",
    "Tenure",
    "TenureKind",
    "Ties",
    "check_ends",
    "check_import_move",
    "ends_too_many",
    "higher_risk_hint",
    "in_tenant_measures",
    "shown_phone",
    "tenure_of",
]
