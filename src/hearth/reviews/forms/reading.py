"""Uploading documents, and putting what could not be placed into an answer."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.conf import settings
from django.core.exceptions import ValidationError

from hearth.ui import fields, forms
from hearth.ui.drawing import DrawnField

KINDS = "Word (.docx), OpenDocument (.odt), PDF, web page (.html) or plain text (.txt)"
MEGABYTE = 1024 * 1024
MOST_FILES = 10


class _Several(django_forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class FilesField(fields.FileField):
    """One file or several at once; the value is a list of uploads."""

    def __init__(self, label: str = "", **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.widget = _Several()

    def clean(self, value: Any, initial: Any = None) -> list[Any]:
        """The uploads. Each file is judged where it is read, so that one bad file does not turn the others away."""
        found = [one for one in value or [] if one]
        if not found:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(found) > MOST_FILES:
            raise ValidationError(f"Select {MOST_FILES} files or fewer at a time", code="many")
        return found

    def params(self, bound: DrawnField) -> dict[str, Any]:
        """The chooser takes several."""
        found = super().params(bound)
        found["multiple"] = True
        found["javascript"] = False
        return found


class Upload(forms.Form):
    """One or several documents."""

    documents = FilesField(
        "Documents", missing="Select at least one file",
        hint=f"{KINDS}. At most {settings.HEARTH_UPLOAD_MAX // MEGABYTE}MB each, {MOST_FILES} at a time.",
    )  # fmt: skip


class Place(forms.Form):
    """Put a text into an answer."""

    index = fields.Hidden(coerce=int)
    key = fields.Choice("Put this text into", options=(), as_list=True, missing="Choose the answer that it belongs to")

    def __init__(self, *args: Any, slots: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("key", slots)
