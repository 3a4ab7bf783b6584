"""Finding, sending and declining what people asked for in other formats."""

from __future__ import annotations

from django.utils import timezone

from hearth.ui import fields, forms


class Find(forms.FilterForm):
    """Narrow the list."""

    state = fields.Choice(
        "Show", as_list=True, empty_text="Waiting to be sent",
        options=[("late", "Overdue"), ("sent", "Sent"), ("declined", "Declined"), ("all", "All")],
    )  # fmt: skip


class Sent(forms.Form):
    """Sent, with the proof."""

    on = fields.DateField("Sent on", latest=timezone.localdate)
    proof = fields.LongText(
        "How was it sent?", rows=3, hint="For example: first class post with its reference, or handed over.",
        missing="Say how it was sent",
    )  # fmt: skip
    supplier = fields.TextField("Who made it, if somebody else did", most=160, required=False)
    cost = fields.Number("What it cost", prefix="£", places=2, least=0, required=False)


class Decline(forms.Form):
    """Why it cannot be supplied."""

    reason = fields.LongText(
        "Why can it not be supplied, and what did you offer instead?", rows=4,
        missing="Say why it cannot be supplied, and what you offered instead",
    )  # fmt: skip


class Nothing(forms.Form):
    """Nothing to fill in."""
