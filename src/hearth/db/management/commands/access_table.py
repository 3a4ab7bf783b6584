"""Who may open which address: the table of docs/access.md, read off the addresses, the views and the roles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import URLPattern, get_resolver
from django.utils.module_loading import import_string

from hearth.kernel.permits import PUBLIC, SIGNED_IN

HEAD = """# Who may open what

Written by `python manage.py access_table`; a test visits every address as every role and compares. "Yes" says that
the door opens; what a person finds behind it may be narrowed further, to their own reviews or their own posts.
"""


def pages() -> Iterator[tuple[str, str, str | None]]:
    """Every address with the name of its page and the permission that its view names."""
    yield from _below(get_resolver(), "/", "")


def _below(resolver: Any, path: str, names: str) -> Iterator[tuple[str, str, str | None]]:
    for one in resolver.url_patterns:
        here = path + str(one.pattern).lstrip("^").rstrip("$")
        if isinstance(one, URLPattern):
            view_class = getattr(one.callback, "view_class", None)
            permission = getattr(view_class, "permission", None) or getattr(one.callback, "permission", None)
            yield here, f"{names}{one.name or ''}", permission
        else:
            yield from _below(one, here, f"{names}{one.namespace}:" if one.namespace else names)


def allowed(permission: str | None, role: str | None) -> bool:
    """Whether a page of this permission opens for a role, or for nobody in particular (None)."""
    if permission is None:
        return False
    if permission == PUBLIC:
        return True
    if role is None:
        return False
    return permission == SIGNED_IN or permission in roles()[role].permissions


def roles() -> Mapping[str, Any]:
    """Every role, by key."""
    return import_string(settings.HEARTH_ROLES)


def table() -> str:
    """The whole page as Markdown."""
    heads = ["Page", "Address", "Permission", "Nobody", *(role.label for role in roles().values())]
    lines = [HEAD, _line(heads), _line(["---"] * len(heads))]
    for path, name, permission in sorted(pages(), key=lambda page: page[1]):
        answers = ["Yes" if allowed(permission, role) else "–" for role in (None, *roles())]
        lines.append(_line([f"`{name}`", f"`{path}`", permission or "none: shut", *answers]))
    return "\n".join(lines) + "\n"


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


class Command(BaseCommand):
    """access_table > docs/access.md"""

    help = "Print who may open which address, as Markdown."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(table(), ending="")
