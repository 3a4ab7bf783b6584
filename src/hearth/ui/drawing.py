"""What every field that draws itself shares: label, hint, legend size, error, and the bound field that draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.forms import BoundField, Field
from django.utils.safestring import SafeString, mark_safe

from hearth.ui.components import govuk

if TYPE_CHECKING:
    from hearth.ui.forms import Form

SIZES = ("s", "m", "l", "xl")


def no_newlines(text: str) -> SafeString:
    """Text for a text area, escaped, with line ends as character references.

    The macros indent what they enclose; a bare line end would let that indentation into what the person typed.
    """
    from django.utils.html import escape

    text = str(text).replace("\r\n", "\n")
    lead = "&#10;" if text.startswith("\n") else ""  # a browser drops the first line end of a text area
    return mark_safe(lead + escape(text).replace("\n", "&#10;"))  # noqa: S308 - escaped above


class DrawnField(BoundField):
    """A field in its form, which draws itself as a component of the design system."""

    form: Form
    field: Drawn  # type: ignore[assignment]

    def __str__(self) -> SafeString:
        return self.draw()

    __html__ = __str__

    @property
    def id(self) -> str:
        """The id of the (first) input without suffix."""
        return self.auto_id or self.html_name

    def draw(self, **changes: Any) -> SafeString:
        """The component as HTML; `changes` are parameters of the macro that this page wants otherwise."""
        if self.form.is_held_back(self.name):
            return mark_safe("")
        return mark_safe(self.field.draw(self, changes))  # noqa: S308 - drawn by an escaping template

    def problem(self) -> dict[str, str] | None:
        """The error message as the macros want it, the first only; nothing while rows are added or removed."""
        messages: Any = [] if self.form.quiet else self.form.errors.get(self.name, [])
        return {"text": str(messages[0])} if messages else None

    def problem_id(self) -> str:
        """The id that a link in the error summary leads to."""
        return self.field.problem_id(self)


class Drawn(Field):
    """The parent of all fields here. Further keyword arguments than Django's:

    `hint` (help text), `size` of the label or legend ("s", "m", "l", "xl"; none is plain), `page_heading` (the label is
    the page's h1), `missing` (the sentence shown when nothing was answered), `classes`, `hidden_label`.
    """

    bound_field_class = DrawnField
    component = "input"
    grouped = False  # a group of inputs under a legend, not one input under a label
    verb = "Enter"

    def __init__(
        self,
        label: str = "",
        *,
        hint: str = "",
        size: str = "",
        page_heading: bool = False,
        missing: str = "",
        classes: str = "",
        hidden_label: bool = False,
        attributes: dict[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        if size and size not in SIZES:
            raise ValueError(f"A label's size is one of {', '.join(SIZES)}, not {size}.")
        kwargs.setdefault("help_text", hint)
        super().__init__(label=label or None, **kwargs)
        self.size, self.page_heading, self.classes = size, page_heading, classes
        self.hidden_label, self.attributes = hidden_label, attributes or {}
        if missing:
            self.error_messages["required"] = missing
        elif label:
            self.error_messages["required"] = self.missing_text(label)

    def missing_text(self, label: str) -> str:
        """What to do about an empty answer: "Enter full name", "Select who it affects"; see `missing`."""
        if label.endswith("?"):
            return f"{self.verb} an answer to “{label}”"
        words = label if label[:2].isupper() else label[:1].lower() + label[1:]
        return f"{self.verb} {words}"

    def subject(self) -> str:
        """How an error begins: the label, or, where that is a question, the answer to it."""
        label = str(self.label or "")
        if label.endswith("?"):
            return f"Your answer to “{label}”"
        return label or "The answer"

    def draw(self, bound: DrawnField, changes: dict[str, Any]) -> str:
        """The component for this field; see `params`."""
        return govuk(self.component, {**self.params(bound), **changes})

    def params(self, bound: DrawnField) -> dict[str, Any]:
        """The macro's parameters; each kind of field adds its own."""
        found: dict[str, Any] = {"id": bound.id, "name": bound.html_name, "classes": self.classes}
        if self.grouped:
            found = {"idPrefix": bound.id, "name": bound.html_name, "classes": self.classes}
            found["fieldset"] = {"legend": self.label_params(bound, "govuk-fieldset__legend")}
        else:
            found["label"] = self.label_params(bound, "govuk-label")
        if self.help_text:
            found["hint"] = {"text": str(self.help_text)}
        if self.attributes:
            found["attributes"] = self.attributes
        if problem := bound.problem():
            found["errorMessage"] = problem
        return found

    def label_params(self, bound: DrawnField, stem: str) -> dict[str, Any]:
        """The label or legend: its text says when an answer is not needed."""
        text = str(bound.label)
        if bound.form.marks_optional and not self.required and "optional" not in text.lower() and not self.hidden_label:
            text = self.optional_text(text)
        classes = f"{stem}--{self.size}" if self.size else ""
        if self.hidden_label:
            classes = "govuk-visually-hidden"
        return {"text": text, "classes": classes, "isPageHeading": self.page_heading}

    def optional_text(self, text: str) -> str:
        """The design system marks what is optional, not what is required."""
        return f"{text} (optional)"

    def typed(self, bound: DrawnField) -> Any:
        """What was typed, or the initial value, ready for the macro."""
        value = bound.value()
        return "" if value is None else value

    def problem_id(self, bound: DrawnField) -> str:
        """Where the error summary's link leads."""
        return bound.id
