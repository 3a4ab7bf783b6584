"""What the kinds of record are called, and which page shows one: for links to rooms that the page cannot know."""

from hearth.ui.subjects import Subject

SUBJECTS = {
    "reviews.review": Subject("Customer Access Review", "Customer Access Reviews", "reviews:review"),
    "policies.document": Subject("Document", "Documents", "policies:document"),
    "policies.law": Subject("Law or standard", "Laws and standards", "policies:law"),
    "policies.committeereport": Subject("Committee report", "Committee reports", "policies:report"),
    "surveys.survey": Subject("Survey", "Surveys", "surveys:survey"),
    "actions.action": Subject("Action", "Actions", "actions:action"),
    "register.person": Subject("Person", "People", "register:person"),
    "register.home": Subject("Home", "Homes", "register:home"),
    "register.tenancy": Subject("Tenancy", "Tenancies", "register:tenancy"),
    "register.building": Subject("Building", "Buildings", "register:building"),
    "register.import": Subject("File of homes and people", "Files of homes and people", "register:import"),
}
