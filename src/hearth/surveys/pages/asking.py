"""A question as the design system's components draw it: for whoever answers, or asks for somebody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from hearth.surveys.pages.words import direction, html_lang, words
from hearth.surveys.rules.answering import CHOOSE_ONE, DATE_PARTS, Raw
from hearth.surveys.rules.instrument import Instrument, Option, Question, Wording, said
from hearth.surveys.rules.kinds import QuestionKind
from hearth.ui.components import govuk

LONG = 200  # characters from which on an answer gets more room


def first_input(question: Question) -> str:
    """The id of a question's first input, to which an error leads."""
    match question.kind:
        case QuestionKind.DATE:
            return f"q-{question.code}-day"
        case QuestionKind.RANK:
            return f"q-{question.code}-{question.options[0].code}"
        case _:
            return f"q-{question.code}"


def shown_options(question: Question, *, silent: bool = False) -> tuple[Option, ...]:
    """The options that are shown: what is never read out only to an interviewer."""
    return tuple(option for option in question.options if silent or not option.silent)


def draw(
    question: Question,
    raw: Raw,
    *,
    language: str = "en",
    error: str = "",
    notes: Sequence[str] = (),
    silent: bool = False,
) -> Markup:
    """The question with what was typed. `notes` are added to its hint; `silent` shows what is never read out."""
    hint = " ".join([*([said(question.hint, language)] if question.hint else []), *notes, *_help(question, language)])
    common: dict[str, Any] = {
        "errorMessage": {"text": error, "visuallyHiddenText": "Error"} if error else None,
        "hint": {"text": hint} if hint else None,
    }
    text = said(question.words, language)
    spoken = spoken_attributes(question.words, language)
    legend = {
        "fieldset": {
            "legend": {"text": text, "classes": "govuk-fieldset__legend--m"},
            "attributes": spoken,
        }
    }
    label = {"label": {"text": text, "classes": "govuk-label--m", "attributes": spoken}}
    typed = list(raw.get(question.code, ()))
    if question.kind in CHOOSE_ONE:
        return _radios(question, typed, language, silent, {**common, **legend})
    match question.kind:
        case QuestionKind.MANY:
            return _checkboxes(question, typed, language, silent, {**common, **legend})
        case QuestionKind.DATE:
            return _date(question, raw, {**common, **legend})
        case QuestionKind.RANK:
            return _rank(question, raw, language, silent, error, hint, legend["fieldset"])
        case QuestionKind.PLACE if question.options:
            return _select(question, typed, language, {**common, **label})
        case QuestionKind.TEXT:
            rows = 2 if question.longest <= LONG else 5
            return govuk("textarea", {**_named(question), **common, **label, "value": _first(typed), "rows": rows})
        case QuestionKind.NUMBER:
            more = {"inputmode": "numeric" if question.lowest is not None else "decimal", "spellcheck": False}
            classes = "govuk-input--width-5"
            return govuk(
                "input", {**_named(question), **common, **label, **more, "classes": classes, "value": _first(typed)}
            )
        case _:
            more = {"autocomplete": "postal-code"} if question.places == "postcode" else {}
            classes = "govuk-input--width-10" if question.places == "postcode" else "govuk-input--width-20"
            return govuk(
                "input", {**_named(question), **common, **label, **more, "classes": classes, "value": _first(typed)}
            )


def only_if_note(instrument: Instrument, question: Question, language: str) -> str:
    """For a form that shows everything at once: to whom this question is put."""
    if question.only_if is None or (asked := instrument.question(question.only_if.question)) is None:
        return ""
    chosen = [said(one.words, language) for one in asked.options if one.code in question.only_if.codes]
    return words(language)["only_if"].format(said(asked.words, language), "” or “".join(chosen))


def spoken_attributes(wording: Wording, language: str) -> dict[str, str]:
    """The attributes that tell a screen reader the language, where it is not the page's; none where it fell back."""
    if html_lang(language) == "en-GB" or language not in wording:
        return {}
    return {"lang": html_lang(language), "dir": direction(language)}


def _help(question: Question, language: str) -> list[str]:
    match question.kind:
        case QuestionKind.MANY:
            return [words(language)["many"]]
        case QuestionKind.RANK:
            return [words(language)["rank"]]
        case QuestionKind.TEXT:
            return [words(language)["longest"].format(f"{question.longest:,}")]
        case _:
            return []


def _named(question: Question) -> dict[str, str]:
    return {"id": f"q-{question.code}", "name": question.code}


def _first(typed: Sequence[str]) -> str:
    return typed[0] if typed else ""


def _items(question: Question, typed: Sequence[str], language: str, silent: bool) -> list[dict[str, Any]]:
    return [
        {
            "value": option.code,
            "text": said(option.words, language),
            "checked": option.code in typed,
            "label": {"attributes": spoken_attributes(option.words, language)},
        }
        for option in shown_options(question, silent=silent)
    ]


def _radios(question: Question, typed: list[str], language: str, silent: bool, common: Mapping[str, Any]) -> Markup:
    items = _items(question, typed, language, silent)
    return govuk("radios", {"idPrefix": f"q-{question.code}", "name": question.code, "items": items, **common})


def _checkboxes(question: Question, typed: list[str], language: str, silent: bool, common: Mapping[str, Any]) -> Markup:
    items: list[dict[str, Any]] = []
    for option, item in zip(
        shown_options(question, silent=silent), _items(question, typed, language, silent), strict=True
    ):
        if option.alone and items:
            items.append({"divider": "or"})
        items.append(item)
    return govuk("checkboxes", {"idPrefix": f"q-{question.code}", "name": question.code, "items": items, **common})


def _select(question: Question, typed: list[str], language: str, common: Mapping[str, Any]) -> Markup:
    items = [{"value": "", "text": ""}]
    items += [
        {"value": one.code, "text": said(one.words, language), "selected": one.code in typed}  # type: ignore[dict-item]
        for one in shown_options(question)
    ]
    return govuk("select", {**_named(question), "items": items, **common})


def _date(question: Question, raw: Raw, common: Mapping[str, Any]) -> Markup:
    wrong = " govuk-input--error" if common["errorMessage"] else ""
    items = [
        {
            "name": part,
            "label": part.capitalize(),
            "value": _first(list(raw.get(f"{question.code}-{part}", ()))),
            "classes": f"govuk-input--width-{4 if part == 'year' else 2}{wrong}",
        }
        for part in DATE_PARTS
    ]
    return govuk("date-input", {"id": f"q-{question.code}", "namePrefix": question.code, "items": items, **common})


def _rank(
    question: Question, raw: Raw, language: str, silent: bool, error: str, hint: str, fieldset: Mapping[str, Any]
) -> Markup:
    base = f"q-{question.code}"
    about = " ".join([f"{base}-hint", *([f"{base}-error"] if error else [])])
    parts = [Markup('<div id="{}-hint" class="govuk-hint">{}</div>').format(base, hint)]
    if error:
        parts.append(govuk("error-message", {"id": f"{base}-error", "text": error, "visuallyHiddenText": "Error"}))
    for option in shown_options(question, silent=silent):
        name = f"{question.code}-{option.code}"
        parts.append(
            govuk(
                "input",
                {
                    "id": f"q-{name}",
                    "name": name,
                    "label": {
                        "text": said(option.words, language),
                        "attributes": spoken_attributes(option.words, language),
                    },
                    "classes": "govuk-input--width-2" + (" govuk-input--error" if error else ""),
                    "inputmode": "numeric",
                    "value": _first(list(raw.get(name, ()))),
                    "formGroup": {"classes": "hearth-rank"},
                },
            )
        )
    group = "govuk-form-group" + (" govuk-form-group--error" if error else "")
    inside = govuk("fieldset", {**fieldset, "describedBy": about, "html": Markup("").join(parts)})
    return Markup('<div class="{}">{}</div>').format(group, inside)
