"""What was read a moment ago, for pages that very many people open at once.

It is kept in each process for as long as HEARTH_BRIEFLY says (a second), so nothing may rest on it that must be right
to the moment: what is written asks the database again. Rows of one landlord never meet another's: whoever keeps
something names the landlord in its key.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from django.conf import settings

Thing = TypeVar("Thing")
MOST = 500  # things of one sort; a visitor who makes up addresses cannot fill the memory


class Briefly(Generic[Thing]):
    """Things of one sort by their keys. What is not there (None) is asked for each time."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[float, Thing]] = {}

    def get(self, key: Hashable, read: Callable[[], Thing | None]) -> Thing | None:
        """The thing as it was a moment ago, else as `read` gives it now. It is shared: nobody may change it."""
        now = time.monotonic()
        kept = self._kept.get(key)
        if kept is not None and now < kept[0]:
            return kept[1]
        found = read()
        if found is not None and settings.HEARTH_BRIEFLY > 0:
            if len(self._kept) >= MOST:
                self._kept.clear()
            self._kept[key] = (now + settings.HEARTH_BRIEFLY, found)
        return found

    def forget(self) -> None:
        """Forget everything, as if the moment had passed."""
        self._kept.clear()
