"""Figures that people have printed: reading them from prose and tables, and saying which of them belong together.

Pure. `read_sets` reads running text, `set_from_rows` the rows of a table; both give `FigureSet`s. Bands of age, periods
of data and the wording of categories are read here too, so that a check and a form judge a figure alike.
"""

from hearth.kernel.figures.bands import (
    Band,
    ages,
    check_bands,
    missing_ages,
    off_grid,
    overlapping_ages,
    read_band,
    uneven,
)
from hearth.kernel.figures.bases import Setting, choose_base, read_bases, read_basis, read_setting, sentences
from hearth.kernel.figures.categories import (
    CATEGORY_SETS,
    JOINED,
    OTHER_WORDS,
    Category,
    CategorySet,
    Joined,
    likely_set,
    sets_for,
)
from hearth.kernel.figures.pieces import plain
from hearth.kernel.figures.prose import read_sets
from hearth.kernel.figures.rows import read_value, set_from_rows
from hearth.kernel.figures.sets import (
    COUNT,
    PERCENT,
    Average,
    Base,
    FigureSet,
    Printed,
    check_averages,
    check_labels,
    check_total,
    plain_label,
    says_unknown,
)
from hearth.kernel.figures.spans import Span, read_spans
from hearth.kernel.figures.topics import SENSITIVE, topic_of, topic_of_label

__all__ = [
    "CATEGORY_SETS",
    "COUNT",
    "JOINED",
    "OTHER_WORDS",
    "PERCENT",
    "SENSITIVE",
    "Average",
    "Band",
    "Base",
    "Category",
    "CategorySet",
    "FigureSet",
    "Joined",
    "Printed",
    "Setting",
    "Span",
    "ages",
    "check_averages",
    "check_bands",
    "check_labels",
    "check_total",
    "choose_base",
    "likely_set",
    "missing_ages",
    "off_grid",
    "overlapping_ages",
    "plain",
    "plain_label",
    "read_band",
    "read_bases",
    "read_basis",
    "read_sets",
    "read_setting",
    "read_spans",
    "read_value",
    "says_unknown",
    "sentences",
    "set_from_rows",
    "sets_for",
    "topic_of",
    "topic_of_label",
    "uneven",
]
