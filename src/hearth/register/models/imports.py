"""Files of the housing management system, and records that are one person."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from hearth.db.records import Record
from hearth.kernel.kinds import choices
from hearth.register.models.people import Person
from hearth.register.rules.kinds import ImportState


class Source(Record):
    """A system from which files come, with what each of its columns means."""

    name = models.CharField(max_length=160)
    mapping = models.JSONField(default=dict)  # {"column": "person.family_name", …}
    options = models.JSONField(default=dict)  # date style, sheet, whether what is missing from a whole file has ended

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["landlord", "name"], name="one_source_a_name")]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "name", "mapping", "options"}

    def __str__(self) -> str:
        return self.name


class Import(Record):
    """One file of a source: checked first, then brought in, stopped and gone on with."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="imports")
    file = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT, related_name="+")
    mapping = models.JSONField(default=dict)  # as it was for this file
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=20, choices=choices(ImportState), default=ImportState.UPLOADED)
    as_at = models.DateField()  # the day that the file tells of
    rows = models.PositiveIntegerField(null=True)
    at_row = models.PositiveIntegerField(default=0)  # all up to here are done
    counts = models.JSONField(default=dict)  # {"people": {"added": 1, "changed": 0, "ended": 0, "same": 0}, …}
    samples = models.JSONField(default=list)  # a few changes of each sort, to look at before bringing in
    error = models.TextField(blank=True)
    stop_asked = models.BooleanField(default=False)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    by_name = models.CharField(max_length=160)

    class Meta:
        ordering = ["-id"]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "source", "file", "mapping", "options", "state", "as_at", "rows", "at_row", "counts",
            "error", "stop_asked", "started_at", "finished_at",
        }  # fmt: skip
        personal = {"samples", "by_name"}

    def __str__(self) -> str:
        return f"{self.source}, {self.as_at:%d %B %Y}"


class ImportProblem(Record):
    """A row that could not be brought in, with the reason beside it."""

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="problems")
    row = models.PositiveIntegerField()  # as the spreadsheet counts, the header being row 1
    column = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=300)
    values = models.JSONField(default=list)  # the row as it came

    class Meta:
        ordering = ["row", "id"]
        indexes = [models.Index(fields=["of", "row"])]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "of", "row", "column"}
        personal = {"reason", "values"}

    def __str__(self) -> str:
        return f"Row {self.row}: {self.reason}"


class Pair(Record):
    """Two records that may be one person, until somebody has looked."""

    class State(models.TextChoices):
        OPEN = "open", "To be looked at"
        SAME = "same", "One person: merged"
        DIFFERENT = "different", "Two people"

    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    likelihood = models.FloatField()  # 0 to 1
    reasons = models.JSONField(default=list)  # what agrees and what does not, in words without the values
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    decided_by = models.CharField(max_length=160, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-likelihood", "id"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="one_pair_of_records"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="pair_in_order"),
        ]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "likelihood", "state", "decided_at"}
        personal = {"one", "other", "reasons", "decided_by"}

    def __str__(self) -> str:
        return f"{self.one} and {self.other}"


class Merge(Record):
    """That a record was merged into another, with all that is needed to undo it."""

    kept = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    gone = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    moved = models.JSONField(default=dict)  # {"register.tenancyholder": [ids], …} and the fields as they were
    at = models.DateTimeField()
    by_name = models.CharField(max_length=160)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["-at"]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "at", "undone_at"}
        personal = {"kept", "gone", "moved", "by_name", "undone_by"}

    def __str__(self) -> str:
        return f"{self.gone} merged into {self.kept}"
