"""Every way to change what this room keeps: one verb a function."""

from hearth.register.services.advocates import add_advocate, withdraw_authority
from hearth.register.services.contact import begin_wishes, log_contact, set_online, set_wishes
from hearth.register.services.duplicates import find_duplicates, say_different
from hearth.register.services.held import release, remind_of_markers, tell_cleared
from hearth.register.services.importing import (
    bring_in,
    bring_in_steps,
    check_file,
    check_in_steps,
    forget_rows,
    name_columns,
    stop,
    take_file,
    words_to_settle,
)
from hearth.register.services.merging import merge, undo_merge
from hearth.register.services.messages import State, Written, write_to
from hearth.register.services.needs import (
    agree_adjustment,
    book_interpreter,
    end_need,
    move_interpreter,
    record_need,
    record_use,
    remind_of_adjustments,
    review_adjustment,
)
from hearth.register.services.safe import lift_safe, mark_safe, settle_held

__all__ = [
    "State",
    "Written",
    "add_advocate",
    "agree_adjustment",
    "begin_wishes",
    "book_interpreter",
    "bring_in",
    "bring_in_steps",
    "check_file",
    "check_in_steps",
    "end_need",
    "find_duplicates",
    "forget_rows",
    "lift_safe",
    "log_contact",
    "mark_safe",
    "merge",
    "move_interpreter",
    "name_columns",
    "record_need",
    "record_use",
    "release",
    "remind_of_adjustments",
    "remind_of_markers",
    "review_adjustment",
    "say_different",
    "set_online",
    "set_wishes",
    "settle_held",
    "stop",
    "take_file",
    "tell_cleared",
    "undo_merge",
    "withdraw_authority",
    "words_to_settle",
    "write_to",
]
