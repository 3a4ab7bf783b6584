"""Results as they were worked out last, scoped by who is asking: pages read these and never count the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import QuerySet

from hearth.kernel.counts import Policy
from hearth.kernel.findings import Finding
from hearth.kernel.permits import Actor, check
from hearth.landlords import queries as landlords
from hearth.surveys import permissions
from hearth.surveys.models import Exclusion, PrizeEntry, Result, Survey, Weighting
from hearth.surveys.queries.sample import left_out, population
from hearth.surveys.rules import approach, returning
from hearth.surveys.rules.kinds import Mode, State
from hearth.surveys.rules.population import NAMES

Plain = dict[str, Any]


def policy_on(day: date) -> Policy:
    """How the landlord hides small numbers on a day (Q-13)."""
    return Policy(
        sensitive=int(landlords.setting("disclosure.threshold", on=day)),
        other=int(landlords.setting("disclosure.threshold_other", on=day)),
        rounding=int(landlords.setting("disclosure.rounding", on=day)),
    )


def newest_result(survey: Survey) -> Result | None:
    """The figures as they were worked out last, or None."""
    return Result.objects.filter(survey=survey).first()


def published_result(survey: Survey) -> Result | None:
    """The figures that are published, or None."""
    return Result.objects.filter(survey=survey, published_at__isnull=False).order_by("-published_at").first()


def sees_exact(by: Actor) -> bool:
    """Whether somebody sees small numbers: those who build surveys, who can export the answers themselves."""
    return by.may(permissions.BUILD)


def result_for(survey: Survey, *, by: Actor) -> Plain | None:
    """The newest figures as this person may see them: exact for those who build surveys, else treated.

    Even for them groups by equality questions, and these questions themselves, are the treated ones. One query.
    Raises Forbidden.
    """
    check(by, permissions.SEE)
    exact = sees_exact(by)
    found = Result.objects.filter(survey=survey)
    found = found if exact else found.defer("exact")
    newest = found.first()
    if newest is None:
        return None
    told = _with_sensitive_treated(newest.exact, newest.treated) if exact else dict(newest.treated)
    return told | {"at": newest.at, "published_at": newest.published_at, "exact": exact}


def _with_sensitive_treated(exact: Mapping[str, Any], treated: Mapping[str, Any]) -> Plain:
    parts = []
    for part, shown in zip(exact["parts"], treated["parts"], strict=True):
        by_code = {one["code"]: one for one in shown["questions"]}
        questions = []
        for one in part["questions"]:
            safe = by_code.get(one["code"])
            if one["sensitive"]:
                questions += [safe] if safe else []
                continue
            groups = [group for group in one.get("groups", ()) if not group["sensitive"]]
            groups += [group for group in (safe or {}).get("groups", ()) if group["sensitive"]]
            questions.append({**one, "groups": groups} if "groups" in one else one)
        parts.append({**part, "questions": questions})
    return {**exact, "parts": parts}


def published_surveys() -> QuerySet[Survey]:
    """Surveys whose results are published, latest first: for anybody."""
    return Survey.objects.filter(state=State.PUBLISHED, results__published_at__isnull=False).distinct()


def published_at(slug: str) -> tuple[Survey, Result] | None:
    """The published results of an address, treated; None where there are none. For anybody. One query."""
    found = (
        Result.objects.filter(survey__slug=slug, survey__state=State.PUBLISHED, published_at__isnull=False)
        .select_related("survey", "survey__follows")
        .defer("exact")
        .order_by("-published_at")
        .first()
    )
    return None if found is None else (found.survey, found)


def weighting_of(survey: Survey) -> Weighting | None:
    """How a survey is weighted now, or None where nobody has decided."""
    return Weighting.objects.filter(survey=survey, current=True).first()


def weightings(survey: Survey, *, by: Actor) -> QuerySet[Weighting]:
    """Every way in which a survey was weighted, latest first. Raises Forbidden."""
    check(by, permissions.SEE)
    return Weighting.objects.filter(survey=survey)


def words_of(names: list[str]) -> list[str]:
    """Characteristics as people call them."""
    return [NAMES.get(name, name.replace("_", " ").capitalize()) for name in names]


def approach_of(survey: Survey, result: Mapping[str, Any]) -> tuple[approach.Item, ...]:
    """The summary of survey approach of a survey, from treated figures (reference 2.3)."""
    frozen, weighting = population(survey), weighting_of(survey)
    broad = dict(Exclusion.Why.choices)
    frame = [(why, number) for why, number, framed in left_out(survey) if framed]
    facts = approach.Facts(
        landlord=landlords.own().name,
        responses=sum(result["modes"].values()),
        opens_on=survey.opens_on,
        closes_on=survey.closes_on,
        modes={Mode(mode).label: number for mode, number in result["modes"].items()},
        draw=survey.draw,
        population=frozen.size if frozen else None,
        drawn=frozen.draw.get("size", 0) if frozen and frozen.draw else 0,
        asked=result["asked"],
        rate=result["rate"],
        parts=result["parts"],
        method=weighting.method if weighting else "none",
        characteristics=words_of(weighting.characteristics) if weighting else (),
        why_weighted=weighting.why if weighting and weighting.method != "none" else "",
        firm=survey.firm,
        firm_role=survey.firm_role,
        left_out=[(str(broad.get(why, why)).replace(" (paragraph 63)", ""), number) for why, number in frame],
        incentive=survey.incentive,
        follows=survey.follows.title if survey.follows and any(part.get("change") for part in result["parts"]) else "",
        mode_warnings=list(
            dict.fromkeys(
                one for part in result["parts"] for change in part.get("change", ()) for one in change["warnings"]
            )
        )[:4],
    )
    return approach.items(facts, survey.approach)


def return_rows(survey: Survey, result: Mapping[str, Any]) -> list[tuple[str, list[returning.Row]]]:
    """The regulator's perception return, one list a tenure, from exact figures."""
    weighting = weighting_of(survey)
    frame = [(why, number) for why, number, framed in left_out(survey) if framed]
    facts = returning.Survey(
        tenure="",
        draw=survey.draw,
        left_out=frame,
        firm=survey.firm,
        firm_role=survey.firm_role,
        method=weighting.method if weighting else "none",
        characteristics=words_of(weighting.characteristics) if weighting else [],
    )
    return [
        (part["words"], list(returning.rows(part, replace(facts, tenure=part["words"]))))
        for part in result["parts"]
        if part["measures"]
    ]


def return_exact(survey: Survey, *, by: Actor) -> Mapping[str, Any] | None:
    """Exact figures for the return to the regulator. Raises Forbidden."""
    check(by, permissions.BUILD)
    newest = newest_result(survey)
    return newest.exact if newest else None


def findings_before_publishing(survey: Survey) -> tuple[Finding, ...]:
    """What to look at before results are published: warnings, never a stop."""
    newest = newest_result(survey)
    if newest is None:
        return ()
    weighting = weighting_of(survey)
    former = newest_result(survey.follows) if survey.follows else None
    method = weighting.method if weighting else ""
    return returning.findings(newest.exact, weighting=method, former=former.exact if former else None)


def prize_entries(survey: Survey, *, by: Actor) -> QuerySet[PrizeEntry]:
    """Who is in the draw for the incentive. Raises Forbidden."""
    check(by, permissions.BUILD)
    return PrizeEntry.objects.filter(survey=survey)
