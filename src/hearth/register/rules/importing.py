"""Where an import stands, and when what is missing from a file may be taken to have ended (SYS-10); pure."""

from __future__ import annotations

from hearth.kernel.choices import check_move
from hearth.kernel.refusals import Refused
from hearth.register.rules.kinds import ImportState

MOVES = {
    ImportState.UPLOADED: {ImportState.CHECKING},
    ImportState.CHECKING: {ImportState.CHECKED, ImportState.STOPPED, ImportState.FAILED},
    ImportState.CHECKED: {ImportState.CHECKING, ImportState.RUNNING},
    ImportState.RUNNING: {ImportState.DONE, ImportState.STOPPED, ImportState.FAILED},
    ImportState.STOPPED: {ImportState.RUNNING, ImportState.CHECKING},
    ImportState.FAILED: {ImportState.RUNNING, ImportState.CHECKING},
    ImportState.DONE: set[ImportState](),
}
AT_WORK = frozenset({ImportState.CHECKING, ImportState.RUNNING})


def check_import_move(here: ImportState, there: ImportState) -> None:
    """Refuse a move that an import cannot make."""
    check_move(MOVES, here, there, what="import")


def ends_too_many(*, ending: int, current: int, most_percent: float) -> bool:
    """Whether more would end, because it is missing from a whole file, than is likely (a half-exported file)."""
    return current > 0 and ending * 100 > most_percent * current


def check_ends(*, ending: int, current: int, most_percent: float, confirmed: bool) -> None:
    """Refuse to end more than the set share of tenancies at once, unless somebody has confirmed it."""
    if ends_too_many(ending=ending, current=current, most_percent=most_percent) and not confirmed:
        raise Refused(
            f"This file would end {ending:,} of {current:,} tenancies because they are not in it. That is more than "
            f"{most_percent:g} per cent. Look whether the file is whole. If it is, say that they have ended.",
            field="confirmed",
        )
