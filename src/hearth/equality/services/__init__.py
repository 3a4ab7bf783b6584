"""Keeping equality figures: category sets, profiles, stock, outside evidence, and what was published."""

from hearth.equality.services.evidence import (
    add_statistic,
    add_stock_figure,
    change_statistic,
    keep_published,
    make_official,
)
from hearth.equality.services.profiles import (
    add_profile,
    change_profile,
    freeze,
    look_at_exact,
    set_average,
    set_blocks,
    set_figures,
    treated,
)
from hearth.equality.services.sets import Loaded, add_category_set, confirm_category_set, load_sets, map_answer

__all__ = [
    "Loaded",
    "add_category_set",
    "add_profile",
    "add_statistic",
    "add_stock_figure",
    "change_profile",
    "change_statistic",
    "confirm_category_set",
    "freeze",
    "keep_published",
    "load_sets",
    "look_at_exact",
    "make_official",
    "map_answer",
    "set_average",
    "set_blocks",
    "set_figures",
    "treated",
]
