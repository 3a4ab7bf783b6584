"""What every page is given besides what its view says."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from hearth.ui import look


def page(request: HttpRequest) -> dict[str, Any]:
    """The landlord of the request, its colours' address, links at top and foot, and messages shown once.

    The settings HEARTH_NAVIGATION and HEARTH_FOOTER_LINKS name functions of the request that give lists of
    {"text", "href"} (the page one is on has "current": True); they are called only by a page that draws them.
    """
    landlord = getattr(request, "landlord", None)
    return {
        "landlord": landlord,
        "home_url": get_script_prefix(),
        "theme_url": f"{reverse('ui:theme')}?{look.brand(landlord)[1:]}" if landlord else "",
        "navigation": SimpleLazyObject(lambda: _links(request, "HEARTH_NAVIGATION")),
        "footer_links": SimpleLazyObject(lambda: _links(request, "HEARTH_FOOTER_LINKS")),
        "flash_messages": SimpleLazyObject(lambda: list(get_messages(request))),
    }


def _links(request: HttpRequest, setting: str) -> list[dict[str, Any]]:
    named = getattr(settings, setting, "")
    return list(import_string(named)(request)) if named else []
