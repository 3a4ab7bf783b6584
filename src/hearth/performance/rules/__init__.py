"""What the regulator asks and publishes of every landlord, read, worked out again and compared; pure."""

from hearth.performance.rules.agreement import Checked, Tally, Verdict, check, roundings, tally
from hearth.performance.rules.analysis import Analysis, analyse, find_provider, kept, summary
from hearth.performance.rules.cells import CODE_WORDS, Code, value_of
from hearth.performance.rules.dictionary import find_dictionary
from hearth.performance.rules.measures import (
    MEASURES,
    METHODS,
    TENURE_WORDS,
    Better,
    Measure,
    Tenure,
    in_order,
    measure_of,
    year_words,
)
from hearth.performance.rules.opening import MEGABYTE, MOST_BYTES, sheets_of
from hearth.performance.rules.reading import Provider, Workbook, read
from hearth.performance.rules.recompute import QUANTITY_WORDS, Family, Figure, Survey, figures, survey
from hearth.performance.rules.standard import bands_of
from hearth.performance.rules.standing import PEERS, Quartiles, Standing, among, peers_of, percentile, quartiles
from hearth.performance.rules.traps import FACTS, PRINTED, Limits, Printed, Year, facts, warnings, year_of

__all__ = [
    "CODE_WORDS",
    "FACTS",
    "MEASURES",
    "MEGABYTE",
    "METHODS",
    "MOST_BYTES",
    "PEERS",
    "PRINTED",
    "QUANTITY_WORDS",
    "TENURE_WORDS",
    "Analysis",
    "Better",
    "Checked",
    "Code",
    "Family",
    "Figure",
    "Limits",
    "Measure",
    "Printed",
    "Provider",
    "Quartiles",
    "Standing",
    "Survey",
    "Tally",
    "Tenure",
    "Verdict",
    "Workbook",
    "Year",
    "among",
    "analyse",
    "bands_of",
    "check",
    "facts",
    "figures",
    "find_dictionary",
    "find_provider",
    "in_order",
    "kept",
    "measure_of",
    "peers_of",
    "percentile",
    "quartiles",
    "read",
    "roundings",
    "sheets_of",
    "summary",
    "survey",
    "tally",
    "value_of",
    "warnings",
    "year_of",
    "year_words",
]
