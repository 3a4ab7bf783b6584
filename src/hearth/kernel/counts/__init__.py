"""Counts of people: percentages that are honest about their base, and tables that give nobody away."""

from hearth.kernel.counts.disclosure import Difference, check_against, choose, needed_slack, treat
from hearth.kernel.counts.grids import Grid, Linked, TreatedGrid, linked_book, treat_grid, treat_linked
from hearth.kernel.counts.linked import Book, Protected, Sheet, cross, line, protect
from hearth.kernel.counts.network import Network, Sum
from hearth.kernel.counts.percent import (
    bases_that_fit,
    decimals,
    decimals_for,
    exactly_recoverable,
    percent,
    recover,
    round_to,
    rounding_tolerance,
    sum_gap,
    sums_to,
)
from hearth.kernel.counts.printed import Exposure, Recovered, safe_to_print
from hearth.kernel.counts.tables import (
    Cell,
    Cost,
    Policy,
    Reason,
    Table,
    Treated,
    TreatedCell,
    TreatedTable,
)

__all__ = [
    "Book",
    "Cell",
    "Cost",
    "Difference",
    "Exposure",
    "Grid",
    "Linked",
    "Network",
    "Policy",
    "Protected",
    "Reason",
    "Recovered",
    "Sheet",
    "Sum",
    "Table",
    "Treated",
    "TreatedCell",
    "TreatedGrid",
    "TreatedTable",
    "bases_that_fit",
    "check_against",
    "choose",
    "cross",
    "decimals",
    "decimals_for",
    "exactly_recoverable",
    "line",
    "linked_book",
    "needed_slack",
    "percent",
    "protect",
    "recover",
    "round_to",
    "rounding_tolerance",
    "safe_to_print",
    "sum_gap",
    "sums_to",
    "treat",
    "treat_grid",
    "treat_linked",
]
