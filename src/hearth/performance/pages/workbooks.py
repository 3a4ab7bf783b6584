"""A workbook in words: how far its loading is, what agreed, what did not and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse

from hearth.performance import rules
from hearth.performance.models import Workbook
from hearth.performance.rules import QUANTITY_WORDS, TENURE_WORDS, Tenure
from hearth.ui.tables import Cell, Table
from hearth.ui.tags import Tag
from hearth.ui.words import number, plural

NOT_COMPARED = {"no counts": "without counts", "zero denominator": "with nothing to divide by"}
COLOURS = {
    Workbook.State.WAITING: "blue",
    Workbook.State.LOADING: "blue",
    Workbook.State.READY: "green",
    Workbook.State.REPLACED: "grey",
    Workbook.State.FAILED: "red",
}
KIND_WORDS = {
    "hundredth": "Typed as a fraction",
    "hundredfold": "The point is in the wrong place",
    "swapped": "Two rows are swapped",
    "another row": "Taken from another row",
    "opposite": "The share of the opposite",
    "upside down": "Numerator and denominator are exchanged",
    "rounded counts": "Explained by counts that are printed rounded",
    "rounding": "Rounded another way",
    "top of band": "The size for the top of the band",
    "another band": "The size for another accuracy",
    "no correction": "Without the correction for a finite population",
    "missing": "A figure is missing",
    "zero denominator": "Nothing to divide by",
    "unexplained": "No rule explains it",
}


def state_tag(kept: Workbook) -> Tag:
    """How a workbook stands."""
    return Tag(kept.get_state_display(), COLOURS[Workbook.State(kept.state)])


def how_far(kept: Workbook) -> str:
    """How far the loading is, in a sentence; nothing once it is done."""
    if kept.state == Workbook.State.WAITING:
        return "It waits to be read. This takes a few seconds once its turn comes."
    if kept.state == Workbook.State.LOADING:
        return f"It was read and checked. {number(kept.done)} of {number(kept.total)} figures are loaded."
    return ""


def shelf_table(workbooks: Iterable[Workbook]) -> Table:
    """Every workbook that was given, with its year and state."""
    rows = tuple(
        (
            Cell(str(one), href=reverse("performance:workbook", kwargs={"pk": one.pk})),
            one.version or "not given",
            state_tag(one),
            one.loaded_at,
        )
        for one in workbooks
    )
    return Table(
        "Workbooks of the regulator", ("Workbook", "Version", "State", "Loaded"), rows, stack=True,
        empty="No workbook has been loaded yet.",
    )  # fmt: skip


def quantity_words(quantity: str) -> str:
    """What a figure is called: a measure by code and name, or the sample's size and margin."""
    return QUANTITY_WORDS.get(quantity) or f"{quantity} {rules.measure_of(quantity).name}"


def agreed_tables(summary: Mapping[str, Any]) -> list[Table]:
    """How much agreed, one table a tenure; a row for each measure."""
    found = []
    for tenure in Tenure:
        some = [one for one in summary.get("agreed", []) if one["tenure"] == tenure.value]
        order = rules.in_order(one["quantity"] for one in some)
        by_quantity = {one["quantity"]: one for one in some}
        rows = tuple(
            (
                quantity_words(name),
                by_quantity[name]["agreed"],
                by_quantity[name]["compared"],
                _not_compared(by_quantity[name]),
            )
            for name in order
            if by_quantity[name]["compared"]
        )
        if rows:
            found.append(
                Table(
                    f"Figures for {TENURE_WORDS[tenure]}",
                    ("Figure", "Agree", "Compared", "Not compared"),
                    rows,
                    source=f"Source: {summary['file']}, worked out again from the counts in it.",
                )
            )
    return found


def _not_compared(one: Mapping[str, Any]) -> str:
    return "; ".join(f"{number(count)} {NOT_COMPARED.get(why, why)}" for why, count in one["not_compared"].items())


def differing_tables(summary: Mapping[str, Any]) -> list[Table]:
    """What does not agree, one table a reason, the rarest first."""
    kinds: dict[str, list[Mapping[str, Any]]] = {}
    for one in summary.get("differing", []):
        kinds.setdefault(one["kind"], []).append(one)
    return [
        Table(
            f"{KIND_WORDS.get(kind, kind)} ({plural(len(some), 'figure')})",
            ("Landlord", "Figure", "Published", "Comes to", "Why"),
            tuple(
                (
                    one["landlord"],
                    Cell(quantity_words(one["quantity"]), hint=f"{TENURE_WORDS[Tenure(one['tenure'])]}; "
                         f"sheet {one['sheet']}, row {one['row']}"),
                    _shown(one["published"]),
                    _shown(one["computed"]),
                    one["reason"],
                )
                for one in some
            ),
            stack=True,
        )
        for kind, some in sorted(kinds.items(), key=lambda pair: len(pair[1]))
    ]  # fmt: skip


def _shown(value: float | None) -> Cell:
    return Cell("none" if value is None else f"{value:,.4f}".rstrip("0").rstrip("."), numeric=True)


def left_out_table(summary: Mapping[str, Any]) -> Table:
    """Landlords whose figures the regulator did not take in, with its reason."""
    rows = tuple(
        (one["landlord"], "Perception" if one["perception"] else "Management", one["reason"])
        for one in summary.get("left_out", [])
    )
    headers = ("Landlord", "Measures", "The regulator's reason")
    return Table("Left out by the regulator", headers, rows, stack=True, empty="The regulator left nobody out.")


def columns_table(summary: Mapping[str, Any]) -> Table:
    """Each column that was read, and as what, so that a reader can check."""
    rows = tuple(
        (one["caption"], one["sheet"], one["field"], one["datapoint"], one["read_as"] or "not used")
        for one in summary.get("columns", [])
    )
    headers = ("Column", "Sheet", "Field", "Datapoint", "Read as")
    return Table("Columns of the workbook", headers, rows, hidden_caption=True)
