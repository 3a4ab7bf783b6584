"""What this room's pages show, in words."""

from hearth.performance.pages.standing import (
    TILES,
    charts,
    export_rows,
    group_words,
    lower,
    mode_charts,
    place_words,
    questions_table,
    tiles,
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
    "TILES",
    "agreed_tables",
    "charts",
    "columns_table",
    "differing_tables",
    "export_rows",
    "group_words",
    "how_far",
    "left_out_table",
    "lower",
    "mode_charts",
    "place_words",
    "questions_table",
    "shelf_table",
    "state_tag",
    "tiles",
    "trend_table",
]
