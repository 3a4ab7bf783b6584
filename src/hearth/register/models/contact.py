"""How somebody may be reached, what they need, and who acts for them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from hearth.db.records import Record
from hearth.kernel.kinds import choices
from hearth.register.models.people import Person, in_order
from hearth.register.rules.kinds import Authority, Channel, Format, Frequency, Level, NeedKind, Purpose, Told


class ContactWishes(Record):
    """How somebody wishes to hear from the landlord (PROF-17)."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="wishes")
    language = models.CharField(max_length=20, default="en")  # BCP 47
    interpreter = models.CharField(max_length=60, blank=True)  # the language to interpret, "bsl" among them
    format = models.CharField(max_length=20, choices=choices(Format), default=Format.STANDARD)
    frequency = models.CharField(max_length=20, choices=choices(Frequency), default=Frequency.MONTHLY)
    level = models.CharField(max_length=20, choices=choices(Level), default=Level.INFORMED)
    topics = models.JSONField(default=list)  # keys of topics; none: all
    told_by = models.CharField(max_length=20, choices=choices(Told), default=Told.SELF)
    changed_on = models.DateField()

    class Meta:
        ordering = ["id"]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "frequency", "level", "topics", "told_by", "changed_on"}
        personal = {"person", "language"}
        special = {"interpreter", "format"}

    def __str__(self) -> str:
        return f"Contact wishes of {self.person}"


class ContactChannel(Record):
    """One way to reach somebody, in the order that they wish; or one that they do not want used."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="channels")
    channel = models.CharField(max_length=20, choices=choices(Channel))
    position = models.PositiveSmallIntegerField()
    allowed = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["person", "channel"], name="one_wish_a_channel")]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "position", "allowed", "channel"}
        personal = {"person"}

    def __str__(self) -> str:
        return self.get_channel_display()


class OptOut(Record):
    """That somebody does not wish to hear for a purpose, from a day on."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="opt_outs")
    purpose = models.CharField(max_length=20, choices=choices(Purpose))
    told_by = models.CharField(max_length=20, choices=choices(Told), default=Told.SELF)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"], condition=Q(ended_on=None), name="one_opt_out_a_purpose"
            ),
            in_order("opt_out_in_order"),
        ]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "purpose", "told_by", "started_on", "ended_on"}
        personal = {"person"}

    def __str__(self) -> str:
        return self.get_purpose_display()


class Need(Record):
    """A support need, a vulnerability, or a need in communication or access (PROF-08, PROF-19)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="needs")
    kind = models.CharField(max_length=20, choices=choices(NeedKind))
    what = models.CharField(max_length=300)
    told_by = models.CharField(max_length=20, choices=choices(Told))
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-started_on", "id"]
        constraints = [in_order("need_in_order")]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "told_by", "started_on", "ended_on"}
        personal = {"person"}
        special = {"kind", "what"}

    def __str__(self) -> str:
        return self.what


class Adjustment(Record):
    """A reasonable adjustment agreed with somebody, looked at again by a day (Equality Act 2010 section 20)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="adjustments")
    need = models.ForeignKey(Need, null=True, blank=True, on_delete=models.SET_NULL, related_name="adjustments")
    what = models.CharField(max_length=300)
    agreed_on = models.DateField()
    review_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    told_by = models.CharField(max_length=20, choices=choices(Told))

    class Meta:
        ordering = ["review_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(review_on__gte=F("agreed_on")), name="adjustment_reviewed_later"),
        ]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "agreed_on", "review_on", "ended_on", "told_by"}
        personal = {"person"}
        special = {"need", "what"}

    def __str__(self) -> str:
        return self.what


class AdjustmentUse(Record):
    """That an adjustment was really made on a day, or was not, with the reason (PROF-19, PROF-29)."""

    adjustment = models.ForeignKey(Adjustment, on_delete=models.CASCADE, related_name="uses")
    on = models.DateField()
    made = models.BooleanField(default=True)
    where = models.CharField(max_length=200)  # "Letter about the survey"
    reason = models.CharField(max_length=300, blank=True)  # why not
    by_name = models.CharField(max_length=160)

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(made=True) | ~Q(reason=""), name="not_made_has_a_reason"),
        ]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "on", "made"}
        personal = {"where", "by_name"}
        special = {"adjustment", "reason"}

    def __str__(self) -> str:
        return self.where


class InterpreterBooking(Record):
    """An interpreter, by telephone, face to face or in British Sign Language, for one contact (COM-07)."""

    class Mode(models.TextChoices):
        PHONE = "phone", "By telephone"
        FACE = "face", "Face to face"
        VIDEO = "video", "By video"

    class State(models.TextChoices):
        ASKED = "asked", "Asked for"
        CONFIRMED = "confirmed", "Confirmed"
        DONE = "done", "Took place"
        FAILED = "failed", "Did not take place"
        CANCELLED = "cancelled", "Cancelled"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="interpreters")
    language = models.CharField(max_length=60)
    mode = models.CharField(max_length=10, choices=Mode)
    at = models.DateTimeField()
    what_for = models.CharField(max_length=200)
    supplier = models.CharField(max_length=160, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    outcome = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "id"]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "mode", "at", "supplier", "state"}
        personal = {"person", "what_for", "outcome"}
        special = {"language"}

    def __str__(self) -> str:
        return f"Interpreter for {self.person}"


class Advocate(Record):
    """Somebody who may act for a person: with scope, evidence and an end (SEC-14)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="advocates")
    name = models.CharField(max_length=160)
    organisation = models.CharField(max_length=160, blank=True)
    kind = models.CharField(max_length=20, choices=choices(Authority))
    scope = models.JSONField(default=list)  # values of rules.kinds.Scope
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    postal_address = models.TextField(blank=True)
    user = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    evidence = models.CharField(max_length=300)  # "Signed letter of 3 March 2026"
    file = models.ForeignKey("documents.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)  # the last day on which the authority holds
    withdrawn_at = models.DateTimeField(null=True, blank=True)  # from this moment on it holds no longer

    class Meta:
        ordering = ["-started_on", "id"]
        constraints = [in_order("authority_in_order")]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "kind", "scope", "started_on", "ended_on", "withdrawn_at"}
        personal = {
            "person", "name", "organisation", "email", "phone", "postal_address", "user", "evidence", "file",
        }  # fmt: skip
        others = {"name", "organisation", "email", "phone", "postal_address", "user", "evidence", "file"}

    def __str__(self) -> str:
        return f"{self.name}, for {self.person}"


class SafeContact(Record):
    """The neutral "contact safely" marker: the only ways and times by which somebody may be reached.

    Nothing here says why. It is set and lifted by cleared staff, and is obeyed by every message, survey and letter.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="safe_contacts")
    channels = models.JSONField(default=list)  # [{"channel": "phone", "to": "+44…"}]; none: reach by nobody but set_by
    times = models.JSONField(default=list)  # [{"days": ["mon", …], "from": "09:00", "to": "15:00"}]; none: any time
    set_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    set_by_name = models.CharField(max_length=160)
    started_on = models.DateField()
    review_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-started_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ended_on=None), name="one_marker_a_person"),
            in_order("marker_in_order"),
        ]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "started_on", "review_on", "ended_on"}
        personal = {"person", "channels", "times", "set_by", "set_by_name"}
        sealed = True

    def __str__(self) -> str:
        return f"Contact safely: {self.person}"


class ContactLog(Record):
    """One contact with a person, made or tried: when, how, for what, with what result (COM-08, COM-15)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contacts")
    at = models.DateTimeField()
    channel = models.CharField(max_length=20, choices=choices(Channel))
    purpose = models.CharField(max_length=20, choices=choices(Purpose))
    incoming = models.BooleanField(default=False)
    reached = models.BooleanField(default=True)
    note = models.TextField(blank=True)
    by_name = models.CharField(max_length=160)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["landlord", "person", "-at"])]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "at", "channel", "purpose", "incoming", "reached"}
        personal = {"person", "note", "by_name"}
        others = {"note"}

    def __str__(self) -> str:
        return f"{self.get_channel_display()} with {self.person}"


class HeldMessage(Record):
    """A message that may not go out now: it waits for its hour, or for staff who are cleared to reach the person.

    Only cleared staff see which message is held and for whom; everybody else sees how many (SUR-16).
    """

    class Why(models.TextChoices):
        SAFETY = "safety", "Contact safely"
        FREQUENCY = "frequency", "As often as they wish"
        SPOKEN = "spoken", "To be told by telephone or in person"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SENT = "sent", "Sent"
        SETTLED = "settled", "Settled by hand"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="held_messages")
    key = models.CharField(max_length=160)  # of the message: the same key is never held or sent twice
    purpose = models.CharField(max_length=20, choices=choices(Purpose))
    topic = models.CharField(max_length=60, blank=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    language = models.CharField(max_length=20, default="en")  # in which the words are
    attachment_ids = models.JSONField(default=list, blank=True)
    about_kind = models.CharField(max_length=100, blank=True)
    about_id = models.BigIntegerField(null=True, blank=True)
    why = models.CharField(max_length=20, choices=Why)
    until = models.DateTimeField(null=True, blank=True)  # none: somebody cleared must settle it
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    settled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=300, blank=True)  # how it was settled by hand

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["landlord", "state", "until"])]
        constraints = [models.UniqueConstraint(fields=["landlord", "key"], name="one_held_message_a_key")]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "purpose", "topic", "until", "state", "settled_at", "attachment_ids", "language",
        }  # fmt: skip
        personal = {"person", "key", "subject", "body", "about_kind", "about_id", "why", "outcome"}
        sealed = True  # why it was held may be the marker

    def __str__(self) -> str:
        return f"Held message {self.pk}"
