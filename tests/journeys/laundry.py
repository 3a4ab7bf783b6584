"""An invented review, written part by part on its pages, as an officer would write it: every kind of part once."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.journeys.visitor import Visitor

TITLE = "Shared Laundry Rooms Policy"


def details(page: Visitor) -> None:
    page.fills("Manager", "Tenancy Services Manager")
    page.fills("Directorate and Service", "Housing and Public Protection, Housing Services")


def aims(page: Visitor) -> None:
    page.fills(
        "Aims",
        "The policy sets out who may use a shared laundry room, when it is open and how a slot is booked. "
        "It replaces notices that differ from block to block.",
    )
    page.fills(
        "Objectives", "Give every household a fair share of the slots\nMake every room usable for disabled tenants"
    )


def affected(page: Visitor) -> None:
    page.chooses("Groups affected", "Tenants", "Leaseholders")
    page.fills("In your own words", "Some 640 households in blocks that have a shared laundry room.")


def contribution(page: Visitor) -> None:
    page.chooses("Key performance indicators", "HPI-22 Number of tenancy breaches resolved without court action")
    page.fills("More about the indicators", "HPI-22 - Number of tenancy breaches resolved without court action")
    page.tab.get_by_label("HS2").check()
    page.fills(
        "In your own words", "Corporate Plan 2024-2027, HS2 - to run a high quality and responsive housing service"
    )


def dictated(page: Visitor) -> None:
    page.chooses("Acts, standards and guidance", "Equality Act 2010", "Housing Act 1985")
    page.fills(
        "In your own words",
        "The Equality Act 2010 dictates that reasonable adjustments are made. The Housing Act 1985 sets how tenancy "
        "terms may be changed.",
    )
    page.fills("Where is there discretion in how it is delivered?", "The Council decides when a room is open.")


def profile(page: Visitor) -> None:
    page.fills("In your own words", "The profile below is of all main tenants.")


def consultation(page: Visitor) -> None:
    page.fills_by_name(**{
        "exercises-0-who": "All households that share a laundry room",
        "exercises-0-when": "June/July 2026",
        "exercises-0-how": "Questionnaire and drop-in",
        "exercises-0-responses": "188",
        "exercises-0-findings": "Older tenants asked for seats. Muslim women asked for hours with women only.",
    })  # fmt: skip
    page.chooses("Groups among them", "Tenants")
    page.presses("Add another consultation")
    page.fills_by_name(**{
        "exercises-1-who": "Tenants' and Leaseholders' Forum",
        "exercises-1-when": "September 2026",
        "exercises-1-how": "Meeting",
        "exercises-1-findings": "The Forum asked for a plain notice and a telephone number.",
    })  # fmt: skip
    page.fills("In your own words", "A questionnaire ran in June and July 2026, and the Forum discussed the draft.")


def gaps(page: Visitor) -> None:
    page.fills_by_name(**{
        "gaps-0-gap": "How many tenants cannot reach a machine that stands on a plinth",
        "gaps-0-planned": "A question in the tenancy visit form",
    })  # fmt: skip
    page.fills("In your own words", "We do not know how many tenants cannot reach a machine that stands on a plinth.")


def duty(page: Visitor) -> None:
    """The aims that the screening found relevant are there already, and no others (CAR-04)."""
    assert page.tab.get_by_label("b) promoting equality of opportunity").is_checked()
    assert not page.tab.get_by_label("a) tackling unlawful discrimination").is_checked()
    page.chooses("Is it an existing activity or a new proposal?", "A new proposal")
    page.chooses("Does it touch people as employees of the landlord?", "No")


def age(page: Visitor) -> None:
    page.fills(
        "Positive impacts", "Older tenants in 12 blocks get seats beside the machines, which 61 of them asked for."
    )
    page.tab.get_by_role("group", name="Which aims does the positive impact serve?").get_by_label(
        "b) promoting"
    ).check()
    page.fills("Which service promise delivers it?", "Seats in every laundry room by March 2027")


def disability(page: Visitor) -> None:
    page.fills(
        "Positive impacts", "In each of 12 rooms one machine is lowered for wheelchair users before the policy starts."
    )
    page.tab.get_by_role("group", name="Which aims does the positive impact serve?").get_by_label(
        "b) promoting"
    ).check()
    page.fills("Which service promise delivers it?", "One lowered machine in every room")
    page.fills(
        "Negative impacts", "Slots of one hour are too short for tenants who need more time because they are disabled."
    )
    page.tab.get_by_role("group", name="Which aims does the negative impact touch?").get_by_label(
        "b) promoting"
    ).check()
    page.fills("What else was considered?", "Slots of two hours for all were considered and would halve the places.")


def race(page: Visitor) -> None:
    page.fills(
        "Positive impacts", "Notices carry pictures and are translated on request; 1 in 9 replies asked for this."
    )
    page.tab.get_by_role("group", name="Which aims does the positive impact serve?").get_by_label(
        "b) promoting"
    ).check()
    page.fills("Which service promise delivers it?", "Notices in other languages within ten working days")


def religion(page: Visitor) -> None:
    """A negative impact with neither an action nor an alternative: check C14 stops, and takes a reason."""
    page.fills("Negative impacts", "Some Muslim women wrote that they do not use a room together with men.")
    page.tab.get_by_role("group", name="Which aims does the negative impact touch?").get_by_label(
        "c) promoting"
    ).check()


def ticked(answer: str) -> Callable[[Visitor], None]:
    def tick(page: Visitor) -> None:
        page.chooses("Or tick one", answer)

    return tick


def explanation(page: Visitor) -> None:
    page.fills(
        "Answer",
        "Sex: beyond what is said under religion, men and women answered in the same way, so no impact is expected. "
        "Gender reassignment, sexual orientation and pregnancy/maternity: the questionnaire did not ask, so the impact "
        "is unknown and the action below will find out. Marriage and civil partnership is not applicable because the "
        "policy does not apply in the context of employment.",
    )


def partners(page: Visitor) -> None:
    page.fills_by_name(**{
        "partners-0-name": "Laundry contractor",
        "partners-0-circumstances": "Its engineers lower the machines, which disabled tenants depend on.",
    })  # fmt: skip


def comments(page: Visitor) -> None:
    page.fills("Answer", "None.")


def information_actions(page: Visitor) -> None:
    page.fills_by_name(**{
        "rows-0-need": "Whether it touches people by gender reassignment, sexual orientation or pregnancy/maternity",
        "rows-0-action": "Ask the question in the 2027 survey of all tenants and report the answers by group",
        "rows-0-outcome": "Each unknown impact is decided on evidence",
        "rows-0-due": "October/November 2027",
        "rows-0-monitoring": "Results are reported to the Housing Advisory Board",
        "rows-0-officer": "Resident Involvement Officer",
    })  # fmt: skip
    page.presses("Add another action")
    page.fills_by_name(**{
        "rows-1-need": "How many tenants cannot reach a machine that stands on a plinth",
        "rows-1-action": "Add a question to the tenancy visit form",
        "rows-1-outcome": "The number is known for 9 in 10 tenancies",
        "rows-1-due": "December 2027",
        "rows-1-monitoring": "Counted each quarter",
        "rows-1-officer": "Tenancy Services Manager",
    })  # fmt: skip


def impact_actions(page: Visitor) -> None:
    page.fills_by_name(**{
        "rows-0-need": "Slots that are too short",
        "rows-0-affected": "Disabled tenants",
        "rows-0-action": "Give a double slot on request, without proof",
        "rows-0-outcome": "Nobody who asks waits longer than a week",
        "rows-0-due": "March 2027",
        "rows-0-monitoring": "Double slots are counted each month",
        "rows-0-officer": "Tenancy Services Manager",
    })  # fmt: skip


def approval(page: Visitor) -> None:
    page.fills("Answer", "Head of Legal Services and Deputy Chief Executive")
    page.fills("Posts named", "Head of Legal Services\nDeputy Chief Executive")


def committee(page: Visitor) -> None:
    page.chooses("Answer", "Yes").fills("Which committee or body?", "Cabinet")


def monitoring(page: Visitor) -> None:
    page.fills(
        "Answer",
        "Slots and refusals are counted by age, disability, race and religion every six months and reported to the "
        "Housing Advisory Board.",
    )
    page.fills("How often, in months?", "6")


def next_review(page: Visitor) -> None:
    page.fills("Answer", "With the review of the policy.").dates("Date of the next review", 1, 11, 2029)


PARTS: Mapping[str, Callable[[Visitor], None]] = {
    "details": details,
    "aims": aims,
    "affected": affected,
    "contribution": contribution,
    "dictated": dictated,
    "profile": profile,
    "consultation": consultation,
    "gaps": gaps,
    "duty": duty,
    "impacts.age": age,
    "impacts.disability": disability,
    "impacts.sex": ticked("No impact"),
    "impacts.gender_reassignment": ticked("Unknown"),
    "impacts.race": race,
    "impacts.religion": religion,
    "impacts.sexual_orientation": ticked("Unknown"),
    "impacts.pregnancy": ticked("Unknown"),
    "impacts.marriage": lambda page: None,  # "not applicable" is offered, and only saving it decides
    "explanation": explanation,
    "partners": partners,
    "comments": comments,
    "information_actions": information_actions,
    "impact_actions": impact_actions,
    "approval": approval,
    "committee": committee,
    "monitoring": monitoring,
    "next_review": next_review,
}
