from django.db import models
from django.db.models import Q

from hearth.db.records import Record
from hearth.performance import rules


class Workbook(Record):
    """A workbook of the regulator with every landlord's measures of one year, kept as it was published (PERF-13)."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be read"
        LOADING = "loading", "Being loaded"
        READY = "ready", "Loaded"
        REPLACED = "replaced", "Replaced by a newer version"
        FAILED = "failed", "Could not be read"

    file = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)  # of the file, as the regulator named it
    sha256 = models.CharField(max_length=64)
    year = models.PositiveSmallIntegerField(
        null=True, blank=True
    )  # in which the reporting year begins: 2024 is 2024-25
    version = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    total = models.PositiveIntegerField(default=0)  # figures to keep
    done = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True)  # why it could not be read
    summary = models.JSONField(default=dict)  # what agreed, what did not and why, remarks, columns
    loaded_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    loaded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-year", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["landlord", "sha256"], name="one_workbook_a_file"),
            models.UniqueConstraint(
                fields=["landlord", "year"], condition=Q(state="ready"), name="one_workbook_a_year"
            ),
        ]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "file", "name", "sha256", "year", "version", "state", "total", "done", "message",
            "summary", "loaded_at",
        }  # fmt: skip
        personal = {"loaded_by"}

    def __str__(self) -> str:
        return f"Tenant Satisfaction Measures {rules.year_words(self.year)}" if self.year else self.name


class Provider(Record):
    """A landlord that a workbook names, with what it says of its surveys; an organisation, never a person."""

    workbook = models.ForeignKey(Workbook, on_delete=models.CASCADE, related_name="providers")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, blank=True)  # "PRP", "LA", "LARP"
    size = models.CharField(max_length=40, blank=True)
    region = models.CharField(max_length=40, blank=True)
    notes = models.JSONField(default=list)  # what the regulator says beside its figures
    surveys = models.JSONField(default=dict)  # by tenure: population, responses, methods, weights
    facts = models.JSONField(default=dict)  # repairs raised, answers within an extension

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["workbook", "code"], name="one_provider_a_code")]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "workbook", "code", "name", "kind", "size", "region", "notes", "surveys", "facts",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Figure(Record):
    """One published figure of one landlord, with the counts that it comes from."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="figures")
    measure = models.CharField(max_length=20)  # "TP01", "RP02(1)"
    tenure = models.CharField(max_length=4)
    published = models.FloatField(null=True)
    why_none = models.CharField(max_length=3, blank=True)  # "[E]" and the like
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    computed = models.FloatField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "measure", "tenure"], name="one_figure_a_measure")]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "provider", "measure", "tenure", "published", "why_none", "numerator",
            "denominator", "computed",
        }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.measure} {self.tenure}"


class OwnCode(Record):
    """Which landlord of the regulator's workbooks this landlord is."""

    code = models.CharField(max_length=20)
    name = models.CharField(max_length=200)  # as the regulator calls it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["landlord"], name="one_own_code")]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "code", "name"}

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class PageFigure(Record):
    """A figure as the landlord's own page prints it, so that it can be held against the return."""

    year = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=20, choices=list(rules.PRINTED.items()))
    number = models.PositiveIntegerField()
    where = models.CharField(max_length=300, blank=True)  # the page's title or address

    class Meta:
        ordering = ["-year", "what"]
        constraints = [models.UniqueConstraint(fields=["landlord", "year", "what"], name="one_page_figure")]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "year", "what", "number", "where"}

    def __str__(self) -> str:
        return f"{rules.PRINTED.get(self.what, self.what)} {rules.year_words(self.year)}"


class Commentary(Record):
    """Why a figure is as it is, in the landlord's words: more recording, or more cases."""

    year = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=20)
    text = models.TextField()
    written_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-year", "measure"]
        constraints = [models.UniqueConstraint(fields=["landlord", "year", "measure"], name="one_commentary_a_measure")]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "year", "measure", "text", "written_at"}
        personal = {"written_by"}

    def __str__(self) -> str:
        return f"{self.measure} {rules.year_words(self.year)}"
