"""Pages for what went wrong: each says what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import get_script_prefix, reverse

from hearth.kernel.permits import PUBLIC
from hearth.ui import look


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its token: the page was open too long, or was sent from elsewhere."""
    return render(request, "public/stale.jinja", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing is at this address."""
    return render(request, "public/not_found.jinja", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Something failed here; nothing of what was sent has been saved."""
    landlord = getattr(request, "landlord", None)  # nothing is asked of the database, which may be what failed
    theme = f"{reverse('ui:theme')}?{look.brand(landlord)[1:]}" if landlord else ""
    context = {"landlord": landlord, "home_url": get_script_prefix(), "theme_url": theme}
    return HttpResponse(render_to_string("public/broken.jinja", context), status=500)


for _view in (csrf, not_found, broken):
    _view.permission = PUBLIC  # type: ignore[attr-defined]
