"""Choosing what is put into the answer on the people affected: a profile, or figures of somebody else."""

from __future__ import annotations

from typing import Any

from hearth.ui.fields import Choice, Choices, Option
from hearth.ui.forms import Form


class InsertProfile(Form):
    """Which profile to put in."""

    profile = Choice("Which profile?", options=(), missing="Select a profile")

    def __init__(self, *args: Any, profiles: list[Option], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["profile"].source = profiles  # type: ignore[attr-defined]
        self.fields["profile"].coerce = int  # type: ignore[attr-defined]


class Evidence(Form):
    """Which outside figures to cite."""

    statistics = Choices("Which figures?", options=(), missing="Select at least one figure")

    def __init__(self, *args: Any, statistics: list[Option], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["statistics"].source = statistics  # type: ignore[attr-defined]
        self.fields["statistics"].coerce = int  # type: ignore[attr-defined]
