"""A paper as plain text: no layout at all, for people who read with their own tools."""

from __future__ import annotations

from hearth.kernel.papers import Paper

from .linear import Kind, Step, linear

_APART = {Kind.TITLE, Kind.HEADING, Kind.PARAGRAPH, Kind.CAPTION, Kind.NOTE}


def make(paper: Paper) -> bytes:
    """UTF-8 text; one thought a line, a blank line before each new thing."""
    lines: list[str] = []
    before: Step | None = None
    for step in linear(paper):
        new_list = before is not None and before.kind is not step.kind and step.kind is Kind.ITEM
        table_row = step.kind is Kind.RECORD and before is not None and before.kind is Kind.VALUE
        if before is not None and (step.kind in _APART or before.kind in _APART or new_list or table_row):
            lines.append("")
        lines.append(_line(step))
        before = step
    return ("\n".join(lines) + "\n").encode()


def _line(step: Step) -> str:
    text = step.text.strip()
    if step.kind is Kind.TITLE:
        return f"{text}\n{'=' * min(len(text), 72)}"
    if step.kind is Kind.HEADING:
        return f"{'#' * step.level} {text}"
    if step.kind is Kind.ITEM:
        return f"{step.mark} {text}"
    return f"  {text}" if step.kind is Kind.VALUE else text
