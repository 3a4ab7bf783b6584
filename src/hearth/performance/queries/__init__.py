"""Every way to read what this room keeps."""

from hearth.performance.queries.standing import Place, places, standing_of, years
from hearth.performance.queries.workbooks import (
    commentaries,
    latest,
    limits_on,
    of_year,
    own_code,
    page_figures,
    provider_of,
    providers,
    questions,
    workbook,
    workbooks,
)

__all__ = [
    "Place",
    "commentaries",
    "latest",
    "limits_on",
    "of_year",
    "own_code",
    "page_figures",
    "places",
    "provider_of",
    "providers",
    "questions",
    "standing_of",
    "workbook",
    "workbooks",
    "years",
]
