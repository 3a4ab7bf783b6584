"""What is kept of surveys: the instrument, whom it is put to, what was done, what was answered, what came of it."""

from hearth.surveys.models.answers import Comment, Draft, PrizeEntry, Response
from hearth.surveys.models.codes import WrongCode
from hearth.surveys.models.events import Event, EventSource, MysteryShop, Trigger
from hearth.surveys.models.fieldwork import Attempt, FirmFile, Handover, Hold, PaperBatch, PaperEntry
from hearth.surveys.models.instrument import Survey, Version
from hearth.surveys.models.results import Result, Weighting
from hearth.surveys.models.sample import Exclusion, Invitation, Population, Unit

__all__ = [
    "Attempt",
    "Comment",
    "Draft",
    "Event",
    "EventSource",
    "Exclusion",
    "FirmFile",
    "Handover",
    "Hold",
    "Invitation",
    "MysteryShop",
    "PaperBatch",
    "PaperEntry",
    "Population",
    "PrizeEntry",
    "Response",
    "Result",
    "Survey",
    "Trigger",
    "Unit",
    "Version",
    "Weighting",
    "WrongCode",
]
