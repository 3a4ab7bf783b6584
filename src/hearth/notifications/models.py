from django.db import models

from hearth.db.records import Record


class Message(Record):
    """One message to one ready recipient: composed, then sent or failed, with proof (SYS-05)."""

    class Channel(models.TextChoices):
        EMAIL = "email", "Email"
        LETTER = "letter", "Letter, to print and post"
        SMS = "sms", "Text message"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be sent"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed"

    key = models.CharField(max_length=160)  # what makes it one message: the same key is never sent twice
    channel = models.CharField(max_length=20, choices=Channel, default=Channel.EMAIL)
    to_name = models.CharField(max_length=160)
    to_address = models.TextField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    attachment_ids = models.JSONField(default=list, blank=True)  # of files that the sending room keeps
    about_kind = models.CharField(max_length=100, blank=True)
    about_id = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    tries = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    proof = models.TextField(blank=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["landlord", "key"], name="one_message_a_key")]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "key", "channel", "attachment_ids", "about_kind", "about_id", "state", "tries",
            "sent_at", "error",
        }  # fmt: skip
        personal = {"to_name", "to_address", "subject", "body", "proof"}
        thing = ("about_kind", "about_id")
        addressed = {"to_address"}

    def __str__(self) -> str:
        return self.subject
