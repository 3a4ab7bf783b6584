"""Spreadsheets as they stream by (SYS-10): CSV and XLSX of any size, distrusted, and days in people's styles."""

from hearth.kernel.sheets.days import BRITISH, Style, day
from hearth.kernel.sheets.lines import Cell, Formula, Limits, Line, rows_of

__all__ = ["BRITISH", "Cell", "Formula", "Limits", "Line", "Style", "day", "rows_of"]
