from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from hearth.db.records import Record


class Landlord(models.Model):
    """A social landlord that this installation serves."""

    slug = models.SlugField(unique=True, help_text="The first word of its addresses, such as dartford.")
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=60)
    hostname = models.CharField(max_length=200, blank=True, help_text="Its own web address, where it has one.")
    colour = models.CharField(
        max_length=7,
        default="#1d4f5b",
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", "Use six hex digits.")],
    )
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    address = models.TextField(blank=True)
    forum_name = models.CharField(max_length=120, blank=True, help_text="What it calls its main residents' body.")

    class Meta:
        ordering = ["name"]

    class Privacy:
        plain = {
            "id", "slug", "name", "short_name", "hostname", "colour", "phone", "email", "address", "forum_name",
        }  # fmt: skip
        personal: set[str] = set()
        special: set[str] = set()

    def __str__(self) -> str:
        return self.name


class Post(Record):
    """A job title at the landlord, whoever holds it (GOV-12)."""

    title = models.CharField(max_length=160)
    aliases = models.JSONField(default=list, blank=True)
    team = models.CharField(max_length=160, blank=True)
    senior = models.BooleanField(default=False)
    duties = models.TextField(blank=True)
    published = models.BooleanField(default=False)

    class Meta:
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["landlord", "title"], name="one_post_a_title")]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "title", "aliases", "team", "senior", "duties", "published"}

    def __str__(self) -> str:
        return self.title


class Body(Record):
    """A formal body: a forum, committee, board, panel or cabinet (GOV-11)."""

    name = models.CharField(max_length=200)
    aliases = models.JSONField(default=list, blank=True)
    kind = models.CharField(max_length=60)
    decides = models.BooleanField(default=False, help_text="Whether it takes decisions, as a cabinet does.")
    frequency = models.CharField(max_length=100, blank=True)
    terms = models.TextField(blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="children")

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "bodies"
        constraints = [models.UniqueConstraint(fields=["landlord", "name"], name="one_body_a_name")]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "name", "aliases", "kind", "decides", "frequency", "terms", "parent"}

    def __str__(self) -> str:
        return self.name


class Setting(Record):
    """A number or route that a law, Code or policy sets, from a day on. Never changed: a new day gets a new row."""

    key = models.CharField(max_length=100)
    value = models.JSONField()
    holds_from = models.DateField()
    source = models.CharField(max_length=300)
    owner = models.CharField(max_length=160)
    confirm = models.BooleanField(default=False)

    class Meta:
        ordering = ["key", "-holds_from"]
        constraints = [
            models.UniqueConstraint(fields=["landlord", "key", "holds_from"], name="one_value_a_day"),
            models.CheckConstraint(condition=~Q(source="") & ~Q(owner=""), name="setting_has_source_and_owner"),
        ]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "key", "value", "holds_from", "source", "owner", "confirm"}

    def __str__(self) -> str:
        return f"{self.key} from {self.holds_from}"


class Closure(Record):
    """A day, or days, on which the landlord does not work besides the bank holidays."""

    first_on = models.DateField()
    last_on = models.DateField()
    reason = models.CharField(max_length=160)

    class Meta:
        ordering = ["first_on"]
        constraints = [models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="closure_in_order")]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "first_on", "last_on", "reason"}

    def __str__(self) -> str:
        return self.reason
