"""Publishing and taking back."""

from hearth.ui import fields, forms


class Publish(forms.Form):
    """Publish: somebody has looked at what everybody will read."""

    looked = fields.Choices(
        "Before you publish",
        options=[("yes", "I have looked at the page as everybody will read it, and it makes sense to a tenant")],
        size="m",
        missing="Select that you have looked at the page",
    )


class Withdraw(forms.Form):
    """Take a publication back."""

    why = fields.LongText("Why is it taken back?", rows=4, missing="Say why it is taken back")
