from django.db import models

from hearth.db import wall


class Event(models.Model):
    """One deed: who did what to which thing, and when. Never changed, never removed."""

    landlord_id = models.BigIntegerField(default=wall.current, db_index=True)
    at = models.DateTimeField(auto_now_add=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    by_posts = models.JSONField(default=list)
    deed = models.CharField(max_length=100)
    subject_kind = models.CharField(max_length=100)
    subject_id = models.BigIntegerField(null=True)
    subject_name = models.CharField(max_length=300)
    about_person = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["landlord_id", "subject_kind", "subject_id"]),
            models.Index(fields=["landlord_id", "by_id"]),
            models.Index(fields=["landlord_id", "about_person"]),
        ]

    class Privacy:
        plain = {
            "id",
            "landlord_id",
            "at",
            "deed",
            "subject_kind",
            "subject_id",
            "subject_name",
            "by_posts",
            "detail",
        }
        personal = {"by_id", "by_name", "about_person"}
        special: set[str] = set()

    def __str__(self) -> str:
        return f"{self.by_name}: {self.deed} {self.subject_name}"


class Seal(models.Model):
    """One link of a landlord's chain over its events."""

    landlord_id = models.BigIntegerField(default=wall.current)
    position = models.BigIntegerField()
    event_id = models.BigIntegerField()
    link = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["landlord_id", "position"], name="one_seal_a_position"),
            models.UniqueConstraint(fields=["landlord_id", "event_id"], name="one_seal_an_event"),
        ]

    class Privacy:
        plain = {"id", "landlord_id", "position", "event_id", "link", "sealed_at"}
        personal: set[str] = set()
        special: set[str] = set()

    def __str__(self) -> str:
        return f"Seal {self.position}"
