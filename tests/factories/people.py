"""Landlords and the people who sign in at them."""

from __future__ import annotations

from datetime import date
from typing import Any

LONG_AGO = date(2000, 1, 1)
PASSWORD = "correct horse battery staple"

_number = iter(range(1, 10**9))


def landlord(slug: str, name: str) -> Any:
    """The landlord at an address, made where it is not there. Only the owner of the tables may make one."""
    from hearth.landlords.models import Landlord

    said = {"name": name, "short_name": name.partition(" ")[0], "phone": "01632 960001"}
    return Landlord.objects.get_or_create(slug=slug, defaults=said)[0]


def user(*, roles: tuple[str, ...] | list[str] = (), posts: tuple[str, ...] | list[str] = (), **said: Any) -> Any:
    """Somebody of the landlord that the test is inside, with roles and posts held since long ago.

    `said` are fields of the account; `password` is set where it is given, otherwise nobody can sign in with one.
    """
    from hearth.accounts.models import PostHolding, RoleHolding, User
    from hearth.landlords.models import Post

    number = next(_number)
    password = said.pop("password", None)
    made = User(**{"name": f"Person {number}", "email": f"person{number}@example.org", **said})
    made.set_password(password)
    made.save()
    for role in roles:
        RoleHolding.objects.create(user=made, role=role, first_on=LONG_AGO)
    for title in posts:
        post = Post.objects.get_or_create(title=title)[0]
        PostHolding.objects.create(post=post, user=made, name=made.name, first_on=LONG_AGO)
    return made


def actor(user: Any) -> Any:
    """Somebody as services are told of them, with what their roles allow today."""
    from django.utils import timezone

    from hearth.accounts import queries

    return queries.actor(user, on=timezone.localdate())
