"""What is kept of people as counts, and what people told about themselves, which leaves the room only as counts."""

from hearth.equality.models.answers import Answer, AnswerFile, Consent, Purpose
from hearth.equality.models.campaigns import Campaign, CampaignPerson
from hearth.equality.models.evidence import DutyFigure, Statistic, StockFigure
from hearth.equality.models.profiles import Average, Cell, Profile, PublishedTable
from hearth.equality.models.sets import Category, CategorySet, Mapping

__all__ = [
    "Answer",
    "AnswerFile",
    "Average",
    "Campaign",
    "CampaignPerson",
    "Category",
    "CategorySet",
    "Cell",
    "Consent",
    "DutyFigure",
    "Mapping",
    "Profile",
    "PublishedTable",
    "Purpose",
    "Statistic",
    "StockFigure",
]
