"""The rows of a file, as every room reads them (`hearth.kernel.sheets`)."""

from hearth.kernel.sheets import Cell, Formula, Limits, Line, rows_of

__all__ = ["Cell", "Formula", "Limits", "Line", "rows_of"]
