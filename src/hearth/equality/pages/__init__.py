"""What the pages about equality figures show, in words, tables and charts."""

from hearth.equality.pages.comparing import ComparedSection, compared, compared_averages, rolled_table, sides
from hearth.equality.pages.profiles import (
    Section,
    csv_rows,
    exact_csv_rows,
    exact_tables,
    hidden_table,
    published_table,
    source_words,
    stock_rows,
    tabs,
    treated_sections,
)

__all__ = [
    "ComparedSection",
    "Section",
    "compared",
    "compared_averages",
    "csv_rows",
    "exact_csv_rows",
    "exact_tables",
    "hidden_table",
    "published_table",
    "rolled_table",
    "sides",
    "source_words",
    "stock_rows",
    "tabs",
    "treated_sections",
]
