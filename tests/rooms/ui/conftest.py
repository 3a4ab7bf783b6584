"""This room by itself: its own addresses, an invented landlord, a cache in memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import set_urlconf

from tests.rooms.ui import small_settings, small_urls


@pytest.fixture(autouse=True)
def by_itself(settings: Any) -> Any:
    settings.DEBUG = True
    settings.ROOT_URLCONF = "tests.rooms.ui.small_urls"
    settings.CACHES = small_settings.CACHES
    settings.HEARTH_NAVIGATION = small_settings.HEARTH_NAVIGATION
    settings.HEARTH_FOOTER_LINKS = small_settings.HEARTH_FOOTER_LINKS
    set_urlconf(None)
    yield
    set_urlconf(None)


@pytest.fixture
def ask() -> Callable[..., HttpRequest]:
    """A request as a view gets it; `data` makes it a post."""

    def build(path: str = "/", data: dict[str, Any] | None = None) -> HttpRequest:
        request = RequestFactory().get(path) if data is None else RequestFactory().post(path, data)
        request.landlord = small_urls.LANDLORD  # type: ignore[attr-defined]
        request.session = SessionStore()  # type: ignore[assignment]
        request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
        return request

    return build
