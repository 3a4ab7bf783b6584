"""The second factor: an app, recovery codes, and what happens without them."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.factories.pages import text_of
from tests.factories.people import PASSWORD


def code_of(secret, offset=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + offset))


@pytest.fixture
def with_app(account, sign_in):
    """Somebody who has set up an app, with its secret."""
    client = sign_in(account)
    secret = re.search(r"Key to type in: (\w+)", text_of(client.page("mfa_activate_totp"))).group(1)
    done = client.send("mfa_activate_totp", {"code": code_of(secret)}, follow=True)
    assert "Your recovery codes" in text_of(done)
    return account, secret, client


def test_the_secret_is_shown_as_a_picture_and_as_text(account, sign_in):
    page = sign_in(account).page("mfa_activate_totp").content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    assert re.search(r"Key to type in: <strong[^>]*>[A-Z2-7]{16,}</strong>", page)


def test_a_wrong_code_does_not_turn_it_on(account, sign_in):
    response = sign_in(account).send("mfa_activate_totp", {"code": "000000"})
    assert "This code is not right" in text_of(response)
    assert not Authenticator.objects.exists()


def test_the_secret_lies_encrypted_in_the_database(with_app):
    _, secret, _ = with_app
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept
    assert kept.startswith("gAAAA")


@pytest.mark.requirement("SEC-13")
def test_with_a_second_factor_the_password_alone_opens_nothing(with_app, sign_in):
    account, secret, _ = with_app
    client = sign_in(account)
    assert client.page("accounts:own").status_code == 302
    page = client.page("mfa_authenticate")
    assert "Enter your code" in text_of(page)
    assert "This code is not right" in text_of(client.send("mfa_authenticate", {"code": "000000"}))
    client.send("mfa_authenticate", {"code": code_of(secret, 1)})
    assert client.page("accounts:own").status_code == 200


def test_a_recovery_code_opens_once(with_app, sign_in):
    account, _, client = with_app
    code = client.page("mfa_download_recovery_codes").content.decode().split()[-1]
    first = sign_in(account)
    first.send("mfa_authenticate", {"code": code})
    assert first.page("accounts:own").status_code == 200
    again = sign_in(account)
    assert "This code is not right" in text_of(again.send("mfa_authenticate", {"code": code}))


def test_wrong_codes_are_counted_and_then_refused(with_app, sign_in):
    account, secret, _ = with_app
    client = sign_in(account)
    for _ in range(6):
        client.send("mfa_authenticate", {"code": "000000"})
    response = client.send("mfa_authenticate", {"code": code_of(secret, 1)})
    assert client.page("accounts:own").status_code == 302
    assert "Too many" in text_of(response)


@pytest.mark.requirement("SEC-13")
def test_who_must_have_a_second_factor_sets_it_up_before_anything_else(user_with, sign_in):
    user = user_with(roles=["auditor"], password=PASSWORD, needs_second_factor=True)
    client = sign_in(user)
    response = client.page("audit:trail")
    assert response["Location"] == "/thornbridge/account/second-factor/app/"
    page = client.get(response["Location"])
    assert "must have a second factor before you can go on" in text_of(page)
    secret = re.search(r"Key to type in: (\w+)", text_of(page)).group(1)
    client.send("mfa_activate_totp", {"code": code_of(secret)})
    assert client.page("audit:trail").status_code == 200


def test_removing_the_app_long_after_signing_in_asks_for_the_code_again(with_app, sign_in):
    _, _, client = with_app
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] = time.time() - 3600
    session.save()
    response = client.page("mfa_deactivate_totp", follow=True)
    assert "Enter your" in text_of(response)
    assert Authenticator.objects.filter(type="totp").exists()


def test_the_app_can_be_removed(with_app):
    _, _, client = with_app
    assert "Remove the app" in text_of(client.page("mfa_deactivate_totp"))
    client.send("mfa_deactivate_totp")
    assert not Authenticator.objects.filter(type="totp").exists()


def test_recovery_codes_can_be_seen_downloaded_and_made_anew(with_app):
    _, _, client = with_app
    codes = client.page("mfa_download_recovery_codes").content.decode().split("\n")[3:]
    page = text_of(client.page("mfa_view_recovery_codes"))
    assert "10 of 10 codes are left" in page
    assert all(code in page for code in codes)
    assert "will not work any longer" in text_of(client.page("mfa_generate_recovery_codes"))
    client.send("mfa_generate_recovery_codes")
    assert codes[0] not in text_of(client.page("mfa_view_recovery_codes"))


def test_every_page_about_the_second_factor_opens(with_app):
    _, _, client = with_app
    for name in ("mfa_index", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_reauthenticate", "account_reauthenticate"):
        assert client.page(name, follow=True).status_code == 200
