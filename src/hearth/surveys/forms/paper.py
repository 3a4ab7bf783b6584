"""What officers type about paper forms: a serial, whose form to print, how many."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from hearth.ui.fields import Choice, DateField, Number, Option, TextField
from hearth.ui.forms import Form

SIZES = [Option("standard", "Standard print"), Option("large", "Large print, 18 point")]


class FindPaper(Form):
    """A form that came back."""

    serial = TextField(
        "Serial at the foot of the form, or the code", width=20, most=40, spellcheck=False, autocomplete="off"
    )


class Keying(Form):
    """What is said of a form beside its answers."""

    received_on = DateField("Day on which it came", latest=timezone.localdate)
    language = Choice("Language of the form", options=(), as_list=True)

    def __init__(self, *args: Any, languages: Iterable[Option] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("language", list(languages))


class _Printed(Form):
    size = Choice("Size", options=SIZES)
    language = Choice("Language", options=(), as_list=True)

    def __init__(self, *args: Any, languages: Iterable[Option] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("language", list(languages))


class HouseholdForm(_Printed):
    """The form of one household."""

    field_order = ("number", "size", "language")
    number = Number("Number of the household in the population", least=1)


class BlankForms(_Printed):
    """Forms of nobody's."""

    field_order = ("number", "size", "language")
    number = Number("How many forms?", least=1)
