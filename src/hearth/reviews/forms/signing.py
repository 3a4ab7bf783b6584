"""Signing, returning, addenda and what comes after an approval."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from hearth.ui import fields, forms

READ = "I have read this review and have had due regard to what it says"


class Sign(forms.Form):
    """Sign: an acknowledgement, and the day."""

    regard = fields.Choices(
        "Before you sign", options=[("yes", READ)], size="m", missing="Select that you have read the review",
    )  # fmt: skip
    on = fields.DateField(
        "Date of your signature", latest=timezone.localdate,
        hint="Today, unless you decided on an earlier day. It cannot be before an earlier signature.",
    )  # fmt: skip


class Return(forms.Form):
    """Send back, with what should be changed."""

    part = fields.Choice(
        "Which answer is it about?", options=(), as_list=True, required=False, empty_text="The whole review"
    )
    text = fields.LongText("What should be changed?", rows=6, missing="Say what should be changed")

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("part", places)


class Addendum(forms.Form):
    """Findings that came after the approval."""

    need = fields.Choice("Which information was awaited?", options=(), required=False, reveals={"other": ("other",)})
    other = fields.TextField("What is it about?", most=300, missing="Say what the addendum is about")
    findings = fields.LongText("What was found?", rows=8, missing="Say what was found")
    effect = fields.LongText(
        "What does it change in the assessment, or why does it change nothing?", rows=6,
        missing="Say what it changes, or why nothing",
    )  # fmt: skip
    ended_on = fields.DateField("When did the consultation or research end?", latest=timezone.localdate)

    def __init__(self, *args: Any, needs: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = [fields.Option(need[:300], need[:300]) for need in needs]
        options.append(fields.Option("other", "Something else", divider="or" if needs else ""))
        self.offer("need", options)
        self.fields["need"].required = True


class Report(forms.Form):
    """Attach a file of the review to the committee report."""

    format = fields.Choice("In which format?", options=[("docx", "Word document"), ("pdf", "PDF")])


class Due(forms.Form):
    """Why a review falls due now."""

    reason = fields.LongText("Why is it due now?", rows=3, missing="Say why it is due now")
