"""Charts made on the server as pictures that a strict content security policy allows, never without their numbers.

Nothing is told by colour alone: bars carry their figures, states their words and shapes. The library that draws
(vl-convert) is imported with the first chart, needs no network and no installed font, and each picture is cached by
the digest of what it shows.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.cache import cache
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from hearth.ui import words
from hearth.ui.chart_specs import PARTS, SIGNS, bars_spec, due_spec, grid_spec, spans_spec, strips_spec
from hearth.ui.tables import Table

KEPT_SECONDS = 7 * 86400
DRAWN_AS = "1"  # raise it when the same spec is to be drawn differently
_ROLES = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')


@dataclass(frozen=True)
class Chart:
    """A picture with its title, what it shows in a sentence, and the same figures as a table."""

    svg: SafeString
    title: str
    description: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    source: str = ""
    stack: bool = False  # the table's rows are laid out one below the other on a small screen

    def table(self) -> Table:
        """The figures, for the table beside the picture."""
        return Table(f"{self.title}: figures", self.headers, self.rows, caption_size="s", stack=self.stack)


@dataclass(frozen=True)
class Bar:
    """One bar. `value` is None where the figure is not shown; `shown` then says why, such as "fewer than 5"."""

    label: str
    value: float | None
    comparison: float | None = None
    shown: str = ""


@dataclass(frozen=True)
class Mark:
    """How a state looks in a grid: a shape, a colour and the word."""

    text: str
    shape: str = "square"  # circle, square, cross, diamond, triangle-up, triangle-down
    colour: str = "#1d4f5b"


@dataclass(frozen=True)
class Event:
    """Something on a time line; with `until` it is a span of days."""

    label: str
    on: date
    until: date | None = None
    kind: str = "Done"


@dataclass(frozen=True)
class Strip:
    """How one figure spreads over many, and where one's own lies; `place` says in words where that is."""

    label: str
    least: float
    low: float
    median: float
    high: float
    most: float
    value: float | None = None
    place: str = ""


@dataclass(frozen=True)
class Due:
    """How many things are in a state, by whether they are in time."""

    state: str
    in_time: int = 0
    soon: int = 0
    late: int = 0


def bar_chart(
    *,
    title: str,
    bars: Sequence[Bar],
    description: str = "",
    label_header: str = "Group",
    value_header: str = "Per cent",
    comparison_header: str = "Comparison",
    unit: str = "%",
    source: str = "",
) -> Chart:
    """Bars across, such as a profile; each carries its figure, and a stroke where it is compared with another."""
    compared = any(bar.comparison is not None for bar in bars)

    def figure(value: float | None, shown: str = "") -> str:
        return shown or ("not known" if value is None else f"{words.number(value)}{unit}")

    data = [
        {
            "order": n,
            "label": bar.label,
            "value": bar.value,
            "comparison": bar.comparison,
            "shown": figure(bar.value, bar.shown)
            + (f" against {figure(bar.comparison)}" if bar.comparison is not None else ""),
        }
        for n, bar in enumerate(bars)
    ]
    headers = (label_header, value_header, *((comparison_header,) if compared else ()))
    rows = tuple(
        (
            bar.label,
            figure(bar.value, bar.shown),
            *((figure(bar.comparison, "" if bar.comparison is not None else "not given"),) if compared else ()),
        )
        for bar in bars
    )
    if compared:
        strokes = f"Strokes, and the second figure: {comparison_header.lower()}."
        description = f"{description} Bars: {value_header.lower()}. {strokes}".strip()
    spec = bars_spec(data, value_header, unit)
    return Chart(_picture(spec, title, description), title, description, headers, rows, source)


def strip_chart(
    *,
    title: str,
    strips: Sequence[Strip],
    description: str = "",
    label_header: str = "Measure",
    own_header: str = "Ours",
    unit: str = "%",
    value_header: str = "Per cent",
    top: float | None = None,
    places: int = 1,
    source: str = "",
) -> Chart:
    """Spreads, one below the other: the range, the middle half as a box, the median, and a diamond for one's own.

    The axis ends at `top`, where one is given; figures beyond it are drawn at its end and stand in the table.
    """

    def figure(value: float | None) -> str:
        return "no figure" if value is None else f"{words.number(value, places)}{unit}"

    data = [
        {
            "order": n,
            "label": one.label,
            **{name: getattr(one, name) for name in ("least", "low", "median", "high", "most", "value")},
        }
        for n, one in enumerate(strips)
    ]
    placed = any(one.place for one in strips)
    headers = (label_header, own_header, "Lower quartile", "Median", "Upper quartile", *(("Place",) if placed else ()))
    rows = tuple(
        (
            one.label,
            *(figure(value) for value in (one.value, one.low, one.median, one.high)),
            *((one.place,) if placed else ()),
        )
        for one in strips
    )
    told = f"Line: lowest to highest. Box: the middle half. Stroke: the median. Diamond: {own_header.lower()}."
    description = f"{description} {told}".strip()
    picture = _picture(strips_spec(data, value_header, top), title, description)
    return Chart(picture, title, description, headers, rows, source, stack=placed)


def matrix_overview(
    *,
    title: str,
    columns: Sequence[str],
    cells: Sequence[tuple[str, Sequence[Mark | None]]],
    description: str = "",
    corner: str = "Characteristic",
    source: str = "",
) -> Chart:
    """A grid of states: each cell has a shape and a word; None is an empty cell ("none recorded" in the table)."""
    data = [
        {
            "row": label,
            "column": column,
            "text": mark.text,
            "shape": mark.shape,
            "colour": mark.colour,
        }
        for label, marks in cells
        for column, mark in zip(columns, marks, strict=True)
        if mark is not None
    ]
    rows = tuple((label, *(mark.text if mark else "none recorded" for mark in marks)) for label, marks in cells)
    spec = grid_spec(data, [label for label, _ in cells], list(columns))
    return Chart(_picture(spec, title, description), title, description, (corner, *columns), rows, source)


def timeline_chart(*, title: str, events: Sequence[Event], description: str = "", source: str = "") -> Chart:
    """Events and spans in the order given, down the page, with time across; each kind has a shape of its own."""
    data = [
        {
            "order": n,
            "label": event.label,
            "on": event.on.isoformat(),
            "until": event.until.isoformat() if event.until else None,
            "kind": event.kind,
            "shown": words.day(event.on, short=True),
        }
        for n, event in enumerate(events)
    ]
    rows = tuple((e.label, words.day(e.on) + (f" to {words.day(e.until)}" if e.until else ""), e.kind) for e in events)
    return Chart(
        _picture(spans_spec(data), title, description), title, description, ("What", "When", "State"), rows, source
    )


def states_and_due(*, title: str, counts: Sequence[Due], description: str = "", source: str = "") -> Chart:
    """How many things stand in each state, split into in time, due soon and late; each part carries its word."""
    data = [
        {"state": due.state, "part": PARTS[rank], "rank": rank, "count": count, "shown": f"{SIGNS[rank]} {count}"}
        for due in counts
        for rank, count in enumerate((due.in_time, due.soon, due.late))
        if count
    ]
    rows = tuple((due.state, due.in_time, due.soon, due.late) for due in counts)
    headers = ("State", "In time", "Due soon", "Late")
    spec = due_spec(data, [due.state for due in counts])
    return Chart(_picture(spec, title, description), title, description, headers, rows, source)


def _picture(spec: dict[str, Any], title: str, description: str) -> SafeString:
    """The SVG of a Vega-Lite spec as one picture with a name; nothing where there is nothing to show."""
    if not spec["data"]["values"]:
        return mark_safe("")
    body = json.dumps(spec, sort_keys=True, ensure_ascii=False)
    key = f"hearth-chart-{DRAWN_AS}-{hashlib.sha256(body.encode()).hexdigest()}"
    svg = cache.get(key)
    if svg is None:
        svg = _draw(spec)
        cache.set(key, svg, KEPT_SECONDS)
    name = escape(f"{title}. {description} The same figures are in the table.".replace(". .", "."))
    # The drawing library escapes every label; attributes and elements that could run or style are refused in _draw.
    return mark_safe(svg.replace("<svg ", f'<svg role="img" aria-label="{name}" ', 1))  # noqa: S308


def _draw(spec: dict[str, Any]) -> str:
    import vl_convert

    svg = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    svg = _ROLES.sub("", svg)  # one picture with one name, not a heap of unnamed parts
    if re.search(r"<(?:script|style|foreignObject|image|a)\b|<[^>]*\s(?:style|on\w+|href)=", svg):
        raise ValueError("The picture would break the content security policy.")
    return svg
