"""The landlord's own colours, safe to read: the text upon them is chosen by contrast, and nonsense is refused."""

from __future__ import annotations

import re
from typing import Any

DEFAULT_BRAND = "#1d4f5b"
DARK, LIGHT = "#000000", "#ffffff"
READABLE = 4.5  # WCAG 2.2, success criterion 1.4.3: normal text
_HEX = re.compile(r"#[0-9a-fA-F]{6}")


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, of "#rrggbb" (WCAG 2.2, "relative luminance")."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def text_on(colour: str) -> str:
    """White or black, whichever reads better on the colour (one of them always reaches 4.5 to 1)."""
    return LIGHT if contrast(colour, LIGHT) >= contrast(colour, DARK) else DARK


def accent(colour: str) -> str:
    """The colour itself where it can be told from white as text, otherwise darkened until it can."""
    while contrast(colour, LIGHT) < READABLE:
        colour = "#" + "".join(f"{int(int(colour[i : i + 2], 16) * 0.9):02x}" for i in (1, 3, 5))
    return colour


def brand(landlord: Any) -> str:
    """The landlord's `colour` as "#rrggbb"; the default where it has none or it is no colour."""
    found = str(getattr(landlord, "colour", "") or "")
    return found.lower() if _HEX.fullmatch(found) else DEFAULT_BRAND


def theme_css(landlord: Any) -> str:
    """The landlord's own style sheet: custom properties only."""
    colour = brand(landlord)
    return (
        f":root{{--hearth-brand:{colour};--hearth-on-brand:{text_on(colour)};"
        f"--hearth-accent:{accent(colour)};--govuk-brand-colour:{accent(colour)}}}\n"
    )
