"""What the pages of a review show, in words: no database is asked here and nothing is changed."""

from hearth.reviews.pages.answers import Difference, difference, said
from hearth.reviews.pages.findings import Shown, StepFindings, by_step, counts, shown
from hearth.reviews.pages.links import breadcrumbs, part_url, review_url
from hearth.reviews.pages.matrix import matrix_table
from hearth.reviews.pages.pictures import life, matrix_chart, profile_charts, states_chart
from hearth.reviews.pages.questions import Note, Place, place_of, places
from hearth.reviews.pages.register import register_row, status_tag
from hearth.reviews.pages.tasks import Task, TaskStep, lately, progress, task_steps

__all__ = [
    "Difference",
    "Note",
    "Place",
    "Shown",
    "StepFindings",
    "Task",
    "TaskStep",
    "breadcrumbs",
    "by_step",
    "counts",
    "difference",
    "lately",
    "life",
    "matrix_chart",
    "matrix_table",
    "part_url",
    "place_of",
    "places",
    "profile_charts",
    "progress",
    "register_row",
    "review_url",
    "said",
    "shown",
    "states_chart",
    "status_tag",
    "task_steps",
]
