"""What is kept of people as counts: category sets, profiles, stock, outside evidence, and what was published."""

from django.db import models
from django.db.models import Q

from hearth.db.records import Record
from hearth.equality import rules


class CategorySet(Record):
    """The answers that one characteristic may have, as published by somebody on some day; never a constant in code."""

    key = models.CharField(max_length=80, blank=True)  # of a set that came with Hearth; empty for one's own
    characteristic = models.CharField(max_length=60)  # code: "sexual_orientation"
    name = models.CharField(max_length=160)
    source = models.CharField(max_length=300)
    address = models.URLField(max_length=400, blank=True)  # where the source can be read
    note = models.CharField(max_length=500, blank=True)  # "people aged 16 and over; the question is voluntary"
    holds_from = models.DateField()
    sensitive = models.BooleanField(default=True)
    several = models.BooleanField(default=False)  # a person may give several answers, so that they make no whole
    confirm = models.BooleanField(default=False)

    class Meta:
        ordering = ["characteristic", "name"]
        constraints = [
            models.UniqueConstraint(fields=["landlord", "characteristic", "name"], name="one_set_a_name"),
            models.UniqueConstraint(fields=["landlord", "key"], name="one_set_a_key", condition=~Q(key="")),
        ]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "key", "characteristic", "name", "source", "address", "note", "holds_from",
            "sensitive", "several", "confirm",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def about(self) -> str:
        """The characteristic as people call it."""
        return rules.title_of(self.characteristic)


class Category(Record):
    """One answer of a set. `unknown` ones say nothing about the person: not asked, not stated, prefer not to say."""

    category_set = models.ForeignKey(CategorySet, on_delete=models.CASCADE, related_name="categories")
    position = models.PositiveIntegerField()
    label = models.CharField(max_length=160)
    code = models.CharField(max_length=20, blank=True)  # in its source's own data
    unknown = models.BooleanField(default=False)
    age_from = models.PositiveIntegerField(null=True, blank=True)
    age_to = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["category_set", "label"], name="one_category_a_label")]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "category_set", "position", "label", "code", "unknown", "age_from", "age_to",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.label


class Mapping(Record):
    """That people who gave one answer are counted under an answer of another set, with what differs if anything does.

    Without `differs` the answers that map to a target together mean exactly the same people as the target.
    """

    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="mappings")
    target = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="+")
    differs = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["category", "target"]
        constraints = [models.UniqueConstraint(fields=["category", "target"], name="one_mapping_a_pair")]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "category", "target", "differs"}

    def __str__(self) -> str:
        return f"{self.category} counts as {self.target}"


class Profile(Record):
    """Counts of a population by characteristic, as at a day, with base and source; frozen once it is used (CAR-11)."""

    title = models.CharField(max_length=200)
    population = models.CharField(max_length=160)  # "tenants", "residents of the borough"
    basis = models.CharField(max_length=200)  # "Tenant 1 data", "all people in households"
    as_at = models.DateField()
    base = models.PositiveIntegerField(null=True)  # None only where somebody else's percentages come without one
    source = models.CharField(max_length=300)
    counted = models.BooleanField(default=True)  # False: percentages as somebody else published them
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-as_at", "title"]
        constraints = [
            models.CheckConstraint(condition=Q(counted=False) | Q(base__isnull=False), name="counts_have_a_base"),
        ]

    class Privacy(Record.Privacy):
        plain = {
            *Record.Privacy.plain, "title", "population", "basis", "as_at", "base", "source", "counted", "frozen_at",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.title


class Cell(Record):
    """How many people of a profile gave one answer, or which share of them where only that was published."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="cells")
    characteristic = models.CharField(max_length=60)
    category_set = models.ForeignKey(CategorySet, null=True, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    label = models.CharField(max_length=160)
    count = models.PositiveIntegerField(null=True)
    share = models.CharField(max_length=10, blank=True)  # per cent with its decimals as printed: "0.10"
    unknown = models.BooleanField(default=False)

    class Meta:
        ordering = ["characteristic", "position"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "characteristic", "label"], name="one_cell_a_label"),
            models.CheckConstraint(
                condition=Q(count__isnull=False, share="") | (Q(count__isnull=True) & ~Q(share="")),
                name="a_count_or_a_share",
            ),
        ]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "profile", "characteristic", "category_set", "position", "label", "unknown"}
        special = {"count", "share"}

    def __str__(self) -> str:
        return f"{self.characteristic}: {self.label}"


class Average(Record):
    """The mean or the median of something in a profile, never without its kind (PROF-22)."""

    class Kind(models.TextChoices):
        MEAN = "mean", "Mean"
        MEDIAN = "median", "Median"

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="averages")
    of = models.CharField(max_length=60)  # "age in years"
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.DecimalField(max_digits=8, decimal_places=2)

    class Meta:
        ordering = ["of", "kind"]
        constraints = [models.UniqueConstraint(fields=["profile", "of", "kind"], name="one_average_a_kind")]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "profile", "of", "kind", "value"}

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.of}"


class StockFigure(Record):
    """How many homes or tenants there were on a day, by whose count (PROF-02, PROF-03)."""

    as_at = models.DateField()
    kind = models.CharField(max_length=30, choices=list(rules.KINDS.items()))
    number = models.PositiveIntegerField()
    basis = models.CharField(max_length=200, blank=True)  # "Tenant 1 data"
    source = models.CharField(max_length=300)
    official = models.BooleanField(default=True)  # the one to use where two are known for a day

    class Meta:
        ordering = ["-as_at", "kind", "-official", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "as_at", "kind"], name="one_official_figure", condition=Q(official=True)
            )
        ]

    class Privacy(Record.Privacy):
        plain = {*Record.Privacy.plain, "as_at", "kind", "number", "basis", "source", "official"}

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.as_at:%d %B %Y}"


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
