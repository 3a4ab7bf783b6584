"""What a file ends: tenancies, leases and applications with an end in it, and, if it is whole, what it leaves out.

`told` is what the file names, in a temporary table with figures for the planner: rights that are kept, with the people
who have a part in them. A row that was refused counts as named.
"""
# ruff: noqa: S608 - every name in these statements is written here; what comes from a file is always a parameter

from __future__ import annotations

from typing import Any

from django.db import connection

from hearth.register.services.importing.chunks import plan_for_many

RIGHTS = {
    "tenancy": ("tenancies", "register_tenancy", "tenure"),
    "lease": ("leases", "register_lease", ""),
    "application": ("applications", "register_application", "kind"),
}
_OF = "r.of_id = %(import)s"
_CURRENT = "t.landlord_id = %(landlord)s and (t.ended_on is null or t.ended_on >= %(as_at)s)"
_DAY_BEFORE = "greatest(%(as_at)s::date - 1, t.started_on)"


def mark(params: dict[str, Any]) -> dict[str, int]:
    """Mark the rows that end something which is kept as going on; how many of each kind."""
    found = {}
    with connection.cursor() as cursor:
        plan_for_many(cursor)
        cursor.execute(f"update register_importrow r set ends = false where {_OF} and ends", params)
        for kind, (name, table, _) in RIGHTS.items():
            cursor.execute(
                f"update register_importrow r set ends = true from {table} t where {_OF} and r.first_right "
                f"and not r.refused and r.right_kind = '{kind}' and r.ended_on is not null "
                "and t.landlord_id = %(landlord)s and t.key <> '' and t.key = r.right_key and t.ended_on is null",
                params,
            )
            found[name] = cursor.rowcount
    return found


def end_marked(params: dict[str, Any]) -> list[int]:
    """End what the marked rows say; the ids of the tenancies that ended."""
    ended: list[int] = []
    with connection.cursor() as cursor:
        for kind, (_, table, _) in RIGHTS.items():
            reason = ", end_reason = coalesce(nullif(r.end_reason, ''), t.end_reason)" if kind == "tenancy" else ""
            cursor.execute(
                f"update {table} t set ended_on = greatest(r.ended_on, t.started_on){reason} from register_importrow r "
                f"where {_OF} and r.ends and r.right_kind = '{kind}' and t.landlord_id = %(landlord)s and t.key <> '' "
                "and t.key = r.right_key and t.ended_on is null returning t.id",
                params,
            )
            if kind == "tenancy":
                ended = [row[0] for row in cursor.fetchall()]
    return ended


def gather(params: dict[str, Any]) -> None:
    """Gather what the file names into `told`, for the questions below: kind, id of the right, its value, the person."""
    with connection.cursor() as cursor:
        plan_for_many(cursor)
        cursor.execute("drop table if exists told")
        rights = " union all ".join(
            f"select '{kind}' as kind, r.right_value as value, r.role, t.id as right_id, "
            "coalesce(p.merged_into_id, p.id) as person_id from register_importrow r "
            f"join {table} t on t.landlord_id = %(landlord)s and t.key <> '' and t.key = r.right_key "
            "left join register_person p on p.landlord_id = %(landlord)s and p.key <> '' "
            f"and p.key = r.person_key where {_OF} and r.right_kind in ('{kind}', '')"
            for kind, (_, table, _) in RIGHTS.items()
        )
        cursor.execute(f"create temporary table told on commit drop as {rights}", params)
        cursor.execute("drop table if exists told_values")
        cursor.execute(
            "create temporary table told_values on commit drop as select distinct r.right_kind as kind, "
            f"r.right_value as value from register_importrow r where {_OF} and r.right_kind <> ''",
            params,
        )
        cursor.execute("analyze told")
        cursor.execute("analyze told_values")


def _scope(kind: str, column: str) -> str:
    """Of what the file tells at all: of a kind, and of the tenures that stand in it."""
    same = f" and v.value = t.{column}" if column else ""
    return f"{_CURRENT} and exists (select 1 from told_values v where v.kind = '{kind}'{same})"


def _missing(kind: str, column: str) -> str:
    """What the whole file leaves out and had begun before its day; what has no reference is none of the source's."""
    return (
        f"{_scope(kind, column)} and t.key <> '' and (t.started_on is null or t.started_on < %(as_at)s) "
        f"and not exists (select 1 from told x where x.kind = '{kind}' and x.right_id = t.id)"
    )


def count_missing(params: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """Of each kind how many the whole file leaves out, and how many there are of what it tells of."""
    found = {}
    with connection.cursor() as cursor:
        for kind, (name, table, column) in RIGHTS.items():
            cursor.execute(f"select count(*) from {table} t where {_missing(kind, column)}", params)
            missing = cursor.fetchone()[0]
            cursor.execute(f"select count(*) from {table} t where {_scope(kind, column)}", params)
            found[name] = (missing, cursor.fetchone()[0])
    return found


def end_missing(params: dict[str, Any]) -> list[int]:
    """End what the whole file leaves out, on the day before the file's; the ids of the tenancies that ended."""
    ended: list[int] = []
    with connection.cursor() as cursor:
        for kind, (_, table, column) in RIGHTS.items():
            reason = ", end_reason = %(reason)s" if kind == "tenancy" else ""
            cursor.execute(
                f"update {table} t set ended_on = {_DAY_BEFORE}{reason} where {_missing(kind, column)} returning t.id",
                params,
            )
            if kind == "tenancy":
                ended = [row[0] for row in cursor.fetchall()]
    return ended


_PARTS = {
    "tenants": ("register_tenancyholder", "tenancy_id", "register_tenancy", "tenancy"),
    "leaseholders": ("register_leaseholder", "lease_id", "register_lease", "lease"),
}


def _gone(of: str, rights: str, kind: str) -> str:
    """Who has a part in a right that goes on and is in the whole file, without them."""
    return (
        f"t.landlord_id = %(landlord)s and t.ended_on is null and exists (select 1 from {rights} o "
        f"where o.id = t.{of} and (o.ended_on is null or o.ended_on >= %(as_at)s)) "
        f"and exists (select 1 from told x where x.kind = '{kind}' and x.right_id = t.{of}) "
        f"and not exists (select 1 from told x where x.kind = '{kind}' and x.right_id = t.{of} "
        "and x.person_id = t.person_id)"
    )


def count_gone(params: dict[str, Any]) -> dict[str, int]:
    """How many tenants and leaseholders the whole file no longer names for a tenancy or lease that goes on."""
    found = {}
    with connection.cursor() as cursor:
        for name, (table, of, rights, kind) in _PARTS.items():
            cursor.execute(f"select count(*) from {table} t where {_gone(of, rights, kind)}", params)
            found[name] = cursor.fetchone()[0]
    return found


def end_gone(params: dict[str, Any]) -> None:
    """End their parts on the day before the file's, and that they live there."""
    with connection.cursor() as cursor:
        for table, of, rights, kind in _PARTS.values():
            cursor.execute(
                f"update {table} t set ended_on = {_DAY_BEFORE} where {_gone(of, rights, kind)} "
                f"returning t.{of}, t.person_id",
                params,
            )
            ended = cursor.fetchall()
            if kind == "tenancy" and ended:
                cursor.execute(
                    "update register_householdmember t set ended_on = greatest(%(as_at)s::date - 1, t.started_on) "
                    "from register_tenancy o, unnest(%(of)s::bigint[], %(people)s::bigint[]) as x(of, person) "
                    "where o.id = x.of and t.household_id = o.household_id and t.person_id = x.person "
                    "and t.ended_on is null",
                    {**params, "of": [row[0] for row in ended], "people": [row[1] for row in ended]},
                )


def end_members(params: dict[str, Any]) -> None:
    """Where a whole file names household members at all: those whom it no longer names live there no more."""
    with connection.cursor() as cursor:
        cursor.execute("select 1 from told where role = 'member' limit 1")
        if cursor.fetchone() is None:
            return
        cursor.execute("drop table if exists told_homes")
        cursor.execute(
            "create temporary table told_homes on commit drop as select distinct o.household_id, x.person_id "
            "from told x join register_tenancy o on o.id = x.right_id and x.kind = 'tenancy' "
            "where o.household_id is not null",
        )
        cursor.execute("analyze told_homes")
        cursor.execute(
            f"update register_householdmember t set ended_on = {_DAY_BEFORE} where t.landlord_id = %(landlord)s "
            "and t.ended_on is null and (t.started_on is null or t.started_on < %(as_at)s) "
            "and exists (select 1 from told_homes x where x.household_id = t.household_id) and not exists "
            "(select 1 from told_homes x where x.household_id = t.household_id and x.person_id = t.person_id)",
            params,
        )
