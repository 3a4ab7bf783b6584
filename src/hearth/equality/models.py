from django.db import models

from hearth.db.records import Record


class CategorySet(Record):
    """The answers that one characteristic may have, as published by somebody on some day; never a constant in code."""

    characteristic = models.CharField(max_length=60)  # code: "sexual_orientation"
    name = models.CharField(max_length=160)
    source = models.CharField(max_length=300)
    holds_from = models.DateField()
    sensitive = models.BooleanField(default=True)
    confirm = models.BooleanField(default=False)

    class Meta:
        ordering = ["characteristic", "name"]
        constraints = [models.UniqueConstraint(fields=["landlord", "characteristic", "name"], name="one_set_a_name")]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "characteristic", "name", "source", "holds_from", "sensitive", "confirm"}

    def __str__(self) -> str:
        return self.name


class Category(Record):
    """One answer of a set. `unknown` ones say nothing about the person: not asked, not stated, prefer not to say."""

    category_set = models.ForeignKey(CategorySet, on_delete=models.CASCADE, related_name="categories")
    position = models.PositiveIntegerField()
    label = models.CharField(max_length=160)
    unknown = models.BooleanField(default=False)
    age_from = models.PositiveIntegerField(null=True, blank=True)
    age_to = models.PositiveIntegerField(null=True, blank=True)
    maps_to = models.CharField(max_length=160, blank=True)  # label in the census set

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["category_set", "label"], name="one_category_a_label")]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "category_set", "position", "label", "unknown", "age_from", "age_to", "maps_to",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.label


class Profile(Record):
    """Counts of a population by characteristic, as at a day, with base and source; frozen once it is used (CAR-11)."""

    title = models.CharField(max_length=200)
    population = models.CharField(max_length=160)  # "tenants", "residents of the borough"
    basis = models.CharField(max_length=200)  # "Tenant 1 data", "all people in households"
    as_at = models.DateField()
    base = models.PositiveIntegerField()
    source = models.CharField(max_length=300)
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-as_at", "title"]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "title", "population", "basis", "as_at", "base", "source", "frozen_at"}

    def __str__(self) -> str:
        return self.title


class Cell(Record):
    """How many people of a profile gave one answer."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="cells")
    characteristic = models.CharField(max_length=60)
    category_set = models.ForeignKey(CategorySet, null=True, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    label = models.CharField(max_length=160)
    count = models.PositiveIntegerField()
    unknown = models.BooleanField(default=False)

    class Meta:
        ordering = ["characteristic", "position"]
        constraints = [models.UniqueConstraint(fields=["profile", "characteristic", "label"], name="one_cell_a_label")]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "profile", "characteristic", "category_set", "position", "label", "unknown"}
        special = {"count"}

    def __str__(self) -> str:
        return f"{self.characteristic}: {self.label}"


class PublishedTable(Record):
    """A treated table as it was published, kept so that the next one cannot be subtracted from it."""

    profile = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")
    population = models.CharField(max_length=160)
    characteristic = models.CharField(max_length=60)
    published_at = models.DateTimeField()
    where = models.CharField(max_length=200)
    treated = models.JSONField()
    exact = models.JSONField()  # the untreated counts, for officers with the right to see them and for differencing

    class Meta:
        ordering = ["-published_at", "-id"]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "profile", "population", "characteristic", "published_at", "where", "treated",
        }  # fmt: skip
        special = {"exact"}

    def __str__(self) -> str:
        return f"{self.population}: {self.characteristic}"


class Statistic(Record):
    """A figure that somebody else published, with publisher, title, period and day (CAR-12, PROF-25)."""

    characteristic = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    publisher = models.CharField(max_length=160)
    title = models.CharField(max_length=300)
    period = models.CharField(max_length=160)
    published = models.CharField(max_length=60)
    draft = models.BooleanField(default=False)
    replaced_by = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["characteristic", "id"]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "characteristic", "text", "publisher", "title", "period", "published", "draft",
            "replaced_by",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.text[:120]
