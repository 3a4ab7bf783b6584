"""What the pages about paper forms show: forms to key, differences to settle, files for the printer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from hearth.surveys import queries
from hearth.surveys.models import PaperBatch, PaperEntry, Survey
from hearth.surveys.pages import building
from hearth.surveys.pages.words import language_name
from hearth.surveys.rules import answering, entries, paper
from hearth.surveys.rules.instrument import EASY_READ, Instrument, Question, said
from hearth.surveys.rules.kinds import QuestionKind
from hearth.ui.components import govuk
from hearth.ui.fields import Option
from hearth.ui.tables import Cell, Table
from hearth.ui.tags import Tag

Typed = Mapping[str, Sequence[str]]
COLOURS = {"waiting": "grey", "running": "blue", "done": "green", "failed": "red"}
RIGHT = (("first", "First"), ("second", "Second"))


def keying(
    instrument: Instrument, typed: Typed, errors: Mapping[str, str], *, stock: str, on: str = ""
) -> list[dict[str, Any]]:
    """The sections of a form with a box for each answer. `on` is the input in which the next thing is typed."""
    return [
        {
            "title": said(section.title),
            "questions": [inputs(one, typed, errors.get(one.question.code, ""), on=on) for one in asked],
        }
        for section, asked in paper.printed(instrument, stock=stock)
    ]


def inputs(one: paper.Numbered, typed: Typed, error: str = "", *, on: str = "") -> Markup:
    """One question with its number, what the numbers of its answers mean, and a box to type in."""
    question = one.question
    title = f"{one.number}. {said(question.words)}"
    if question.kind in (QuestionKind.DATE, QuestionKind.RANK):
        return _several(question, title, typed, error, on)
    common: dict[str, Any] = {
        "id": f"k-{question.code}",
        "name": question.code,
        "label": {"text": title, "classes": "govuk-label--s"},
        "hint": {"text": meaning(question)},
        "errorMessage": {"text": error} if error else None,
        "value": (list(typed.get(question.code, ())) or [""])[0],
        "autocomplete": "off",
    }
    if question.kind is QuestionKind.TEXT:
        return govuk("textarea", {**common, "rows": 2, "attributes": _focus(question.code, on)})
    if question.kind is QuestionKind.PLACE and question.options and not paper.ticks(question):
        chosen = common.pop("value")
        items = [{"value": "", "text": ""}]
        items += [
            {"value": each.code, "text": said(each.words), "selected": each.code == chosen}  # type: ignore[dict-item]
            for each in question.options
        ]
        return govuk("select", {**common, "items": items})
    number = paper.ticks(question) or question.kind is QuestionKind.NUMBER
    more = {"inputmode": "numeric"} if number and question.kind is not QuestionKind.MANY else {}
    classes = "govuk-input--width-5" if number else "govuk-input--width-20"
    return govuk(
        "input", {**common, **more, "classes": classes, "spellcheck": False, "attributes": _focus(question.code, on)}
    )


def meaning(question: Question) -> str:
    """What the numbers stand for."""
    if paper.ticks(question):
        return ", ".join(f"{number} {said(option.words)}" for number, option in paper.options(question))
    match question.kind:
        case QuestionKind.NUMBER:
            return "As written. - for no answer"
        case QuestionKind.TEXT:
            return "As written, word for word"
        case _:
            return "As written"


def _several(question: Question, title: str, typed: Typed, error: str, on: str) -> Markup:
    """A date in three boxes, or a rank with a box for each answer."""
    labels = (
        [part.capitalize() for part in answering.DATE_PARTS]
        if question.kind is QuestionKind.DATE
        else [said(option.words) for option in question.options]
    )
    about = f"k-{question.code}-error" if error else ""
    parts = [govuk("error-message", {"id": about, "text": error})] if error else []
    for name, label in zip(answering.fields(question), labels, strict=True):
        parts.append(
            govuk(
                "input",
                {
                    "id": f"k-{name}",
                    "name": name,
                    "label": {"text": label},
                    "value": (list(typed.get(name, ())) or [""])[0],
                    "classes": "govuk-input--width-4",
                    "inputmode": "numeric",
                    "autocomplete": "off",
                    "formGroup": {"classes": "hearth-rank"},
                    "attributes": _focus(name, on),
                },
            )
        )
    legend = {"text": title, "classes": "govuk-fieldset__legend--s"}
    inside = govuk("fieldset", {"legend": legend, "describedBy": about, "html": Markup("").join(parts)})
    wrong = " govuk-form-group--error" if error else ""
    return Markup('<div class="govuk-form-group{}">{}</div>').format(wrong, inside)


def _focus(name: str, on: str) -> dict[str, str]:
    return {"autofocus": "autofocus"} if name == on else {}


def first_empty(instrument: Instrument, typed: Typed, *, stock: str) -> str:
    """The first input in which nothing is typed: where Enter goes on without a script."""
    for one in paper.questions(instrument, stock=stock):
        for name in answering.fields(one.question):
            if not any(typed.get(name, ())):
                return name
    return ""


def problems(instrument: Instrument, errors: Mapping[str, str], *, stock: str) -> list[dict[str, str]]:
    """What is wrong, each with a link to its box."""
    return [
        {
            "text": f"Question {one.number}: {errors[one.question.code]}",
            "href": f"#k-{answering.fields(one.question)[0]}",
        }
        for one in paper.questions(instrument, stock=stock)
        if one.question.code in errors
    ]


def differences(
    instrument: Instrument,
    entry: PaperEntry,
    typed: Typed,
    errors: Mapping[str, str],
    *,
    stock: str,
) -> list[Markup]:
    """Each question that differs, with what was keyed first and second, to choose from."""
    found = []
    for one in entries.differences(instrument, entry.first, entry.second or {}, stock=stock):
        question = one.question
        chosen = (list(typed.get(f"right-{question.code}", ())) or [""])[0]
        items: list[dict[str, Any]] = [
            {"value": which, "text": f"{words}: {entries.shown(question, raw)}", "checked": chosen == which}
            for (which, words), raw in zip(RIGHT, (entry.first, entry.second or {}), strict=True)
        ]
        neither = {"html": inputs(one, typed)}
        items.append(
            {"value": "other", "text": "Neither: the paper says", "checked": chosen == "other", "conditional": neither}
        )
        error = errors.get(question.code, "")
        found.append(
            govuk(
                "radios",
                {
                    "idPrefix": f"right-{question.code}",
                    "name": f"right-{question.code}",
                    "fieldset": {
                        "legend": {
                            "text": f"{one.number}. {said(question.words)}",
                            "classes": "govuk-fieldset__legend--m",
                        }
                    },
                    "items": items,
                    "errorMessage": {"text": error} if error else None,
                },
            )
        )
    return found


def entries_table(found: Iterable[PaperEntry], survey: Survey, *, state: str) -> Table:
    """Forms that wait for somebody: to be keyed a second time, or to be settled."""
    once = state == PaperEntry.State.ONCE
    rows = tuple(
        (
            one.serial if once else Cell(one.serial, href=building.address("settle_paper", survey, entry=one.pk)),
            one.received_on,
        )
        for one in found
    )
    caption = "To be keyed a second time, by somebody else" if once else "Keyed twice and different: settle them"
    return Table(caption, ("Form", "Came on"), rows, row_headers=False, empty="None.")


def batches_table(found: Iterable[PaperBatch], survey: Survey) -> Table:
    """Files of forms, with what is in each."""
    rows = tuple(
        (
            one.at,
            Tag(one.get_state_display(), COLOURS[one.state]),
            one.forms,
            Cell(", ".join(f"{count} {words}" for words, count in one.by_form.items()), hint=_left_out(one)),
            _file(one, survey),
        )
        for one in found
    )
    headers = ("Asked for", "State", "Forms", "Which", "File")
    return Table("Files for the printer", headers, rows, row_headers=False, stack=True, empty="None yet.")


def _left_out(batch: PaperBatch) -> str:
    return "; ".join(f"{words}: {count}" for words, count in batch.left_out.items())


def _file(batch: PaperBatch, survey: Survey) -> Cell:
    if batch.error:
        return Cell(batch.error)
    if batch.file is None:
        return Cell("No forms" if batch.state == PaperBatch.State.DONE else "")
    if batch.file.emptied_on:
        return Cell("Deleted, because the survey has closed")
    return Cell("Download", href=building.address("paper_file", survey, batch=batch.pk))


def language_options(instrument: Instrument) -> list[Option]:
    """The languages in which a form can be printed or was filled in."""
    return [Option(code, "Easy Read" if code == EASY_READ else language_name(code)) for code in instrument.languages]


def still_open(survey: Survey, by: Any) -> bool:
    """Whether batches are being made, so that the page looks again by itself."""
    return queries.paper_batches(survey, by=by).filter(state__in=["waiting", "running"]).exists()
