"""What is compared and written for each kind of thing that a file tells of: SQL over a whole chunk of rows at once.

`c` is the chunk (see `chunks`), `t` the table that is kept. An empty cell says nothing: what is kept stays.
"""
# ruff: noqa: S608 - every name in these statements is written here; what comes from a file is always a parameter

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Column:
    """A column: its new value by the file (null: the file says nothing), its value where nothing was ever said.

    `exact`: null is a value too. `label` are the words for a change that is shown before it is made.
    """

    value: str
    otherwise: str = "''"
    exact: bool = False
    label: str = ""
    at_first: str = ""  # the value of a new row, where that of a kept one looks at what is kept

    def new(self, name: str) -> str:
        """The value after the import, of a row that is kept already."""
        return self.value if self.exact else f"coalesce({self.value}, t.{name})"

    @property
    def first(self) -> str:
        """The value of a new row."""
        value = self.at_first or self.value
        return value if self.exact else f"coalesce({value}, {self.otherwise})"


@dataclass(frozen=True)
class Kind:
    """One kind of thing: its table, the rows of the chunk that tell of it first, and where its number goes."""

    name: str
    table: str
    number: str  # the column of the chunk for the id
    rows: str  # which rows of the chunk tell of it
    finding: tuple[str, ...]  # conditions by which a row finds what is kept, one after another
    columns: dict[str, Column]
    title: str  # what a sample is called
    fixed: dict[str, str] = field(default_factory=dict)  # of new rows
    but: str = "false"  # rows that are left as they are

    def find(self) -> list[str]:
        """Statements that put the id into the chunk. Parameters: landlord."""
        return [
            f"update chunk c set {self.number} = t.id from {self.table} t "
            f"where t.landlord_id = %(landlord)s and c.{self.number} is null and {condition}"
            for condition in self.finding
        ]

    @property
    def changed(self) -> str:
        """Whether a row that is kept would change."""
        old = ", ".join(f"t.{name}" for name in self.columns)
        new = ", ".join(column.new(name) for name, column in self.columns.items())
        return f"(not ({self.but}) and ({old}) is distinct from ({new}))"

    def count(self) -> str:
        """A statement that counts what would be added, what changed, and what stays the same."""
        return (
            "select count(*) filter (where t.id is null), "
            f"count(*) filter (where t.id is not null and {self.changed}), "
            f"count(*) filter (where t.id is not null and not {self.changed}) "
            f"from chunk c left join {self.table} t on t.id = c.{self.number} where {self.rows}"
        )

    def added(self) -> str:
        """A statement that names a few that would be added. Parameters: most."""
        return (
            f"select c.row, {self.title} from chunk c where {self.rows} and c.{self.number} is null "
            "order by c.row limit %(most)s"
        )

    def changes(self) -> str:
        """A statement that shows a few changes: row, title, then old and new of each labelled column."""
        shown = [(name, column) for name, column in self.columns.items() if column.label]
        pairs = ", ".join(f"t.{name}::text, ({column.new(name)})::text" for name, column in shown)
        return (
            f"select c.row, {self.title}, {pairs} from chunk c join {self.table} t on t.id = c.{self.number} "
            f"where {self.rows} and {self.changed} order by c.row limit %(most)s"
        )

    def change(self) -> str:
        """The statement that changes what is kept."""
        new = ", ".join(f"{name} = {column.new(name)}" for name, column in self.columns.items())
        return (
            f"update {self.table} t set {new} from chunk c "
            f"where t.id = c.{self.number} and {self.rows} and {self.changed}"
        )

    def add(self) -> str:
        """The statement that adds what is new. Parameters: landlord."""
        values = {name: column.first for name, column in self.columns.items()} | self.fixed
        return (
            f"insert into {self.table} (landlord_id, recorded_at, {', '.join(values)}) "
            f"select %(landlord)s, now(), {', '.join(values.values())} from chunk c "
            f"where {self.rows} and c.{self.number} is null order by c.row"
        )


def said(name: str, label: str = "", otherwise: str = "''") -> Column:
    """A text of the file."""
    return Column(f"nullif(c.{name}, '')", otherwise, label=label)


ESTATES = Kind(
    "estates", "register_estate", "estate_id", "c.first_estate",
    finding=(
        "c.estate_key <> '' and t.key <> '' and t.key = c.estate_key",
        "c.estate_name <> '' and t.name = c.estate_name",
    ),
    columns={
        "key": Column("case when t.key = '' then nullif(c.estate_key, '') end", at_first="nullif(c.estate_key, '')"),
        "name": Column(
            "case when not exists (select 1 from register_estate o where o.landlord_id = c.landlord_id "
            "and o.name = c.estate_name and o.id <> t.id) then nullif(c.estate_name, '') end",
            label="Name", at_first="c.estate_name",
        ),
        "area": said("estate_area", "Area"),
    },
    title="c.estate_name",
)  # fmt: skip

BUILDINGS = Kind(
    "buildings", "register_building", "building_id", "c.first_building",
    finding=(
        "c.building_key <> '' and t.key <> '' and t.key = c.building_key",
        "c.building_name <> '' and t.name = c.building_name and (t.key = '' or c.building_key = '') "
        "and (t.estate_id is not distinct from c.estate_id or (t.estate_id is null) or c.estate_name = '')",
    ),
    columns={
        "key": said("building_key"),
        "name": said("building_name", "Name"),
        "estate_id": Column("case when c.estate_name <> '' then coalesce(c.estate_id, -1) end", "null"),
    },
    title="c.building_name",
    fixed={"accountable_person": "''"},
)  # fmt: skip

HOMES = Kind(
    "homes", "register_home", "home_id", "c.first_home",
    finding=(
        "c.home_key <> '' and t.key <> '' and t.key = c.home_key",
        "c.uprn <> '' and t.uprn <> '' and t.uprn = c.uprn and (t.key = '' or c.home_key = '')",
    ),
    columns={
        "key": said("home_key"),
        "uprn": said("uprn", "UPRN"),
        "address": said("address", "Address"),
        "postcode": said("postcode", "Postcode"),
        "kind": said("home_kind", "Kind", "'other'"),
        "bedrooms": Column("c.bedrooms", "null", label="Bedrooms"),
        "building_id": Column("case when c.building_name <> '' then coalesce(c.building_id, -1) end", "null"),
        "estate_id": Column(
            "case when c.building_name = '' and c.estate_name <> '' then coalesce(c.estate_id, -1) end", "null"
        ),
    },
    title="c.address || ', ' || c.postcode",
)  # fmt: skip

PEOPLE = Kind(
    "people", "register_person", "person_id", "c.first_person",
    finding=("t.key <> '' and t.key = c.person_key",),
    columns={
        "title": said("title", "Title"),
        "given_name": said("given_name", "Given names"),
        "family_name": said("family_name", "Family name"),
        "born_on": Column("c.born_on", "null", label="Date of birth"),
        "email": said("email", "Email address"),
        "phone": said("phone", "Telephone"),
        "mobile": said("mobile", "Mobile telephone"),
        "postal_address": said("postal_address", "Where letters go"),
    },
    title="trim(c.given_name || ' ' || c.family_name)",
    fixed={"key": "c.person_key", "standing": "''", "guardian": "''"},
    but="c.merged",
)  # fmt: skip

# A file tells of its own day: an end that lies on that day or later, and is not in it, stays.
ENDED = Column(
    "case when c.ended_on is not null then c.ended_on when t.ended_on >= %(as_at)s then t.ended_on end",
    exact=True, label="End", at_first="c.ended_on",
)  # fmt: skip


def _right(name: str, table: str, kind: str, columns: dict[str, Column]) -> Kind:
    return Kind(
        name, table, "right_id", f"c.first_right and not c.ends and c.right_kind = '{kind}'",
        finding=(f"c.right_kind = '{kind}' and t.key <> '' and t.key = c.right_key",),
        columns={"ended_on": ENDED, **columns}, title="c.right_key", fixed={"key": "c.right_key"},
    )  # fmt: skip


_HOME = Column("coalesce(c.home_id, -1)", exact=True)
_STARTED = Column("c.started_on", "null", label="Start")
TENANCIES = _right(
    "tenancies", "register_tenancy", "tenancy",
    {"home_id": _HOME, "tenure": said("right_value", "Tenure"), "started_on": _STARTED,
     "end_reason": said("end_reason")},
)  # fmt: skip
LEASES = _right("leases", "register_lease", "lease", {"home_id": _HOME, "started_on": _STARTED})
APPLICATIONS = _right(
    "applications", "register_application", "application",
    {"person_id": Column("coalesce(c.person_id, -1)", exact=True), "kind": said("right_value", "Kind"),
     "started_on": _STARTED},
)  # fmt: skip
KINDS = (ESTATES, BUILDINGS, HOMES, PEOPLE, TENANCIES, LEASES, APPLICATIONS)


@dataclass(frozen=True)
class Part:
    """Who has a part in a tenancy or a lease."""

    name: str
    table: str
    of: str  # the column of its tenancy or lease
    kind: str
    rows: str
    lead: bool


TENANTS = Part("tenants", "register_tenancyholder", "tenancy_id", "tenancy", "c.role in ('lead', 'joint')", True)
LEASEHOLDERS = Part("leaseholders", "register_leaseholder", "lease_id", "lease", "c.role = 'leaseholder'", False)
PARTS = (TENANTS, LEASEHOLDERS)


def count_part(part: Part) -> str:
    """A statement that counts the parts that would be added, changed (who leads), and stay the same."""
    differs = "t.lead <> (c.role = 'lead')" if part.lead else "false"
    return (
        f"select count(*) filter (where t.id is null), count(*) filter (where t.id is not null and {differs}), "
        f"count(*) filter (where t.id is not null and not ({differs})) from chunk c left join {part.table} t "
        f"on t.{part.of} = c.right_id and t.person_id = c.person_id and t.ended_on is null "
        f"where c.right_kind = '{part.kind}' and {part.rows}"
    )


def write_part(part: Part) -> list[str]:
    """Statements that write the parts; the lead is taken from who had it before it is given. Parameters: landlord."""
    rows = f"c.right_kind = '{part.kind}' and {part.rows}"
    lead_columns, lead_value = (", lead", ", bool_or(c.role = 'lead')") if part.lead else ("", "")
    statements = []
    if part.lead:
        here = (
            f"from chunk c where c.role = 'lead' and c.right_kind = '{part.kind}' and t.{part.of} = c.right_id "
            "and t.ended_on is null"
        )
        statements += [
            f"update {part.table} t set lead = false {here} and t.lead and t.person_id <> c.person_id",
            f"update {part.table} t set lead = true {here} and not t.lead and t.person_id = c.person_id",
        ]
    statements.append(
        f"insert into {part.table} (landlord_id, recorded_at, {part.of}, person_id{lead_columns}) "
        f"select %(landlord)s, now(), c.right_id, c.person_id{lead_value} from chunk c "
        f"where {rows} and not exists (select 1 from {part.table} t where t.{part.of} = c.right_id "
        "and t.person_id = c.person_id and t.ended_on is null) group by c.right_id, c.person_id order by min(c.row)"
    )
    return statements


_NOW = "(t.ended_on is null or t.ended_on >= %(as_at)s)"
# Households follow from tenancies: which tenancies of the chunk go on and have none yet, and whether their homes have
# one.
WITHOUT_HOUSEHOLD = (
    "select count(*), count(h.id) from chunk c join register_tenancy t on t.id = c.right_id and c.first_right "
    f"and c.right_kind = 'tenancy' and t.household_id is null and {_NOW} "
    "left join register_household h on h.home_id = t.home_id and h.ended_on is null"
)
# A new tenancy of people who live in the home already, such as after a succession, belongs to their household; a
# household whose tenancies are all over has ended; of two tenancies of one home both belong to one household.
OLD_HOUSEHOLDS = [
    f"update register_tenancy t set household_id = h.id from chunk c, register_household h, register_householdmember m "
    f"where c.right_kind = 'tenancy' and t.id = c.right_id and t.household_id is null and {_NOW} "
    "and h.home_id = t.home_id and h.ended_on is null and m.household_id = h.id and m.ended_on is null "
    "and m.person_id = c.person_id and c.role in ('lead', 'joint')",
    "update register_household h set ended_on = greatest(x.last, h.started_on) from ("
    "  select o.household_id, max(o.ended_on) as last from register_tenancy o "
    "  where o.home_id in (select home_id from chunk) and o.household_id is not null group by o.household_id "
    "  having bool_and(o.ended_on is not null and o.ended_on < %(as_at)s)"
    ") x where x.household_id = h.id and h.ended_on is null",
    "update register_tenancy t set household_id = h.id from chunk c, register_household h "
    f"where c.right_kind = 'tenancy' and t.id = c.right_id and t.household_id is null and {_NOW} "
    "and h.home_id = t.home_id and h.ended_on is null",
]
# What then has none gets a new one.
NEW_HOUSEHOLDS = [
    "insert into register_household (landlord_id, recorded_at, key, home_id, started_on) "
    "select %(landlord)s, now(), case when exists (select 1 from register_household o "
    "  where o.landlord_id = %(landlord)s and o.key <> '' and o.key = max(c.household_key)) then '' "
    "  else max(c.household_key) end, t.home_id, min(t.started_on) from chunk c join register_tenancy t "
    f"on t.id = c.right_id and c.right_kind = 'tenancy' and t.household_id is null and {_NOW} group by t.home_id",
    "update register_tenancy t set household_id = h.id from chunk c, register_household h "
    f"where c.right_kind = 'tenancy' and t.id = c.right_id and t.household_id is null and {_NOW} "
    "and h.home_id = t.home_id and h.ended_on is null",
]
MEMBERS = (
    "insert into register_householdmember (landlord_id, recorded_at, household_id, person_id, relation, started_on) "
    "select %(landlord)s, now(), t.household_id, c.person_id, max(c.relation), "
    "max(case when c.role <> 'member' then t.started_on end) from chunk c "
    f"join register_tenancy t on t.id = c.right_id and c.right_kind = 'tenancy' and {_NOW} "
    "where t.household_id is not null and not exists (select 1 from register_householdmember m "
    "where m.household_id = t.household_id and m.person_id = c.person_id and m.ended_on is null) "
    "group by t.household_id, c.person_id order by min(c.row)"
)
# Members of a household that has ended live there no more.
CLOSE_HOUSEHOLDS = [
    "update register_household h set ended_on = greatest(x.last, h.started_on) from ("
    "  select o.household_id, max(o.ended_on) as last from register_tenancy o where o.landlord_id = %(landlord)s "
    "  and o.household_id is not null group by o.household_id "
    "  having bool_and(o.ended_on is not null and o.ended_on < %(as_at)s)"
    ") x where x.household_id = h.id and h.ended_on is null",
    "update register_householdmember m set ended_on = greatest(h.ended_on, m.started_on) from register_household h "
    "where h.landlord_id = %(landlord)s and m.household_id = h.id and m.ended_on is null and h.ended_on is not null",
]
