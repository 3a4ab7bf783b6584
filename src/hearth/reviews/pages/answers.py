"""A part's answer as plain words, for earlier versions and for two texts that clash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hearth.reviews.rules.content import part_of, to_plain
from hearth.reviews.rules.form import Form

WORDS = {
    "text": "Answer",
    "every_months": "Checked every (months)",
    "no_indicator": "No indicator",
    "none": "None",
    "on": "Date",
    "who": "Who was consulted",
    "need": "Need or impact",
    "due": "Date for completion",
    "promise": "Delivered by",
}


@dataclass(frozen=True)
class Difference:
    """One field in which two answers differ."""

    label: str
    theirs: str
    mine: str


def label_of(name: str, form: Form) -> str:
    """What a field is called."""
    return form.details.get(name) or WORDS.get(name) or name.replace("_", " ").capitalize()


def worded(value: Any, form: Form) -> str:
    """A value in words: lists as lines, rows as their fields."""
    if isinstance(value, bool):
        return "Yes" if value else ""
    if isinstance(value, Mapping):
        pairs = [(label_of(name, form), worded(one, form)) for name, one in value.items()]
        return "; ".join(f"{name}: {text}" for name, text in pairs if text)
    if isinstance(value, (list, tuple)):
        lines = [worded(one, form) for one in value]
        return "\n".join(f"• {line}" for line in lines if line)
    return "" if value is None else str(value)


def said(key: str, value: Any, form: Form) -> list[tuple[str, str]]:
    """What an answer says, field by field, in the order of its class; empty fields are left out."""
    if isinstance(value, str):
        return [("Answer", value)] if value else []
    fields = value or {} if key.startswith("extra.") else to_plain(part_of(key, value))
    pairs = [(label_of(name, form), worded(one, form)) for name, one in fields.items() if name != "characteristic"]
    return [(label, text) for label, text in pairs if text]


def difference(theirs: Mapping[str, Any], mine: Mapping[str, Any], form: Form) -> list[Difference]:
    """The fields in which two answers to one question differ, both in words."""
    found = []
    for name in dict.fromkeys([*theirs, *mine]):
        one, other = worded(theirs.get(name), form), worded(mine.get(name), form)
        if one != other:
            found.append(Difference(label_of(name, form), one or "Nothing", other or "Nothing"))
    return found
