"""Papers made into files that people can keep, print, feel or hear."""

from __future__ import annotations

from hearth.kernel.papers import Paper

from ..formats import ABOUT, POINTS, Format, Rendered
from . import audio, braille, opendocument, pdf, plain, programs, word
from .words import cleaned

__all__ = ["available", "render"]


def render(paper: Paper, fmt: Format) -> Rendered:
    """The paper as a file. Refuses where a format needs a program that is not installed."""
    fit = cleaned(paper)
    about = ABOUT[fmt]
    if fmt is Format.AUDIO:
        body, ending, media_type = audio.make(fit)
        return Rendered(f".{ending}", media_type, body)
    if fmt in POINTS:
        return Rendered(about.suffix, about.media_type, pdf.make(fit, points=POINTS[fmt]))
    make = {
        Format.DOCX: word.make,
        Format.ODT: opendocument.make,
        Format.BRAILLE: braille.make,
        Format.TEXT: plain.make,
    }[fmt]
    return Rendered(about.suffix, about.media_type, make(fit))


def available() -> dict[Format, str]:
    """For each format, why it cannot be made on this machine; an empty text where it can."""
    why = dict.fromkeys(Format, "")
    why[Format.BRAILLE] = programs.missing_for_braille()
    why[Format.AUDIO] = programs.missing_for_speech()
    return why
