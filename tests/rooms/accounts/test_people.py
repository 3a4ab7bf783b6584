"""The administrator's pages about people: invite, give and end roles, close."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from hearth.accounts import queries, services
from hearth.accounts.models import Invitation, RoleHolding, User
from hearth.audit.models import Event
from hearth.kernel.permits import Forbidden
from hearth.kernel.refusals import Refused
from hearth.landlords.models import Post
from tests.factories.pages import text_of
from tests.factories.people import LONG_AGO, PASSWORD

TODAY = timezone.localdate


@pytest.fixture
def administrator(user_with, client_as):
    """An administrator's browser."""
    return client_as(user_with(roles=["administrator"], name="Alex Administrator"))


@pytest.fixture
def invite(administrator):
    """Invite somebody through the form."""

    def go(**said):
        post = Post.objects.get_or_create(title="Housing Officer")[0]
        answers = {
            "name": "Nadia Newcomer",
            "email": "nadia@example.org",
            "roles": ["auditor"],
            "posts": [str(post.pk)],
            "first_on": TODAY(),
            "needs_second_factor": False,
        }
        return administrator.send("accounts:invite", answers | said, follow=True)

    return go


def test_an_invitation_opens_an_account_with_its_roles_and_posts_and_sends_a_letter(invite, mailoutbox):
    page = text_of(invite())
    assert "Nadia Newcomer has been invited. The letter went to nadia@example.org." in page
    user = User.objects.get(email="nadia@example.org")
    by = queries.actor(user, on=TODAY())
    assert by.roles == {"auditor"}
    assert by.post_titles == ("Housing Officer",)
    assert mailoutbox[0].to == ["nadia@example.org"]
    assert "Alex Administrator has opened an account for you at Thornbridge Borough Council" in mailoutbox[0].body


def test_the_letter_leads_to_a_password_and_then_the_account_works(invite, mailoutbox, sign_in, client_as):
    invite()
    address = re.search(r"http://testserver(/\S+)", mailoutbox[0].body).group(1)
    visitor = client_as()
    assert "Welcome, Nadia Newcomer" in text_of(visitor.get(address))
    assert "at least 12 characters" in text_of(visitor.post(address, {"password": "short"}))
    done = visitor.post(address, {"password": PASSWORD}, follow=True)
    assert "Your account is ready" in text_of(done)
    user = User.objects.get(email="nadia@example.org")
    assert sign_in(user).page("audit:trail").status_code == 200
    again = client_as().get(address)
    assert again.status_code == 410
    assert "This invitation has been used. Sign in instead." in text_of(again)


def test_the_token_of_an_invitation_is_kept_nowhere(invite, mailoutbox):
    invite()
    token = re.search(r"/invitation/([^/]+)/", mailoutbox[0].body).group(1)
    assert Invitation.objects.get().token != token
    assert token not in str(list(Event.objects.values_list("detail", "subject_name")))


def test_an_invitation_runs_out_after_a_week_and_another_can_be_sent(invite, mailoutbox, administrator, client_as):
    invite()
    address = re.search(r"http://testserver(/\S+)", mailoutbox[0].body).group(1)
    Invitation.objects.update(sent_at=timezone.now() - timedelta(days=8))
    assert "This invitation has run out" in text_of(client_as().get(address))
    user = User.objects.get(email="nadia@example.org")
    administrator.send("accounts:invite_again", pk=user.pk)
    second = re.search(r"http://testserver(/\S+)", mailoutbox[1].body).group(1)
    assert client_as().get(address).status_code == 410
    assert client_as().get(second).status_code == 200


def test_an_address_that_has_an_account_is_not_invited_again(invite, mailoutbox):
    invite()
    page = text_of(invite(email="NADIA@example.org"))
    assert "There is an account with that email address already." in page
    assert len(mailoutbox) == 1


def test_an_invitation_without_answers_says_what_to_do(invite):
    page = text_of(invite(name="", email="nadia", roles=[]))
    for words in ("Enter full name", "Enter an email address in the correct format", "Select a role"):
        assert words in page


def test_nobody_gives_themselves_a_role(user_with, client_as):
    user = user_with(roles=["administrator"])
    page = client_as(user).send("accounts:give_role", {"role": "auditor", "first_on": TODAY()}, pk=user.pk)
    assert page.status_code == 422
    assert "You cannot give yourself a role" in text_of(page)


def test_a_role_is_given_from_a_day_and_ended_on_a_day(administrator, user_with):
    user = user_with(name="Robin Rollholder")
    tomorrow = TODAY() + timedelta(days=1)
    page = administrator.send("accounts:give_role", {"role": "auditor", "first_on": tomorrow}, pk=user.pk, follow=True)
    assert "Auditor" in text_of(page)
    assert "Later" in text_of(page)
    assert queries.actor(user, on=TODAY()).roles == frozenset()
    assert queries.actor(user, on=tomorrow).roles == {"auditor"}
    holding = RoleHolding.objects.get(user=user)
    before = administrator.send("accounts:end_role", {"last_on": TODAY()}, pk=user.pk, holding=holding.pk)
    assert "A role cannot end before it began." in text_of(before)
    administrator.send("accounts:end_role", {"last_on": tomorrow}, pk=user.pk, holding=holding.pk)
    assert queries.actor(user, on=tomorrow).roles == {"auditor"}
    assert queries.actor(user, on=tomorrow + timedelta(days=1)).roles == frozenset()


def test_a_closed_account_is_shown_as_closed(administrator, user_with):
    user = user_with(name="Lee Leaver", password=PASSWORD)
    assert "What they did stays on record" in text_of(administrator.page("accounts:close", pk=user.pk))
    page = administrator.send("accounts:close", pk=user.pk, follow=True)
    assert "Closed" in text_of(page)
    user.refresh_from_db()
    assert not user.is_active


def test_people_are_found_by_part_of_a_name_or_address(administrator, user_with):
    user_with(name="Morwenna Finder", email="mf@example.org")
    user_with(name="Somebody Else", email="other@example.org")
    for words in ("wenna", "MF@"):
        page = text_of(administrator.page("accounts:people", query={"words": words}))
        assert "Morwenna Finder" in page
        assert "Somebody Else" not in page
    assert "Nobody was found" in text_of(administrator.page("accounts:people", query={"words": "zzz"}))


def test_the_list_of_people_comes_in_pages_and_asks_no_more_for_more_people(administrator, user_with, queries):
    for _ in range(3):
        user_with(roles=["auditor"], posts=["Housing Officer"])
    with queries(11):
        administrator.page("accounts:people")
    for _ in range(30):
        user_with(roles=["auditor"], posts=["Housing Officer"])
    with queries(11):
        first = administrator.page("accounts:people")
    assert first.content.decode().count('<th scope="row"') == 25
    second = administrator.page("accounts:people", query={"page": 2})
    assert second.content.decode().count('<th scope="row"') == 9


@pytest.mark.requirement("SEC-01")
def test_services_refuse_whoever_may_not_manage_accounts(actor, user_with):
    by, user = actor("auditor"), user_with()
    holding = RoleHolding.objects.create(user=user, role="auditor", first_on=LONG_AGO)
    deeds = [
        lambda: services.open_account(name="X", email="x@example.org", by=by),
        lambda: services.invite(user=user, at=timezone.now(), by=by),
        lambda: services.give_role(user=user, role="auditor", first_on=TODAY(), by=by),
        lambda: services.end_role(holding=holding, last_on=TODAY(), by=by),
        lambda: services.fill_post(post_id=1, name="X", first_on=TODAY(), by=by),
        lambda: services.close_account(user=user, by=by),
        lambda: list(queries.people(by=by)),
    ]
    for deed in deeds:
        with pytest.raises(Forbidden):
            deed()


def test_an_unknown_role_is_refused(actor, user_with):
    with pytest.raises(Refused, match="roles in the list"):
        services.give_role(user=user_with(), role="emperor", first_on=date(2024, 1, 1), by=actor("administrator"))


@pytest.mark.requirement("SEC-03")
def test_every_deed_with_an_account_is_in_the_trail(administrator, invite, mailoutbox):
    invite()
    user = User.objects.get(email="nadia@example.org")
    administrator.send("accounts:give_role", {"role": "administrator", "first_on": TODAY()}, pk=user.pk)
    administrator.send("accounts:close", pk=user.pk)
    done = set(Event.objects.filter(about_person=user.pk).values_list("deed", flat=True))
    said = {"opened", "invited", "role_given", "post_filled", "closed"}
    assert done == {f"accounts.{verb}" for verb in said}
