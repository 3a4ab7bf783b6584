"""Looking for people who are kept twice, and saying that two records are two people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction

from hearth.audit import services as audit
from hearth.db import news
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.landlords import queries as landlords
from hearth.register import permissions
from hearth.register.models import HouseholdMember, LeaseHolder, Pair, Person
from hearth.register.rules import duplicates as rules

MOST_PAIRS = 5_000


@transaction.atomic
def find_duplicates(*, on: date, by: Actor) -> int:
    """Compare all people, keep the likely pairs for a person to look at, and say how many are open.

    Pairs that somebody has decided stay decided; open ones that are no longer likely go.
    """
    check(by, permissions.MERGE)
    threshold = float(landlords.setting("register.duplicate_likelihood", on=on)) / 100
    likely = {(low, high): (likelihood, why) for low, high, likelihood, why in compare(list(_records()), threshold)}
    kept = {(pair.one_id, pair.other_id): pair for pair in Pair.objects.all()}
    gone = [pair.pk for ids, pair in kept.items() if pair.state == Pair.State.OPEN and ids not in likely]
    Pair.objects.filter(pk__in=gone).delete()
    changed = []
    for ids, (likelihood, why) in likely.items():
        if ids in kept and kept[ids].state == Pair.State.OPEN:
            kept[ids].likelihood, kept[ids].reasons = likelihood, why
            changed.append(kept[ids])
    Pair.objects.bulk_update(changed, ["likelihood", "reasons"], batch_size=1000)
    new = [
        Pair(one_id=low, other_id=high, likelihood=likelihood, reasons=why)
        for (low, high), (likelihood, why) in likely.items()
        if (low, high) not in kept
    ]
    Pair.objects.bulk_create(new, batch_size=1000)
    open_now = Pair.objects.filter(state=Pair.State.OPEN).count()
    own = landlords.own()
    audit.record(by=by, deed="register.duplicates_looked_for", subject=own, found=len(new), open=open_now)
    return open_now


def _records() -> Iterator[dict[str, Any]]:
    """Everybody as the comparison takes them, with the address where they live, or have a lease."""
    homes: dict[int, tuple[str, str]] = {}
    for rows, home in (
        (LeaseHolder.objects.filter(ended_on=None), "lease__home"),
        (HouseholdMember.objects.filter(ended_on=None), "household__home"),
    ):
        for number, address, postcode in rows.values_list("person_id", f"{home}__address", f"{home}__postcode"):
            homes[number] = (address, postcode)
    people = Person.objects.filter(merged_into=None, anonymised_on=None).order_by("pk")
    fields = ("pk", "given_name", "family_name", "born_on", "email", "phone", "mobile", "postal_address")
    for pk, given, family, born_on, email, phone, mobile, postal in people.values_list(*fields).iterator(5000):
        address, postcode = homes.get(pk, (postal, ""))
        yield rules.record(
            id=pk, given=given, family=family, born=born_on.isoformat() if born_on else "", email=email,
            phones=(mobile, phone), address=address, postcode=postcode,
        )  # fmt: skip


def compare(records: list[dict[str, Any]], threshold: float) -> Iterator[tuple[int, int, float, list[str]]]:
    """The likely pairs as lower id, higher id, likelihood and reasons, the likeliest first; at most MOST_PAIRS."""
    if len(records) < 2:
        return
    import duckdb  # heavy, and needed here alone
    from splink import Linker
    from splink.backends.duckdb import DuckDBAPI

    connection = duckdb.connect(":memory:")
    connection.execute("set enable_external_access = false")
    connection.execute("set autoinstall_known_extensions = false")
    connection.execute(
        "create table people (id bigint, given varchar, first varchar, family varchar, born varchar, swapped varchar, "
        "email varchar, phones varchar[], mobile varchar, home varchar, postcode varchar)"
    )
    _fill(connection, records)
    api = DuckDBAPI(connection=connection)
    linker = Linker(api.register("people"), rules.settings(len(records)), log_level="ERROR", validate_settings=False)
    found = linker.inference.predict(threshold_match_probability=threshold)
    gammas = rules.NAMES
    columns = ", ".join(["id_l", "id_r", "match_probability", *(f"gamma_{name}" for name in gammas)])
    rows = connection.execute(
        f"select {columns} from {found.physical_name} order by match_probability desc, id_l, id_r limit {MOST_PAIRS}"  # noqa: S608
    ).fetchall()
    connection.close()
    for one, other, likelihood, *levels in rows:
        yield min(one, other), max(one, other), likelihood, rules.reasons(dict(zip(gammas, levels, strict=True)))


def _fill(connection: Any, records: list[dict[str, Any]]) -> None:
    """Give the records to the comparison's own database, in memory, a column at a time."""
    names = list(records[0])
    for start in range(0, len(records), 20_000):
        part = records[start : start + 20_000]
        columns = [[record[name] for record in part] for name in names]
        listed = ", ".join(f"unnest(${place})" for place in range(1, len(names) + 1))
        connection.execute(f"insert into people select {listed}", columns)


@transaction.atomic
def ask_for_duplicates(*, by: Actor) -> None:
    """Look for people who are kept twice, later, and once however often it is asked."""
    check(by, permissions.MERGE)
    audit.record(by=by, deed="register.duplicates_asked", subject=landlords.own())
    news.defer_once("register.find_duplicates", lock="register.find_duplicates")


@transaction.atomic
def say_different(*, pair: Pair, at: datetime, by: Actor) -> None:
    """Two people: the pair is not shown again."""
    check(by, permissions.MERGE)
    if pair.state != Pair.State.OPEN:
        raise Refused("Somebody has decided about these two records already.")
    pair.state, pair.decided_by, pair.decided_at = Pair.State.DIFFERENT, by.name, at
    pair.save(update_fields=["state", "decided_by", "decided_at"])
    audit.record(by=by, deed="register.said_different", subject=pair.one, person=pair.one_id, other=pair.other_id)
