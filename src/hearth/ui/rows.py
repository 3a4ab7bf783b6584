"""Rows that repeat, such as pieces of evidence: "add another" and "remove" without a script.

The buttons post the whole page back; it is drawn again with what was typed, one row more or less, and no errors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from hearth.ui.components import govuk

if TYPE_CHECKING:
    from hearth.ui.forms import Form


@dataclass(frozen=True)
class Rows:
    """What a form says about its repeated rows: the form of one row, what one is called, and how many there may be."""

    form_class: type[Form]
    noun: str
    least: int = 0
    most: int = 20
    legend: str = ""
    hint: str = ""


class RepeatedRows:
    """The rows of one posted or fresh form. A row that was left empty is passed over unless `least` needs it."""

    def __init__(
        self,
        rows: Rows,
        *,
        name: str,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        initial: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        self.rows, self.name = rows, name
        self.bound = data is not None
        self.changed = False
        data = data or {}
        if self.bound:
            self._from_post(data, files)
        else:
            shown = list(initial) or [{}] * max(rows.least, 1)
            self.forms = [self._form(i, initial=dict(values)) for i, values in enumerate(shown)]

    def _form(self, index: int, **kwargs: Any) -> Form:
        form = self.rows.form_class(prefix=f"{self.name}-{index}", **kwargs)
        form.empty_permitted = True
        return form

    def _from_post(self, data: Mapping[str, Any], files: Any) -> None:
        typed = str(data.get(f"{self.name}-rows", ""))
        count = min(int(typed), self.rows.most) if typed.isdecimal() and len(typed) < 5 else 0
        keep = list(range(count))
        removed = str(data.get(f"{self.name}-remove", ""))
        added = f"{self.name}-add" in data
        self.changed = added or bool(removed)
        if removed.isdecimal() and int(removed) in keep:
            keep.remove(int(removed))
        forms = [self._form(i, data=data, files=files) for i in keep]
        if not self.changed:
            self.forms = forms
            return
        # Redrawn under new numbers, so what was typed is moved into fresh, unbound forms.
        self.forms = [self._form(n, initial=self._typed(form)) for n, form in enumerate(forms)]
        if (added and len(self.forms) < self.rows.most) or (not self.forms and self.rows.least):
            self.forms.append(self._form(len(self.forms)))

    @staticmethod
    def _typed(form: Form) -> dict[str, Any]:
        return {name: form[name].data for name in form.fields}

    def _filled(self) -> list[Form]:
        changed = [form for form in self.forms if form.has_changed()]
        spare = [form for form in self.forms if not form.has_changed()]
        needed = max(self.rows.least - len(changed), 0)
        for form in spare[:needed]:
            form.empty_permitted = False
        wanted = {id(form) for form in [*changed, *spare[:needed]]}
        return [form for form in self.forms if id(form) in wanted]

    def is_valid(self) -> bool:
        """Whether all rows that count are right."""
        return not self.changed and not self.problems()

    def cleaned(self) -> list[dict[str, Any]]:
        """The answers of the rows that are right and not left empty."""
        return [form.cleaned_data for form in self._filled() if form.is_valid()]

    def problems(self) -> list[dict[str, str]]:
        """What is wrong in the rows, each with a link; too few rows is a problem as well."""
        filled = self._filled()
        noun = self.rows.noun.capitalize()
        found = [
            {**problem, "text": f"{noun} {self.forms.index(form) + 1}: {problem['text']}"}
            for form in filled
            for problem in form.problems()
        ]
        if len(filled) < self.rows.least:
            found.append({"text": f"Add at least {self.rows.least} {self.rows.noun}", "href": f"#{self.name}-rows"})
        return found

    def row_id(self, index: int) -> str:
        """The id of a row on the page."""
        return f"{self.name}-row-{index + 1}"

    def draw(self) -> SafeString:
        """All rows with their buttons."""
        many = len(self.forms) > max(self.rows.least, 1)
        inner = format_html_join("\n", "{}", ((self._draw_row(n, form, many),) for n, form in enumerate(self.forms)))
        hint = format_html('<div class="govuk-hint">{}</div>', self.rows.hint) if self.rows.hint else ""
        add: Any = ""
        if len(self.forms) < self.rows.most:
            text = f"Add another {self.rows.noun}" if self.forms else f"Add a {self.rows.noun}"
            add = govuk(
                "button",
                text=text,
                name=f"{self.name}-add",
                value="1",
                classes="govuk-button--secondary",
                attributes={"formaction": f"#{self.row_id(len(self.forms))}"},  # the page comes back at the new row
            )
        legend = self.rows.legend or self.rows.noun.capitalize()
        return format_html(
            '<fieldset class="govuk-fieldset hearth-rows" id="{0}-rows">'
            '<legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{1}</legend>{2}'
            '<input type="hidden" name="{0}-rows" value="{3}">{4}{5}</fieldset>',
            self.name,
            legend,
            hint,
            len(self.forms),
            inner,
            add,
        )

    def _draw_row(self, index: int, form: Form, removable: bool) -> SafeString:
        title = f"{self.rows.noun.capitalize()} {index + 1}"
        button: Any = ""
        if removable:
            button = govuk(
                "button",
                html=format_html('Remove<span class="govuk-visually-hidden"> {}</span>', title.lower()),
                name=f"{self.name}-remove",
                value=str(index),
                classes="govuk-button--secondary",
                attributes={"formaction": f"#{self.name}-rows"},
            )
        return format_html(
            '<div class="hearth-rows__row" id="{}" role="group" aria-label="{}">'
            '<h3 class="govuk-heading-s" aria-hidden="true">{}</h3>{}{}</div>',
            self.row_id(index),
            title,
            title,
            form.draw(),
            button,
        )
