"""What officers say about visits: to whom homes are given, and how many."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hearth.ui.fields import Choice, Number
from hearth.ui.forms import Form


class GiveVisits(Form):
    """Homes for an interviewer's list."""

    to = Choice("Who visits?", options=(), as_list=True, coerce=int)
    number = Number("How many homes?", least=1, hint="In the order of the draw. Where nobody may knock is left out")

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("to", list(people))


class TakeBack(Form):
    """Whose list is taken back."""

    to = Choice("Whose homes?", options=(), as_list=True, coerce=int)

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("to", list(people))
