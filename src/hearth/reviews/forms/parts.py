"""What all forms of parts share: the version that the writer saw, and the way from a stored answer and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from hearth.reviews.rules.form import Form as Definition
from hearth.ui.fields import Hidden, LongText, Option
from hearth.ui.forms import Form

MANY = 300  # rows that a table may hold: more than any printed review has


@dataclass(frozen=True)
class Sources:
    """What an answer may choose from besides the form definition: registers of the landlord."""

    laws: Sequence[Option] = ()
    indicators: Sequence[Option] = ()
    aims: Sequence[Option] = ()
    relevant: Sequence[str] = ()  # aims of the duty that the screening found relevant
    employment: bool = False
    fresh: bool = True  # nobody has saved this answer yet


class PartForm(Form):
    """The form of one part. Nothing is required of it; `seen` is the version that the writer had before them."""

    marks_optional: ClassVar[bool] = False
    first: ClassVar[tuple[str, ...]] = ()  # what is asked before everything else
    seen = Hidden(coerce=int, required=False)

    def __init__(
        self, *args: Any, key: str, definition: Definition, sources: Sources, value: Mapping[str, Any], **kwargs: Any
    ) -> None:
        self.key, self.definition, self.sources, self.stored = key, definition, sources, value
        kwargs["initial"] = {**self.from_value(value), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.prepare()
        for one in self.fields.values():
            one.required = False

    def order(self) -> tuple[str, ...]:
        """The fields and tables in the order in which they are asked: `first`, then the others, tables last."""
        every = (*self.fields, *self.repeated)
        return (*(name for name in self.first if name in every), *(name for name in every if name not in self.first))

    def prepare(self) -> None:
        """Give the fields the words and choices of the form definition. For subclasses."""

    def from_value(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """What stands in the fields for a stored answer. For subclasses, where names differ."""
        return dict(value)

    def to_value(self) -> dict[str, Any]:
        """The answer as it is stored; what this form does not show stays as it was."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return {**self.stored, **{name: tidy(value) for name, value in given.items()}}


def tidy(value: Any) -> Any:
    """An empty answer in its stored kind: no text, never "None"; in rows, too."""
    if isinstance(value, dict):
        return {name: tidy(one) for name, one in value.items()}
    if isinstance(value, list):
        return [tidy(one) for one in value]
    return "" if value is None else value


def lines(text: str | None) -> list[str]:
    """The items of a text with one on each line; list marks in front are taken off."""
    found = (line.strip().lstrip("•·*–-").strip() for line in (text or "").splitlines())
    return [line for line in found if line]


def listing(items: Iterable[str]) -> str:
    """Items as a text with one on each line."""
    return "\n".join(" ".join(str(item).split()) for item in items)


def known_and_free(given: Iterable[str], options: Sequence[Option]) -> tuple[list[str], list[str]]:
    """What was chosen of a register, and what was typed besides."""
    known = {option.value for option in options}
    given = list(given)
    return [one for one in given if one in known], [one for one in given if one not in known]


class Long(LongText):
    """A long answer, roomy enough to write in."""

    def __init__(self, label: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("rows", 8)
        super().__init__(label, required=False, **kwargs)
