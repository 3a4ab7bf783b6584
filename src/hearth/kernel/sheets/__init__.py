"""Spreadsheets as they stream by: CSV and XLSX of any size, wary of what is in them, and days in people's styles."""

from hearth.kernel.sheets.days import BRITISH, Style, day
from hearth.kernel.sheets.lines import Cell, Formula, Limits, Line, rows_of

__all__ = ["BRITISH", "Cell", "Formula", "Limits", "Line", "Style", "day", "rows_of"]
