"""How typed answers are taken out of a posted form when one question has several boxes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms import Widget

Typed = dict[str, str]  # what was typed, box by box: {"day": "3", "month": "10", "year": "2022"}


class Boxes(Widget):
    """Several small boxes that make one answer, such as day, month and year; the value is what was typed."""

    def __init__(self, parts: tuple[str, ...]) -> None:
        super().__init__()
        self.parts = parts

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:
        """The text of each box, stripped; or an ISO date under the bare name, as an API or a link may send it."""
        whole = str(data.get(name, "") or "")
        if whole.count("-") in (1, 2) and f"{name}-{self.parts[-1]}" not in data:
            found = dict(zip(("year", "month", "day"), whole.split("-"), strict=False))
            return {part: found.get(part, "") for part in self.parts}
        return {part: str(data.get(f"{name}-{part}", "") or "").strip() for part in self.parts}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether the question was not on the posted page at all."""
        return name not in data and all(f"{name}-{part}" not in data for part in self.parts)

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The first box, so that a link in the error summary lands in it."""
        return f"{id_}-{self.parts[0]}" if id_ else id_
