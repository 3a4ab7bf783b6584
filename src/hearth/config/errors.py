"""Pages for what went wrong: each says what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hearth.kernel.permits import PUBLIC


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its token: the page was open too long, or was sent from elsewhere."""
    return render(request, "public/stale.jinja", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing is at this address."""
    return render(request, "public/not_found.jinja", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Something failed here; nothing of what was sent has been saved."""
    return render(request, "public/broken.jinja", status=500)


for _view in (csrf, not_found, broken):
    _view.permission = PUBLIC  # type: ignore[attr-defined]
