"""Reading accounts: who somebody is on a day, and who fills a post."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.module_loading import import_string

from hearth.accounts import permissions, rules
from hearth.accounts.models import PostHolding, RoleHolding, User
from hearth.accounts.rules import Role
from hearth.db import wall
from hearth.kernel.permits import Actor, check


def roles() -> Mapping[str, Role]:
    """Every role that Hearth knows, by key; wired in config."""
    return import_string(settings.HEARTH_ROLES)


def actor(user: User | AnonymousUser | None, *, on: date) -> Actor:
    """Who is asking, with the roles and posts held on a day. Two queries; none for a visitor."""
    if not isinstance(user, User):
        return Actor(landlord_id=wall.current(), name="")
    holding = Q(first_on__lte=on) & (Q(last_on=None) | Q(last_on__gte=on))
    held = list(user.role_holdings.filter(holding).values_list("role", flat=True))
    filled = list(user.post_holdings.filter(holding).values_list("post_id", "post__title"))
    return Actor(
        landlord_id=wall.current(),
        user_id=user.pk,
        name=user.name,
        roles=frozenset(held),
        permissions=rules.permissions_of(held, roles()),
        posts=frozenset(post for post, _ in filled),
        post_titles=tuple(title for _, title in filled),
    )


def users() -> QuerySet[User]:
    """Every account of this landlord."""
    return User.objects.all()


def staff() -> QuerySet[User]:
    """Every account but those of residents, who open theirs themselves; a resident who works here is among them."""
    resident = RoleHolding.objects.filter(user=OuterRef("pk"), role=rules.RESIDENT)
    other = RoleHolding.objects.filter(user=OuterRef("pk")).exclude(role=rules.RESIDENT)
    return User.objects.filter(~Exists(resident) | Exists(other))


def holding_permission(permission: str, *, on: date) -> QuerySet[User]:
    """Who may do something on a day, by any of their roles: for telling them that work waits."""
    giving = [role.key for role in roles().values() if permission in role.permissions]
    holding = Q(first_on__lte=on) & (Q(last_on=None) | Q(last_on__gte=on))
    held = RoleHolding.objects.filter(holding, role__in=giving, user=OuterRef("pk"))
    return User.objects.filter(Exists(held), is_active=True)


def people(*, by: Actor, words: str = "") -> QuerySet[User]:
    """Accounts of staff whose name or email address holds these words, with roles and posts. Raises Forbidden."""
    check(by, permissions.MANAGE)
    found = staff().prefetch_related("role_holdings", "post_holdings__post")
    return found.filter(Q(name__icontains=words) | Q(email__icontains=words)) if words else found


def holders(post_id: int, *, on: date) -> QuerySet[PostHolding]:
    """Who fills a post on a day (GOV-12)."""
    holding = Q(first_on__lte=on) & (Q(last_on=None) | Q(last_on__gte=on))
    return PostHolding.objects.filter(holding, post_id=post_id).select_related("user", "post")


def holdings() -> QuerySet[PostHolding]:
    """All holders of all posts."""
    return PostHolding.objects.select_related("user", "post")


def holders_by_post(*, on: date) -> dict[int, list[PostHolding]]:
    """Who fills each post on a day, by the post's number, in one query (GOV-12)."""
    holding = Q(first_on__lte=on) & (Q(last_on=None) | Q(last_on__gte=on))
    found: dict[int, list[PostHolding]] = {}
    for one in PostHolding.objects.filter(holding).select_related("user"):
        found.setdefault(one.post_id, []).append(one)
    return found


def role_holdings() -> QuerySet[RoleHolding]:
    """All roles that anybody holds, held or will hold."""
    return RoleHolding.objects.select_related("user")
