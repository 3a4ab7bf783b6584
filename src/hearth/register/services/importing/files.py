"""A file is taken in, its columns are named, it is checked, brought in, stopped."""

from __future__ import annotations

import io
from datetime import date

from django.db import transaction
from django.utils import timezone

from hearth.audit import services as audit
from hearth.db import news
from hearth.documents import services as documents
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.kernel.sheets import Limits, rows_of
from hearth.landlords import queries as landlords
from hearth.register import permissions, rules
from hearth.register.models import Import, ImportProblem, Source
from hearth.register.rules import ImportState, mapping
from hearth.register.rules.importing_rows import text
from hearth.register.rules.importing_words import RIGHTS, guess_right
from hearth.register.services.importing import running, staging

_LOOK_AT = 20_000  # rows that are looked at for words of tenure before somebody names the columns
_MOST_WORDS = 60


@transaction.atomic
def take_file(
    *, source: str, name: str, body: bytes, as_at: date, whole: bool = False, sheet: str = "", on: date, by: Actor
) -> Import:
    """Take in a file of a source, and guess what its columns mean, as it was said for the source before.

    `as_at` is the day that the file tells of, `whole` whether everything is in it, so that what is missing has ended.
    Raises Refused for a file that cannot be read, is too large, or is older than one that was brought in.
    """
    check(by, permissions.IMPORT)
    source = " ".join(source.split())
    if not source:
        raise Refused("Say from which system the file comes.", field="source")
    if as_at > on:
        raise Refused("The file cannot tell of a day that is still to come.", field="as_at")
    most = int(landlords.setting("register.import_most_megabytes", on=on))
    if len(body) > most * 1024**2:
        raise Refused(f"The file is larger than {most} MB. Divide it.", field="file")
    kept, _ = Source.objects.get_or_create(name=source[:160])
    later = Import.objects.filter(source=kept, state=ImportState.DONE, as_at__gt=as_at).order_by("-as_at").first()
    if later:
        raise Refused(
            f"A later file of this source, of {later.as_at:%d %B %Y}, was brought in already. This one would undo it.",
            field="as_at",
        )
    headings, words = look(name, body, kept.mapping or None, sheet)
    file = documents.keep(name=name, body=body, purpose="register.import", by=by)
    one = Import.objects.create(
        source=kept, file=file, mapping=mapping.guess(headings, kept.mapping or None), as_at=as_at, by_name=by.name,
        options={
            "whole": whole, "sheet": sheet, "headings": headings, "tenure_words": words,
            "tenures": kept.options.get("tenures", {}),
        },
    )  # fmt: skip
    audit.record(by=by, deed="register.file_taken", subject=one, whole=whole, size=len(body))
    return one


def look(name: str, body: bytes, kept: dict[str, str] | None, sheet: str = "") -> tuple[list[str], list[str]]:
    """The headings of a file, and the words by which its first rows name tenures. Raises Refused."""
    lines = rows_of(io.BytesIO(body), name, limits=Limits(rows=2_000_000), sheet=sheet)
    first = next(lines, None)
    if first is None:
        raise Refused("The file is empty.", field="file")
    headings = staging.headings_of(first)
    mapping.check_headings(headings)
    guessed = mapping.guess(headings, kept)
    place = next((n for n, heading in enumerate(headings) if guessed.get(heading) == "right.tenure"), None)
    words: dict[str, None] = {}
    if place is not None:
        for number, line in enumerate(lines):
            if number >= _LOOK_AT or len(words) >= _MOST_WORDS:
                break
            try:
                found = text(line.cells[place]) if place < len(line.cells) else ""
            except Refused:
                continue
            if found and len(found) <= 60:
                words[found] = None
    return headings, list(words)


@transaction.atomic
def name_columns(*, one: Import, columns: dict[str, str], tenures: dict[str, str], whole: bool, by: Actor) -> None:
    """Say what each column means, and which right the source's words for tenure stand for; kept for its next file.

    `columns` gives each heading a key of `mapping.FIELDS`, or nothing; `tenures` gives words a key of RIGHTS.
    """
    check(by, permissions.IMPORT)
    _check_idle(one)
    headings = list(one.options["headings"])
    wanted = {heading: key for heading, key in columns.items() if key}
    for heading, key in wanted.items():
        if key not in mapping.FIELDS or heading not in headings:
            raise Refused("This page is out of date. Open it again.")
    refused = mapping.protected(wanted)
    if refused:
        raise Refused(f"The register does not take “{refused[0]}”: what people are is kept apart, as equality data.")
    mapping.check_mapping(wanted, headings)
    unknown = [key for key in tenures.values() if key not in RIGHTS]
    if unknown:
        raise Refused("This page is out of date. Open it again.")
    one.mapping = wanted
    one.options = {**one.options, "whole": whole, "tenures": {**one.options.get("tenures", {}), **tenures}}
    one.save(update_fields=["mapping", "options"])
    one.source.mapping = {heading: columns.get(heading, "") for heading in headings}
    one.source.options = {**one.source.options, "tenures": one.options["tenures"]}
    one.source.save(update_fields=["mapping", "options"])
    audit.record(by=by, deed="register.columns_named", subject=one, columns=len(wanted))


def words_to_settle(one: Import) -> list[tuple[str, str]]:
    """The words by which the file names tenures, each with the right that they stand for, or nothing."""
    said = one.options.get("tenures", {})
    return [(words, said.get(words) or guess_right(words)) for words in one.options.get("tenure_words", [])]


def _check_idle(one: Import) -> None:
    if one.state in rules.AT_WORK:
        raise Refused("This file is being worked on. Stop that first, or wait.")
    if one.state == ImportState.DONE:
        raise Refused("This file has been brought in already. Take in a new one.")


@transaction.atomic
def check_file(*, one: Import, wait: bool = True, by: Actor) -> None:
    """Read the file and compare it with what is kept, later; nothing of that is changed (a dry run).

    Without `wait` the caller takes the steps itself (`check_in_steps`), as the command line does.
    """
    check(by, permissions.IMPORT)
    one = Import.objects.select_for_update().get(pk=one.pk)
    rules.check_import_move(ImportState(one.state), ImportState.CHECKING)
    mapping.check_mapping(one.mapping, one.options["headings"])
    _start(one, ImportState.CHECKING)
    audit.record(by=by, deed="register.check_asked", subject=one)
    if wait:
        news.defer("register.check_import", import_id=one.pk)


@transaction.atomic
def bring_in(*, one: Import, confirmed: bool = False, wait: bool = True, by: Actor) -> None:
    """Bring in a file that was checked, or go on with one that was stopped, later.

    `confirmed` says that all that is missing from a whole file has ended, however much it is. Without `wait` the
    caller takes the steps itself (`bring_in_steps`).
    """
    check(by, permissions.IMPORT)
    one = Import.objects.select_for_update().get(pk=one.pk)
    rules.check_import_move(ImportState(one.state), ImportState.RUNNING)
    if not one.rows:
        raise Refused("This file has not been checked to its end. Check it first.")
    running.check_missing(one, confirmed=confirmed or bool(one.options.get("confirmed")))
    if Import.objects.filter(state=ImportState.RUNNING).exclude(pk=one.pk).exists():
        raise Refused("Another file is being brought in. Wait until it is done.")
    if confirmed:
        one.options = {**one.options, "confirmed": True}
    if one.at_row == 0:
        one.options = {**one.options, "expected": one.counts}
    one.save(update_fields=["options"])
    _start(one, ImportState.RUNNING)
    audit.record(by=by, deed="register.bring_in_asked", subject=one, confirmed=confirmed, from_row=one.at_row)
    if wait:
        news.defer("register.bring_in", import_id=one.pk)


def _start(one: Import, state: ImportState) -> None:
    one.state, one.stop_asked, one.error = state, False, ""
    one.started_at, one.finished_at = timezone.now(), None
    one.save(update_fields=["state", "stop_asked", "error", "started_at", "finished_at"])


@transaction.atomic
def stop(*, one: Import, by: Actor) -> None:
    """Ask to stop; what was brought in stays, and the rest can follow later."""
    check(by, permissions.IMPORT)
    if one.state not in rules.AT_WORK:
        raise Refused("Nothing is being done with this file now.")
    Import.objects.filter(pk=one.pk).update(stop_asked=True)
    audit.record(by=by, deed="register.stop_asked", subject=one)


@transaction.atomic
def forget_rows(*, on: date, by: Actor) -> int:
    """Forget what is still held of the rows of old files; of how many. For the timetable.

    After the set days nobody mends refused rows any more, and a file that nobody brought in must be checked anew.
    """
    days = int(landlords.setting("register.import_wait_days", on=on))
    old = [
        one
        for one in Import.objects.exclude(state__in=rules.AT_WORK)
        if (on - timezone.localdate(one.recorded_at)).days > days
        and (one.samples or one.read_rows.exists() or one.problems.exists())
    ]
    for one in old:
        staging.clear_rows(one)
        ImportProblem.objects.filter(of=one).delete()
        one.samples = []
        if one.state != ImportState.DONE:
            one.rows, one.at_row, one.state = None, 0, ImportState.STOPPED
        one.save(update_fields=["rows", "at_row", "samples", "state"])
        audit.record(by=by, deed="register.rows_forgotten", subject=one)
    return len(old)
