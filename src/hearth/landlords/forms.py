"""What an administrator says about the organisation: settings, bodies, closures and its look."""

from __future__ import annotations

from hearth.landlords import queries
from hearth.landlords.rules import Kind
from hearth.ui.fields import Choice, DateField, Email, LongText, Option, TextField, YesNo
from hearth.ui.forms import Form, Rows


class FindBody(Form):
    """Words to look for among the bodies."""

    words = TextField("Name, alias or abbreviation", required=False, width=20)


class Change(Form):
    """A value from a day on, with the authority for it."""

    value = TextField("New value", width=10)
    holds_from = DateField("From which day does it hold?", hint="The days before keep the value that they had.")
    source = TextField("Which law, Code or decision sets it?", most=300)
    owner = TextField("Which post answers for it?", most=160)

    def __init__(self, *args: object, kind: Kind, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if kind.unit == "posts":
            self.fields["value"] = LongText("Posts, in the order in which they sign", hint="One on each line.", rows=4)
        elif kind.unit == "text":
            self.fields["value"] = TextField("New value", most=300)
        else:
            self.fields["value"] = TextField("New value", width=5, suffix=kind.unit if kind.unit != "number" else "")


class Confirm(Form):
    """Nothing to fill in."""


class ConfirmDefault(Form):
    """From when Hearth's own value is the landlord's too, and who answers for it."""

    holds_from = DateField("From which day does it hold?")
    owner = TextField("Which post answers for it?", most=160)


class Alias(Form):
    """Another name of a body, with the years in which it was used."""

    name = TextField("Name", most=200)
    first_on = DateField("Used from", required=False)
    last_on = DateField("Used until", required=False)


def _parents() -> list[Option]:
    return [Option(str(body.pk), body.name) for body in queries.bodies()]


class Body(Form):
    """A body of the register."""

    rows = {"aliases": Rows(Alias, "other name", legend="Earlier and other names", most=12)}
    name = TextField("Name", most=200)
    kind = TextField("What kind of body is it?", hint="Such as forum, committee, board, panel or cabinet.", most=60)
    decides = YesNo("Does it take decisions?", hint="A cabinet does; a residents’ forum as a rule does not.")
    parent = Choice("Which body does it report to?", options=_parents, as_list=True, required=False, empty_text="None")
    frequency = TextField("How often does it meet?", most=100, required=False)
    terms = LongText("Terms of reference", required=False)


class Closure(Form):
    """Days on which the landlord does not work."""

    first_on = DateField("First day")
    last_on = DateField("Last day")
    reason = TextField("Reason", most=160, hint="Such as “Christmas closure”.")


class Look(Form):
    """How the landlord is named, coloured and reached."""

    name = TextField("Name", most=120)
    short_name = TextField("Short name", most=60)
    colour = TextField("Colour of the header", width=10, hint="Six hex digits, such as #1d4f5b.", spellcheck=False)
    phone = TextField("Telephone", most=40, required=False, autocomplete="off")
    email = Email("Email address", required=False, autocomplete="off")
    address = LongText("Postal address", rows=4, required=False)
    forum_name = TextField("Name of its main residents’ body", most=120, required=False)
