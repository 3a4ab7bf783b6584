"""The workbooks that were loaded, who the landlord is in them, and what its figures make one ask."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet

from hearth.kernel.findings import Finding
from hearth.kernel.permits import Actor, check
from hearth.landlords import queries as landlords
from hearth.performance import permissions, rules
from hearth.performance.models import Commentary, OwnCode, PageFigure, Provider, Workbook


def workbooks(*, by: Actor) -> QuerySet[Workbook]:
    """Every workbook that was loaded, latest year first, without its long summary. Raises Forbidden."""
    check(by, permissions.SEE)
    return Workbook.objects.defer("summary")


def workbook(number: int, *, by: Actor) -> Workbook | None:
    """One workbook with its summary, or None."""
    check(by, permissions.SEE)
    return Workbook.objects.filter(pk=number).first()


def of_year(year: int, *, by: Actor) -> Workbook | None:
    """The workbook of a reporting year, by the calendar year in which it begins, or None."""
    return workbooks(by=by).filter(year=year, state=Workbook.State.READY).first()


def latest(*, by: Actor) -> Workbook | None:
    """The workbook of the latest year that is loaded, or None."""
    return workbooks(by=by).filter(state=Workbook.State.READY).first()


def own_code(*, by: Actor) -> OwnCode | None:
    """Which landlord of the workbooks this landlord says it is, or None."""
    check(by, permissions.SEE)
    return OwnCode.objects.first()


def providers(kept: Workbook) -> QuerySet[Provider]:
    """The landlords in a workbook, by name."""
    return Provider.objects.filter(workbook=kept)


def provider_of(kept: Workbook, code: str) -> Provider | None:
    """A landlord in a workbook by its code, or None."""
    return providers(kept).filter(code=code).first()


def page_figures(year: int, *, by: Actor) -> QuerySet[PageFigure]:
    """What the landlord's own page prints of a year."""
    check(by, permissions.SEE)
    return PageFigure.objects.filter(year=year)


def commentaries(*, by: Actor) -> dict[tuple[int, str], Commentary]:
    """The landlord's own words on its figures, by year and measure."""
    check(by, permissions.SEE)
    return {(one.year, one.measure): one for one in Commentary.objects.select_related("written_by")}


def limits_on(day: date) -> rules.Limits:
    """From where on a change is worth a question, on a day."""
    said = {kind.key: value.value for kind, value in landlords.settings_on(on=day)}
    keys = {"fall": "homes_fall", "rate": "rate_change", "mix": "method_mix", "mode": "method_gap"}
    return rules.Limits(**{name: float(said[f"performance.{key}"]) for name, key in keys.items()})


def questions(years: Mapping[int, rules.Year], year: int, *, on: date, by: Actor) -> list[Finding]:
    """What a year's figures of the landlord make one ask, the year before and its own page beside them."""
    if year not in years:
        return []
    printed = [rules.Printed(one.what, one.number, one.where) for one in page_figures(year, by=by)]
    return rules.warnings(
        years[year], years.get(year - 1), bands=rules.bands_of(year), limits=limits_on(on), printed=printed
    )
