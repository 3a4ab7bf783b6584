"""Vega-Lite specs of the charts: plain dictionaries, one look for all."""

from __future__ import annotations

from typing import Any

FONT = "Arial, sans-serif"
INK, QUIET, LINE = "#0b0c0c", "#484949", "#d3d8da"
MAIN, STROKE = "#1d4f5b", "#0b0c0c"
# In time, due soon, late: told apart by sign and lightness as well as by colour (signs that Arial has).
SIGNS = ("●", "■", "▲")
PARTS = ("● in time", "■ due soon", "▲ late")
PART_COLOURS = ("#1d4f5b", "#f0c987", "#b3262e")
PART_INKS = ("#ffffff", "#0b0c0c", "#ffffff")

CONFIG: dict[str, Any] = {
    "font": FONT,
    "background": None,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 14,
        "titleFontSize": 14,
        "titleFontWeight": "normal",
        "labelColor": INK,
        "titleColor": QUIET,
        "gridColor": "#e8ebeb",
        "domainColor": LINE,
        "tickColor": LINE,
        "labelLimit": 230,
    },
    "legend": {"labelFontSize": 14, "titleFontSize": 14, "labelColor": INK, "orient": "bottom", "title": None},
    "text": {"fontSize": 14, "fill": INK},
}


def _spec(values: list[dict[str, Any]], **rest: Any) -> dict[str, Any]:
    schema = "https://vega.github.io/schema/vega-lite/v5.json"
    return {"$schema": schema, "config": CONFIG, "data": {"values": values}, **rest}


def _rows(field: str, order: str = "order") -> dict[str, Any]:
    axis = {"title": None, "domain": False, "ticks": False, "labelPadding": 8}
    return {"field": field, "type": "nominal", "sort": {"field": order, "op": "min"}, "axis": axis}


def bars_spec(values: list[dict[str, Any]], title: str, unit: str) -> dict[str, Any]:
    """Horizontal bars with their figures at the end and a stroke for the comparison."""
    amount = {"title": f"{title}", "tickCount": 5, "domain": False, "ticks": False}
    across = {"field": "value", "type": "quantitative", "axis": amount}
    if unit == "%":
        top = max([v[name] or 0 for v in values for name in ("value", "comparison")], default=0)
        across["scale"] = {"domain": [0, min(100, 10 * (int(top * 1.15) // 10 + 1))]}
    return _spec(
        values,
        width=380,
        height={"step": 34},
        encoding={"y": _rows("label")},
        layer=[
            {"mark": {"type": "bar", "height": 20, "color": MAIN}, "encoding": {"x": across}},
            {
                "transform": [{"filter": "isValid(datum.comparison)"}],
                "mark": {"type": "tick", "thickness": 3, "size": 30, "color": STROKE},
                "encoding": {"x": {"field": "comparison", "type": "quantitative"}},
            },
            {
                "transform": [{"calculate": "max(datum.value || 0, datum.comparison || 0)", "as": "end"}],
                "mark": {"type": "text", "align": "left", "dx": 7},
                "encoding": {
                    "x": {"field": "end", "type": "quantitative"},
                    "text": {"field": "shown"},
                },
            },
        ],
    )


def grid_spec(values: list[dict[str, Any]], rows: list[str], columns: list[str]) -> dict[str, Any]:
    """A grid with a shape and a word in each cell."""
    plain = {"title": None, "domain": False, "ticks": False, "labelPadding": 8}
    longest = max([len(v["text"]) for v in values] + [len(name) for name in columns], default=0)
    top = {**plain, "orient": "top", "labelAngle": 0, "labelLimit": 160}
    return _spec(
        values,
        width={"step": max(90, 26 + 8 * longest)},
        height={"step": 36},
        encoding={
            "y": {"field": "row", "type": "nominal", "sort": rows, "scale": {"domain": rows}, "axis": plain},
            "x": {"field": "column", "type": "nominal", "sort": columns, "scale": {"domain": columns}, "axis": top},
        },
        layer=[
            {"mark": {"type": "rect", "fill": "#f5f6f5", "stroke": "#ffffff", "strokeWidth": 3}},
            {
                "mark": {"type": "point", "filled": True, "size": 110, "opacity": 1, "xOffset": -longest * 3.7},
                "encoding": {
                    "shape": {"field": "shape", "type": "nominal", "scale": None},
                    "color": {"field": "colour", "type": "nominal", "scale": None},
                },
            },
            {
                "mark": {"type": "text", "align": "left", "xOffset": -longest * 3.7 + 11},
                "encoding": {"text": {"field": "text"}},
            },
        ],
    )


def spans_spec(values: list[dict[str, Any]]) -> dict[str, Any]:
    """Events as shapes and spans as bars, time across, a day beside each."""
    kinds = list(dict.fromkeys(v["kind"] for v in values))
    shapes = ["circle", "diamond", "square", "triangle-up", "cross", "triangle-down"]
    colours = [MAIN, "#a3541b", "#54319f", "#0f7a52", "#b3262e", "#484949"]
    scale = {"domain": kinds}
    axis = {"title": None, "format": "%b %Y", "tickCount": 5}
    when = {"field": "on", "type": "temporal", "axis": axis, "scale": {"padding": 24}}
    colour = {"field": "kind", "type": "nominal", "scale": {**scale, "range": colours[: len(kinds)]}}
    return _spec(
        values,
        width=420,
        height={"step": 40},
        encoding={"y": _rows("label"), "x": when},
        layer=[
            {
                "transform": [{"filter": "isValid(datum.until)"}],
                "mark": {"type": "bar", "height": 8, "opacity": 1},
                "encoding": {"x2": {"field": "until"}, "color": colour},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 150, "opacity": 1},
                "encoding": {
                    "color": colour,
                    "shape": {
                        "field": "kind",
                        "type": "nominal",
                        "scale": {**scale, "range": shapes[: len(kinds)]},
                    },
                },
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 4, "dy": -13, "fontSize": 12, "fill": QUIET},
                "encoding": {"text": {"field": "shown"}},
            },
        ],
    )


def strips_spec(values: list[dict[str, Any]], title: str, top: float | None) -> dict[str, Any]:
    """A line over the whole range, a box over the middle half, a stroke at the median, a diamond for one's own figure.

    The line ends at `top` where one is given, so that a few far away do not press the rest together.
    """
    amount = {"title": title, "tickCount": 5, "domain": False, "ticks": False}
    scale: dict[str, Any] = {"zero": True, "clamp": True, **({"domain": [0, top]} if top else {})}

    rows = _rows("label")

    def at(field: str) -> dict[str, Any]:
        return {"field": field, "type": "quantitative"}

    return _spec(
        values,
        width=420,
        height={"step": 36},
        encoding={"y": {**rows, "axis": {**rows["axis"], "labelLimit": 400}}},
        layer=[
            {
                "mark": {"type": "rule", "color": "#858f93", "strokeWidth": 2},
                "encoding": {"x": {**at("least"), "axis": amount, "scale": scale}, "x2": {"field": "most"}},
            },
            {
                "mark": {"type": "bar", "height": 18, "color": "#c3d3d7", "stroke": MAIN, "strokeWidth": 1},
                "encoding": {"x": at("low"), "x2": {"field": "high"}},
            },
            {
                "mark": {"type": "tick", "thickness": 3, "size": 26, "color": STROKE},
                "encoding": {"x": at("median")},
            },
            {
                "transform": [{"filter": "isValid(datum.value)"}],
                "mark": {
                    "type": "point", "shape": "diamond", "filled": True, "size": 190, "opacity": 1, "color": "#b3262e",
                    "stroke": "#ffffff", "strokeWidth": 1.5,
                },
                "encoding": {"x": at("value")},
            },
        ],
    )  # fmt: skip


def due_spec(values: list[dict[str, Any]], states: list[str]) -> dict[str, Any]:
    """Stacked bars, each part with its count; the legend says the words in the same order."""
    scale = {"domain": list(PARTS), "range": list(PART_COLOURS)}
    row = {**_rows("state"), "sort": states, "scale": {"domain": states}}
    count = {"field": "count", "type": "quantitative", "stack": "zero"}
    axis = {"title": "How many", "tickMinStep": 1, "tickCount": 5, "domain": False, "ticks": False}
    order = {"field": "rank", "type": "ordinal"}
    ink = {
        "field": "part",
        "type": "nominal",
        "scale": {"domain": list(PARTS), "range": list(PART_INKS)},
        "legend": None,
    }
    return _spec(
        values,
        width=380,
        height={"step": 38},
        encoding={"y": row, "order": order},
        resolve={"scale": {"color": "independent"}},
        layer=[
            {
                "mark": {"type": "bar", "height": 26, "stroke": "#ffffff", "strokeWidth": 2},
                "encoding": {
                    "x": {**count, "axis": axis},
                    "color": {"field": "part", "type": "nominal", "scale": scale},
                },
            },
            {
                "mark": {"type": "text", "fontWeight": "bold"},
                "encoding": {
                    "x": {**count, "bandPosition": 0.5},
                    "text": {"field": "shown"},
                    "color": ink,
                    "detail": {"field": "part"},
                },
            },
        ],
    )
