"""What somebody may ask about their own data, by when it is answered, and what may be kept in spite of it.

UK GDPR articles 12 to 21; where its text is cited, the Regulation as it stands in the United Kingdom is meant.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from hearth.kernel.choices import check_move, in_words
from hearth.kernel.days import Calendar, add_months, spoken
from hearth.kernel.kinds import Kind
from hearth.kernel.refusals import Refused
from hearth.register.rules.kinds import NOT_OPTIONAL, Asks, Purpose, RequestState


class How(Kind):
    """How a request reached the landlord: any way counts, in any words (UK GDPR article 12(2))."""

    ONLINE = "online", "On their own page"
    EMAIL = "email", "Email"
    LETTER = "letter", "Letter"
    PHONE = "phone", "Telephone"
    IN_PERSON = "in_person", "In person"


class Ground(Kind):
    """Why data is kept although its erasure was asked for (UK GDPR article 17(3); Data Protection Act 2018)."""

    CONTRACT = "contract", "Still needed for the tenancy or lease (article 17(1)(a))"
    LEGAL_DUTY = "legal_duty", "A law obliges us to keep it, or it is a public task (article 17(3)(b))"
    CLAIMS = "claims", "Legal claims may be brought or defended (article 17(3)(e))"
    HOLD = "hold", "A legal hold is in force (article 17(3)(e))"
    ARCHIVE = "archive", "Archives, research or statistics in the public interest (article 17(3)(d))"
    NOT_FOUND = "not_found", "We hold nothing about this person"
    UNFOUNDED = "unfounded", "Manifestly unfounded or excessive (article 12(5)(b))"


# Where a request stands, and what may follow (UK GDPR article 12). A refusal is an answer too, and so has its reason.
REQUEST_MOVES: Mapping[RequestState, Collection[RequestState]] = {
    RequestState.RECEIVED: {
        RequestState.IDENTITY,
        RequestState.WORKING,
        RequestState.REFUSED,
        RequestState.WITHDRAWN,
    },
    RequestState.IDENTITY: {RequestState.WORKING, RequestState.REFUSED, RequestState.WITHDRAWN},
    RequestState.WORKING: {
        RequestState.GRANTED,
        RequestState.PARTLY,
        RequestState.REFUSED,
        RequestState.WITHDRAWN,
    },
}
OPEN = (RequestState.RECEIVED, RequestState.IDENTITY, RequestState.WORKING)
ANSWERED = (RequestState.GRANTED, RequestState.PARTLY, RequestState.REFUSED)


def check_request_move(here: RequestState, there: RequestState) -> None:
    """Refuse a step that a request cannot take from where it stands (UK GDPR article 12)."""
    check_move(REQUEST_MOVES, here, there, what="request")


def due_on(*, from_on: date, months: int, calendar: Calendar) -> date:
    """The last day for the answer: the same day `months` later, or the month's last day (UK GDPR article 12(3)).

    Where the landlord does not work on that day it is the next working day, as the Information Commissioner's
    guidance on time limits has it. `from_on` is the day of receipt, or the day on which identity was proved.
    """
    return calendar.add(add_months(from_on, months), 0)


def check_extension(*, state: RequestState, extended: bool, due: date, on: date, reason: str) -> None:
    """An answer may be put off once, for complexity or number, and the person is told why (UK GDPR article 12(3))."""
    if state not in OPEN:
        raise Refused(f"This request is {in_words(state)}, so its date no longer matters.")
    if extended:
        raise Refused("This request has been extended already. It cannot be extended a second time.")
    if on > due:
        raise Refused(
            f"The answer was due on {spoken(due)}. An extension must be told to the person before that day.", field="on"
        )
    if len(reason.split()) < 4:
        raise Refused("Say why more time is needed: how complex it is, or how many requests.", field="reason")


def check_identity(how: str) -> None:
    """Identity is proved by something that can stand in the record (UK GDPR article 12(6))."""
    if len(how.split()) < 2:
        raise Refused("Say what showed who they are, such as “Called back on the number in our record”.", field="how")


def check_answer(*, state: RequestState, asks: Asks, answer: str, exception: str) -> None:
    """A decision that gives less than was asked says why (UK GDPR article 12(4))."""
    if state not in ANSWERED:
        raise Refused("Choose whether the request is granted, granted in part or refused.", field="state")
    if len(answer.split()) < 3:
        raise Refused("Write what the person is told.", field="answer")
    if state is not RequestState.GRANTED and not exception and asks is Asks.ERASURE:
        raise Refused("Choose the legal exception on which something is kept.", field="exception")


def purposes_that_stop(asks: Asks, named: Collection[Purpose]) -> tuple[Purpose, ...]:
    """What somebody is no longer approached for, in the order of the list.

    An objection stops what it names (UK GDPR article 21); a restriction stops everything that is optional (article
    18(2)). What must be said to a tenant, such as a service notice, goes on (COM-20).
    """
    if asks is Asks.RESTRICTION:
        return tuple(one for one in Purpose if one not in NOT_OPTIONAL)
    if asks is not Asks.OBJECTION:
        return ()
    forced = [one for one in named if one in NOT_OPTIONAL]
    if forced:
        raise Refused(
            f"{forced[0].label} cannot be stopped by an objection: the landlord must send it.", field="purposes"
        )
    if not named:
        raise Refused("Choose at least one use that they object to.", field="purposes")
    return tuple(one for one in Purpose if one in named)


def check_erasable(*, lives_here: bool, held: Collection[str], already: bool) -> None:
    """Whether a person may be made anonymous now (UK GDPR article 17(3)).

    `lives_here`: holds a tenancy or a lease, or lives in a household today. `held`: reasons of the legal holds.
    """
    if already:
        raise Refused("This record has been made anonymous already.")
    if held:
        raise Refused(f"A legal hold keeps this record: {next(iter(held))}. Lift the hold first, or record it.")
    if lives_here:
        raise Refused(
            "They hold a home here or live in one, so the record is needed. Grant the request in part, or refuse it "
            "with the legal exception."
        )


# ── the copy ──────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Said:
    """One field of a row, in words: what it is, and what stands in it."""

    label: str
    text: str


@dataclass(frozen=True)
class Item:
    """One row about somebody. `doubt` says why it is left out until an officer has looked; empty: nothing in doubt.

    `part` holds the fields of the row that are in doubt where the rest of it is not.
    """

    key: str  # "register.need:12"
    kind: str
    fields: tuple[Said, ...]
    doubt: str = ""
    part: tuple[Said, ...] = ()
    part_doubt: str = ""

    def doubts(self) -> dict[str, str]:
        """What must be decided before the copy is given: the key of each part in doubt, and why."""
        found = {self.key: self.doubt} if self.doubt else {}
        if self.part:
            found[f"{self.key}+"] = self.part_doubt
        return found


@dataclass(frozen=True)
class Decision:
    """What an officer decided about one part in doubt: to give it, or to keep it back, and why."""

    key: str
    give: bool
    why: str = ""


SEALED = "This is kept sealed."
OTHERS = "This may tell of somebody else."


def given(items: Collection[Item], decisions: Collection[Decision]) -> list[Item]:
    """The rows and fields that the copy holds. What is in doubt and not decided stays out (SEC-05)."""
    yes = {one.key for one in decisions if one.give}
    found = []
    for item in items:
        if item.doubt and item.key not in yes:
            continue
        more = item.part if f"{item.key}+" in yes else ()
        found.append(Item(item.key, item.kind, (*item.fields, *more)))
    return found


def kept_back(items: Collection[Item], decisions: Collection[Decision]) -> list[tuple[str, int, str]]:
    """What the copy leaves out, as kind, number and reason: never what it says (UK GDPR article 15(4))."""
    by_key = {one.key: one for one in decisions}
    counts: dict[tuple[str, str], int] = {}
    for item in items:
        for key, doubt in item.doubts().items():
            decided = by_key.get(key)
            if decided and decided.give:
                continue
            why = decided.why if decided and decided.why else doubt
            counts[item.kind, why] = counts.get((item.kind, why), 0) + 1
    return [(kind, count, why) for (kind, why), count in sorted(counts.items())]


def check_reviewed(items: Collection[Item], decisions: Collection[Decision]) -> None:
    """A copy is made only when somebody has looked at every part in doubt (SEC-05; article 15(4))."""
    decided = {one.key for one in decisions}
    open_ = [key for item in items for key in item.doubts() if key not in decided]
    if open_:
        parts = "1 part is" if len(open_) == 1 else f"{len(open_)} parts are"
        raise Refused(f"{parts} still to be reviewed before the copy can be made.")
    silent = [one for one in decisions if not one.give and len(one.why.split()) < 2]
    if silent:
        raise Refused("Say why each part that is kept back is kept back.")
