"""Addresses, a landlord and links for this room's own tests."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

LANDLORD = SimpleNamespace(
    name="Example Borough Council", colour="#5b2a62", phone="01234 567 890", email="housing@example.org"
)

urlpatterns = [path("", include("hearth.ui.urls"))]


def with_landlord(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Every request is for the invented landlord."""

    def respond(request: HttpRequest) -> HttpResponse:
        request.landlord = LANDLORD  # type: ignore[attr-defined]
        return get_response(request)

    return respond


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """Links as the house would give them."""
    return [
        {"text": "My work", "href": "/"},
        {"text": "Reviews", "href": "/gallery/", "current": True},
        {"text": "Policies", "href": "/policies/"},
        {"text": "Evidence", "href": "/evidence/"},
    ]


def footer_links(request: HttpRequest) -> list[dict[str, str]]:
    """Links as the house would give them."""
    return [
        {"text": "Accessibility statement", "href": "/accessibility/"},
        {"text": "Contact us", "href": "/contact/"},
        {"text": "Privacy", "href": "/privacy/"},
    ]
