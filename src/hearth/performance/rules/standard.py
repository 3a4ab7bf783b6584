"""What the regulator asks of a survey's size, by the year from which it holds (reference 2.1).

The bands are read off the regulator's data: every landlord in both editions fits. On which side a population of exactly
2,500, 10,000 or 25,000 falls could not be verified; nobody in the data has one.
"""

from __future__ import annotations

from datetime import date

from hearth.kernel.samples import EDITIONS, Band, bands_on

CENSUS_ENOUGH = EDITIONS[0].census_allowance  # homes or fewer: a census is enough (dataset note 3)


def bands_of(year: int) -> tuple[Band, ...]:
    """The accuracies asked in a reporting year, which begins on 1 April: those of the edition that held then."""
    return bands_on(max(date(year, 4, 1), EDITIONS[0].holds_from)).bands
