"""The file upload field."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from hearth.ui.drawing import Drawn, DrawnField
from hearth.ui.words import listed


class FileField(Drawn, forms.FileField):
    """A file to upload. `kinds` are endings such as "docx"; `most_megabytes` is the largest size.

    A browser never sends a chosen file back to the page, so after an error elsewhere the field asks for it again.
    """

    component = "file-upload"
    verb = "Select"

    def __init__(
        self, label: str = "", *, kinds: tuple[str, ...] = (), most_megabytes: float | None = None, **kwargs: Any
    ) -> None:
        super().__init__(label, **kwargs)
        self.kinds = tuple(kind.lower().lstrip(".") for kind in kinds)
        self.most_megabytes = most_megabytes
        self.error_messages["empty"] = "The selected file is empty"

    def clean(self, value: Any, initial: Any = None) -> Any:
        """The uploaded file; its name's ending and its size are held to."""
        found = super().clean(value, initial)
        if not found or found is initial:
            return found
        if self.kinds and PurePath(found.name).suffix.lower().lstrip(".") not in self.kinds:
            names = listed((kind.upper() for kind in self.kinds), "or")
            raise ValidationError(f"The selected file must be a {names}", code="kind")
        if self.most_megabytes and found.size > self.most_megabytes * 1024 * 1024:
            raise ValidationError(f"The selected file must be smaller than {self.most_megabytes:g}MB", code="size")
        return found

    def params(self, bound: DrawnField) -> dict[str, Any]:
        """Which kinds of file the chooser offers, and the plea to choose again."""
        found = super().params(bound)
        found["javascript"] = True
        if self.kinds:
            found["attributes"] = {**self.attributes, "accept": ",".join(f".{kind}" for kind in self.kinds)}
        if bound.html_name in getattr(bound.form, "files", {}) and "errorMessage" not in found:
            found["errorMessage"] = {"text": "Select the file again: it was not kept because the page had a problem"}
            if bound.form.quiet:
                found["errorMessage"] = {"text": "Select the file again: it was not kept when the rows changed"}
        return found
