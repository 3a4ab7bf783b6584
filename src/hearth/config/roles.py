"""What each role of requirements section 3 may do. Nobody may do anything that is not named here."""

from hearth.accounts import permissions as accounts
from hearth.accounts.rules import Role
from hearth.actions import permissions as actions
from hearth.audit import permissions as audit
from hearth.documents import permissions as documents
from hearth.equality import permissions as equality
from hearth.landlords import permissions as landlords
from hearth.notifications import permissions as notifications
from hearth.performance import permissions as performance
from hearth.policies import permissions as policies
from hearth.register import permissions as register
from hearth.reviews import permissions as reviews
from hearth.surveys import permissions as surveys

READING = frozenset({policies.READ, actions.READ, performance.SEE})
# Reviews, with the profiles and surveys that they stand on.
ASSESSING = READING | {reviews.READ, equality.SEE, surveys.SEE, register.SEE_HOMES}
SIGNING = ASSESSING | {reviews.SIGN}


def _role(key: str, label: str, *permissions: str, also: frozenset[str] = frozenset()) -> Role:
    return Role(key, label, frozenset(permissions) | also)


_LIST = [
    _role(
        "administrator",
        "System administrator",
        accounts.MANAGE,
        landlords.CONFIGURE,
        landlords.SEE_SETTINGS,
        notifications.OUTBOX,
        reviews.FORMS,
    ),
    _role("auditor", "Auditor", audit.READ, landlords.SEE_SETTINGS, also=ASSESSING),
    _role(
        "housing_policy_officer",
        "Housing Policy & Performance Officer",
        reviews.WRITE,
        policies.WRITE,
        policies.REGISTER,
        policies.REPORT,
        actions.WORK,
        actions.ADD,
        documents.FORMATS,
        surveys.BUILD,
        surveys.FIELD,
        surveys.CHECK,
        surveys.PUBLISH,
        performance.KEEP,
        also=ASSESSING,
    ),
    _role(
        "policy_projects_officer",
        "Policy & Projects Officer",
        reviews.DISPATCHED,
        reviews.PUBLISH,
        actions.WORK,
        documents.FORMATS,
        notifications.OUTBOX,
        also=ASSESSING,
    ),
    _role("legal", "Legal Services", also=SIGNING),
    _role("director", "Director / Deputy Chief Executive", policies.DECIDE, also=SIGNING),
    _role("service_manager", "Service responsible officer", actions.WORK, actions.ADD, also=ASSESSING),
    _role(
        "resident_involvement_officer",
        "Resident Involvement Officer",
        reviews.WRITE,
        register.SEE,
        register.WORK,
        accounts.OPEN_FOR_RESIDENTS,
        equality.COLLECT,
        surveys.BUILD,
        surveys.FIELD,
        surveys.INTERVIEW,
        surveys.CHECK,
        surveys.PUBLISH,
        actions.WORK,
        actions.ADD,
        documents.FORMATS,
        also=ASSESSING,
    ),
    _role(
        "equality_officer",
        "Equality-data officer",
        equality.SEE_EXACT,
        equality.KEEP,
        equality.ANSWERS,
        equality.COLLECT,
        register.SEE,
        also=ASSESSING,
    ),
    _role(
        "housing_officer",
        "Housing Officer",
        register.SEE_HOMES,
        register.SEE,
        register.WORK,
        accounts.OPEN_FOR_RESIDENTS,
        equality.COLLECT,
        surveys.INTERVIEW,
        actions.WORK,
        also=READING,
    ),
    _role(
        "register_keeper",
        "Register keeper",
        register.SEE_HOMES,
        register.SEE,
        register.WORK,
        accounts.OPEN_FOR_RESIDENTS,
        register.IMPORT,
        register.MERGE,
        also=READING,
    ),
    _role(
        "data_protection_officer",
        "Data Protection Officer",
        register.SEE_HOMES,
        register.SEE,
        register.RIGHTS,
        accounts.OPEN_FOR_RESIDENTS,
        audit.READ,
        also=READING,
    ),
    _role(
        "safe_contact",
        "Cleared to set “contact safely”",
        register.SEE,
        register.MARK_SAFE,
    ),
    _role("resident", "Resident"),  # their own pages, which every signed-in person has, and no others
    _role("interviewer", "Interviewer", surveys.INTERVIEW),
    _role("survey_firm", "External survey organisation", surveys.FIELD),
    _role("corporate_policy", "Corporate Policy Team", policies.REGISTER, also=ASSESSING),
    _role("committee_services", "Democratic Services", policies.REPORT, policies.DECIDE, also=READING),
    _role("portfolio_holder", "Portfolio Holder", policies.DECIDE, also=READING),
    _role("councillor", "Councillor", policies.READ),
]
ROLES = {role.key: role for role in _LIST}
