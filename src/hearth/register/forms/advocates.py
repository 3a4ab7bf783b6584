"""The shape of an authority to act."""

from __future__ import annotations

from django.utils import timezone

from hearth.register.forms.contact import options
from hearth.register.rules.kinds import Authority, Scope
from hearth.ui.fields import Choice, Choices, DateField, Email, FileField, LongText, TextField
from hearth.ui.forms import Form


class Advocate(Form):
    """Who may act, for what, until when, and what shows it."""

    name = TextField("Name", most=160)
    organisation = TextField("Organisation", most=160, required=False)
    kind = Choice("By what right do they act?", options=options(Authority))
    scope = Choices("For what?", options=options(Scope), small=True)
    started_on = DateField("From", hint="The first day", latest=timezone.localdate)
    ended_on = DateField(
        "Until", hint="The last day. Leave it empty for a power that holds until it is withdrawn.", required=False
    )
    evidence = TextField("What shows it?", most=300, hint="For example: letter signed by the tenant on 3 March 2026")
    file = FileField(
        "Copy of the evidence", kinds=("pdf", "jpg", "jpeg", "png", "docx", "odt"), most_megabytes=10, required=False
    )
    email = Email("Their email address", required=False, autocomplete="off")
    phone = TextField("Their telephone number", most=30, required=False, inputmode="tel")
    postal_address = LongText("Their postal address", rows=4, most=400, required=False)
