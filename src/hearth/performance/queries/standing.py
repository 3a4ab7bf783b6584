"""The landlord's figures over the years, and its place among others."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from hearth.kernel.permits import Actor, check
from hearth.performance import permissions, rules
from hearth.performance.models import Figure, Provider, Workbook
from hearth.performance.rules import Measure, Standing, Tenure


@dataclass(frozen=True)
class Place:
    """One measure of the landlord with its place among others; without a figure it says why there is none."""

    measure: Measure
    tenure: Tenure
    value: float | None
    why_none: str
    standing: Standing | None


def years(code: str, *, by: Actor) -> dict[int, rules.Year]:
    """Everything that the loaded workbooks say of a landlord, by year. Two queries. Raises Forbidden."""
    check(by, permissions.SEE)
    ready = Provider.objects.filter(code=code, workbook__state=Workbook.State.READY).select_related("workbook")
    kept = {one.pk: one for one in ready.defer("workbook__summary")}
    figures: dict[int, dict[tuple[str, Tenure], rules.Figure]] = {number: {} for number in kept}
    for row in Figure.objects.filter(provider__in=list(kept)):
        figure = _figure(row, code)
        figures[row.provider_id][figure.quantity, figure.tenure] = figure
    found = {}
    for number, one in kept.items():
        year = one.workbook.year or 0
        surveys = {Tenure(tenure): _survey(told) for tenure, told in one.surveys.items()}
        found[year] = rules.Year(year, figures[number], surveys, dict(one.facts))
    return dict(sorted(found.items()))


def _figure(row: Figure, code: str) -> rules.Figure:
    measure = rules.measure_of(row.measure)
    family = rules.Family.PERCEPTION if measure.perception else rules.Family.MANAGEMENT
    why = rules.Code(row.why_none) if row.why_none else None
    counts = (row.numerator, row.denominator, row.computed)
    return rules.Figure(code, Tenure(row.tenure), row.measure, family, row.published, why, *counts)


def _survey(told: Mapping[str, Any]) -> rules.Survey:
    lists = {name: tuple(told[name]) for name in ("characteristics", "counts", "unweighted")}
    # The database keeps the names of methods in an order of its own.
    methods = {
        name: {method: told[name][method] for method in rules.METHODS if method in told[name]}
        for name in ("by_method", "tp01_by_method")
    }
    return rules.Survey(**{**told, **lists, **methods, "tenure": Tenure(told["tenure"])})


def _plain(one: Provider) -> rules.Provider:
    return rules.Provider(one.code, one.name, one.kind, one.size, one.region, tuple(one.notes))


def standing_of(
    kept: Workbook, *, by: Actor, only: Collection[str] = ()
) -> tuple[dict[str, rules.Provider], dict[tuple[str, Tenure], dict[str, float]]]:
    """All landlords of a workbook, and their figures by measure and tenure, or `only` those of some. Two queries."""
    check(by, permissions.SEE)
    rows = Provider.objects.filter(workbook=kept).only("code", "name", "kind", "size", "region", "notes")
    landlords = {one.pk: _plain(one) for one in rows}
    figures = Figure.objects.filter(provider__workbook=kept, computed__isnull=False, published__isnull=False)
    figures = figures.filter(measure__in=only) if only else figures
    values: dict[tuple[str, Tenure], dict[str, float]] = {}
    for measure, tenure, number, published in figures.values_list("measure", "tenure", "provider_id", "published"):
        values.setdefault((measure, Tenure(tenure)), {})[landlords[number].code] = float(published or 0)
    return {one.code: one for one in landlords.values()}, values


def places(
    own: rules.Year,
    code: str,
    group: str,
    landlords: Mapping[str, rules.Provider],
    values: Mapping[tuple[str, Tenure], Mapping[str, float]],
) -> list[Place]:
    """The landlord's place in each of its measures, in the regulator's order, among a group of landlords."""
    found = []
    answered = {key for key, figure in own.figures.items() if key[0] in rules.MEASURES}
    for measure in rules.in_order(key[0] for key in answered):
        for tenure in [one for one in Tenure if (measure, one) in answered]:
            figure = own.figures[measure, tenure]
            place = rules.among(
                landlords[code], group, landlords, values.get((measure, tenure), {}), rules.measure_of(measure)
            )
            why = "" if figure.value is not None else _why_none(figure)
            found.append(Place(rules.measure_of(measure), tenure, figure.value, why, place))
    return found


def _why_none(figure: rules.Figure) -> str:
    return rules.CODE_WORDS[figure.why_none] if figure.why_none else "nothing to divide by"
