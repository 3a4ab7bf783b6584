"""Work lists of people of whom something is not known (PROF-30)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from hearth.db.records import Record


class Campaign(Record):
    """An effort to ask the people of whom something is missing. It says who is to be asked, never what was told."""

    title = models.CharField(max_length=200)
    characteristics = models.JSONField(default=list)  # codes: ["race", "disability"]
    population = models.CharField(max_length=40)  # rules.Population
    started_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    owner_name = models.CharField(max_length=160)

    class Meta:
        ordering = ["-started_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("started_on")), name="campaign_in_order"
            ),
        ]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "title", "characteristics", "population", "started_on", "ends_on", "closed_on",
        }  # fmt: skip
        personal = {"owner_name"}

    def __str__(self) -> str:
        return self.title


class CampaignPerson(Record):
    """Somebody on a campaign's list, since something about them was missing when it began."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey("register.Person", on_delete=models.CASCADE, related_name="+")
    tried_on = models.DateField(null=True, blank=True)  # last time somebody asked and had no answer yet

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["campaign", "person"], name="one_place_on_a_list")]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "campaign", "tried_on"}
        personal = {"person"}

    def __str__(self) -> str:
        return "Somebody to ask"
