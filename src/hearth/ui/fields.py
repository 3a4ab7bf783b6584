"""Form fields that carry their own component and draw themselves: `{{ form.reason }}`.

Every field takes `label`, `hint`, `size`, `missing` and `required=False`; see `hearth.ui.drawing.Drawn`. What an
error says is what to do. No field knows a law: a rule refuses in its service, and the page shows the sentence.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from hearth.ui.choosing import Choice, Choices, Option, YesNo
from hearth.ui.drawing import Drawn, DrawnField, no_newlines
from hearth.ui.files import FileField
from hearth.ui.times import DateField, MonthField

__all__ = [
    "Choice",
    "Choices",
    "DateField",
    "Email",
    "FileField",
    "Hidden",
    "LongText",
    "MonthField",
    "Number",
    "Option",
    "Password",
    "TextField",
    "YesNo",
]


class TextField(Drawn, forms.CharField):
    """One line of text. `width` is 2, 3, 4, 5, 10, 20 (characters) or "one-half" and the like."""

    def __init__(
        self,
        label: str = "",
        *,
        width: int | str = "",
        autocomplete: str = "",
        spellcheck: bool | None = None,
        prefix: str = "",
        suffix: str = "",
        most: int | None = None,
        inputmode: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(label, max_length=most, **kwargs)
        self.width, self.autocomplete, self.spellcheck = width, autocomplete, spellcheck
        self.prefix_text, self.suffix_text, self.inputmode = prefix, suffix, inputmode
        self.type = "text"
        if most:
            self.validators = [v for v in self.validators if getattr(v, "code", "") != "max_length"]
            self.most = most

    def validate(self, value: Any) -> None:
        """Besides Django's: too long says by how much."""
        super().validate(value)
        most = getattr(self, "most", None)
        if most and len(value) > most:
            name = self.subject()
            raise ValidationError(
                f"{name} must be {most:,} characters or less; it has {len(value):,}", code="max_length"
            )

    def params(self, bound: DrawnField) -> dict[str, Any]:
        """Type, width, prefix and suffix, and what was typed."""
        found = super().params(bound)
        found.update(type=self.type, value=str(self.typed(bound)))
        if self.width:
            kind = "govuk-input--width-" if str(self.width).isdigit() else "govuk-!-width-"
            found["classes"] = f"{kind}{self.width} {self.classes}".strip()
        for name, value in (("autocomplete", self.autocomplete), ("inputmode", self.inputmode)):
            if value:
                found[name] = value
        if self.spellcheck is not None:
            found["spellcheck"] = self.spellcheck
        if self.prefix_text:
            found["prefix"] = {"text": self.prefix_text}
        if self.suffix_text:
            found["suffix"] = {"text": self.suffix_text}
        return found


class Email(TextField):
    """An email address."""

    def __init__(self, label: str = "Email address", **kwargs: Any) -> None:
        kwargs.setdefault("autocomplete", "email")
        super().__init__(label, spellcheck=False, **kwargs)
        self.type = "email"
        self.validators.append(EmailValidator("Enter an email address in the correct format, like name@example.com"))


class Password(TextField):
    """A password, never drawn back onto the page. `new` asks the browser to offer a fresh one."""

    component = "password-input"

    def __init__(self, label: str = "Password", *, new: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("strip", False)
        super().__init__(label, autocomplete="new-password" if new else "current-password", **kwargs)

    def params(self, bound: DrawnField) -> dict[str, Any]:
        """As a line of text, without its value."""
        found = super().params(bound)
        for name in ("value", "type"):
            found.pop(name, None)
        return found


class LongText(Drawn, forms.CharField):
    """Several lines. `most` characters (or `most_words`) are counted on the page and held to here."""

    def __init__(
        self,
        label: str = "",
        *,
        rows: int = 5,
        most: int | None = None,
        most_words: int | None = None,
        spellcheck: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, **kwargs)
        self.rows, self.most, self.most_words, self.spellcheck = rows, most, most_words, spellcheck

    def to_python(self, value: Any) -> str:
        """Line ends as one character, so that lengths agree with what the page counted."""
        return (super().to_python(value) or "").replace("\r\n", "\n")

    def validate(self, value: Any) -> None:
        """Besides Django's: too long says by how much."""
        super().validate(value)
        name = self.subject()
        if self.most and len(value) > self.most:
            raise ValidationError(
                f"{name} must be {self.most:,} characters or less; it has {len(value):,}", code="max_length"
            )
        if self.most_words and len(value.split()) > self.most_words:
            raise ValidationError(
                f"{name} must be {self.most_words:,} words or less; it has {len(value.split()):,}", code="max_words"
            )

    def draw(self, bound: DrawnField, changes: dict[str, Any]) -> str:
        """A text area, counted where there is a limit."""
        from hearth.ui.components import govuk

        counted = bool(self.most or self.most_words)
        return govuk("character-count" if counted else "textarea", {**self.params(bound), **changes})

    def params(self, bound: DrawnField) -> dict[str, Any]:
        """Rows, limits and what was typed, to the letter."""
        found = super().params(bound)
        found.update(rows=str(self.rows), spellcheck=self.spellcheck, value=no_newlines(self.typed(bound)))
        if self.most_words:
            found["maxwords"] = self.most_words
        elif self.most:
            found["maxlength"] = self.most
        return found


class Number(TextField):
    """A number: whole (int), or with `places` decimals (Decimal). Commas, spaces and a £ sign are understood."""

    def __init__(
        self,
        label: str = "",
        *,
        least: int | Decimal | None = None,
        greatest: int | Decimal | None = None,
        places: int = 0,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("width", 10)
        super().__init__(label, inputmode="decimal" if places else "numeric", spellcheck=False, **kwargs)
        self.least, self.greatest, self.places = least, greatest, places

    def clean(self, value: Any) -> Any:
        """The number, or None where nothing was typed; refuses words and too many decimals."""
        text = super().clean(value)
        if text in self.empty_values:
            return None
        name = self.subject()
        bare = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "").removeprefix("£")
        try:
            found = Decimal(bare.replace("−", "-"))
            if not found.is_finite():
                raise InvalidOperation
        except InvalidOperation:
            raise ValidationError(f"{name} must be a number, like {self.example()}", code="invalid") from None
        if -int(found.as_tuple().exponent) > self.places:
            what = f"have no more than {self.places} decimal places" if self.places else "be a whole number"
            raise ValidationError(f"{name} must {what}", code="places")
        if self.least is not None and found < self.least:
            raise ValidationError(f"{name} must be {self.least:,} or more", code="least")
        if self.greatest is not None and found > self.greatest:
            raise ValidationError(f"{name} must be {self.greatest:,} or less", code="greatest")
        return found if self.places else int(found)

    def example(self) -> str:
        """A number of the kind that is asked for."""
        return "12." + "50000000"[: self.places] if self.places else "12"


class Hidden(Drawn, forms.CharField):
    """A value that travels with the form unseen; `coerce` makes it what the deed wants (int, UUID)."""

    def __init__(self, *, coerce: Callable[[str], Any] = str, **kwargs: Any) -> None:
        super().__init__(widget=forms.HiddenInput, **kwargs)
        self.coerce = coerce
        self.error_messages["required"] = "Something is missing from this page. Go back and start again"

    def clean(self, value: Any) -> Any:
        """The value in its own kind; a tampered value is refused."""
        text = super().clean(value)
        if text in self.empty_values:
            return None
        try:
            return self.coerce(text)
        except (TypeError, ValueError):
            raise ValidationError("This page is out of date. Go back and start again", code="invalid") from None

    def draw(self, bound: DrawnField, changes: dict[str, Any]) -> str:
        """The bare input."""
        return bound.as_widget()
