"""How the sign-in library behaves here: no open sign-up, our own words, secrets encrypted, sign-ins written down."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from hearth.accounts import queries as accounts
from hearth.accounts.rules import RESIDENT
from hearth.audit import services as audit
from hearth.kernel.permits import Actor
from hearth.landlords import queries as landlords

# What is said after a deed of the library's; what does not stand here is done without a word.
SAID = {
    "account/messages/logged_out.txt": "You have signed out.",
    "account/messages/password_changed.txt": "Your password has been changed.",
    "mfa/messages/totp_activated.txt": "The app is now your second factor.",
    "mfa/messages/totp_deactivated.txt": "The app has been removed.",
    "mfa/messages/recovery_codes_generated.txt": "You have new recovery codes.",
    "mfa/messages/webauthn_added.txt": "The passkey has been added.",
    "mfa/messages/webauthn_removed.txt": "The passkey has been removed.",
}


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are opened by invitation only."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The email address or the password is wrong. Check both and try again",
        "too_many_login_attempts": "Too many wrong passwords. Wait 15 minutes and try again, or choose a new password",
        "incorrect_password": "This is not your password. Try again",
        "enter_current_password": "This is not your password. Try again",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The first page of whoever signed in: a resident's own details, else their work."""
        if accounts.actor(request.user, on=timezone.localdate()).roles == {RESIDENT}:
            return _address("register:you", otherwise="accounts:own")
        return _address(settings.LOGIN_REDIRECT_URL, otherwise="accounts:own")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return _address(settings.LOGOUT_REDIRECT_URL, otherwise="account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """To the sign-in page: a new password signs out everywhere."""
        return reverse("account_login")

    def is_safe_url(self, url: str | None) -> bool:
        """Only to pages of the same landlord: its own host and below its own first word."""
        if not url or not url_has_allowed_host_and_scheme(url, allowed_hosts=None):
            return False
        return url.startswith(get_script_prefix())

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        message: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Our own words instead of the library's."""
        words = message or SAID.get(message_template or "")
        if words:
            messages.add_message(request, level, words)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Only when the last proof of who somebody is, at sign-in or since, is too old."""
        records = get_authentication_records(self.request, self.request.user)
        return not records or time.time() - records[-1]["at"] > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def login(self, request: HttpRequest, user: Any) -> None:
        """Sign in, and write it down (SEC-03)."""
        super().login(request, user)
        by = accounts.actor(user, on=timezone.localdate())
        audit.record(by=by, deed="accounts.signed_in", subject=user, person=user.pk)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the failure, and write it down without what was typed."""
        super().authentication_failed(request, **credentials)
        audit.record_refusal(by=Actor(landlord_id=None), path=request.path_info)


def _address(name: str, *, otherwise: str) -> str:
    """The address of a page, or of another where this installation goes without the page's room."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return reverse(otherwise)


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """The second factor, by the landlord's name, with its secrets encrypted."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "This code is not right. Enter the code that your app shows now",
        "rate_limited": "Too many wrong codes. Wait a few minutes and try again",
    }

    def get_totp_issuer(self) -> str:
        return landlords.own().short_name

    def _get_site_name(self) -> str:
        return landlords.own().name

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> Fernet:
    key = hmac.new(settings.SECRET_KEY.encode(), b"hearth second factor", hashlib.sha256).digest()
    return Fernet(base64.urlsafe_b64encode(key))
