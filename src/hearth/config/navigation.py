"""The links at the top of each page, by what the person may do."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse

from hearth.accounts.rules import RESIDENT
from hearth.config.middleware import permission_of
from hearth.kernel.permits import PUBLIC, SIGNED_IN
from hearth.surveys import permissions as surveys

# What it says, the page, and who sees it. The page's own permission decides unless one is named here.
LINKS = [
    ("My work", "desk:home"),
    ("Homes and people", "register:front"),
    ("Reviews", "reviews:reviews"),
    ("Actions", "actions:actions"),
    ("Documents and policies", "policies:documents"),
    ("Surveys", "surveys:surveys"),
    ("Surveys for you", "surveys:firm"),
    ("Interviews", "surveys:interviews"),
    ("Evidence", "equality:evidence"),
    ("Measures", "performance:measures"),
    ("Needs", "register:needs_report"),
    ("Contact safely", "register:safe"),
    ("Requests about data", "register:data_requests"),
    ("Formats", "documents:requests"),
    ("Messages", "notifications:outbox"),
    ("People", "accounts:people"),
    ("Posts", "accounts:posts"),
    ("Settings", "landlords:settings"),
    ("Audit", "audit:trail"),
    ("Your details", "register:you"),
    ("Your account", "accounts:own"),
    ("Sign out", "account_logout"),
]

FOR_RESIDENTS = {"register:you"}  # shown to those only who have an account as residents
FOR_FIRMS = {"surveys:firm"}  # shown to those only who work on surveys and may not see the list of all
FOR_STAFF = {"desk:home"}  # not shown to those who have an account as residents only


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The pages at the top that this person may open; for a visitor only the way in."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return []
    if actor.user_id is None:
        return [_link(request, "Sign in", reverse("account_login"))]
    found = []
    for text, name in LINKS:
        if not _meant_for(actor, name):
            continue
        try:
            href = reverse(name)
        except NoReverseMatch:
            continue  # a room without this page
        if _may(request, actor, href):
            found.append(_link(request, text, href))
    return found


def _meant_for(actor: Any, name: str) -> bool:
    """Whether a page that opens to everybody who signs in has anything to say to this person."""
    if name in FOR_RESIDENTS:
        return RESIDENT in actor.roles
    if name in FOR_FIRMS:
        return not actor.may(surveys.SEE)
    return name not in FOR_STAFF or actor.roles != {RESIDENT}


def _may(request: HttpRequest, actor: Any, href: str) -> bool:
    """Whether the page at an address opens for somebody: the same question that the door asks."""
    prefix = request.path[: len(request.path) - len(request.path_info)]
    permission = permission_of(resolve(href.removeprefix(prefix)).func)
    return permission in (PUBLIC, SIGNED_IN) or (permission is not None and actor.may(permission))


def _link(request: HttpRequest, text: str, href: str) -> dict[str, Any]:
    here = request.path == href
    return {"text": text, "href": href, "current": here, "active": not here and request.path.startswith(href)}


# Pages of other rooms to which "Your details" leads: what it says, and the page's name. Each is about oneself.
OWN_PAGES: list[tuple[str, str]] = [
    ("About you: equality questions", "equality:you"),
    ("Your mystery shops", "surveys:own_shops"),
]

FOOTER = [
    ("Published reviews", "public:reviews"),
    ("Who we are", "public:who"),
    ("Contact us", "public:contact"),
    ("Accessibility statement", "public:accessibility"),
    ("Privacy", "public:privacy"),
]


def footer(request: HttpRequest) -> list[dict[str, Any]]:
    """The links at the foot of every page of a landlord."""
    if getattr(request, "landlord", None) is None:
        return []
    return [{"text": text, "href": reverse(name)} for text, name in FOOTER]
