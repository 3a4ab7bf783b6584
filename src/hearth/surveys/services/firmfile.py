"""Bringing in a survey firm's file of answers: kept as it came, looked at, checked, and brought in once."""

from __future__ import annotations

import io
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, time
from itertools import chain, islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from hearth.audit import services as audit
from hearth.db import news
from hearth.documents import queries as files
from hearth.documents import services as documents
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.kernel.sheets import Cell, Limits, rows_of
from hearth.surveys import permissions, queries
from hearth.surveys.models import FirmFile, Response, Survey
from hearth.surveys.rules import answering, firmfile
from hearth.surveys.rules.firmfile import Column, Problem, Seen
from hearth.surveys.rules.instrument import Instrument
from hearth.surveys.rules.kinds import Secrecy, Standing, State
from hearth.surveys.services.answering import AnswersRefused, submit

LIMITS = Limits(rows=500_000, columns=600, unpacked=512 * 1024**2)
LARGEST = 50 * 1024**2  # bytes of the file
STEP = 200  # rows of one step of the job
MOST_PROBLEMS = 1000  # that are kept; all are counted
State_ = FirmFile.State

Lines = Iterator[tuple[int, Sequence[Cell], str]]  # the row's number, its cells, and why it cannot be trusted


@transaction.atomic
def keep_firm_file(*, survey: Survey, name: str, body: bytes, by: Actor) -> FirmFile:
    """Keep a file as it came, and put looking at it on the queue. Raises Refused in words for the page, Forbidden."""
    check(by, permissions.FIELD)
    if survey.state not in (State.OPEN, State.CLOSED):
        raise Refused("Answers can be brought in while the survey is open or closed.", field="file")
    if len(body) > LARGEST:
        raise Refused(f"The file is larger than {LARGEST // 1024**2} MB. Send it in parts.", field="file")
    if not body:
        raise Refused("The file is empty.", field="file")
    kept = documents.keep(name=name, body=body, purpose="surveys.firm_file", by=by)
    made = FirmFile.objects.create(survey=survey, file=kept, by_name=by.name)
    audit.record(by=by, deed="surveys.firm_file_kept", subject=survey)
    news.defer("surveys.look_at_firm_file", file_id=made.pk)
    return made


@transaction.atomic
def look_at_firm_file(*, file_id: int, by: Actor) -> None:
    """See what the columns hold and propose what they mean; a file that cannot be read says why and is kept."""
    file = FirmFile.objects.select_for_update(of=("self",)).select_related("survey", "file").get(pk=file_id)
    try:
        seen = _seen(file.file.name, files.body_of(file.file))
    except Refused as refused:
        file.state, file.error = State_.FAILED, str(refused)
    else:
        instrument = queries.instrument(queries.current_version(file.survey))
        file.mapping = _plain(firmfile.guess(seen, instrument), seen)
    file.save(update_fields=["mapping", "state", "error"])


@transaction.atomic
def note_columns(*, file: FirmFile, columns: Sequence[Column], by: Actor) -> FirmFile:
    """Keep what the columns mean, and propose what the values of those that are newly questions mean.

    Raises Refused, Forbidden.
    """
    check(by, permissions.BUILD)
    file = _changeable(file)
    instrument = queries.instrument(queries.current_version(file.survey))
    firmfile.check_mapping(columns, instrument, needs_reference=_by_reference(file.survey))
    seen = seen_of(file)
    file.mapping = _plain(firmfile.propose_values(columns, seen, instrument), seen)
    file.save(update_fields=["mapping"])
    return file


def _changeable(file: FirmFile) -> FirmFile:
    found = FirmFile.objects.select_for_update(of=("self",)).select_related("survey").get(pk=file.pk)
    if found.state not in (State_.UPLOADED, State_.CHECKED) or not found.mapping:
        raise Refused("The columns of this file cannot be changed now.")
    return found


@transaction.atomic
def set_mapping(*, file: FirmFile, columns: Sequence[Column], by: Actor) -> FirmFile:
    """Say what the columns mean, and put the check of the rows on the queue. Raises Refused, Forbidden."""
    check(by, permissions.BUILD)
    file = _changeable(file)
    instrument = queries.instrument(queries.current_version(file.survey))
    firmfile.check_mapping(columns, instrument, needs_reference=_by_reference(file.survey))
    seen = seen_of(file)
    missing = firmfile.unmapped(columns, seen, instrument)
    if missing:
        raise Refused(f"Column “{missing[0].column}”: {missing[0].reason}")
    file.mapping, file.state, file.error = _plain(columns, seen), State_.UPLOADED, ""
    file.counts, file.problems, file.rows = {}, [], None
    file.save(update_fields=["mapping", "state", "error", "counts", "problems", "rows"])
    news.defer("surveys.check_firm_file", file_id=file.pk)
    return file


def _by_reference(survey: Survey) -> bool:
    """Whether answers must be matched to households: where the firm was given a sample (SUR-11)."""
    return survey.secrecy != Secrecy.ANONYMOUS and survey.handovers.exists()


def check_firm_file(*, file_id: int, by: Actor) -> None:
    """Read every row and count what would come of it, without bringing anything in."""
    with transaction.atomic():
        file = FirmFile.objects.select_for_update(of=("self",)).select_related("survey", "file").get(pk=file_id)
        counts, problems, rows = _dry_run(file)
        file.counts, file.problems, file.rows = dict(counts), problems, rows
        file.state = State_.CHECKED
        file.save(update_fields=["counts", "problems", "rows", "state"])


def _dry_run(file: FirmFile) -> tuple[Counter[str], list[dict[str, Any]], int]:
    instrument = queries.instrument(queries.current_version(file.survey))
    known = set(Response.objects.filter(survey=file.survey).values_list("nonce", flat=True))
    by_reference, counts, rows = _by_reference(file.survey), Counter[str](), 0
    problems: list[dict[str, Any]] = []
    first_at: dict[str, int] = {}
    for number, cells, fault in _rows(file):
        rows += 1
        row, wrong = _read(number, cells, fault, file, instrument)
        if row and row.nonce in first_at:
            wrong, row = (Problem(number, "", f"The same reference stands in row {first_at[row.nonce]}."),), None
        if row and by_reference and queries.invitation_by_code(row.reference) is None:
            wrong, row = (Problem(number, "", "This reference was not given to the firm."),), None
        if row:
            first_at[row.nonce] = number
        counts["refused" if row is None else "same" if row.nonce in known else "new"] += 1
        problems += [asdict(one) for one in wrong[: MOST_PROBLEMS - len(problems)]]
    return counts, problems, rows


@transaction.atomic
def start_firm_file(*, file: FirmFile, by: Actor) -> None:
    """Begin to bring a checked file in. Raises Refused, Forbidden."""
    check(by, permissions.BUILD)
    file = FirmFile.objects.select_for_update(of=("self",)).select_related("survey").get(pk=file.pk)
    if file.state != State_.CHECKED:
        raise Refused("Check the file first.")
    if not file.counts.get("new"):
        raise Refused("No row of this file is new.")
    file.state = State_.RUNNING
    file.save(update_fields=["state"])
    audit.record(by=by, deed="surveys.firm_file_begun", subject=file.survey, rows=file.rows)
    news.defer("surveys.bring_in_firm_file", file_id=file.pk)


def bring_in_steps(*, file_id: int, by: Actor) -> Iterator[None]:
    """Bring the rows in, some at a step, each step kept before the next: a kill loses none and doubles none.

    A row that was brought in before is known by its nonce, so that the job may begin anew.
    """
    file = FirmFile.objects.select_related("survey", "file").get(pk=file_id)
    if file.state != State_.RUNNING:
        return
    lines = _rows(file)
    counts: Counter[str] = Counter()
    while chunk := list(islice(lines, STEP)):
        for number, cells, fault in chunk:
            counts[_bring_in(number, cells, fault, file, by=by)] += 1
        FirmFile.objects.filter(pk=file.pk).update(counts={**file.counts, "done": dict(counts)})
        yield
    FirmFile.objects.filter(pk=file.pk).update(state=State_.DONE, counts={**file.counts, "done": dict(counts)})
    audit.record(by=by, deed="surveys.firm_file_done", subject=file.survey, **counts)
    news.announce("surveys.answers_brought_in", survey_id=file.survey_id)
    yield


def _bring_in(number: int, cells: Sequence[Cell], fault: str, file: FirmFile, *, by: Actor) -> str:
    """One row, through the one way in; what became of it."""
    version = queries.current_version(file.survey)
    instrument = queries.instrument(version)
    row, _ = _read(number, cells, fault, file, instrument)
    if row is None:
        return "refused"
    invitation = queries.invitation_by_code(row.reference) if row.reference else None
    if invitation is None and _by_reference(file.survey):
        return "refused"
    if Response.objects.filter(survey=file.survey, nonce=row.nonce).exists():
        return "same"
    now = timezone.now()
    at = timezone.make_aware(datetime.combine(row.given_on, time(12))) if row.given_on else now
    try:
        taken = submit(
            survey=file.survey, version=version, nonce=row.nonce, mode=row.mode, invitation=invitation,
            answers=firmfile.as_kept(row.answers, instrument), stock=row.stock,
            traits=row.traits if invitation is None else None, from_file=file, at=min(at, now), by=by,
        )  # fmt: skip
    except AnswersRefused as refused:
        _note(file, [Problem(number, code, sentence) for code, sentence in refused.errors.items()])
        return "refused"
    except Refused as refused:
        _note(file, [Problem(number, "", str(refused))])
        return "refused"
    if row.weight is not None:
        Response.objects.filter(pk=taken.pk).update(weight=row.weight)
    return "set_aside" if taken.standing == Standing.SET_ASIDE else "added"


def _note(file: FirmFile, problems: list[Problem]) -> None:
    kept = FirmFile.objects.select_for_update().get(pk=file.pk)
    more = [asdict(one) for one in problems if asdict(one) not in kept.problems]
    FirmFile.objects.filter(pk=file.pk).update(problems=[*kept.problems, *more][:MOST_PROBLEMS])


@transaction.atomic
def take_back_firm_file(*, file: FirmFile, reason: str, by: Actor) -> int:
    """Set aside every answer of a file that should not have been brought in; gives how many. Nothing is deleted.

    Raises Refused, Forbidden.
    """
    check(by, permissions.BUILD)
    file = FirmFile.objects.select_for_update(of=("self",)).select_related("survey").get(pk=file.pk)
    if file.state != State_.DONE:
        raise Refused("Only a file that was brought in can be taken back.")
    if not reason.strip():
        raise Refused("Say why the file is taken back.", field="reason")
    if file.survey.state == State.PUBLISHED:
        raise Refused("The results of this survey are published, so its answers stay.")
    words = f"The file was taken back: {reason.strip()}"[:200]
    taken = Response.objects.filter(from_file=file).exclude(standing=Standing.SET_ASIDE)
    number = taken.update(standing=Standing.SET_ASIDE, why_set_aside=words)
    file.state = State_.TAKEN_BACK
    file.save(update_fields=["state"])
    audit.record(by=by, deed="surveys.firm_file_taken_back", subject=file.survey, rows=number)
    return number


def _read(
    number: int, cells: Sequence[Cell], fault: str, file: FirmFile, instrument: Instrument
) -> tuple[firmfile.Row | None, tuple[Problem, ...]]:
    if fault:
        return None, (Problem(number, "", fault),)
    row, problems = firmfile.read(number, cells, columns_of(file), instrument, file=file.file.sha256)
    if row is None:
        return None, problems
    raw = answering.raw_of(instrument, firmfile.as_kept(row.answers, instrument))
    checked = answering.check(instrument, raw, stock=row.stock, part=True, silent_allowed=True)
    wrong = tuple(Problem(number, code, sentence) for code, sentence in checked.errors.items())
    return (None if wrong else row), (*problems, *wrong)


def columns_of(file: FirmFile) -> tuple[Column, ...]:
    """What the columns of a file mean, as it was said or proposed."""
    return tuple(
        Column(one["name"], one["meaning"], one.get("of", ""), one.get("values", {}), one.get("doubtful", False))
        for one in file.mapping.get("columns", ())
    )


def seen_of(file: FirmFile) -> list[Seen]:
    """What was seen in the columns of a file."""
    return [Seen(one["name"], tuple(one["values"]), one.get("labels", {})) for one in file.mapping.get("seen", ())]


def _plain(columns: Sequence[Column], seen: Sequence[Seen]) -> dict[str, Any]:
    return {"columns": [asdict(one) for one in columns], "seen": [asdict(one) for one in seen]}


def _rows(file: FirmFile) -> Lines:
    """The rows of a kept file below its headings."""
    _, _, lines = _opened(file.file.name, files.body_of(file.file))
    return lines


def _seen(name: str, body: bytes) -> list[Seen]:
    headings, labels, lines = _opened(name, body)
    first = next(lines, None)
    if first is None:
        raise Refused("The file has no row below its headings, so it holds no answer.", field="file")
    return firmfile.see(headings, (cells for _, cells, _ in chain([first], lines)), labels=labels)


def _opened(name: str, body: bytes) -> tuple[list[str], Mapping[str, Mapping[str, str]], Lines]:
    """A file's headings, the words that it gives for its codes, and its rows. Raises Refused."""
    if body.startswith((b"$FL2", b"$FL3")):
        return _spss(body)
    lines = rows_of(io.BytesIO(body), name, limits=LIMITS)
    first = next(lines, None)
    if first is None:
        raise Refused("The file is empty.", field="file")
    return firmfile.check_headings(first.cells), {}, ((line.row, line.cells, line.fault) for line in lines)


def _spss(body: bytes) -> tuple[list[str], Mapping[str, Mapping[str, str]], Lines]:
    """An SPSS file, read by the library that R and others use; it asks for a path."""
    # Imported with the first such file, so that pages without one start sooner.
    import pyreadstat

    with _on_disk(body) as path:
        try:
            columns, meta = pyreadstat.read_sav(path, output_format="dict", row_limit=LIMITS.rows)
        except (pyreadstat.ReadstatError, UnicodeDecodeError, ValueError, OSError) as error:
            raise Refused(f"This SPSS file could not be read: {error}", field="file") from None
    headings = firmfile.check_headings(meta.column_names)
    if len(headings) > LIMITS.columns:
        raise Refused(f"The file has more than {LIMITS.columns} columns.", field="file")
    labels = {
        name: {firmfile.text_of(code): str(words) for code, words in said.items()}
        for name, said in meta.variable_value_labels.items()
    }
    table = [columns[name] for name in headings]
    lines = ((number, [_cell(value) for value in row], "") for number, row in enumerate(zip(*table, strict=True), 2))
    return headings, labels, lines


def _cell(value: Any) -> Cell:
    """A value of an SPSS file: missing ones are no number and so not equal to themselves."""
    if value is None or value != value:
        return None
    found = value.item() if hasattr(value, "item") else value
    return found if isinstance(found, (str, int, float, bool)) else str(found)


@contextmanager
def _on_disk(body: bytes) -> Iterator[str]:
    with tempfile.NamedTemporaryFile(suffix=".sav") as kept:
        kept.write(body)
        kept.flush()
        yield kept.name
