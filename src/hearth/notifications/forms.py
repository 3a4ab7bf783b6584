"""Finding messages, and recording what was posted."""

from __future__ import annotations

from hearth.notifications.models import Message
from hearth.ui import fields, forms


class Find(forms.FilterForm):
    """Narrow the outbox."""

    state = fields.Choice("State", options=Message.State, as_list=True, empty_text="Any state")
    letters = fields.Choice(
        "Channel",
        options=[("email", "Emails"), ("letter", "Letters"), ("sms", "Texts")],
        as_list=True,
        empty_text="All channels",
    )


class Posted(forms.Form):
    """How a letter was posted."""

    proof = fields.LongText(
        "How was it posted?", rows=3, hint="For example: first class on 3 June, or its tracking number.",
        missing="Say how it was posted",
    )  # fmt: skip


class Nothing(forms.Form):
    """Nothing to fill in."""
