"""What visitors may ask."""

from __future__ import annotations

from typing import Any

from hearth.documents import queries as documents
from hearth.reviews import queries as reviews
from hearth.ui import fields, forms


class Find(forms.FilterForm):
    """Narrow the register."""

    words = fields.TextField("Words in the title")
    status = fields.Choice("Status", options=(), as_list=True, empty_text="Any status")
    year = fields.Choice("Year of approval", options=(), as_list=True, empty_text="Any year", coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("status", reviews.published_states())
        self.offer("year", [(year, year) for year in reviews.published_years()])


def _formats() -> list[tuple[str, str]]:
    ours = [(fmt.value, name) for fmt, name, _ in documents.formats() if fmt.value not in ("docx", "odt", "pdf", "txt")]
    return [*ours, *documents.BY_HAND.items()]


class AskFormat(forms.Form):
    """Ask for a document in another format; no account is needed."""

    format = fields.Choice(
        "Which format do you need?", options=_formats, reveals={"translation": ("language",), "other": ("wish",)}
    )
    language = fields.TextField("Which language?", most=60, missing="Enter the language that you need")
    wish = fields.TextField("What would help you?", most=60, missing="Say what would help you")
    name = fields.TextField("Your name", autocomplete="name", most=160)
    contact = fields.LongText(
        "Email address or postal address", rows=4,
        hint="Where we should send it. We use it for this and for nothing else.",
    )  # fmt: skip
