"""Stock, and what others published."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from hearth.equality import permissions
from hearth.equality.models import DutyFigure, Statistic, StockFigure
from hearth.kernel.permits import Actor, check


def stock(*, by: Actor) -> QuerySet[StockFigure]:
    """Every stock figure, newest first. Raises Forbidden."""
    check(by, permissions.SEE)
    return StockFigure.objects.all()


def official_on(as_at: date) -> dict[str, int]:
    """The official number of each kind on a day."""
    return dict(StockFigure.objects.filter(as_at=as_at, official=True).values_list("kind", "number"))


def statistics(characteristic: str = "") -> QuerySet[Statistic]:
    """The evidence library: figures that somebody else published (PROF-25)."""
    return Statistic.objects.filter(characteristic=characteristic) if characteristic else Statistic.objects.all()


def find_statistics(*, words: str = "", characteristic: str = "", by: Actor) -> QuerySet[Statistic]:
    """The evidence library, narrowed to entries that hold all the words, in any of their parts. Raises Forbidden."""
    check(by, permissions.SEE)
    found = statistics(characteristic or "")
    for word in (words or "").split():
        found = found.filter(
            Q(text__icontains=word) | Q(publisher__icontains=word) | Q(title__icontains=word)
            | Q(period__icontains=word) | Q(published__icontains=word)
        )  # fmt: skip
    return found


def duties(*, by: Actor) -> QuerySet[DutyFigure]:
    """Shares of homelessness duties owed because of domestic abuse, newest first (PROF-24). Raises Forbidden."""
    check(by, permissions.SEE)
    return DutyFigure.objects.all()
