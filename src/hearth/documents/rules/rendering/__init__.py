"""Papers made into files that people can keep, print, feel or hear.

Which formats, and why: COM-04, and the duty to make reasonable adjustments (Equality Act 2010, s20(6), information in
an accessible format). The web page comes first; these are made from the same words.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hearth.kernel.papers import Paper

from ..formats import ABOUT, POINTS, Format, Rendered
from . import programs
from .words import cleaned

__all__ = ["available", "render", "typeset"]


def render(paper: Paper, fmt: Format) -> Rendered:
    """The paper as a file. Refuses where a format needs a program that is not installed."""
    fit = cleaned(paper)
    about = ABOUT[fmt]
    if fmt is Format.AUDIO:
        from . import audio

        body, ending, media_type = audio.make(fit)
        return Rendered(f".{ending}", media_type, body)
    return Rendered(about.suffix, about.media_type, _made(fit, fmt))


def typeset(described: dict[str, Any], template: Path) -> bytes:
    """A PDF/UA-1 set by another room's own Typst template from words that are data: see `pdf.typeset`."""
    from . import pdf

    return pdf.typeset(described, template)


def _made(fit: Paper, fmt: Format) -> bytes:
    """The libraries take a while to load, so each is loaded when a file of its kind is asked for."""
    if fmt in POINTS:
        from . import pdf

        return pdf.make(fit, points=POINTS[fmt])
    if fmt is Format.DOCX:
        from . import word

        return word.make(fit)
    if fmt is Format.ODT:
        from . import opendocument

        return opendocument.make(fit)
    if fmt is Format.BRAILLE:
        from . import braille

        return braille.make(fit)
    from . import plain

    return plain.make(fit)


def available() -> dict[Format, str]:
    """For each format, why it cannot be made on this machine; an empty text where it can."""
    why = dict.fromkeys(Format, "")
    why[Format.BRAILLE] = programs.missing_for_braille()
    why[Format.AUDIO] = programs.missing_for_speech()
    return why
