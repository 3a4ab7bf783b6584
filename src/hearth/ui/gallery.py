"""For developers: every component and field in all states, on one page. It exists in development only."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.http import Http404

from hearth.ui.views import PUBLIC, PageView


class Gallery(PageView):
    """The gallery; elsewhere than in development there is no such page."""

    permission: ClassVar[str | None] = PUBLIC
    template_name = "ui/gallery.jinja"
    title = "Gallery of components"

    def load(self, **kwargs: Any) -> None:
        """No such page in service."""
        if not settings.DEBUG:
            raise Http404
