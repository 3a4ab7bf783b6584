"""Somebody with the public form open: opens pages, types, and sends what a browser would send."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


class Visitor:
    """A browser at one survey: by its open link, or by a code."""

    def __init__(self, client: Any, survey: Any, code: str = "") -> None:
        self.client, self.survey = client, survey
        self.path = f"/surveys/r/{code}/" if code else f"/surveys/s/{survey.slug}/"
        self.page: Any = None

    def open(self, **query: str) -> Any:
        """The form's first page, or where one left off."""
        self.page = self.client.page(self.path, query=query)
        return self.page

    def hidden(self) -> dict[str, list[str]]:
        """What the page carries along."""
        found: dict[str, list[str]] = {}
        for name, value in HIDDEN.findall(self.page.content.decode()):
            found.setdefault(unescape(name), []).append(unescape(value))
        return found

    @property
    def token(self) -> str:
        """The form's token."""
        return self.hidden()["hearth-token"][0]

    def send(self, *, go: str = "", follow: bool = False, headers: dict[str, str] | None = None, **typed: Any) -> Any:
        """Send the page with what is typed on it; `go` is the button that is clicked where it is not the first."""
        data: dict[str, Any] = {**self.hidden(), **typed, **({"hearth-go": go} if go else {})}
        address = self.client.address(f"{self.path}send/")
        self.page = self.client.post(address, data, follow=follow, headers=headers or {})
        return self.page
