"""What files may come in, what is read off them, and how papers go out in each format."""

from __future__ import annotations

from .extraction import Extracted, Kind, Limits, extract
from .formats import ABOUT, About, Format, Rendered
from .rendering import available, render, typeset

__all__ = [
    "ABOUT", "About", "Extracted", "Format", "Kind", "Limits", "Rendered", "available", "extract", "render", "typeset",
]  # fmt: skip
