"""Keeping evidence: stock figures, what somebody else published, and what was published here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from hearth.audit import services as audit
from hearth.equality import permissions, queries, rules
from hearth.equality.models import DutyFigure, PublishedTable, Statistic, StockFigure
from hearth.kernel.counts import Treated
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused


@transaction.atomic
def add_statistic(
    *,
    text: str,
    publisher: str,
    title: str,
    period: str,
    published: str,
    characteristic: str = "",
    draft: bool = False,
    replaced_by: str = "",
    by: Actor,
) -> Statistic:
    """Keep a figure that somebody else published, with where it comes from (CAR-12)."""
    check(by, permissions.KEEP)
    _check_sourced(publisher=publisher, title=title, published=published)
    kept = Statistic.objects.create(
        text=text, publisher=publisher, title=title, period=period, published=published,
        characteristic=characteristic, draft=draft, replaced_by=replaced_by,
    )  # fmt: skip
    audit.record(by=by, deed="equality.statistic_added", subject=kept)
    return kept


@transaction.atomic
def change_statistic(*, statistic: Statistic, by: Actor, **told: Any) -> Statistic:
    """Change an entry of the evidence library: any of text, publisher, title, period, published, characteristic, draft,
    replaced_by. What reviews have cited already stays as they cited it."""
    check(by, permissions.KEEP)
    _check_sourced(**{name: told.get(name, getattr(statistic, name)) for name in ("publisher", "title", "published")})
    for name, value in told.items():
        setattr(statistic, name, value)
    statistic.save(update_fields=list(told))
    audit.record(by=by, deed="equality.statistic_changed", subject=statistic, changed=sorted(told))
    return statistic


def _check_sourced(*, publisher: str, title: str, published: str) -> None:
    for field, text, ask in (
        ("publisher", publisher, "who published the figure"),
        ("title", title, "in which publication it stands"),
        ("published", published, "when it was published"),
    ):
        if not text.strip():
            raise Refused(f"Say {ask}.", field=field)


@transaction.atomic
def add_stock_figure(
    *, as_at: date, kind: str, number: int, source: str, basis: str = "", official: bool = True, by: Actor
) -> StockFigure:
    """Keep how many homes or tenants there were on a day (PROF-02). Official parts must make their total (PROF-03).

    Where an official figure is known for the day, another can be kept beside it, but not as official.
    """
    check(by, permissions.KEEP)
    rules.check_kind(kind)
    if not source.strip():
        raise Refused("Say where the figure comes from.", field="source")
    if official:
        known = queries.official_on(as_at)
        if kind in known:
            raise Refused(
                f"The official figure for this day is {known[kind]:,} already. Keep this one as not official, or make "
                "it official afterwards.",
                field="official",
            )
        rules.check_parts({**known, kind: number})
    kept = StockFigure.objects.create(
        as_at=as_at, kind=kind, number=number, basis=basis, source=source, official=official
    )
    audit.record(by=by, deed="equality.stock_figure_added", subject=kept)
    return kept


@transaction.atomic
def make_official(*, figure: StockFigure, by: Actor) -> None:
    """Of two figures for one day, make this one the official one (GOV-34)."""
    check(by, permissions.KEEP)
    rules.check_parts({**queries.official_on(figure.as_at), figure.kind: figure.number})
    StockFigure.objects.filter(as_at=figure.as_at, kind=figure.kind, official=True).update(official=False)
    figure.official = True
    figure.save(update_fields=["official"])
    audit.record(by=by, deed="equality.stock_figure_official", subject=figure)


@transaction.atomic
def keep_published(
    *, tables: Mapping[str, Treated], exact: Mapping[str, Any], where: str, at: datetime, by: Actor
) -> None:
    """Remember tables as they were published, so that the next ones cannot be subtracted from them (reference 5.5)."""
    for name, treated in tables.items():
        characteristic, _, population = name.partition("|")
        PublishedTable.objects.create(
            population=population, characteristic=characteristic, published_at=at, where=where,
            treated=rules.treated_to_plain(treated), exact=dict(exact),
        )  # fmt: skip


@transaction.atomic
def add_duty_figure(
    *, year: str, duty: str, share: Decimal, source: str, base: int | None = None, by: Actor
) -> DutyFigure:
    """Keep which share of a homelessness duty of a year was owed because of domestic abuse, with its base (PROF-24)."""
    check(by, permissions.KEEP)
    rules.check_year(year)
    if not 0 <= share <= 100:
        raise Refused("Enter a percentage from 0 to 100.", field="share")
    if not source.strip():
        raise Refused("Say where the figure comes from.", field="source")
    if DutyFigure.objects.filter(year=year, duty=duty).exists():
        raise Refused("There is a figure for this duty and year already.", field="duty")
    kept = DutyFigure.objects.create(year=year, duty=rules.Duty(duty), share=share, base=base, source=source)
    audit.record(by=by, deed="equality.duty_figure_added", subject=kept)
    return kept
