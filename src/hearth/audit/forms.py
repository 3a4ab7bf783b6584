"""What to look for in the trail."""

from __future__ import annotations

from hearth.audit import queries, rules
from hearth.ui.fields import Choice, DateField, Option, TextField
from hearth.ui.forms import Form


def _deeds() -> list[Option]:
    return [Option(deed, rules.deed_words(deed)) for deed in queries.deeds()]


class Find(Form):
    """By person, thing, deed and days; all that is given must fit."""

    who = TextField("Name of the person", required=False, width=20)
    thing = TextField("Name of the thing", required=False, width=20)
    deed = Choice("Deed", options=_deeds, as_list=True, required=False, empty_text="Any deed")
    first_on = DateField("From", required=False)
    last_on = DateField("To", required=False)


class Verify(Form):
    """Nothing to fill in."""
