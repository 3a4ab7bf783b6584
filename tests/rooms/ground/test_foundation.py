"""The ground on which the other tests stand."""

from django.db import connection

from hearth.db import jobs, news, wall
from tests.factories import database, people


def test_a_test_inside_works_as_the_web_role_for_its_landlord(inside):
    with connection.cursor() as cursor:
        cursor.execute("select current_user, current_setting('hearth.landlord')")
        assert cursor.fetchone() == (database.role(), str(inside.pk))
    assert wall.current() == inside.pk


def test_the_web_role_owns_nothing_and_cannot_pass_the_wall(inside):
    with connection.cursor() as cursor:
        cursor.execute(
            "select rolsuper or rolbypassrls or rolcreatedb or rolcreaterole from pg_roles where rolname = current_user"
        )
        assert cursor.fetchone() == (False,)
        cursor.execute("select count(*) from pg_class where relowner = current_user::regrole")
        assert cursor.fetchone() == (0,)


def test_work_for_another_landlord_ends_with_its_block(inside, other_landlord, within, user_with):
    user_with(name="Ours")
    with within(other_landlord):
        people.user(name="Theirs")
    from hearth.accounts.models import User

    assert [user.name for user in User.objects.all()] == ["Ours"]


def test_people_of_a_test_hold_their_roles_and_posts_today(actor):
    by = actor("administrator", posts=["Head of Legal Services"])
    assert by.may("accounts.manage")
    assert by.post_titles == ("Head of Legal Services",)
    assert not actor("auditor").may("accounts.manage")


def test_jobs_of_a_test_run_when_asked_for_and_inside_the_wall(inside, run_jobs):
    heard = []

    @jobs.job("ground.heard")
    def hear(*, by, thing_id):
        heard.append((by.landlord_id, wall.current(), thing_id))

    news.defer("ground.heard", thing_id=7)
    assert heard == []
    assert run_jobs() == ["ground.heard"]
    assert heard == [(inside.pk, inside.pk, 7)]
    assert run_jobs() == []
