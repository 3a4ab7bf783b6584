"""What the audit pages show, in words."""

from __future__ import annotations

from typing import Any

from hearth.audit.rules import Broken


def kind_words(kind: str) -> str:
    """The kind of a thing as words: "accounts.user" is "user (accounts)"."""
    room, _, name = kind.partition(".")
    return f"{name} ({room})" if name else kind


def detail_rows(detail: dict[str, Any]) -> list[tuple[str, str]]:
    """The facts kept with an event, by name."""
    return [(name.replace("_", " ").capitalize(), _said(value)) for name, value in sorted(detail.items())]


def _said(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(_said(one) for one in value) or "None"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return "None" if value is None else str(value)


def verdict(broken: Broken | None) -> str:
    """What the check of the chain found."""
    if broken is None:
        return "Every seal holds: no sealed event was changed or removed."
    return f"The chain is broken at seal {broken.position}, event {broken.event_id}: {broken.why}."
