"""The browser of the tests: Django's client, which looks hard at every page that it is given."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import html5lib
from django.test import Client
from django.urls import get_script_prefix, reverse, set_script_prefix
from django.utils.html import strip_tags

INLINE = re.compile(r"<[^>]*\s(style|on[a-z]+)\s*=", re.IGNORECASE)


class PageClient(Client):
    """A visitor of one landlord. `page` takes a path or the name of a page, without the landlord's first word."""

    def __init__(self, slug: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.slug = slug

    def address(self, page: str, **kwargs: Any) -> str:
        """The full path of a page, by its name ("accounts:people") or what follows the landlord's word ("/people/")."""
        before = get_script_prefix()
        set_script_prefix(f"/{self.slug}/")
        try:
            return f"/{self.slug}{page}" if page.startswith("/") else reverse(page, kwargs=kwargs or None)
        finally:
            set_script_prefix(before)

    def page(self, page: str, *, query: dict[str, Any] | None = None, follow: bool = False, **kwargs: Any) -> Any:
        """Fetch a page."""
        return self.get(self.address(page, **kwargs), query_params=query or {}, follow=follow)

    def send(self, page: str, data: dict[str, Any] | None = None, *, follow: bool = False, **kwargs: Any) -> Any:
        """Send a form to a page."""
        return self.post(self.address(page, **kwargs), typed(data or {}), follow=follow)

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        if response.get("Content-Type", "").startswith("text/html") and response.content and not response.streaming:
            look_at(response.content.decode(), request.get("PATH_INFO", ""))
        return response


def typed(data: dict[str, Any]) -> dict[str, Any]:
    """Answers as a form sends them: dates in three boxes, yes and no as words, nothing for None."""
    sent: dict[str, Any] = {}
    for name, value in data.items():
        if isinstance(value, date):
            sent |= {f"{name}-{part}": str(getattr(value, part)) for part in ("day", "month", "year")}
        elif isinstance(value, bool):
            sent[name] = "yes" if value else "no"
        elif value is not None:
            sent[name] = value
    return sent


def text_of(response: Any) -> str:
    """What a page says, without its tags, in single spaces."""
    found = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)
    return " ".join(unescape(strip_tags(found.group() if found else response.content.decode())).split())


def look_at(page: str, path: str = "") -> None:
    """Every page is valid HTML, has one h1 with which its title begins, and carries no inline style or script."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(page)
    faults = [f"line {at[0]}: {fault} {about}" for at, fault, about in parser.errors]
    assert not faults, f"{path} is not valid HTML: {'; '.join(faults[:3])}"
    headings = [" ".join("".join(h1.itertext()).split()) for h1 in tree.iter("h1")]
    assert len(headings) == 1, f"{path} has {len(headings)} headings of the first rank: {headings}"
    title = " ".join("".join(tree.find(".//title").itertext()).split())
    assert title.startswith(headings[0]), f"{path}: the title “{title}” does not begin with “{headings[0]}”"
    inline = INLINE.search(re.sub(r"<!--.*?-->", "", page, flags=re.DOTALL))
    assert not inline, f"{path} has an inline style or handler: {inline.group() if inline else ''}"
    assert tree.find(".//style") is None, f"{path} has a style sheet inside the page"
    for script in tree.iter("script"):
        assert script.get("src"), f"{path} has a script inside the page"
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    double = sorted({one for one in ids if ids.count(one) > 1})
    assert not double, f"{path} uses the same id twice: {double}"
