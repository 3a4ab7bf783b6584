"""What this room's pages show, in words."""

from hearth.performance.pages.standing import (
    charts,
    export_rows,
    group_words,
    mode_charts,
    place_words,
    questions_table,
    trend_table,
)
from hearth.performance.pages.workbooks import (
    agreed_tables,
    columns_table,
    differing_tables,
    how_far,
    left_out_table,
    shelf_table,
    state_tag,
)

__all__ = [
    "agreed_tables",
    "charts",
    "columns_table",
    "differing_tables",
    "export_rows",
    "group_words",
    "how_far",
    "left_out_table",
    "mode_charts",
    "place_words",
    "questions_table",
    "shelf_table",
    "state_tag",
    "trend_table",
]
