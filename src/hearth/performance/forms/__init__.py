"""The shapes of answers on this room's pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from hearth.performance import rules
from hearth.ui.fields import Choice, FileField, LongText, Number, Option, TextField
from hearth.ui.forms import FilterForm, Form

MOST_MEGABYTES = min(rules.MOST_BYTES, settings.HEARTH_UPLOAD_MAX) / rules.MEGABYTE


class LoadWorkbook(Form):
    """A workbook of the regulator."""

    file = FileField(
        "Workbook",
        hint="The full data of the Tenant Satisfaction Measures, as the regulator published it (.xlsx).",
        kinds=("xlsx",),
        most_megabytes=MOST_MEGABYTES,
    )


class FindOurselves(FilterForm):
    """Words of our name, to find ourselves in a workbook."""

    words = TextField("Part of your landlord's name, or its code", width=20)


class WhoWeAre(Form):
    """Which landlord of the workbook we are."""

    code = Choice("Which of these is your landlord?", options=(), missing="Select your landlord")

    def __init__(self, *args: Any, providers: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("code", [Option(one.code, one.name, hint=f"Code {one.code}") for one in providers])


class Among(FilterForm):
    """With whom to compare."""

    among = Choice("Compare with", options=(), as_list=True)

    def __init__(self, *args: Any, groups: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("among", [Option(key, words) for key, words in groups])


class PageFigures(Form):
    """What the landlord's own page prints of a year."""

    responses = Number("Responses to the survey", required=False, least=0)
    minimum = Number("Minimum sample", required=False, least=0)
    excluded = Number("Households left out of the sample", required=False, least=0)
    stage_one = Number("Stage one complaints", required=False, least=0)
    stage_two = Number("Stage two complaints", required=False, least=0)
    where = TextField("Where this is printed", hint="The page's title or address.", required=False, most=300)


class WriteCommentary(Form):
    """Why a figure is as it is."""

    text = LongText("Why is this figure as it is?", most=3000,
                    hint="For example: was more recorded, or did more happen?")  # fmt: skip
