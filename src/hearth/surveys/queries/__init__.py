"""Every way to read what this room keeps."""

from hearth.surveys.queries.answering import (
    draft_by_key,
    draft_of,
    form_at,
    form_of,
    form_shown,
    guesses,
    taken,
)
from hearth.surveys.queries.ready import (
    prescribed_on,
    ready_instrument,
    ready_questionnaire,
    ready_questionnaires,
)
from hearth.surveys.queries.surveys import (
    current_version,
    instrument,
    open_survey_of,
    results_overdue,
    survey,
    survey_at,
    surveys,
    version,
    versions,
    written_version,
)

__all__ = [
    "current_version",
    "draft_by_key",
    "draft_of",
    "form_at",
    "form_of",
    "form_shown",
    "guesses",
    "instrument",
    "open_survey_of",
    "prescribed_on",
    "ready_instrument",
    "ready_questionnaire",
    "ready_questionnaires",
    "results_overdue",
    "survey",
    "survey_at",
    "surveys",
    "taken",
    "version",
    "versions",
    "written_version",
]
