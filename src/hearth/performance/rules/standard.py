"""What the regulator asks of a survey's size, by the year from which it holds (reference 2.1).

The bands are read off the regulator's data: every landlord in both editions fits. On which side a population of exactly
2,500, 10,000 or 25,000 falls could not be verified; nobody in the data has one.
"""

from __future__ import annotations

from hearth.kernel.samples import Band

CENSUS_ENOUGH = 2_500  # homes or fewer: a census is enough even where the accuracy is not reached (dataset note 3)
_BANDS = {2023: (Band(0, 5), Band(2_500, 4), Band(10_000, 3), Band(25_000, 2))}


def bands_of(year: int) -> tuple[Band, ...]:
    """The accuracies asked in a reporting year: those of the latest edition that began by then."""
    return _BANDS[max((start for start in _BANDS if start <= year), default=min(_BANDS))]
