"""The long part of an import, in steps that are each kept: reading and comparing, then bringing in."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from django.db import DataError, IntegrityError, connection, transaction
from django.utils import timezone

from hearth.audit import services as audit
from hearth.db import news
from hearth.kernel.permits import Actor
from hearth.kernel.refusals import Refused
from hearth.landlords import queries as landlords
from hearth.register import rules
from hearth.register.models import Import, ImportProblem, ImportRow, TenancyHolder
from hearth.register.rules import ImportState
from hearth.register.services.importing import chunks, ends, staging, statements

log = logging.getLogger(__name__)
_END = object()


def check_in_steps(*, import_id: int, by: Actor) -> Iterator[None]:
    """Read the file and compare it with what is kept, without changing that: the dry run. See `check`."""
    return _in_steps(import_id, ImportState.CHECKING, _check(import_id))


def bring_in_steps(*, import_id: int, by: Actor) -> Iterator[None]:
    """Bring in what was checked, from where it stopped; nothing is doubled, whenever it is stopped. See `bring_in`."""
    return _in_steps(import_id, ImportState.RUNNING, _bring_in(import_id, by))


def _in_steps(import_id: int, state: ImportState, steps: Iterator[None]) -> Iterator[None]:
    """Take the steps one by one while nobody has asked to stop; a failure is told on the import's page."""
    while True:
        one = Import.objects.select_for_update().filter(pk=import_id, state=state).first()
        if one is None:
            return  # it was done, or taken back, by another worker
        if one.stop_asked:
            _leave(import_id, ImportState.STOPPED)
            return
        try:
            with transaction.atomic():
                if next(steps, _END) is _END:
                    return
        except Refused as refused:
            _leave(import_id, ImportState.FAILED, refused.message)
            return
        except (DataError, IntegrityError) as error:
            log.warning("Import %s failed: %s", import_id, type(error).__name__)
            words = "What is kept was changed while the file was brought in. Check the file again."
            _leave(import_id, ImportState.FAILED, words)
            return
        yield


def _leave(import_id: int, state: ImportState, error: str = "") -> None:
    Import.objects.filter(pk=import_id).update(state=state, error=error, stop_asked=False, finished_at=timezone.now())


def _check(import_id: int) -> Iterator[None]:
    """Read everything, then compare chunk by chunk. A check that was begun before begins anew."""
    one = Import.objects.select_related("file").get(pk=import_id)
    ImportProblem.objects.filter(of=one).delete()
    staging.clear_rows(one)
    one.rows, one.at_row, one.counts, one.samples, one.error = None, 0, {}, [], ""
    one.save(update_fields=["rows", "at_row", "counts", "samples", "error"])
    yield
    for reached in staging.read(one):
        Import.objects.filter(pk=import_id).update(at_row=reached)
        yield
    last = ImportRow.objects.filter(of=one).order_by("-row").values_list("row", flat=True).first() or 1
    counts, samples = chunks.no_counts(), list[dict[str, Any]]()
    _count_ends(one, counts)
    for after in range(1, last, staging.STEP):
        until = min(after + staging.STEP, last)
        chunks.run(one, after=after, until=until, counts=counts, samples=samples, write=False)
        Import.objects.filter(pk=import_id).update(at_row=until, rows=last)
        yield
    one.rows, one.at_row, one.counts, one.samples = last, 0, counts, samples
    one.state, one.finished_at = ImportState.CHECKED, timezone.now()
    one.save(update_fields=["rows", "at_row", "counts", "samples", "state", "finished_at", "options"])
    yield


def _count_ends(one: Import, counts: chunks.Counts) -> None:
    """How many would end, by the file's own word and by not being in it."""
    params = chunks.params_of(one)
    for name, number in ends.mark(params).items():
        counts[name]["ended"] += number
    one.options = {**one.options, "missing": {}, "held_back": held_back(one)}
    if not one.options.get("whole") or one.options["held_back"]:
        return
    ends.gather(params)
    for name, (number, current) in ends.count_missing(params).items():
        counts[name]["ended"] += number
        one.options["missing"][name] = [number, current]
    for name, number in ends.count_gone(params).items():
        counts[name]["ended"] += number


def held_back(one: Import) -> int:
    """Rows that were refused without their tenancy's reference being known: because of them nothing is "missing"."""
    return ImportRow.objects.filter(of=one, refused=True, right_key="").count()


def check_missing(one: Import, *, confirmed: bool) -> None:
    """Refuse where more tenancies or leases are missing from a whole file than is likely, unless confirmed."""
    most = float(landlords.setting("register.import_end_share", on=one.as_at))
    for name in ("tenancies", "leases"):
        number, current = one.options.get("missing", {}).get(name, (0, 0))
        rules.check_ends(ending=number, current=current, most_percent=most, confirmed=confirmed)


def _bring_in(import_id: int, by: Actor) -> Iterator[None]:
    """End what ends, then write chunk by chunk, then tidy up; `at_row` says what has been done."""
    one = Import.objects.get(pk=import_id)
    params = chunks.params_of(one)
    if one.at_row == 0:
        _end(one, params)
        one.at_row = 1
        one.save(update_fields=["at_row", "counts", "options"])
        yield
    last = one.rows or 1
    while True:
        one.refresh_from_db(fields=["at_row", "counts"])  # another worker may have taken up the same import
        if one.at_row >= last:
            break
        until = min(one.at_row + staging.STEP, last)
        chunks.run(one, after=one.at_row, until=until, counts=one.counts, samples=[], write=True)
        one.at_row = until
        one.save(update_fields=["at_row", "counts"])
        yield
    if one.options.get("whole") and not one.options.get("held_back"):
        ends.gather(params)
        ends.end_members(params)
    with connection.cursor() as cursor:
        chunks.plan_for_many(cursor)
        for statement in statements.CLOSE_HOUSEHOLDS:
            cursor.execute(statement, params)
    staging.clear_rows(one)
    one.state, one.finished_at, one.samples = ImportState.DONE, timezone.now(), []
    one.save(update_fields=["state", "finished_at", "samples"])
    audit.record(by=by, deed="register.brought_in", subject=one, counts=one.counts, asked_by=one.by_name)
    news.announce("register.brought_in", import_id=one.pk)
    yield


def _end(one: Import, params: dict[str, Any]) -> None:
    """End what the file says has ended; the ends are counted before anything is written."""
    one.counts = chunks.no_counts()
    _count_ends(one, one.counts)
    check_missing(one, confirmed=bool(one.options.get("confirmed")))
    ended = ends.end_marked(params)
    if one.options.get("whole") and not one.options["held_back"]:
        ended += ends.end_missing(params)
        ends.end_gone(params)
    held = TenancyHolder.objects.filter(tenancy_id__in=ended, ended_on=None)
    for person_id, tenancy_id in held.order_by("id").values_list("person_id", "tenancy_id"):
        news.announce("register.person_moved_out", person_id=person_id, tenancy_id=tenancy_id)
