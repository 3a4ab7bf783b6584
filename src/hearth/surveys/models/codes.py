"""Codes that opened nothing: counted, so that nobody can try them out one after the other."""

from __future__ import annotations

from django.db import models

from hearth.db.records import Record


class WrongCode(Record):
    """How many wrong codes came from one address within a quarter of an hour. Neither code nor address is kept."""

    who = models.CharField(max_length=64)  # made from the address with the installation's secret; "" counts for all
    since = models.DateTimeField()  # the beginning of the quarter of an hour
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["landlord", "who", "since"], name="one_count_an_address")]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "since", "count"}
        personal = {"who"}

    def __str__(self) -> str:
        return f"{self.count} wrong codes"
