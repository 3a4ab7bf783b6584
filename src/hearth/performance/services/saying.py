"""What officers say of their landlord's figures: which landlord it is, what its own page prints, and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from hearth.audit import services as audit
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.performance import permissions, rules
from hearth.performance.models import Commentary, OwnCode, PageFigure, Provider, Workbook


@transaction.atomic
def say_who_we_are(*, code: str, by: Actor) -> OwnCode:
    """Say which landlord of the workbooks this landlord is. Refused for a code that no loaded workbook has."""
    check(by, permissions.KEEP)
    found = Provider.objects.filter(code=code, workbook__state=Workbook.State.READY).order_by("-workbook__year").first()
    if found is None:
        raise Refused("Select a landlord of the workbooks that are loaded.", field="code")
    own, _ = OwnCode.objects.update_or_create(defaults={"code": found.code, "name": found.name})
    audit.record(by=by, deed="performance.own_code_said", subject=own, code=code)
    return own


@transaction.atomic
def say_page_figures(*, year: int, figures: Mapping[str, int | None], where: str, by: Actor) -> None:
    """Say what the landlord's own page prints of a year; a figure that is None is forgotten."""
    check(by, permissions.KEEP)
    for what in rules.PRINTED:
        number = figures.get(what)
        if number is None:
            PageFigure.objects.filter(year=year, what=what).delete()
            continue
        if number < 0:
            raise Refused("A figure cannot be below zero.", field=what)
        told = {"number": number, "where": where.strip()[:300]}
        kept, _ = PageFigure.objects.update_or_create(year=year, what=what, defaults=told)
        audit.record(by=by, deed="performance.page_figure_said", subject=kept, number=number)


@transaction.atomic
def say_commentary(*, year: int, measure: str, text: str, at: datetime, by: Actor) -> Commentary:
    """Say in the landlord's own words why a figure is as it is. Refused for a measure that does not exist."""
    check(by, permissions.KEEP)
    if measure not in rules.MEASURES:
        raise Refused("There is no such measure.", field="measure")
    if not text.strip():
        raise Refused("Write why the figure is as it is.", field="text")
    told = {"text": text.strip(), "written_by_id": by.user_id, "written_at": at}
    kept, _ = Commentary.objects.update_or_create(year=year, measure=measure, defaults=told)
    audit.record(by=by, deed="performance.commentary_written", subject=kept)
    return kept
