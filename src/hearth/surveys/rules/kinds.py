"""The closed lists of this room, and the states of a survey with the moves between them."""

from __future__ import annotations

from hearth.kernel.choices import Moves
from hearth.kernel.kinds import Kind


class Sort(Kind):
    """What a survey is for."""

    TSM = "tsm", "Tenant satisfaction measures"
    STAR = "star", "General satisfaction (STAR)"
    ENGAGEMENT = "engagement", "Engagement"
    REPAIR = "repair", "After a repair"
    COMPLAINT = "complaint", "After a complaint"
    ASB = "asb", "After an anti-social behaviour case"
    WORKS = "works", "After major works"
    LETTING = "letting", "After a letting"
    ACTIVITY = "activity", "After an involvement activity"
    PULSE = "pulse", "Short recurring survey"
    OTHER = "other", "Other"


AFTER_AN_EVENT = frozenset({Sort.REPAIR, Sort.COMPLAINT, Sort.ASB, Sort.WORKS, Sort.LETTING, Sort.ACTIVITY})


class State(Kind):
    """Where a survey stands (requirements section 4)."""

    DRAFT = "draft", "Draft"
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"
    ANALYSED = "analysed", "Analysed"
    PUBLISHED = "results_published", "Results published"


MOVES: Moves[State] = {
    State.DRAFT: (State.OPEN,),
    State.OPEN: (State.CLOSED,),
    State.CLOSED: (State.ANALYSED,),
    State.ANALYSED: (State.PUBLISHED,),
}


class Secrecy(Kind):
    """What is kept of who answered."""

    NAMED = "named", "Named: the answer stays with the person, who was told so"
    CONFIDENTIAL = "confidential", "Confidential: the link from person to answer goes when the survey closes"
    ANONYMOUS = "anonymous", "Anonymous: there is never a link from person to answer"


class Mode(Kind):
    """How an answer came (the regulator's methods; SMS is a web form reached by a link in a text message)."""

    WEB = "web", "Internet"
    SMS = "sms", "Text message"
    TELEPHONE = "telephone", "Telephone"
    PAPER = "paper", "Postal"
    FACE = "face", "Face to face"
    OTHER = "other", "Other"


class Draw(Kind):
    """How the people who are asked are chosen from the population."""

    CENSUS = "census", "Census: every household"
    RANDOM = "random", "Simple random sample"
    STRATIFIED = "stratified", "Stratified random sample"
    QUOTA = "quota", "Quotas"
    OPEN = "open", "Open to anybody: no sample"


class QuestionKind(Kind):
    """What sort of answer a question takes."""

    ONE = "one", "One choice"
    MANY = "many", "Several choices"
    SCALE = "scale", "Five-point scale"
    NUMBER = "number", "Number"
    DATE = "date", "Date"
    TEXT = "text", "Free text"
    RANK = "rank", "Rank in order"
    PLACE = "place", "Place"


class Standing(Kind):
    """How complete a response is."""

    PART = "part", "Part answered"
    COMPLETE = "complete", "Complete"
    SET_ASIDE = "set_aside", "Set aside"  # a second answer of a household, a test, a refusal after the fact


class Outcome(Kind):
    """What came of a call or a visit."""

    ANSWERED = "answered", "Interview done"
    PART = "part", "Interview begun"
    NO_ANSWER = "no_answer", "No answer"
    LATER = "later", "Asked to be called later"
    REFUSED = "refused", "Refused"
    WRONG = "wrong", "Wrong number or address"
    INTERPRETER = "interpreter", "Needs an interpreter"
    UNABLE = "unable", "Not able to take part now"
