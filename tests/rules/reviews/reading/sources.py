"""From the passages of a file to what the reader of reviews takes, as the service does it."""

from __future__ import annotations

from collections.abc import Sequence

from hearth.kernel import passages as passage
from hearth.reviews.rules.reading import Image, Item, Line, PageBreak, Row, Source


def source_of(passages: Sequence[passage.Passage]) -> Source:
    """Passages as a source."""
    items: list[Item] = []
    for one in passages:
        if isinstance(one, passage.Line):
            items.append(Line(one.text, one.running))
        elif isinstance(one, passage.Row):
            items.append(Row(one.cells))
        elif isinstance(one, passage.PageBreak):
            items.append(PageBreak())
        else:
            items.append(Image(one.description))
    return Source(tuple(items))
