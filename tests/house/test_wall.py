"""The landlord wall: what the web role can reach when the query itself forgets whose rows it wants."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from hearth.db import wall
from tests.factories import database, people, rows

WALLED = [model for model in apps.get_models() if wall.walled(model)]
SETTING = "select set_config('hearth.landlord', %s, true)"


def tables():
    with connection.cursor() as cursor:
        return set(connection.introspection.table_names(cursor))


@pytest.fixture
def theirs(inside, other_landlord, within):
    """A row of every walled table, written by the other landlord."""
    rows.forget_checks()
    with within(other_landlord):
        made = {model: rows.one_of(model) for model in WALLED if model._meta.db_table in tables()}
    return made


def count(cursor, table):
    cursor.execute(f'select count(*) from "{table}"')
    return cursor.fetchone()[0]


@pytest.mark.requirement("SYS-01")
def test_no_landlord_sees_a_row_of_another_in_any_table(inside, theirs, other_landlord):
    with connection.cursor() as cursor:
        for model in theirs:
            table = model._meta.db_table
            cursor.execute(f'select count(*) from "{table}" where landlord_id = %s', [other_landlord.pk])
            assert cursor.fetchone() == (0,), f"{model._meta.label} shows another landlord's rows"
        cursor.execute(SETTING, [str(other_landlord.pk)])
        for model in theirs:
            assert count(cursor, model._meta.db_table) >= 1, f"the row of {model._meta.label} was never there"


@pytest.mark.requirement("SYS-01")
def test_a_connection_that_named_no_landlord_sees_no_row(theirs):
    with connection.cursor() as cursor:
        cursor.execute(SETTING, [""])
        seen = [model._meta.label for model in theirs if count(cursor, model._meta.db_table)]
    assert seen == []


@pytest.mark.requirement("SYS-01")
def test_no_landlord_can_write_a_row_for_another(inside, theirs, other_landlord):
    for model, pk in theirs.items():
        table = model._meta.db_table
        columns = [field.column for field in model._meta.concrete_fields if not field.primary_key]
        listed = ", ".join(f'"{column}"' for column in columns)
        with connection.cursor() as cursor:
            cursor.execute(SETTING, [str(other_landlord.pk)])
            cursor.execute(f'select {listed} from "{table}" where id = %s', [pk])
            found = cursor.fetchone()
            cursor.execute(SETTING, [str(inside.pk)])
            marks = ", ".join(["%s"] * len(columns))
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                cursor.execute(f'insert into "{table}" ({listed}) values ({marks})', rows.bare(model, found))


@pytest.mark.requirement("SYS-01")
def test_no_landlord_can_change_or_remove_a_row_of_another(inside, theirs, other_landlord):
    with connection.cursor() as cursor:
        for model, pk in theirs.items():
            if model._meta.label in wall.APPEND_ONLY:
                continue
            table = model._meta.db_table
            cursor.execute(f'update "{table}" set landlord_id = landlord_id where id = %s', [pk])
            assert cursor.rowcount == 0
            cursor.execute(f'delete from "{table}" where id = %s', [pk])
            assert cursor.rowcount == 0


def test_a_landlord_changes_only_its_own_record(inside, other_landlord):
    with connection.cursor() as cursor:
        cursor.execute("update landlords_landlord set short_name = 'Ours' where id = %s", [other_landlord.pk])
        assert cursor.rowcount == 0
        cursor.execute("update landlords_landlord set short_name = 'Ours' where id = %s", [inside.pk])
        assert cursor.rowcount == 1
        for verb in ("insert into landlords_landlord (slug) values ('x')", "delete from landlords_landlord"):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                cursor.execute(verb)


def test_every_model_stands_behind_the_wall_or_says_why_not():
    known = {*wall.NO_WALL, *wall.THROUGH}
    bare = [m._meta.label for m in apps.get_models() if not wall.walled(m) and m._meta.label not in known]
    assert bare == []
    assert all(len(reason.split()) > 3 for reason in wall.NO_WALL.values())


def test_no_reason_is_kept_for_a_model_that_is_gone():
    labels = {model._meta.label for model in apps.get_models()}
    assert {*wall.NO_WALL, *wall.THROUGH, *wall.APPEND_ONLY, *wall.READ_ONLY} <= labels


def test_the_database_itself_has_a_forced_wall_on_every_walled_table(inside):
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relrowsecurity and relforcerowsecurity")
        forced = {name for (name,) in cursor.fetchall()}
    through = [apps.get_model(label) for label in wall.THROUGH]
    there = tables()
    open_ = [m._meta.label for m in (*WALLED, *through) if m._meta.db_table in there and m._meta.db_table not in forced]
    assert open_ == []


def test_second_factors_stand_behind_the_wall_of_their_account(inside, other_landlord, within):
    from allauth.mfa.models import Authenticator

    with within(other_landlord):
        them = people.user()
        Authenticator.objects.create(user=them, type="totp", data={"secret": "x"})
    assert Authenticator.objects.count() == 0
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Authenticator.objects.create(user=them, type="recovery_codes", data={})


@pytest.mark.requirement("SEC-03")
@pytest.mark.parametrize("table", ["audit_event", "audit_seal"])
@pytest.mark.parametrize("words", ["update {} set id = id", "delete from {}", "truncate {}"])
def test_the_database_refuses_to_change_or_remove_the_audit_trail(inside, table, words):
    with (
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
    ):
        cursor.execute(words.format(table))


def test_the_web_role_may_not_touch_the_tables_themselves(inside):
    for words in ("alter table audit_event disable row level security", "drop table audit_event", "reset role; x"):
        with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(words)
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        assert cursor.fetchone() == (database.role(),)
