"""The cells of a workbook, as every room reads them (`hearth.kernel.sheets`)."""

from hearth.kernel.sheets import Cell, Formula

__all__ = ["Cell", "Formula"]
