"""Each request works for one landlord, in one transaction, and opens nothing that no role allows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.handlers.exception import convert_exception_to_response
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, ResolverMatch, resolve, reverse, set_script_prefix
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from hearth.accounts import queries as accounts
from hearth.audit import services as audit
from hearth.db import wall
from hearth.db.brief import Briefly
from hearth.kernel.permits import PUBLIC, Actor, Forbidden
from hearth.landlords import queries as landlords
from hearth.ui import unsaved

Respond = Callable[[HttpRequest], HttpResponse]

_landlords: Briefly[Any] = Briefly()  # by host name and first word, for the light pages


class WithinLandlord:
    """Read the landlord off the address (its own host name, or the first word of the path) and work for it alone.

    The whole request is one transaction: what is answered has happened wholly, what failed has not happened at all.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        hostname = request.get_host().partition(":")[0]
        slug, _, rest = request.path_info.lstrip("/").partition("/")
        if (light := self._light(request, hostname, slug, rest)) is not None:
            return light
        landlord = landlords.landlord_at(hostname=hostname, slug=slug)
        if landlord is None:
            return self._nowhere(request, slug)
        if landlord.hostname != hostname:
            if not request.path_info.startswith(f"/{slug}/"):
                return redirect(f"/{slug}/")
            request.path_info = f"/{rest}"
            prefix = f"{request.META.get('SCRIPT_NAME', '')}/{slug}/"
            set_script_prefix(prefix)
        request.landlord = landlord  # type: ignore[attr-defined]
        try:
            with wall.within(landlord.pk):
                response = self.get_response(request)
                if response.status_code >= 500 or getattr(request, "undone", False):
                    transaction.set_rollback(True)
        finally:
            set_script_prefix("/")
        if refused := getattr(request, "refused", None):
            with wall.within(landlord.pk):  # the deed was undone; that it was tried is kept
                audit.record_refusal(by=refused, path=request.path_info)
        return response

    def _light(self, request: HttpRequest, hostname: str, slug: str, rest: str) -> HttpResponse | None:
        """The answer of a page that works without session, sign-in and messages; None where it is none of those.

        Such a view is open to anybody, says that it is `light`, and opens the wall itself where it reads or writes.
        """
        own = request.path_info.startswith(settings.HEARTH_LIGHT_PATHS)
        if not own and not f"/{rest}".startswith(settings.HEARTH_LIGHT_PATHS):
            return None
        landlord = _landlords.get((hostname, slug), lambda: landlords.landlord_at(hostname=hostname, slug=slug))
        if landlord is None or own != (landlord.hostname == hostname):
            return None
        path = request.path_info if own else f"/{rest}"
        match = resolve_if_any(path)
        view = getattr(match.func, "view_class", None) if match else None
        if match is None or not getattr(view, "light", False) or permission_of(match.func) != PUBLIC:
            return None
        request.landlord, request.resolver_match, request.path_info = landlord, match, path  # type: ignore[attr-defined]
        set_script_prefix("/" if own else f"{request.META.get('SCRIPT_NAME', '')}/{slug}/")
        try:
            answer = cast("HttpResponse", convert_exception_to_response(_called)(request))
        finally:
            set_script_prefix("/")
        answer.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        if not answer.streaming:
            answer.headers.setdefault("Content-Length", str(len(answer.content)))
        return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        request.undone = True  # type: ignore[attr-defined] # once the page is drawn: drawing it may ask who is there
        if isinstance(exception, (Forbidden, PermissionDenied)):
            return refuse(request)
        return None

    def _nowhere(self, request: HttpRequest, slug: str) -> HttpResponse:
        if request.path_info == "/health":
            return HttpResponse("ok", content_type="text/plain")
        if slug == "":
            return render(request, "public/landlords.jinja", {"landlords": list(landlords.landlords())})
        return render(request, "public/not_found.jinja", status=404)


def _called(request: HttpRequest) -> HttpResponse:
    """The view of a request that was resolved already."""
    view, args, kwargs = request.resolver_match  # type: ignore[misc]
    return view(request, *args, **kwargs)


def resolve_if_any(path: str) -> ResolverMatch | None:
    """The page at a path, or None."""
    try:
        return resolve(path)
    except Resolver404:
        return None


def refuse(request: HttpRequest) -> HttpResponse:
    """The 403 page; the attempt goes to the audit trail once the transaction is undone."""
    request.refused = getattr(request, "actor", Actor(landlord_id=None))  # type: ignore[attr-defined]
    request.refused = Actor(  # type: ignore[attr-defined]
        landlord_id=request.refused.landlord_id,  # type: ignore[attr-defined]
        user_id=request.refused.user_id,  # type: ignore[attr-defined]
        name=request.refused.name,  # type: ignore[attr-defined]
    )
    return render(request, "public/forbidden.jinja", status=403)


class DenyByDefault:
    """No page opens unless its view names a permission that the person holds; a view that names none stays shut."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        today = timezone.localdate()
        request.actor = SimpleLazyObject(lambda: accounts.actor(request.user, on=today))  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.user.is_authenticated:  # what was seen while signed in is not shown again after signing out
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        permission = permission_of(view)
        if permission == PUBLIC:
            return None
        actor = request.actor  # type: ignore[attr-defined]
        if actor.user_id is None:
            if request.method == "POST":
                unsaved.keep(request)
            return redirect_to_login(request.get_full_path())
        if permission is None or not actor.may(permission):
            return refuse(request)
        if getattr(request.user, "needs_second_factor", False) and not _second_factor(request):
            return redirect(reverse("mfa_activate_totp"))
        return None


def permission_of(view: Callable[..., Any]) -> str | None:
    """The permission that a view names, on its class or on itself; None where it names none."""
    view_class = getattr(view, "view_class", None)
    return getattr(view_class, "permission", None) or getattr(view, "permission", None)


def _second_factor(request: HttpRequest) -> bool:
    from allauth.mfa.utils import is_mfa_enabled

    match = request.resolver_match
    setting_up = bool(match and (match.url_name or "").startswith(("mfa_", "account_")))
    return setting_up or is_mfa_enabled(request.user)
