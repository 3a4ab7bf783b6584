"""Keeping equality figures: category sets, profiles, stock, outside evidence, and what was published."""

from hearth.equality.services.answers import add_purpose, ask_with, look_at_answers, tell, withdraw
from hearth.equality.services.counting import close_campaign, count_profile, note_tried, start_campaign
from hearth.equality.services.evidence import (
    add_duty_figure,
    add_statistic,
    add_stock_figure,
    change_statistic,
    keep_published,
    make_official,
)
from hearth.equality.services.files import bring_in, check_file, throw_away, write_file
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
    "add_duty_figure",
    "add_profile",
    "add_purpose",
    "add_statistic",
    "add_stock_figure",
    "ask_with",
    "bring_in",
    "change_profile",
    "change_statistic",
    "check_file",
    "close_campaign",
    "confirm_category_set",
    "count_profile",
    "freeze",
    "keep_published",
    "load_sets",
    "look_at_answers",
    "look_at_exact",
    "make_official",
    "map_answer",
    "note_tried",
    "set_average",
    "set_blocks",
    "set_figures",
    "start_campaign",
    "tell",
    "throw_away",
    "treated",
    "withdraw",
    "write_file",
]
