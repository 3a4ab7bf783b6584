"""What officers say about a survey firm's file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hearth.surveys.rules import firmfile
from hearth.surveys.rules.firmfile import Column, Seen
from hearth.surveys.rules.instrument import Instrument, said
from hearth.ui.fields import Choice, FileField, Option, TextField
from hearth.ui.forms import Form

LONGEST = 70  # characters of a question in a list


class Upload(Form):
    """The file."""

    file = FileField("File of answers", hint="CSV, Excel (.xlsx) or SPSS (.sav), one row for each answer")


class TakeBack(Form):
    """Why a file is taken back."""

    reason = TextField("Why is the file taken back?", most=150)


class Meanings(Form):
    """What each column means."""

    def __init__(self, *args: Any, columns: Sequence[Column], instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = list(columns)
        questions = [
            Option(f"question:{one.code}", f"{one.code}: {said(one.words)[:LONGEST]}") for one in instrument.questions()
        ]
        known = [Option(value, words) for value, words in firmfile.MEANINGS.items()]
        options = [
            *known,
            Option("trait", "Something else about the household, to be kept under this name"),
            *questions,
        ]
        for place, column in enumerate(self.columns):
            field = Choice(f"Column “{column.name}”", options=options, as_list=True)
            field.initial = f"question:{column.of}" if column.meaning == firmfile.QUESTION else column.meaning
            self.fields[f"column_{place}"] = field

    def said_columns(self) -> list[Column]:
        """The columns with their meanings; what was said of values stays where the question stays."""
        found = []
        for place, column in enumerate(self.columns):
            meaning, _, code = str(self.cleaned_data[f"column_{place}"]).partition(":")
            same = column.meaning == meaning and (column.of == code or meaning != firmfile.QUESTION)
            of = code if meaning == firmfile.QUESTION else column.name if meaning == firmfile.TRAIT else ""
            found.append(Column(column.name, meaning, of, column.values if same else {}, column.doubtful and same))
        return found


class Values(Form):
    """Which answer each value of a column is."""

    def __init__(
        self, *args: Any, columns: Sequence[Column], seen: Sequence[Seen], instrument: Instrument, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places: list[tuple[int, str, str]] = []  # column, value, name of the field
        by_name = {one.name: one for one in seen}
        for at, column in enumerate(columns):
            question = instrument.question(column.of) if column.meaning == firmfile.QUESTION else None
            if question is None or question.kind not in firmfile.CHOSEN:
                continue
            options = [Option(one.code, said(one.words)) for one in question.options]
            options.append(Option(firmfile.NOT_ANSWERED, "No answer"))
            here = by_name[column.name]
            for number, value in enumerate(here.values):
                name = f"value_{at}_{number}"
                label = here.labels.get(value, "")
                field = Choice(
                    f"{column.name}: “{value}”{f', {label}' if label else ''}",
                    options=options, as_list=True, empty_text="Choose the answer",
                )  # fmt: skip
                field.initial = column.values.get(value)
                self.fields[name] = field
                self.places.append((at, value, name))
        self.given_columns = list(columns)

    def said_columns(self) -> list[Column]:
        """The columns with what their values mean."""
        values: dict[int, dict[str, str]] = {}
        for at, value, name in self.places:
            values.setdefault(at, {})[value] = self.cleaned_data[name]
        return [
            Column(one.name, one.meaning, one.of, values.get(at, {}))
            for at, one in enumerate(self.given_columns)
        ]  # fmt: skip
