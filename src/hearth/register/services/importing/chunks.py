"""One chunk of rows: compared with what is kept, and, if it is to be brought in, written."""

from __future__ import annotations

from typing import Any

from django.db import connection

from hearth.register.models import Import
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
            f"create temporary table chunk on commit drop as select landlord_id, ends, {', '.join(STAGED)}, "  # noqa: S608
            "null::bigint as estate_id, null::bigint as building_id, null::bigint as home_id, "
            "null::bigint as person_id, null::bigint as right_id, false as merged from register_importrow "
            "where of_id = %(import)s and row > %(after)s and row <= %(until)s and not refused",
            params,
        )
        cursor.execute("analyze chunk")
        for kind in statements.KINDS:
            _find(cursor, kind, params)
            if kind is statements.HOMES:
                _free_uprns(cursor, params)
            if kind is statements.PEOPLE:
                _follow_merges(cursor)
            _count(cursor, kind.name, kind.count(), counts, params)
            if not write:
                _sample(cursor, kind, samples, params)
                continue
            cursor.execute(kind.change(), params)
            cursor.execute(kind.add(), params)
            if cursor.rowcount:
                _find(cursor, kind, params)
        for part in statements.PARTS:
            _count(cursor, part.name, statements.count_part(part), counts, params)
            if write:
                for statement in statements.write_part(part):
                    cursor.execute(statement, params)
        if write:
            for statement in statements.HOUSEHOLDS:
                cursor.execute(statement, params)


def _find(cursor: Any, kind: statements.Kind, params: dict[str, Any]) -> None:
    for statement in kind.find():
        cursor.execute(statement, params)


def _free_uprns(cursor: Any, params: dict[str, Any]) -> None:
    """A UPRN that another home has already is left out: two homes cannot have one."""
    cursor.execute(
        "update chunk c set uprn = '' from register_home t where c.uprn <> '' and t.landlord_id = %(landlord)s "
        "and t.uprn <> '' and t.uprn = c.uprn and t.id is distinct from c.home_id",
        params,
    )


def _follow_merges(cursor: Any) -> None:
    """What is told of a merged record belongs to the one that was kept, whose values a person has chosen."""
    cursor.execute(
        "update chunk c set person_id = p.merged_into_id, merged = true from register_person p "
        "where p.id = c.person_id and p.merged_into_id is not null"
    )


def _count(cursor: Any, name: str, statement: str, counts: Counts, params: dict[str, Any]) -> None:
    cursor.execute(statement, params)
    for sort, number in zip(("added", "changed", "same"), cursor.fetchone(), strict=True):
        counts[name][sort] += number


def _sample(cursor: Any, kind: statements.Kind, samples: list[dict[str, Any]], params: dict[str, Any]) -> None:
    """A few additions and changes, until there are enough of the kind."""
    have = {"added": 0, "changed": 0}
    for sample in samples:
        if sample["kind"] == kind.name:
            have[sample["sort"]] += 1
    if have["added"] < _MOST_SAMPLES:
        cursor.execute(kind.added(), params)
        for row, title in cursor.fetchall()[: _MOST_SAMPLES - have["added"]]:
            samples.append({"kind": kind.name, "sort": "added", "row": row, "title": title, "changes": []})
    if have["changed"] < _MOST_SAMPLES:
        cursor.execute(kind.changes(), params)
        labels = [column.label for column in kind.columns.values() if column.label]
        for row, title, *values in cursor.fetchall()[: _MOST_SAMPLES - have["changed"]]:
            pairs = zip(labels, values[::2], values[1::2], strict=True)
            changes = [[label, old or "", new or ""] for label, old, new in pairs if (old or "") != (new or "")]
            samples.append({"kind": kind.name, "sort": "changed", "row": row, "title": title, "changes": changes})
