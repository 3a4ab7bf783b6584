"""Every way to change what this room keeps: one verb a function."""

from hearth.performance.services.loading import keep_figures, load, load_at_once, read_workbook
from hearth.performance.services.saying import say_commentary, say_page_figures, say_who_we_are

__all__ = [
    "keep_figures",
    "load",
    "load_at_once",
    "read_workbook",
    "say_commentary",
    "say_page_figures",
    "say_who_we_are",
]
