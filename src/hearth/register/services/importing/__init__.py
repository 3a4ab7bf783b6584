"""Files of the housing management system: taken in, checked, brought in."""

from hearth.register.services.importing.files import (
    bring_in,
    check_file,
    forget_rows,
    name_columns,
    stop,
    take_file,
    words_to_settle,
)
from hearth.register.services.importing.running import bring_in_steps, check_in_steps, check_missing

__all__ = [
    "bring_in",
    "bring_in_steps",
    "check_file",
    "check_in_steps",
    "check_missing",
    "forget_rows",
    "name_columns",
    "stop",
    "take_file",
    "words_to_settle",
]
