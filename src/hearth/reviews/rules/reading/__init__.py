"""Read a printed Customer Access Review back into its parts.

`read` takes what was printed (text, or a neutral `Source` made of a Word, PDF or web page) and a form, and gives the
content as far as it can be told, with a confidence for every part and every doubt a person must look at. It corrects
nothing: what was printed wrong is read as it was printed. Nothing printed is lost.
"""

from hearth.reviews.rules.reading.fragments import cell_text
from hearth.reviews.rules.reading.reader import read
from hearth.reviews.rules.reading.result import Doubt, Placed, Reading
from hearth.reviews.rules.reading.source import Image, Item, Line, PageBreak, Row, Source

__all__ = [
    "Doubt",
    "Image",
    "Item",
    "Line",
    "PageBreak",
    "Placed",
    "Reading",
    "Row",
    "Source",
    "cell_text",
    "read",
]
