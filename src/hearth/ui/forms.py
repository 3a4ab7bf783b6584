"""Forms that draw themselves, keep what was typed, and say at the top what is wrong and where."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.safestring import SafeString, mark_safe

from hearth.kernel.refusals import Refused
from hearth.ui.choosing import Choice, Source
from hearth.ui.drawing import DrawnField
from hearth.ui.rows import RepeatedRows, Rows

__all__ = ["FilterForm", "Form", "RepeatedRows", "Rows"]


class Form(forms.Form):
    """The parent of every form.

    `rows = {"evidence": Rows(EvidenceRow, "piece of evidence")}` adds rows that the person may add and remove; their
    answers arrive in `cleaned_data["evidence"]` as a list of dictionaries.
    """

    rows: ClassVar[dict[str, Rows]] = {}
    marks_optional: ClassVar[bool] = True  # "(optional)" after the labels of what need not be answered
    use_required_attribute = False
    as_typed = False  # drawn as it was typed before the session ended

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        data = self.data if self.is_bound else None
        files = self.files if self.is_bound else None
        self.repeated: dict[str, RepeatedRows] = {
            name: RepeatedRows(
                rows, name=self.add_prefix(name), data=data, files=files, initial=self.initial.get(name, ())
            )
            for name, rows in self.rows.items()
        }
        for name, field in self.fields.items():
            if not field.label:
                field.label = name.replace("_", " ").capitalize()
        self._held = {
            revealed
            for field in self.fields.values()
            if isinstance(field, Choice)
            for names in field.reveals.values()
            for revealed in names
        }

    def offer(self, name: str, options: Source) -> None:
        """Give a choice of this one form its options. Raises TypeError where the field is no choice."""
        field = self.fields[name]
        if not isinstance(field, Choice):
            raise TypeError(f"{name} is no choice.")
        field.source = options

    @property
    def quiet(self) -> bool:
        """A row was added or removed, or typed words came back: draw them without errors, and change nothing."""
        return self.as_typed or any(rows.changed for rows in self.repeated.values())

    def is_valid(self) -> bool:
        """Whether the form and all its rows may be acted upon."""
        if self.quiet or not super().is_valid():
            return False
        return all(rows.is_valid() for rows in self.repeated.values())

    def _clean_form(self) -> None:
        """Forget the questions that the chosen answers did not ask, take in the rows, then check the whole."""
        self._forget_unasked()
        for name, rows in self.repeated.items():
            self.cleaned_data[name] = [] if self.quiet else rows.cleaned()
        super()._clean_form()  # type: ignore[misc]

    def _forget_unasked(self) -> None:
        for name, field in self.fields.items():
            if not isinstance(field, Choice) or not field.reveals:
                continue
            asked = field.revealed_by(self.cleaned_data.get(name))
            for revealed in {one for names in field.reveals.values() for one in names} - asked:
                self.errors.pop(revealed, None)
                self.cleaned_data[revealed] = None

    def refuse(self, refused: Refused) -> None:
        """Show a rule's refusal beside the answer that it names, or above all where it names none of this form."""
        drawn = refused.field in self.fields and not self.fields[refused.field].widget.is_hidden
        self.add_error(refused.field if drawn else None, str(refused))

    def is_held_back(self, name: str) -> bool:
        """Whether a field is drawn inside the answer that reveals it, and so not by itself."""
        return name in self._held

    def draw_revealed(self, name: str) -> str:
        """A field drawn inside the answer that reveals it."""
        bound = self[name]
        return bound.field.draw(bound, {}) if isinstance(bound, DrawnField) else str(bound)

    def draw(self, *names: str) -> SafeString:
        """The named fields, or all fields and rows in their order, as HTML."""
        wanted = names or (*self.fields, *self.repeated)
        parts = [str(self.repeated[n].draw()) if n in self.repeated else str(self[n]) for n in wanted]
        return mark_safe("\n".join(parts))  # noqa: S308 - each part is drawn by an escaping template

    def __str__(self) -> SafeString:
        return self.draw()

    __html__ = __str__

    def problems(self) -> list[dict[str, str]]:
        """What is wrong, for the summary at the top: text and, where an answer is meant, a link to it."""
        if not self.is_bound or self.quiet:
            return []
        found: list[dict[str, str]] = []
        for name, messages in self.errors.items():
            if name == NON_FIELD_ERRORS:
                continue
            bound = self[name]
            href = f"#{bound.problem_id() if isinstance(bound, DrawnField) else bound.auto_id}"
            hidden = bound.is_hidden
            found += [{"text": str(m)} if hidden else {"text": str(m), "href": href} for m in messages]
        for rows in self.repeated.values():
            found += rows.problems()
        found += [{"text": str(message)} for message in self.non_field_errors()]
        return found


class FilterForm(Form):
    """A filter of a list: every question may be left open, and does not need to say so."""

    marks_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False
