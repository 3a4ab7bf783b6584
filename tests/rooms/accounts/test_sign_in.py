"""Signing in, being locked out, forgetting a password, and staying signed in no longer than an hour."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.utils import timezone

from hearth.audit.models import Event
from tests.factories import people
from tests.factories.pages import text_of
from tests.factories.people import PASSWORD


def test_who_knows_the_password_gets_in_and_that_is_written_down(account, client_as):
    client = client_as()
    response = client.send("account_login", {"login": account.email.upper(), "password": PASSWORD})
    assert response.status_code == 302
    assert client.page("accounts:own").status_code == 200
    assert Event.objects.filter(deed="accounts.signed_in", by_id=account.pk).count() == 1


def test_a_wrong_password_and_an_unknown_address_read_the_same(account, client_as):
    wrong = client_as().send("account_login", {"login": account.email, "password": "not the password"})
    unknown = client_as().send("account_login", {"login": "nobody@example.org", "password": "not the password"})
    assert "The email address or the password is wrong" in text_of(wrong)
    assert text_of(wrong).replace(account.email, "") == text_of(unknown).replace("nobody@example.org", "")


@pytest.mark.requirement("SEC-13")
def test_after_five_wrong_passwords_even_the_right_one_is_refused_and_the_page_says_what_to_do(account, client_as):
    client = client_as()
    for _ in range(5):
        client.send("account_login", {"login": account.email, "password": "not the password"})
    response = client.send("account_login", {"login": account.email, "password": PASSWORD})
    assert response.status_code == 200
    assert "Too many wrong passwords. Wait 15 minutes and try again, or choose a new password" in text_of(response)
    assert client.page("accounts:own").status_code == 302


def test_a_lock_of_one_account_leaves_others_open(account, client_as, user_with, sign_in):
    client = client_as()
    for _ in range(5):
        client.send("account_login", {"login": account.email, "password": "not the password"})
    assert sign_in(user_with(password=PASSWORD)).page("accounts:own").status_code == 200


@pytest.mark.requirement("SEC-13")
def test_a_session_ends_after_an_hour_without_a_click(account, sign_in):
    client = sign_in(account)
    session = Session.objects.get(session_key=client.cookies["sessionid"].value)
    assert session.expire_date - timezone.now() <= timedelta(hours=1)
    session.expire_date = timezone.now() - timedelta(seconds=1)
    session.save()
    response = client.page("accounts:own")
    assert response.status_code == 302
    assert "/account/sign-in/?next=/thornbridge/account/" in response["Location"]


@pytest.mark.requirement("SEC-13")
def test_a_form_without_its_token_is_refused_with_a_page_that_says_what_to_do(account, client_as):
    client = client_as(enforce_csrf_checks=True)
    response = client.send("account_login", {"login": account.email, "password": PASSWORD})
    assert response.status_code == 403
    assert "This form could not be sent" in text_of(response)
    assert "sessionid" not in client.cookies


@pytest.mark.requirement("SEC-13")
def test_every_page_carries_the_headers_that_keep_browsers_safe(account, sign_in):
    for response in (sign_in(account).page("accounts:own"), sign_in(account).page("/nothing-here/")):
        policy = response["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe-inline" not in policy
        assert "frame-ancestors 'none'" in policy
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["X-Frame-Options"] == "DENY"
        assert response["Referrer-Policy"] == "same-origin"


def test_a_page_seen_while_signed_in_is_kept_in_no_cache(account, sign_in):
    assert "no-store" in sign_in(account).page("accounts:own")["Cache-Control"]


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(account, sign_in):
    cookie = sign_in(account).cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.requirement("SEC-13")
def test_passwords_are_hashed_with_scrypt(settings):
    from hearth.config import settings as real

    assert real.PASSWORD_HASHERS == ["django.contrib.auth.hashers.ScryptPasswordHasher"]


@pytest.mark.parametrize("there", ["https://evil.example/", "//evil.example/", "/calderwick/account/", "/"])
def test_signing_in_leads_nowhere_but_to_pages_of_the_same_landlord(account, client_as, there):
    client = client_as()
    response = client.send("account_login", {"login": account.email, "password": PASSWORD, "next": there})
    assert response["Location"].startswith("/thornbridge/")


def test_signing_in_leads_to_the_page_that_was_asked_for(account, client_as):
    client = client_as()
    asked = client.page("audit:trail")
    response = client.post(asked["Location"], {"login": account.email, "password": PASSWORD})
    assert response["Location"] == "/thornbridge/audit/"


@pytest.mark.requirement("SYS-01")
def test_an_account_opens_no_door_at_another_landlord(account, other_landlord, client_as, sign_in):
    client = sign_in(account)
    assert client.get(f"/{other_landlord.slug}/account/").status_code == 302
    client.post(f"/{other_landlord.slug}/account/sign-in/", {"login": account.email, "password": PASSWORD})
    assert client.get(f"/{other_landlord.slug}/account/").status_code == 302


def test_a_closed_account_is_shut_out_at_once(account, sign_in):
    client = sign_in(account)
    account.is_active = False
    account.save()
    assert client.page("accounts:own").status_code == 302


def test_signing_out_asks_first_and_then_ends_the_session(account, sign_in):
    client = sign_in(account)
    assert "Anything that you have not saved" in text_of(client.page("account_logout"))
    assert client.page("accounts:own").status_code == 200
    client.send("account_logout")
    assert client.page("accounts:own").status_code == 302


def test_a_forgotten_password_is_replaced_through_a_letter(account, client_as, mailoutbox):
    client = client_as()
    response = client.send("account_reset_password", {"email": account.email}, follow=True)
    assert "If there is an account with that address" in text_of(response)
    letter = mailoutbox[0]
    assert letter.subject == "Choose a new password at Thornbridge Borough Council"
    assert letter.to == [account.email]
    address = re.search(r"http://testserver(/\S+)", letter.body).group(1)
    assert address.startswith("/thornbridge/account/password/new/")
    form = client.get(address, follow=True)
    new = "four quite ordinary words"
    done = client.post(form.redirect_chain[-1][0], {"password1": new}, follow=True)
    assert "Your password has been changed" in text_of(done)
    account.refresh_from_db()
    assert account.check_password(new)
    assert "This letter cannot be used" in text_of(client_as().get(address, follow=True))


def test_a_letter_for_an_unknown_address_is_not_sent_and_the_page_says_the_same(inside, account, client_as, mailoutbox):
    known = client_as().send("account_reset_password", {"email": account.email}, follow=True)
    unknown = client_as().send("account_reset_password", {"email": "nobody@example.org"}, follow=True)
    assert text_of(known) == text_of(unknown)
    assert [letter.to for letter in mailoutbox] == [[account.email]]


@pytest.mark.parametrize(("new", "why"), [("short", "at least 12"), ("password1234", "too common")])
def test_a_weak_new_password_is_refused_with_the_reason(account, sign_in, new, why):
    client = sign_in(account)
    response = client.send("account_change_password", {"oldpassword": PASSWORD, "password1": new})
    assert why in text_of(response)
    account.refresh_from_db()
    assert account.check_password(PASSWORD)


def test_changing_the_password_takes_the_old_one_and_signs_out(account, sign_in):
    client = sign_in(account)
    wrong = client.send("account_change_password", {"oldpassword": "wrong", "password1": "four quite ordinary words"})
    assert "This is not your password" in text_of(wrong)
    client.send("account_change_password", {"oldpassword": PASSWORD, "password1": "four quite ordinary words"})
    assert client.page("accounts:own").status_code == 302
    assert sign_in(account, "four quite ordinary words").page("accounts:own").status_code == 200


def test_nothing_of_the_sign_in_library_is_reached_but_what_is_routed(account, sign_in, client_as):
    for path in ("/account/signup/", "/account/email/", "/account/login/code/", "/account/2fa/trust/"):
        assert client_as().page(path).status_code == 404
        assert sign_in(account).page(path).status_code == 404


def test_a_visitor_is_offered_to_sign_in_and_nothing_else(client_as):
    page = client_as().page("account_login").content.decode()
    assert "/thornbridge/account/sign-in/" in page
    for link in ("/people/", "/settings/", "/audit/"):
        assert f'href="/thornbridge{link}"' not in page


def test_the_top_of_the_page_links_to_what_the_role_allows(sign_in, user_with):
    page = sign_in(user_with(roles=["auditor"], password=PASSWORD)).page("accounts:own").content.decode()
    assert 'href="/thornbridge/audit/"' in page
    assert 'href="/thornbridge/people/"' not in page
    page = sign_in(user_with(roles=["administrator"], password=PASSWORD)).page("accounts:own").content.decode()
    assert 'href="/thornbridge/people/"' in page
    assert 'href="/thornbridge/audit/"' not in page


def test_a_role_that_ended_yesterday_opens_nothing_today(user_with, client_as):
    user = user_with(roles=["auditor"])
    user.role_holdings.update(last_on=timezone.localdate() - timedelta(days=1))
    assert client_as(user).page("audit:trail").status_code == 403


@pytest.mark.requirement("SEC-01")
def test_a_forbidden_page_is_refused_and_the_attempt_is_written_down(client_as, user_with):
    user = user_with(roles=["auditor"])
    response = client_as(user).page("accounts:people")
    assert response.status_code == 403
    assert "You may not open this page" in text_of(response)
    refusal = Event.objects.get(deed="access.refused")
    assert (refusal.by_id, refusal.subject_name) == (user.pk, "/people/")


def test_the_same_address_may_have_an_account_at_two_landlords(account, other_landlord, within, sign_in, client_as):
    with within(other_landlord):
        people.user(email=account.email, password="another long password")
    assert sign_in(account).page("accounts:own").status_code == 200
    other = client_as()
    other.post(f"/{other_landlord.slug}/account/sign-in/", {"login": account.email, "password": PASSWORD})
    assert other.get(f"/{other_landlord.slug}/account/").status_code == 302


def test_the_librarys_own_table_of_addresses_stays_empty(inside, account, client_as, mailoutbox, sign_in):
    """So that two landlords may know the same person: that table would know an address only once."""
    client = sign_in(account)
    client.send("account_change_password", {"oldpassword": PASSWORD, "password1": "four quite ordinary words"})
    client_as().send("account_reset_password", {"email": account.email})
    address = re.search(r"http://testserver(/\S+)", mailoutbox[0].body).group(1)
    visitor = client_as()
    form = visitor.get(address, follow=True)
    visitor.post(form.redirect_chain[-1][0], {"password1": "five really quite ordinary words"})
    account.refresh_from_db()
    assert account.check_password("five really quite ordinary words")
    assert EmailAddress.objects.count() == 0
