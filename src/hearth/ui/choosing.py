"""Fields to choose in: radios, a list to pick from, checkboxes, yes or no; answers may reveal further questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from hearth.ui.drawing import Drawn, DrawnField


@dataclass(frozen=True)
class Option:
    """One answer to choose; `divider` is a word such as "or" before it."""

    value: str
    text: str
    hint: str = ""
    divider: str = ""
    disabled: bool = False


Given = Iterable["Option | tuple[Any, ...] | Enum | str"] | type[Enum]
Source = Given | Callable[[], Given]


def options_of(source: Source) -> list[Option]:
    """Options from what a room has at hand: options, (value, text[, hint]) pairs, enum members or words."""
    given = source() if callable(source) and not isinstance(source, type) else source
    found = []
    for item in given:  # type: ignore[union-attr]
        if isinstance(item, Option):
            found.append(item)
        elif isinstance(item, tuple):
            found.append(Option(str(item[0]), str(item[1]), str(item[2]) if len(item) > 2 else ""))
        elif isinstance(item, Enum):
            text = getattr(item, "label", None) or str(item.value).replace("_", " ").capitalize()
            found.append(Option(str(item.value), str(text)))
        else:
            found.append(Option(str(item), str(item)))
    return found


class _Chosen(forms.Widget):
    """Takes out of the post all values of one name."""

    def __init__(self, many: bool) -> None:
        super().__init__()
        self.many = many

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        if not self.many:
            return data.get(name)
        if isinstance(data, MultiValueDict):
            return data.getlist(name)
        found = data.get(name, [])
        return [found] if isinstance(found, str) else list(found or [])

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False  # an untouched group of boxes is not sent at all


class Choice(Drawn):
    """One of several answers, as radios or, with `as_list=True`, a list to pick from; the value's text, or `coerce`d.

    `options` may be a function, called anew for each form. `reveals={"other": ("other_reason",)}` draws the named
    fields of the same form under that answer; they are asked only when it is chosen.
    """

    component = "radios"
    grouped = True
    verb = "Select"
    many = False

    def __init__(
        self,
        label: str = "",
        *,
        options: Source,
        as_list: bool = False,
        inline: bool = False,
        small: bool = False,
        reveals: dict[str, tuple[str, ...]] | None = None,
        coerce: Callable[[str], Any] = str,
        empty_text: str = "Choose one",
        **kwargs: Any,
    ) -> None:
        self.source, self.as_list, self.inline, self.small = options, as_list, inline, small
        self.reveals, self.coerce, self.empty_text = reveals or {}, coerce, empty_text
        super().__init__(label, widget=_Chosen(self.many), **kwargs)
        if as_list:
            self.grouped, self.component = False, "select"

    @property
    def options(self) -> list[Option]:
        """The answers as they stand now."""
        return options_of(self.source)

    def clean(self, value: Any) -> Any:
        """The chosen answer, or None; refuses what was not offered."""
        if value in self.empty_values:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        if str(value) not in self._allowed():
            raise ValidationError(self.error_messages["required"], code="invalid_choice")
        return self.coerce(str(value))

    def _allowed(self) -> set[str]:
        return {option.value for option in self.options if not option.disabled}

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another answer is chosen than at first."""

        def plain(value: Any) -> set[str]:
            values = value if isinstance(value, (list, tuple, set)) else [value]
            return {self.plain(one) for one in values if one not in (None, "")}

        return plain(initial) != plain(data)

    def plain(self, value: Any) -> str:
        """A value as its option's text value: enum members and booleans are understood."""
        return str(value.value) if isinstance(value, Enum) else str(value)

    def chosen(self, bound: DrawnField) -> set[str]:
        """The values to be drawn as chosen."""
        value = bound.value()
        return set() if value in self.empty_values else {self.plain(value)}

    def revealed_by(self, chosen: Any) -> set[str]:
        """The names of the fields that an answer asks for."""
        values = chosen if isinstance(chosen, (list, tuple, set)) else [chosen]
        plain = {self.plain(value) for value in values if value is not None}
        return {name for value, names in self.reveals.items() if value in plain for name in names}

    def params(self, bound: DrawnField) -> dict[str, Any]:
        """The items, chosen and revealing."""
        found = super().params(bound)
        chosen = self.chosen(bound)
        items: list[dict[str, Any]] = []
        for option in self.options:
            if option.divider:
                items.append({"divider": option.divider})
            item = {"value": option.value, "text": option.text, "disabled": option.disabled}
            item["selected" if self.as_list else "checked"] = option.value in chosen
            if option.hint:
                item["hint"] = {"text": option.hint}
            names = self.reveals.get(option.value, ())
            if names:
                drawn = "".join(bound.form.draw_revealed(name) for name in names)
                item["conditional"] = {"html": drawn}
            items.append(item)
        if self.as_list and self.empty_text and "" not in {option.value for option in self.options}:
            items.insert(0, {"value": "", "text": self.empty_text, "selected": not chosen})
        extra = [f"govuk-{self.component}--{word}" for word in ("inline", "small") if getattr(self, word)]
        found.update(items=items, classes=" ".join([*extra, self.classes]).strip())
        if self.as_list:
            found["id"] = bound.id
        return found


class Choices(Choice):
    """Any number of answers, as checkboxes; the value is a list. `exclusive` names one that stands alone ("none")."""

    component = "checkboxes"
    many = True

    def __init__(self, label: str = "", *, exclusive: str = "", **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.exclusive = exclusive

    def clean(self, value: Any) -> list[Any]:
        """The chosen answers in the order in which they were offered; refuses what was not offered."""
        found = {str(item) for item in value or []}
        if not found and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        if found - self._allowed():
            raise ValidationError(self.error_messages["required"], code="invalid_choice")
        if self.exclusive in found and len(found) > 1:
            text = next(option.text for option in self.options if option.value == self.exclusive)
            raise ValidationError(f"Select answers, or select “{text}”, but not both", code="exclusive")
        return [self.coerce(option.value) for option in self.options if option.value in found]

    def chosen(self, bound: DrawnField) -> set[str]:
        """The values to be drawn as chosen."""
        return {self.plain(value) for value in bound.value() or []}

    def params(self, bound: DrawnField) -> dict[str, Any]:
        """As radios, with the answer that stands alone marked."""
        found = super().params(bound)
        for item in found["items"]:
            if self.exclusive and item.get("value") == self.exclusive:
                item["behaviour"] = "exclusive"
        return found


class YesNo(Choice):
    """Yes or no, given on as True or False."""

    def __init__(self, label: str = "", *, yes: str = "Yes", no: str = "No", **kwargs: Any) -> None:
        kwargs.setdefault("inline", "reveals" not in kwargs)
        options = (Option("yes", yes), Option("no", no))
        super().__init__(label, options=options, coerce=lambda text: text == "yes", **kwargs)

    def missing_text(self, label: str) -> str:
        """A yes-or-no question is answered by selecting."""
        return f"Select yes or no: {label}"

    def plain(self, value: Any) -> str:
        """True and False as the answers that stand for them."""
        return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)

    def chosen(self, bound: DrawnField) -> set[str]:
        """False is an answer, not an empty one."""
        value = bound.value()
        return set() if value is None or value == "" else {self.plain(value)}
