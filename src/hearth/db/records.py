"""The base of every row that belongs to a landlord."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from hearth.db import wall


class Record(models.Model):
    """A row that belongs to one landlord and stands behind the wall."""

    landlord = models.ForeignKey(
        "landlords.Landlord", on_delete=models.PROTECT, related_name="+", editable=False, default=wall.current
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    class Privacy:
        """Which fields are plain, personal or special-category data. Every model says so for every field.

        What else a model may say here stands in `hearth.db.privacy`, with what comes of it.
        """

        plain: ClassVar[set[str]] = {"id", "landlord", "recorded_at"}
        personal: ClassVar[set[str]] = set()
        special: ClassVar[set[str]] = set()
        others: ClassVar[set[str]] = set()
        secret: ClassVar[set[str]] = set()
        sealed: ClassVar[bool] = False
        evidence: ClassVar[bool] = False
        about: ClassVar[tuple[str, ...]] = ()
        thing: ClassVar[tuple[str, str] | None] = None
        addressed: ClassVar[set[str]] = set()


def privacy_of(model: type[models.Model]) -> dict[str, str]:
    """The privacy word of each field of a model: {"name": "personal", …}. Raises AttributeError where none is said."""
    words: dict[str, str] = {}
    privacy: Any = model.Privacy  # type: ignore[attr-defined]
    for word in ("plain", "personal", "special"):
        words |= dict.fromkeys(getattr(privacy, word), word)
    return words
