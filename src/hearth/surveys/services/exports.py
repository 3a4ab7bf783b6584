"""Files of results: tables for whoever sees results, answers and codebook for whoever builds surveys (C.8, SEC-12).

No file has an identity, a reference, a code, a moment, free text, a date or a place in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from hearth.audit import services as audit
from hearth.kernel.permits import Actor, check
from hearth.surveys import permissions, queries
from hearth.surveys.models import Survey

EXPORTS = {
    "tables": {"csv": "CSV", "xlsx": "Excel", "ods": "OpenDocument"}.items(),
    "answers": {"csv": "CSV", "xlsx": "Excel", "sav": "SPSS", "ods": "OpenDocument"}.items(),
    "codebook": {"csv": "CSV"}.items(),
}
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "sav": "application/x-spss-sav",
}
CODEBOOK = ("Column", "What it is", "Code", "Label", "No answer")
TABLES = ("Homes", "Question", "Words", "By", "Group or answer", "Per cent", "Margin, points", "Answers")


@dataclass(frozen=True)
class File:
    """A file to hand out."""

    name: str
    body: bytes
    media_type: str


@transaction.atomic
def export(*, survey: Survey, what: str, kind: str, at: datetime, by: Actor) -> File | None:
    """A file of a survey's results: "tables" (small numbers hidden), "answers" or "codebook"; None for any other.

    Who took what is written down. Raises Refused where a format cannot hold so many rows, Forbidden.
    """
    check(by, permissions.SEE if what == "tables" else permissions.BUILD)
    if kind not in dict(EXPORTS.get(what, ())):
        return None
    if what == "tables":
        newest = queries.newest_result(survey)
        if newest is None:
            return None
        body = _tables(newest.treated, kind)
    else:
        body = _answers(survey, what, kind, at)
    audit.record(by=by, deed="surveys.exported", subject=survey, what=what, kind=kind)
    return File(f"{survey.slug}-{what}.{kind}", body, MEDIA[kind])


def _answers(survey: Survey, what: str, kind: str, at: datetime) -> bytes:
    from hearth.surveys.rules import codebook
    from hearth.surveys.services import exporting  # brings numpy

    least = queries.policy_on(timezone.localdate(at)).sensitive
    rows = exporting.rows_of(survey, least=least)
    if what == "codebook":
        return exporting.as_csv(CODEBOOK, codebook.lines(rows.variables))
    if kind == "csv":
        return exporting.as_csv(rows.names, rows.rows())
    if kind == "sav":
        return exporting.as_sav(rows, title=survey.title)
    sheets = [("Answers", rows.names, rows.rows()), ("Codebook", CODEBOOK, codebook.lines(rows.variables))]
    return exporting.as_xlsx(sheets) if kind == "xlsx" else exporting.as_ods(sheets)


def _tables(treated: Mapping[str, Any], kind: str) -> bytes:
    from hearth.surveys.services import exporting

    if kind == "csv":
        return exporting.as_csv(TABLES, table_rows(treated))
    sheets = [("Results", TABLES, table_rows(treated))]
    return exporting.as_xlsx(sheets) if kind == "xlsx" else exporting.as_ods(sheets)


def table_rows(treated: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """Treated results line by line; what is hidden says so in words."""
    for part in treated["parts"]:
        for one in part["questions"]:
            start = (part["words"], one["code"], one["words"])
            if one.get("top"):
                yield (*start, "", one["top"]["words"], *_line(one["top"]))
            for option in one.get("options", ()):
                yield (*start, "Answer", option["words"], *_line({**option, "base": one["base"]}))
            for line in one.get("modes") or ():
                yield (*start, "Way of answering", line["words"], *_line(line))
            for group in one.get("groups") or ():
                for line in group["lines"]:
                    yield (*start, group["words"], line["category"], *_line(line))


def _line(line: Mapping[str, Any]) -> tuple[Any, Any, Any]:
    if line.get("pct") is None:
        return (line.get("hidden") or "", "", line.get("base") or "")
    margin = line.get("margin")
    return (round(line["pct"], 1), "" if margin is None else round(margin, 1), line.get("base") or "")


__all__ = ["EXPORTS", "export"]
