"""The copy for development: nothing of anybody's stands in it, and everything still fits together."""

from __future__ import annotations

import re
from datetime import date
from io import StringIO

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, models, transaction
from psycopg import sql

from hearth.config.management.commands import scrub as command
from hearth.db import privacy, scrub, wall
from hearth.kernel.disguise import Disguise
from hearth.notifications import services as notifications
from hearth.register.models import Need, Person, Tenancy, TenancyHolder
from tests.factories import database
from tests.factories.rows import one_of
from tests.rooms.register.residents import LONG_AGO, marked, resident


@pytest.fixture
def server():
    said = connection.settings_dict
    with psycopg.connect(
        host=said["HOST"], port=said["PORT"], user=said["USER"], password=said["PASSWORD"], dbname="postgres",
        autocommit=True,
    ) as made:  # fmt: skip
        yield made


@pytest.fixture
def copied(server, monkeypatch):
    """`copied()` makes a scrubbed copy and gives a connection that sees all of it; it is gone after the test."""
    monkeypatch.setattr(command, "TEMPLATE", database.template_name())  # migrated already; it holds no rows
    name = f"{connection.settings_dict['NAME']}_copy"
    opened = []

    def make(*options):
        told = StringIO()
        call_command("scrub", name, *options, stdout=told)
        said = connection.settings_dict
        made = psycopg.connect(
            host=said["HOST"], port=said["PORT"], user=said["USER"], password=said["PASSWORD"], dbname=name
        )
        opened.append(made)
        for (table,) in made.execute("select relname from pg_class where relforcerowsecurity").fetchall():
            made.execute(sql.SQL("alter table {} no force row level security").format(sql.Identifier(table)))
        return made, told.getvalue()

    yield make
    for one in opened:
        one.close()
    server.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))
    role = sql.Identifier(wall.web_role(name))
    server.execute(sql.SQL("drop role if exists {}").format(role))


def everything(opened):
    """Every row of every table, as text."""
    tables = opened.execute("select tablename from pg_tables where schemaname = 'public' order by 1").fetchall()
    dump = {}
    for (table,) in tables:
        rows = opened.execute(sql.SQL("select t::text from {} t").format(sql.Identifier(table))).fetchall()
        dump[table] = "\n".join(row for (row,) in rows)
    return dump


def personal_texts():
    """Every personal text of the original: (table, column, number of the row, text)."""
    for model in privacy.mapped():
        found = privacy.map_of(model)
        fields = [model._meta.get_field(name) for name in found.named("personal", "special")]
        for one in fields:
            kind = isinstance(one, models.CharField | models.TextField) and not one.choices
            if kind and model._meta.label not in wall.APPEND_ONLY:
                for pk, text in model._base_manager.values_list("pk", one.name):
                    if text and len(text) > 4:
                        yield model._meta.db_table, one.column, pk, text


MADE_UP = re.compile(r"row-\d+")  # what the factory writes, into plain fields too


def one_of_each():
    """A row of every model whose own checks allow one made of nothing."""
    made = 0
    for model in privacy.mapped():
        if model._meta.label in (*wall.APPEND_ONLY, "landlords.Landlord"):
            continue
        try:
            with transaction.atomic():
                one_of(model)
            made += 1
        except DatabaseError:
            continue
    return made


def household():
    person = resident(
        "Cressida", family_name="Thistlewood", key="HMS-4711", born_on=date(1970, 5, 17),
        postal_address="c/o Featherstone & Sons,\n12 Quillon Mews", mobile="+447911123456", guardian="",
    )  # fmt: skip
    held = Tenancy.objects.create(
        home=person.memberships.get().household.home, tenure="general_needs", started_on=LONG_AGO, key="TEN-99812"
    )
    TenancyHolder.objects.create(tenancy=held, person=person, lead=True)
    Need.objects.create(
        person=person, kind="support", what="Recovers from a hip operation", told_by="self", started_on=LONG_AGO
    )
    marked(person, {"channel": "phone", "to": "+441632960777"})
    return person


@pytest.mark.requirement("SEC-05")
def test_no_personal_word_of_the_original_stands_anywhere_in_the_copy(inside, actor, copied):
    person = household()
    officer = actor("data_protection_officer", name="Philippa Greycastle", email="philippa@greycastle.example.org")
    notifications.send(
        key="a.letter", to_name=person.name, to_address=person.email, subject="Dear Cressida Thistlewood",
        body="We wrote to Cressida Thistlewood of Quillon Mews.", about=person, by=officer,
    )  # fmt: skip
    assert one_of_each() > 60
    texts = list(personal_texts())
    words = {text for *_, text in texts if not MADE_UP.match(text)}
    assert {"Thistlewood", "HMS-4711", person.email, "Recovers from a hip operation", "Philippa Greycastle"} <= words
    opened, said = copied()
    assert "invented values" in said
    assert opened.execute("select count(*) from register_person").fetchone() == (Person.objects.count(),)
    for table, column, pk, text in texts:
        wanted = sql.SQL("select {} from {} where id = %s").format(sql.Identifier(column), sql.Identifier(table))
        assert opened.execute(wanted, [pk]).fetchone() != (text,), f"{table}.{column}"
    dump = everything(opened)
    pattern = re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)), re.IGNORECASE)
    found = {table: hit.group() for table, text in dump.items() if (hit := pattern.search(text))}
    assert found == {}
    for part in ("960777", "911123456", "1970-05-17", "Quillon", "Featherstone"):
        assert [table for table, text in dump.items() if part in text] == []


def test_a_name_that_was_typed_into_a_plain_field_is_found_and_disguised_too(inside, actor, copied):
    from hearth.landlords.models import Post

    household()
    Post.objects.create(title="Estate Officer", duties="Ask for Cressida Thistlewood on Fridays.")
    opened, said = copied()
    assert "landlords.Post.duties is plain, but held personal words in 1 rows" in said
    assert opened.execute("select title from landlords_post").fetchone() == ("Estate Officer",)
    (duties,) = opened.execute("select duties from landlords_post").fetchone()
    assert "Thistlewood" not in duties


def test_rows_that_belong_together_still_do(inside, actor, copied):
    person = household()
    notifications.send(
        key="a.letter", to_name=person.name, to_address=person.email, subject="Words", body="Words", about=person,
        by=actor("administrator"),
    )  # fmt: skip
    opened, _ = copied()
    row = opened.execute(
        "select p.given_name, p.email, m.to_address, t.tenure, h.lead, p.born_on from register_person p"
        " join register_tenancyholder h on h.person_id = p.id join register_tenancy t on t.id = h.tenancy_id"
        " join notifications_message m on m.about_id = p.id where p.id = %s",
        [person.pk],
    ).fetchone()
    given, email, to, tenure, lead, born = row
    assert (given != "Cressida", email == to, tenure, lead) == (True, True, "general_needs", True)
    assert re.fullmatch(r"[A-Z][a-z]{7}", given)
    assert 0 < abs((born - date(1970, 5, 17)).days) <= 180


def test_the_copy_stands_behind_the_wall_and_takes_new_rows(inside, copied):
    household()
    opened, _ = copied()
    walled = "select count(*) from pg_policies where policyname = 'landlord_wall'"
    assert opened.execute(walled).fetchone() == connection.cursor().execute(walled).fetchone()
    (largest,) = opened.execute("select max(id) from register_person").fetchone()
    (following,) = opened.execute("select nextval(pg_get_serial_sequence('register_person', 'id'))").fetchone()
    assert following > largest
    unproved = "select conname from pg_constraint where not convalidated"
    assert opened.execute(unproved).fetchall() == []


def test_the_trail_is_left_out_and_nobody_signs_in_unless_a_password_was_given(inside, actor, copied):
    actor("administrator", password="three plain words here")
    household()
    opened, _ = copied()
    assert opened.execute("select count(*) from audit_event").fetchone() == (0,)
    assert {row[0][0] for row in opened.execute("select password from accounts_user").fetchall()} == {"!"}
    opened.close()
    from django.contrib.auth.hashers import check_password

    opened, _ = copied("--again", "--password", "for development only")
    (password,) = opened.execute("select password from accounts_user").fetchone()
    assert check_password("for development only", password)


def test_two_landlords_are_copied_with_their_own_rows(inside, other_landlord, within, copied):
    household()
    with within(other_landlord):
        household()
    opened, _ = copied()
    rows = opened.execute("select landlord_id, count(*) from register_person group by 1 order by 1").fetchall()
    assert rows == [(inside.pk, 1), (other_landlord.pk, 1)]
    names = opened.execute("select distinct family_name from register_person").fetchall()
    assert len(names) == 1  # the same value is the same in both, so that joins hold


@pytest.mark.parametrize("bad", ["Big Name", "postgres; drop", "1st"])
def test_a_name_that_no_database_should_have_is_refused(inside, bad):
    with pytest.raises(CommandError, match="small letters"):
        call_command("scrub", bad)


def test_it_never_writes_into_the_live_database_nor_into_any_that_is_no_copy(inside, server):
    with pytest.raises(CommandError, match="the database that Hearth works with"):
        call_command("scrub", connection.settings_dict["NAME"], "--again")
    name = f"{connection.settings_dict['NAME']}_other"
    server.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    try:
        with pytest.raises(CommandError, match=r"no scrubbed copy\. It was not touched"):
            call_command("scrub", name, "--again")
        assert server.execute("select 1 from pg_database where datname = %s", [name]).fetchone()
    finally:
        server.execute(sql.SQL("drop database {}").format(sql.Identifier(name)))


def test_a_copy_is_made_anew_only_when_it_is_asked_for(inside, copied):
    opened, _ = copied("--secret", "once")
    opened.close()
    with pytest.raises(CommandError, match="Add --again"):
        copied()


def test_every_personal_field_of_every_model_has_a_disguise():
    """A field of a kind that nothing is known of stops the copy; this names it before."""
    bare = []
    for model in privacy.mapped():
        copier = scrub.Copier(model, disguise=Disguise(b"s"), known=None, password="!", report=scrub.Report())
        for name in privacy.map_of(model).named("personal", "special"):
            field = model._meta.get_field(name)
            if not field.many_to_many and not isinstance(field, models.ForeignKey) and not field.choices:
                kinds = [kinds for kinds, _ in copier._makers(field, "seed", "row") if isinstance(field, kinds)]
                bare += [] if kinds else [f"{model._meta.label}.{name} is a {type(field).__name__}"]
    assert bare == []
