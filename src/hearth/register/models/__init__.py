"""What is kept of homes, people, how they may be reached, what they need, imports and rights."""

from hearth.register.models.contact import (
    Adjustment,
    AdjustmentUse,
    Advocate,
    ContactChannel,
    ContactLog,
    ContactWishes,
    HeldMessage,
    InterpreterBooking,
    Need,
    OptOut,
    SafeContact,
)
from hearth.register.models.imports import Import, ImportProblem, ImportRow, Merge, Pair, Source
from hearth.register.models.people import (
    Application,
    Household,
    HouseholdMember,
    Lease,
    LeaseHolder,
    Person,
    Tenancy,
    TenancyHolder,
)
from hearth.register.models.places import Building, Estate, Home
from hearth.register.models.rights import AccountCode, DataRequest, LegalHold, RetentionRun

__all__ = [
    "AccountCode",
    "Adjustment",
    "AdjustmentUse",
    "Advocate",
    "Application",
    "Building",
    "ContactChannel",
    "ContactLog",
    "ContactWishes",
    "DataRequest",
    "Estate",
    "HeldMessage",
    "Home",
    "Household",
    "HouseholdMember",
    "Import",
    "ImportProblem",
    "ImportRow",
    "InterpreterBooking",
    "Lease",
    "LeaseHolder",
    "LegalHold",
    "Merge",
    "Need",
    "OptOut",
    "Pair",
    "Person",
    "RetentionRun",
    "SafeContact",
    "Source",
    "Tenancy",
    "TenancyHolder",
]
