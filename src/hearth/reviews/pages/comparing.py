"""Profiles of several reviews as tables, one for each characteristic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hearth.reviews.rules import comparison
from hearth.reviews.rules.comparison import Column, Dated, Topic
from hearth.reviews.rules.form import Form
from hearth.ui.tables import Table


@dataclass(frozen=True)
class Compared:
    """One characteristic: its table, and what keeps its years from being compared."""

    label: str
    table: Table
    notes: tuple[str, ...]


def compared(own: Dated, earlier: Sequence[Dated], form: Form) -> list[Compared]:
    """A table for each characteristic of which any review holds figures."""
    return [Compared(topic.label, _table(topic), topic.notes) for topic in comparison.compared(own, earlier, form)]


def _table(topic: Topic) -> Table:
    held = [column for column in topic.columns if column.held]
    headers = ("Category", *(f"{column.year}: {column.title}" for column in held))
    rows = [(label, *(topic.figure(column, label) or "–" for column in held)) for label in topic.labels]
    rows += [("Base", *(column.base or "Not stated" for column in held))]
    rows += [("People counted", *(column.people or "Not stated" for column in held))]
    without = [column for column in topic.columns if not column.held]
    source = f"No figures held: {_named(without)}." if without else ""
    return Table(f"{topic.label}: shares by review", headers, tuple(rows), source=source)


def _named(columns: Sequence[Column]) -> str:
    return "; ".join(f"{column.title} ({column.year})" for column in columns)
