"""The shape of what people say about themselves, in words that speak to them."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from hearth.register.forms import contact
from hearth.register.rules.kinds import NOT_OPTIONAL, Channel, Format, Level, NeedKind, Purpose
from hearth.ui.fields import Choice, Choices, DateField, Email, LongText, Password, TextField
from hearth.ui.forms import Form

LONG_ENOUGH = "Use 12 characters or more. Three random words are easier to remember than odd characters."


class Details(Form):
    """How one is reached."""

    title = TextField("Title", most=30, width=10, required=False, hint="For example Ms, Mr, Mx or Dr")
    email = Email("Email address", required=False)
    mobile = TextField("Mobile number", most=30, width=20, required=False, inputmode="tel", autocomplete="tel")
    phone = TextField("Telephone number", most=30, width=20, required=False, inputmode="tel")
    postal_address = LongText(
        "Address for letters", rows=4, most=500, required=False, hint="Only if letters should not go to your home"
    )


class Wishes(contact.Wishes):
    """How one wishes to hear."""

    refused = Choices(
        "Ways that we must not use",
        options=contact.options(Channel),
        required=False,
        small=True,
        hint="A legal or service notice still goes by letter where nothing else is left.",
    )
    opted_out = Choices(
        "Do not contact me about",
        options=contact.options(Purpose, without=NOT_OPTIONAL),
        required=False,
        small=True,
        hint="We must still send you service and legal notices, and write to you about your own case.",
    )
    level = Choice("How closely do you wish to be involved?", options=contact.options(Level))
    interpreter = TextField(
        "Interpreter when we speak",
        required=False,
        most=60,
        hint="The language to interpret, for example Polish or British Sign Language",
    )
    format = Choice("In which format can you read what we send?", options=contact.options(Format))
    online = Choice(
        "Do you use the internet?", inline=True, options=[("yes", "Yes"), ("no", "No"), ("unknown", "I would not say")]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["told_by"]  # they say it themselves


class Need(Form):
    """What one needs."""

    kind = Choice("What kind of need is it?", options=contact.options(NeedKind))
    what = TextField(
        "What do you need?",
        most=300,
        hint="For example: I cannot use stairs; I read with a screen reader. You need not say why.",
    )


class Correction(Form):
    """What is wrong, and what is right."""

    what = LongText(
        "What is wrong, and what is right?",
        rows=5,
        most=2000,
        hint="For example your name, your date of birth or when your tenancy began. Say what papers show it.",
    )


class Asking(Form):
    """What one would like to say with a request."""

    what = LongText("Anything that helps us find it", rows=4, most=2000, required=False)


class Objection(Form):
    """Which uses one objects to."""

    purposes = Choices(
        "Which uses do you object to?",
        options=contact.options(Purpose, without=NOT_OPTIONAL),
        missing="Select at least one use",
    )
    what = LongText("Why?", rows=4, most=2000, required=False)


class Confirm(Form):
    """Nothing to fill in."""


class TakeUp(Form):
    """What opens an account."""

    code = TextField(
        "Code", width=20, spellcheck=False, autocomplete="off", hint="12 letters and digits, such as ABCD-EFGH-JKLM"
    )
    born_on = DateField("Your date of birth", latest=timezone.localdate, required=False, hint="For example, 27 3 1987")
    email = Email("Email address", hint="You will sign in with it.", autocomplete="username")
    password = Password("Choose a password", new=True, hint=LONG_ENOUGH)
