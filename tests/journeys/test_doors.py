"""Who gets in, and where: sign-in, lock-out, the second factor, and the wall between landlords."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.visitor import PASSWORD, Visitor

pytestmark = pytest.mark.xdist_group("journeys")
Arrive = Callable[..., Visitor]
Ask = Callable[..., list[tuple[Any, ...]]]


@pytest.mark.requirement("SYS-01")
def test_an_officer_of_one_landlord_cannot_open_a_review_of_another_by_its_address(visitor: Arrive, rows: Ask) -> None:
    (found,) = rows("select id, title from reviews_review where title like 'Damp%%'")
    leila = visitor("leila@thornbridge.example")
    for page in ("", "preview/", "answers/aims/", "life/"):
        leila.goes_to(f"/reviews/{found[0]}/{page}")
        assert leila.status == 404
        leila.does_not_see(found[1])
    then_a_session_of_one_landlord_opens_nothing_at_the_other(leila, int(found[0]), found[1])


def then_a_session_of_one_landlord_opens_nothing_at_the_other(officer: Visitor, review: int, title: str) -> None:
    officer.slug = "dartford"
    officer.goes_to(f"/reviews/{review}/").does_not_see(title)
    assert officer.heading == "Sign in"


def test_who_guesses_passwords_is_locked_out_for_a_while(visitor: Arrive) -> None:
    stranger = visitor()
    for _ in range(5):
        stranger.signs_in("dolores@dartford.example", "not the password")
        assert stranger.errors == ["The email address or the password is wrong. Check both and try again"]
    stranger.signs_in("dolores@dartford.example", PASSWORD)  # the right one helps no more
    assert stranger.errors == ["Too many wrong passwords. Wait 15 minutes and try again, or choose a new password"]
    assert stranger.heading == "Sign in"


def test_an_officer_sets_up_a_second_factor_and_signs_in_with_it(visitor: Arrive) -> None:
    joan = visitor("joan@dartford.example")
    secret = when_an_app_is_set_up(joan)
    joan.signs_out()
    joan.signs_in("joan@dartford.example")
    assert joan.heading == "Enter your code"
    joan.goes_to("/desk/")
    assert joan.heading == "Enter your code"  # half signed in is not signed in
    joan.fills("Code", "000000").presses("Sign in", exact=True)
    assert joan.errors == ["This code is not right. Enter the code that your app shows now"]
    joan.fills("Code", code_of(secret, steps=1)).presses("Sign in", exact=True)  # the one at set-up counts once
    assert joan.path == "/desk/"


def when_an_app_is_set_up(officer: Visitor) -> str:
    """Returns the secret that the app holds."""
    officer.goes_to("/account/second-factor/app/")
    secret = officer.tab.locator("strong.govuk-\\!-text-break-word").inner_text().strip()
    officer.fills("Code", code_of(secret)).presses("Turn on the second factor")
    assert officer.errors == []
    return secret


def code_of(secret: str, *, steps: int = 0) -> str:
    """The six digits of an authenticator app (RFC 6238), now or some steps of 30 seconds ahead."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30 + steps), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"
