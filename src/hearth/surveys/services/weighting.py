"""How responses are weighted: chosen by a person, fitted at once, kept with its reasons; nothing is overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from hearth.audit import services as audit
from hearth.db import news
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.surveys import permissions
from hearth.surveys.models import Response, Survey, Weighting
from hearth.surveys.rules.kinds import Standing, State
from hearth.surveys.services import results

AT_ONCE = 50_000  # responses up to which the figures are worked out while one waits
METHODS = {
    "raking": "Raking: each characteristic in turn",
    "poststratification": "Post-stratification: every combination at once",
    "none": "No weights",
}


@transaction.atomic
def set_weighting(
    *,
    survey: Survey,
    method: str,
    characteristics: Sequence[str] = (),
    low: float | None = None,
    high: float | None = None,
    join: int = 0,
    why: str,
    at: datetime,
    by: Actor,
) -> Weighting:
    """Choose how a survey is weighted, and have its figures worked out anew. The choice before stays on record.

    `low` and `high` bound how far a weight may lie from what it would be without weighting (both, or neither; raking
    only). Groups with fewer than `join` responses are joined with those beside them. Refused with the rule's own
    sentence where responses and population do not fit; Forbidden.
    """
    check(by, permissions.BUILD)
    survey = Survey.objects.select_for_update(no_key=True).get(pk=survey.pk)
    _check(survey, method, characteristics, low, high, why)
    bounds = {"low": float(low), "high": float(high)} if low is not None and high is not None else {}
    bounds |= {"join": join} if join else {}
    Weighting.objects.filter(survey=survey, current=True).update(current=False)
    kept = Weighting(
        survey=survey, at=at, method=method, characteristics=list(characteristics), bounds=bounds, why=why.strip(),
        by_name=by.name,
    )  # fmt: skip
    number = Response.objects.filter(survey=survey, standing=Standing.COMPLETE).count()
    if method != "none" and number <= AT_ONCE:
        _fit(survey, kept)
    kept.save()
    audit.record(by=by, deed="surveys.weighted", subject=survey, method=method, characteristics=list(characteristics))
    if number <= AT_ONCE:
        results.compute(survey=survey, at=at, by=by)
    else:
        news.defer_once("surveys.compute", lock=f"compute:{survey.pk}", survey_id=survey.pk)
    return kept


def _check(
    survey: Survey, method: str, characteristics: Sequence[str], low: float | None, high: float | None, why: str
) -> None:
    if survey.state == State.DRAFT:
        raise Refused("Weights are chosen once there are answers.")
    if survey.state == State.PUBLISHED:
        raise Refused("These results are published, so their weights stay as they are.")
    if method not in METHODS:
        raise Refused("Choose a way of weighting.", field="method")
    if not why.strip():
        raise Refused("Say why: the reason is published with the results.", field="why")
    if method == "none" and characteristics:
        raise Refused("Choose no characteristic where there are no weights.", field="characteristics")
    if (low is None) != (high is None):
        raise Refused("Give both bounds, or neither.", field="low" if low is None else "high")
    if low is not None and method != "raking":
        raise Refused("Only raking holds weights within bounds.", field="low")


def _fit(survey: Survey, kept: Weighting) -> None:
    """Fit once, so that what does not fit is said now; keep the report and the population it was fitted to."""
    from hearth.surveys.services import counting  # brings numpy

    columns = counting.read(survey)
    reports: dict[str, Any] = {}
    margins: dict[str, Any] = {}
    for one in counting.parts_of(survey, columns, None):
        weighed = counting.fit(one.part.columns, one.known, kept.method, kept.characteristics, kept.bounds)
        reports[one.key] = weighed.report.to_plain()
        offered = counting.characteristics(one.part.columns, one.known)
        margins[one.key] = {name: offered[name].population for name in kept.characteristics if name in offered}
    kept.report, kept.margins = reports, margins


__all__ = ["METHODS", "set_weighting"]
