"""Changing reviews: writing, signing, reading in, publishing."""

from hearth.reviews.services.publishing import publish, withdraw
from hearth.reviews.services.reading import as_history, confirm_again, read_document, read_offline, save_reading
from hearth.reviews.services.signing import (
    add_addendum,
    close,
    dispatch,
    fall_due,
    reopen,
    resume,
    return_for_changes,
    sign,
    sign_addendum,
    submit,
)
from hearth.reviews.services.writing import (
    Clash,
    agree_not_required,
    begin,
    override,
    restore,
    save_part,
    screen,
    skip_screening,
    store_form,
)

__all__ = [
    "Clash",
    "add_addendum",
    "agree_not_required",
    "as_history",
    "begin",
    "close",
    "confirm_again",
    "dispatch",
    "fall_due",
    "override",
    "publish",
    "read_document",
    "read_offline",
    "reopen",
    "restore",
    "resume",
    "return_for_changes",
    "save_part",
    "save_reading",
    "screen",
    "sign",
    "sign_addendum",
    "skip_screening",
    "store_form",
    "submit",
    "withdraw",
]
