"""What the pages about files and likely duplicates show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from hearth.register.models import Import, ImportProblem, Merge, Pair, Person
from hearth.register.queries.people import shown_value
from hearth.register.rules import AT_WORK, ImportState
from hearth.register.rules.merging import CHOSEN
from hearth.ui.tables import Cell, Table
from hearth.ui.tags import Tag
from hearth.ui.words import day, moment

KINDS = {
    "estates": "Estates", "buildings": "Buildings", "homes": "Homes", "people": "People", "tenancies": "Tenancies",
    "tenants": "Tenants and joint tenants", "leases": "Leases", "leaseholders": "Leaseholders",
    "applications": "Applications",
}  # fmt: skip
COLOURS = {
    ImportState.UPLOADED: "blue", ImportState.CHECKING: "yellow", ImportState.CHECKED: "blue",
    ImportState.RUNNING: "yellow", ImportState.STOPPED: "orange", ImportState.DONE: "green", ImportState.FAILED: "red",
}  # fmt: skip


def state_tag(one: Import) -> Tag:
    """Where an import stands."""
    state = ImportState(one.state)
    return Tag(state.label, COLOURS[state])


def imports_table(imports: Iterable[Import]) -> Table:
    """Every file, the latest first."""
    rows = tuple(
        (
            Cell(f"{one.source}, {day(one.as_at)}", href=reverse("register:import", kwargs={"pk": one.pk})),
            one.file.name,
            state_tag(one),
            moment(one.recorded_at),
            one.by_name,
        )
        for one in imports
    )
    headers = ("Source and day", "File", "State", "Taken in", "By")
    return Table("Files", headers, rows, hidden_caption=True, stack=True, empty="No file has been taken in yet.")


def progress(one: Import) -> str:
    """How far the work on a file has come, in words; nothing where none is done."""
    if one.state not in AT_WORK:
        return ""
    if one.state == ImportState.CHECKING:
        if one.rows is None:
            return f"Reading the file: row {one.at_row:,}." if one.at_row else "Waiting for the file to be read."
        return f"Comparing with what is kept: row {one.at_row:,} of {one.rows:,}."
    return f"Bringing in: row {one.at_row:,} of {one.rows or 0:,}."


def counts_table(one: Import) -> Table:
    """What would be, or was, added, changed and ended of each kind."""
    rows = []
    for key, words in KINDS.items():
        said = one.counts.get(key, {})
        if any(said.values()):
            rows.append((words, *(said.get(sort, 0) for sort in ("added", "changed", "ended", "same"))))
    done = one.state in (ImportState.DONE, ImportState.RUNNING, ImportState.STOPPED) and one.options.get("expected")
    caption = "What was brought in" if done else "What bringing it in would do"
    headers = ("Kind", "Added", "Changed", "Ended", "Stays the same")
    return Table(caption, headers, tuple(rows), stack=True, empty="Nothing of it could be read.")


def samples_table(one: Import, sort: str) -> Table:
    """A few additions or changes, to look at before bringing in."""
    rows: list[tuple[Any, ...]] = []
    for sample in one.samples:
        if sample["sort"] != sort:
            continue
        changes = "; ".join(
            f"{label}: {old or 'nothing'} → {new or 'nothing'}" for label, old, new in sample["changes"]
        )
        words = (changes,) if sort == "changed" else ()
        rows.append((f"Row {sample['row']:,}", KINDS[sample["kind"]], sample["title"], *words))
    if sort == "changed":
        return Table("Some of the changes", ("Row", "Kind", "Which", "Change"), tuple(rows), stack=True)
    return Table("Some of what is new", ("Row", "Kind", "Which"), tuple(rows), stack=True)


def notes(one: Import) -> list[str]:
    """What somebody should know of a file before it is brought in."""
    found = []
    taken = one.options.get("leads_taken", 0)
    if taken:
        found.append(
            f"{taken:,} tenancies name no lead tenant: the first tenant in the file is taken as the lead tenant."
        )
    held = one.options.get("held_back", 0)
    if held and one.options.get("whole"):
        found.append(
            f"{held:,} refused rows do not say which tenancy they are about. Because one of those could be missing for "
            "that reason alone, nothing is taken to have ended by not being in the file."
        )
    return found


def problems_table(problems: Iterable[ImportProblem]) -> Table:
    """The first problems of a file."""
    rows = tuple(
        (
            f"Row {one.row:,}",
            one.column,
            one.reason,
            Tag("Row refused", "red") if one.refused else Tag("Left out", "orange"),
        )
        for one in problems
    )
    return Table("Problems", ("Row", "Column", "What is wrong", "\u00a0"), rows, stack=True)


def problem_rows(one: Import, problems: Iterable[ImportProblem]) -> tuple[list[str], list[list[Any]]]:
    """The rows with problems as a file: why, then the row as it came, under its own headings."""
    headings = ["Row", "Column", "What is wrong", "Brought in", *one.options.get("headings", [])]
    rows = [[p.row, p.column, p.reason, "No" if p.refused else "Yes, without this value", *p.values] for p in problems]
    return headings, rows


def pairs_table(pairs: Iterable[Pair]) -> Table:
    """Records that may be one person."""
    rows = tuple(
        (
            Cell(f"{one.one.name} and {one.other.name}", href=reverse("register:pair", kwargs={"pk": one.pk})),
            f"{one.likelihood * 100:.0f} in 100",
            "; ".join(one.reasons),
        )
        for one in pairs
    )
    headers = ("Two records", "Likelihood", "Why")
    return Table("People who may be kept twice", headers, rows, hidden_caption=True, stack=True,
                 empty="Nobody seems to be kept twice.")  # fmt: skip


def compared(one: Person, other: Person, homes: dict[int, str], kinds: dict[int, Any]) -> Table:
    """Two records side by side; what differs is said, not only coloured."""
    rows: list[tuple[Any, ...]] = [("Reference", one.key, other.key, "")]
    for name, words in CHOSEN.items():
        left, right = shown_value(one, name), shown_value(other, name)
        if left or right:
            rows.append((words, left, right, "" if left == right else Tag("Differs", "orange")))
    rows.append(("What they are", kinds[one.pk].label, kinds[other.pk].label, ""))
    home, other_home = homes.get(one.pk, ""), homes.get(other.pk, "")
    rows.append(("Home", home, other_home, "" if home == other_home else Tag("Differs", "orange")))
    headers = ("\u00a0", "First record", "Second record", "\u00a0")
    return Table("The two records", headers, tuple(rows), stack=True)


def merges_table(merges: Iterable[Merge]) -> Table:
    """Every merge, with the way to undo it."""
    rows = tuple(
        (
            Cell(one.kept.name, href=reverse("register:person", kwargs={"pk": one.kept_id})),
            f"{one.gone.name}{f', reference {one.gone.key}' if one.gone.key else ''}",
            moment(one.at),
            one.by_name,
            Cell(f"Undone by {one.undone_by}, {moment(one.undone_at)}")
            if one.undone_at
            else Cell("Undo", href=reverse("register:undo_merge", kwargs={"pk": one.pk})),
        )
        for one in merges
    )
    headers = ("Record that stays", "Record that went into it", "When", "By", "\u00a0")
    return Table("Merged records", headers, rows, hidden_caption=True, stack=True, empty="No records were merged yet.")
