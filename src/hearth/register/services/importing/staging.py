"""Reading a file into the table of rows."""

from __future__ import annotations

import io
from collections.abc import Generator, Iterator
from typing import Any, BinaryIO

from django.db import connection

from hearth.documents import queries as documents
from hearth.kernel.refusals import Refused
from hearth.kernel.sheets import Limits, Line, Style, rows_of
from hearth.landlords import queries as landlords
from hearth.register.models import Import, ImportProblem, ImportRow
from hearth.register.rules import mapping
from hearth.register.rules.importing_rows import DAYS, STAGED, Problem, Reader
from hearth.register.rules.importing_words import LEAD

READ = 10_000  # rows that are read between two looks at whether to stop
STEP = 40_000  # rows that are compared or written at once: fewer would have whole tables joined more often
MOST_PROBLEMS = 10_000  # that are kept with their rows; beyond that the file is not the right one


def open_file(one: Import) -> BinaryIO:
    """The file of an import."""
    return io.BytesIO(documents.body_of(one.file))


def limits_of(one: Import) -> Limits:
    """What a file may hold on the day that it tells of."""
    return Limits(rows=int(landlords.setting("register.import_most_rows", on=one.as_at)))


def headings_of(line: Line) -> list[str]:
    """The headings of a file: the texts of its first row."""
    return [" ".join(str(cell).split()) if cell is not None else "" for cell in line.cells]


def read(one: Import) -> Iterator[int]:
    """Read the file into the table of rows, and keep the problems; after each step the row that has been reached.

    Days are first read as they are written here. Where a column turns out to write the month first, or both ways, what
    was read is forgotten and the file is read once more. Raises Refused where the file or its columns are not as they
    must be.
    """
    stream = open_file(one)
    styles = yield from _read(one, stream, {})
    if any(style.mixed or style.american for style in styles.values()):
        ImportProblem.objects.filter(of=one).delete()
        clear_rows(one)
        yield 0
        yield from _read(one, stream, styles)


def _read(one: Import, stream: BinaryIO, known: dict[str, Style]) -> Generator[int, None, dict[str, Style]]:
    """Read the file once, with what is known of how its columns write days; what they have shown."""
    lines = rows_of(stream, one.file.name, limits=limits_of(one), sheet=one.options.get("sheet", ""))
    first = next(lines, None)
    if first is None:
        raise Refused("This file is empty.", field="file")
    headings = headings_of(first)
    mapping.check_headings(headings)
    mapping.check_mapping(one.mapping, headings)
    places = [(key, headings.index(heading)) for heading, key in one.mapping.items() if key in DAYS]
    shown = {key: Style() for key, _ in places}
    reader = Reader(headings, one.mapping, one.as_at, known, one.options.get("tenures", {}))
    batch: list[tuple[Any, ...]] = []
    problems: list[ImportProblem] = []
    kept = 0
    for line in lines:
        for key, place in places:
            if place < len(line.cells):
                shown[key].look(line.row, line.cells[place])
        row, found = reader.read(line)
        batch.append(row)
        if found and kept < MOST_PROBLEMS:
            raw = reader.raw(line)
            problems += [_problem(one, problem, raw) for problem in found]
            kept += len(found)
        if len(batch) >= READ:
            _write(one, batch, problems)
            yield line.row
    _write(one, batch, problems)
    _appoint(one, reader)
    yield 0
    return shown


def clear_rows(one: Import) -> None:
    """Forget the rows as they were read; problems stay, with their rows."""
    ImportRow.objects.filter(of=one)._raw_delete(ImportRow.objects.db)


def _problem(one: Import, problem: Problem, raw: list[str]) -> ImportProblem:
    return ImportProblem(
        of=one, row=problem.row, column=problem.column[:120], reason=problem.reason[:400], refused=problem.refused,
        values=raw,
    )  # fmt: skip


def _write(one: Import, batch: list[tuple[Any, ...]], problems: list[ImportProblem]) -> None:
    """Copy rows into the table, by way of a temporary one, since no copy goes through the wall; empty both lists."""
    names = ", ".join(STAGED)
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists read_rows")
        cursor.execute(
            f"create temporary table read_rows on commit drop as select {names} from register_importrow with no data"  # noqa: S608
        )
        with cursor.copy(f"copy read_rows ({names}) from stdin") as copy:
            for row in batch:
                copy.write_row(row)
        cursor.execute(
            f"insert into register_importrow (landlord_id, recorded_at, of_id, ends, {names}) "  # noqa: S608
            f"select %s, now(), %s, false, {names} from read_rows",
            [one.landlord_id, one.pk],
        )
    ImportProblem.objects.bulk_create(problems, batch_size=2000)
    batch.clear()
    problems.clear()


def _appoint(one: Import, reader: Reader) -> None:
    """Of a tenancy that names no lead tenant, the first tenant is taken for it."""
    rows = list(reader.seen.waiting.values())
    ImportRow.objects.filter(of=one, row__in=rows).update(role=LEAD)
    one.options = {**one.options, "leads_taken": len(rows)}
    one.save(update_fields=["options"])
