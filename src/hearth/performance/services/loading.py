"""A workbook is kept as it came, then read and kept figure by figure, in steps that each end with a commit.

The steps are jobs of their own, so that the page can say how far the loading is, and so that what a power cut undoes is
one step, not the whole.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import transaction

from hearth.audit import services as audit
from hearth.db import news
from hearth.documents import queries as documents
from hearth.documents import services as files
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.performance import permissions, rules
from hearth.performance.models import Figure, Provider, Workbook

STEP = 4_000  # figures kept in one transaction
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
State = Workbook.State


@transaction.atomic
def load(*, name: str, body: bytes, by: Actor) -> Workbook:
    """Take in a workbook of the regulator; it is read later. The same file again changes nothing.

    Refused at once where it is no workbook of Tenant Satisfaction Measures.
    """
    check(by, permissions.KEEP)
    sha256 = hashlib.sha256(body).hexdigest()
    known = Workbook.objects.filter(sha256=sha256).first()
    if known is not None and known.state != State.FAILED:
        return known
    rules.find_dictionary(rules.sheets_of(body, name))
    if known is None:
        file = files.keep(name=name, body=body, purpose="performance.workbook", media_type=MEDIA_TYPE, by=by)
        known = Workbook.objects.create(file=file, name=name[:255], sha256=sha256, loaded_by_id=by.user_id)
    else:
        known.state, known.message = State.WAITING, ""
        known.save(update_fields=["state", "message"])
    audit.record(by=by, deed="performance.workbook_given", subject=known, sha256=sha256)
    news.defer("performance.read_workbook", workbook_id=known.pk)
    return known


@transaction.atomic
def read_workbook(*, workbook_id: int, by: Actor) -> None:
    """Read a waiting workbook, work every figure out again and keep its landlords; the figures follow in steps."""
    check(by, permissions.KEEP)
    kept = Workbook.objects.select_for_update().get(pk=workbook_id)
    if kept.state != State.WAITING:
        return
    try:
        analysis = _analysis(kept)
        _check_newer(kept, analysis.workbook)
    except Refused as refused:
        kept.state, kept.message = State.FAILED, refused.message
        kept.save(update_fields=["state", "message"])
        audit.record(by=by, deed="performance.workbook_refused", subject=kept)
        return
    kept.year, kept.version = analysis.workbook.year, analysis.workbook.version[:20]
    kept.summary, kept.total, kept.done = rules.summary(analysis), len(rules.kept(analysis)), 0
    kept.state = State.LOADING
    kept.save(update_fields=["year", "version", "summary", "total", "done", "state"])
    Provider.objects.bulk_create(_providers(kept, analysis.workbook))
    news.defer("performance.keep_figures", workbook_id=kept.pk, start=0)


@transaction.atomic
def keep_figures(*, workbook_id: int, start: int, at: datetime, by: Actor) -> bool:
    """Keep the next figures of a workbook that is being loaded, and say whether there are more."""
    check(by, permissions.KEEP)
    kept = Workbook.objects.select_for_update().get(pk=workbook_id)
    if kept.state != State.LOADING or kept.done != start:
        return False
    numbers = dict(Provider.objects.filter(workbook=kept).values_list("code", "pk"))
    figures = rules.kept(_analysis(kept))[start : start + STEP]
    Figure.objects.bulk_create([_row(numbers[one.provider], one) for one in figures], batch_size=1_000)
    kept.done = start + len(figures)
    if kept.done < kept.total and figures:
        kept.save(update_fields=["done"])
        news.defer("performance.keep_figures", workbook_id=kept.pk, start=kept.done)
        return True
    _analysed.cache_clear()
    _replace_older(kept)
    kept.state, kept.loaded_at = State.READY, at
    kept.save(update_fields=["done", "state", "loaded_at"])
    audit.record(by=by, deed="performance.workbook_loaded", subject=kept, figures=kept.done)
    news.announce("performance.workbook_loaded", workbook_id=kept.pk)
    return False


def load_at_once(*, name: str, body: bytes, at: datetime, by: Actor) -> Workbook:
    """Load a workbook without waiting for the worker, for the command line."""
    kept = load(name=name, body=body, by=by)
    read_workbook(workbook_id=kept.pk, by=by)
    start = 0
    while keep_figures(workbook_id=kept.pk, start=start, at=at, by=by):
        start += STEP
    kept.refresh_from_db()
    return kept


def _analysis(kept: Workbook) -> rules.Analysis:
    return _analysed(kept.name, kept.sha256, documents.body_of(kept.file))


@lru_cache(maxsize=1)
def _analysed(name: str, sha256: str, body: bytes) -> rules.Analysis:
    """Kept for the next step, which the same worker mostly takes, and forgotten after the last."""
    return rules.analyse(name, body)


def _check_newer(kept: Workbook, workbook: rules.Workbook) -> None:
    """An edition that its year has a newer one of is not loaded over it."""
    there = Workbook.objects.filter(year=workbook.year, state=State.READY).exclude(pk=kept.pk).first()
    if there is not None and _parts(workbook.version) < _parts(there.version):
        year = rules.year_words(workbook.year)
        raise Refused(f"Version {there.version} of {year} is loaded already, and this is version {workbook.version}.")


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _replace_older(kept: Workbook) -> None:
    """The workbook that held for this year steps back; its file stays, its figures are those of the new one now."""
    for older in Workbook.objects.filter(year=kept.year, state=State.READY).exclude(pk=kept.pk):
        older.state = State.REPLACED
        older.save(update_fields=["state"])
        Provider.objects.filter(workbook=older).delete()


def _providers(kept: Workbook, workbook: rules.Workbook) -> list[Provider]:
    surveys: dict[str, dict[str, Any]] = {}
    for one in workbook.returns:
        if one.tenure:
            surveys.setdefault(one.provider, {})[one.tenure.value] = asdict(rules.survey(one))
    facts = rules.facts(workbook)
    return [
        Provider(
            workbook=kept, code=code[:20], name=one.name[:200], kind=one.kind[:20], size=one.size[:40],
            region=one.region[:40], notes=list(one.notes), surveys=surveys.get(code, {}), facts=facts.get(code, {}),
        )
        for code, one in workbook.providers.items()
    ]  # fmt: skip


def _row(provider: int, one: rules.Figure) -> Figure:
    return Figure(
        provider_id=provider, measure=one.quantity[:20], tenure=one.tenure.value, published=one.published,
        why_none=one.why_none.value if one.why_none else "", numerator=one.numerator, denominator=one.denominator,
        computed=one.computed,
    )  # fmt: skip
