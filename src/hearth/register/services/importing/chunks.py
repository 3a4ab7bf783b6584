"""One chunk of rows: compared with what is kept, and, if it is to be brought in, written."""
# ruff: noqa: S608 - every name in these statements is written here; what comes from a file is always a parameter

from __future__ import annotations

from typing import Any

from django.db import connection

from hearth.register.models import Import, ImportProblem
from hearth.register.rules.importing_rows import STAGED
from hearth.register.services.importing import statements

SORTS = ("added", "changed", "same", "ended")
Counts = dict[str, dict[str, int]]
_MOST_SAMPLES = 3


def plan_for_many(cursor: Any) -> None:
    """Let the database join whole tables at once in this transaction.

    An import fills tables faster than the database counts them: it would take them for small, and go through them row
    by row.
    """
    cursor.execute("set local enable_nestloop = off")
    cursor.execute("set local work_mem = '64MB'")


def no_counts() -> Counts:
    """Nothing counted yet, of every kind."""
    names = [kind.name for kind in statements.KINDS[:5]] + ["tenants", "leases", "leaseholders", "applications"]
    return {name: dict.fromkeys(SORTS, 0) for name in names}


def params_of(one: Import) -> dict[str, Any]:
    """What every statement of an import is given."""
    return {
        "landlord": one.landlord_id,
        "import": one.pk,
        "as_at": one.as_at,
        "reason": f"Not in the file of {one.as_at:%d %B %Y}",
        "most": _MOST_SAMPLES,
    }


def run(one: Import, *, after: int, until: int, counts: Counts, samples: list[dict[str, Any]], write: bool) -> None:
    """Compare the rows after one and until another, both as the file counts, and write them if asked.

    `counts` are added to; `samples` are gathered where nothing is written.
    """
    params = {**params_of(one), "after": after, "until": until}
    with connection.cursor() as cursor:
        plan_for_many(cursor)
        cursor.execute("drop table if exists chunk")
        cursor.execute(
            f"create temporary table chunk on commit drop as select landlord_id, ends, {', '.join(STAGED)}, "
            "null::bigint as estate_id, null::bigint as building_id, null::bigint as home_id, "
            "null::bigint as person_id, null::bigint as right_id, false as merged from register_importrow "
            "where of_id = %(import)s and row > %(after)s and row <= %(until)s and not refused",
            params,
        )
        cursor.execute("analyze chunk (row, home_key, person_key, right_key, right_kind, role, uprn)")
        for kind in statements.KINDS:
            _find(cursor, kind, params)
            if kind is statements.HOMES:
                _free_uprns(cursor, one, params, tell=not write)
            if kind is statements.PEOPLE:
                _follow_merges(cursor)
            added, changed = _count(cursor, kind.name, kind.count(), counts, params)
            if not write:
                _sample(cursor, kind, samples, {"added": added, "changed": changed}, params)
                continue
            if changed:
                cursor.execute(kind.change(), params)
            if added:
                cursor.execute(kind.add(), params)
                _find(cursor, kind, params)
        for part in statements.PARTS:
            added, changed = _count(cursor, part.name, statements.count_part(part), counts, params)
            if write and (added or changed):
                for statement in statements.write_part(part):
                    cursor.execute(statement, params)
        if write:
            _households(cursor, params)


def _households(cursor: Any, params: dict[str, Any]) -> None:
    """Give every tenancy that goes on its household, and every household its members."""
    cursor.execute("analyze chunk (right_id, home_id, person_id)")
    cursor.execute(statements.WITHOUT_HOUSEHOLD, params)
    without, at_homes = cursor.fetchone()
    wanted = (statements.OLD_HOUSEHOLDS if at_homes else []) + (statements.NEW_HOUSEHOLDS if without else [])
    for statement in (*wanted, statements.MEMBERS):
        cursor.execute(statement, params)


def _find(cursor: Any, kind: statements.Kind, params: dict[str, Any]) -> None:
    for statement in kind.find():
        cursor.execute(statement, params)


def _free_uprns(cursor: Any, one: Import, params: dict[str, Any], *, tell: bool) -> None:
    """A UPRN that another home has already is left out, and told of when the file is checked."""
    taken = (
        "c.uprn <> '' and t.landlord_id = %(landlord)s and t.uprn <> '' "
        "and t.uprn = c.uprn and t.id is distinct from c.home_id"
    )
    if tell:
        cursor.execute(
            f"select c.row, c.uprn, t.key, t.address from chunk c, register_home t where c.first_home and {taken}",
            params,
        )
        ImportProblem.objects.bulk_create(
            ImportProblem(
                of=one, row=row, refused=False,
                reason=f"The UPRN {uprn} belongs to the home “{key or address}” already. The value was left out."[:400],
            )
            for row, uprn, key, address in cursor.fetchall()
        )  # fmt: skip
    cursor.execute(f"update chunk c set uprn = '' from register_home t where {taken}", params)


def _follow_merges(cursor: Any) -> None:
    """What is told of a merged record belongs to the one that was kept, whose values a person has chosen."""
    cursor.execute(
        "update chunk c set person_id = p.merged_into_id, merged = true from register_person p "
        "where p.id = c.person_id and p.merged_into_id is not null"
    )


def _count(cursor: Any, name: str, statement: str, counts: Counts, params: dict[str, Any]) -> tuple[int, int]:
    """Add to the counts of a kind; how many of the chunk are new, and how many differ."""
    cursor.execute(statement, params)
    added, changed, same = cursor.fetchone()
    for sort, number in (("added", added), ("changed", changed), ("same", same)):
        counts[name][sort] += number
    return added, changed


def _sample(
    cursor: Any,
    kind: statements.Kind,
    samples: list[dict[str, Any]],
    found: dict[str, int],
    params: dict[str, Any],
) -> None:
    """A few additions and changes of those that were found in the chunk, until there are enough of the kind."""
    have = {"added": 0, "changed": 0}
    for sample in samples:
        if sample["kind"] == kind.name:
            have[sample["sort"]] += 1
    if found["added"] and have["added"] < _MOST_SAMPLES:
        cursor.execute(kind.added(), params)
        for row, title in cursor.fetchall()[: _MOST_SAMPLES - have["added"]]:
            samples.append({"kind": kind.name, "sort": "added", "row": row, "title": title, "changes": []})
    if found["changed"] and have["changed"] < _MOST_SAMPLES:
        cursor.execute(kind.changes(), params)
        labels = [column.label for column in kind.columns.values() if column.label]
        for row, title, *values in cursor.fetchall()[: _MOST_SAMPLES - have["changed"]]:
            pairs = zip(labels, values[::2], values[1::2], strict=True)
            changes = [[label, old or "", new or ""] for label, old, new in pairs if (old or "") != (new or "")]
            samples.append({"kind": kind.name, "sort": "changed", "row": row, "title": title, "changes": changes})
