"""The way in for the first administrator: an invitation from the command line."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from hearth.accounts.models import User


def invite(inside: Any, email: str, **options: Any) -> str:
    said = io.StringIO()
    call_command("invite", inside.slug, email, "Wilma Brook", stdout=said, **options)
    return said.getvalue().strip()


def test_an_invitation_from_the_command_line_lets_the_first_administrator_in(inside, client_as, mailoutbox) -> None:
    address = invite(inside, "wilma@thornbridge.example", at="https://reviews.example")
    assert re.fullmatch(rf"https://reviews\.example/{inside.slug}/account/invitation/[\w-]+/", address)
    assert address in mailoutbox[0].body
    page = client_as().get(address.removeprefix("https://reviews.example"))
    assert page.status_code == 200
    user = User.objects.get(email="wilma@thornbridge.example")
    assert user.needs_second_factor
    assert not user.has_usable_password()


def test_nobody_is_invited_twice_from_the_command_line(inside, mailoutbox) -> None:
    invite(inside, "wilma@thornbridge.example")
    with pytest.raises(CommandError, match="There is an account with that email address already"):
        invite(inside, "wilma@thornbridge.example")
    assert len(mailoutbox) == 1


def test_an_unknown_landlord_is_named(inside) -> None:
    with pytest.raises(CommandError, match="There is no landlord called nowhere"):
        call_command("invite", "nowhere", "wilma@thornbridge.example", "Wilma Brook")
