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
    reason = models.CharField(max_length=400)
    refused = models.BooleanField(default=True)  # the whole row was kept out, not one value of it
    values = models.JSONField(default=list)  # the row as it came

    class Meta:
        ordering = ["row", "id"]
        indexes = [models.Index(fields=["of", "row"])]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "of", "row", "column", "refused"}
        personal = {"reason", "values"}

    def __str__(self) -> str:
        return f"Row {self.row}: {self.reason}"


class ImportRow(Record):
    """A row of a file as it was read, until the file is brought in: nothing is compared or written but from here."""

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="read_rows")
    row = models.PositiveIntegerField()
    refused = models.BooleanField(default=False)
    ends = models.BooleanField(default=False)  # it ends a tenancy, lease or application that is kept as current
    right_kind = models.CharField(max_length=12, blank=True)  # "tenancy", "lease" or "application"
    right_value = models.CharField(max_length=20, blank=True)  # of Tenure or ApplicationKind
    right_key = models.CharField(max_length=60, blank=True)
    role = models.CharField(max_length=12, blank=True)
    relation = models.CharField(max_length=60, blank=True)
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=120, blank=True)
    estate_key = models.CharField(max_length=60, blank=True)
    estate_name = models.CharField(max_length=160, blank=True)
    estate_area = models.CharField(max_length=120, blank=True)
    building_key = models.CharField(max_length=60, blank=True)
    building_name = models.CharField(max_length=160, blank=True)
    home_key = models.CharField(max_length=60, blank=True)
    uprn = models.CharField(max_length=12, blank=True)
    address = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    home_kind = models.CharField(max_length=20, blank=True)
    bedrooms = models.PositiveSmallIntegerField(null=True)
    household_key = models.CharField(max_length=60, blank=True)
    person_key = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=30, blank=True)
    given_name = models.CharField(max_length=120, blank=True)
    family_name = models.CharField(max_length=120, blank=True)
    born_on = models.DateField(null=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    mobile = models.CharField(max_length=30, blank=True)
    postal_address = models.TextField(blank=True)
    first_estate = models.BooleanField(default=False)  # the first row to name the estate, and so on
    first_building = models.BooleanField(default=False)
    first_home = models.BooleanField(default=False)
    first_right = models.BooleanField(default=False)
    first_person = models.BooleanField(default=False)

    class Meta:
        ordering = ["row"]
        constraints = [models.UniqueConstraint(fields=["of", "row"], name="one_row_a_row")]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "of", "row", "refused", "ends", "right_kind", "right_value", "role", "started_on",
            "ended_on", "estate_key", "estate_name", "estate_area", "building_key", "building_name", "home_kind",
            "bedrooms", "first_estate", "first_building", "first_home", "first_right", "first_person",
        }  # fmt: skip
        personal = {
            "right_key", "relation", "end_reason", "home_key", "uprn", "address", "postcode", "household_key",
            "person_key", "title", "given_name", "family_name", "born_on", "email", "phone", "mobile",
            "postal_address",
        }  # fmt: skip

    def __str__(self) -> str:
        return f"Row {self.row} of {self.of}"


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
