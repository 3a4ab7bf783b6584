"""What each role of requirements section 3 may do. Nobody may do anything that is not named here."""

from hearth.accounts import permissions as accounts
from hearth.accounts.rules import Role
from hearth.audit import permissions as audit
from hearth.landlords import permissions as landlords

_LIST = [
    Role(
        "administrator",
        "System administrator",
        frozenset({accounts.MANAGE, landlords.CONFIGURE, landlords.SEE_SETTINGS}),
    ),
    Role("auditor", "Auditor", frozenset({audit.READ, landlords.SEE_SETTINGS})),
]
ROLES = {role.key: role for role in _LIST}
