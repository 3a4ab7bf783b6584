"""Reading imports, their problems, likely duplicates and merges."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from hearth.kernel.permits import Actor, check
from hearth.register import permissions
from hearth.register.models import Import, ImportProblem, Merge, Pair, Source


def sources(*, by: Actor) -> QuerySet[Source]:
    """The systems from which files come. Raises Forbidden."""
    check(by, permissions.IMPORT)
    return Source.objects.all()


def imports(*, by: Actor) -> QuerySet[Import]:
    """Every file that was taken in, the latest first, with its number of refused rows as `refused_count`."""
    check(by, permissions.IMPORT)
    refused = Count("problems__row", filter=Q(problems__refused=True), distinct=True)
    return Import.objects.select_related("source", "file").annotate(refused_count=refused).order_by("-pk")


def one_import(pk: int, *, by: Actor) -> Import | None:
    """One file with its source. Raises Forbidden."""
    return imports(by=by).filter(pk=pk).first()


def problems(one: Import, *, by: Actor) -> QuerySet[ImportProblem]:
    """What is wrong in a file, row by row. Raises Forbidden."""
    check(by, permissions.IMPORT)
    return ImportProblem.objects.filter(of=one)


def pairs(*, by: Actor, state: str = "open") -> QuerySet[Pair]:
    """Records that may be one person, the likeliest first; none of them merged away since. Raises Forbidden."""
    check(by, permissions.MERGE)
    found = Pair.objects.select_related("one", "other").filter(one__anonymised_on=None, other__anonymised_on=None)
    if state == Pair.State.OPEN:
        found = found.filter(one__merged_into=None, other__merged_into=None)
    return found.filter(state=state) if state else found


def pair(pk: int, *, by: Actor) -> Pair | None:
    """One pair with its two records. Raises Forbidden."""
    check(by, permissions.MERGE)
    return Pair.objects.select_related("one", "other").filter(pk=pk).first()


def merges(*, by: Actor) -> QuerySet[Merge]:
    """Every merge, the latest first. Raises Forbidden."""
    check(by, permissions.MERGE)
    return Merge.objects.select_related("kept", "gone")
