"""The Jinja environment of every page: escaping on, the design system's components, words for days and numbers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChainableUndefined, Environment, StrictUndefined

from hearth.ui import components, tables, words


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named page, for templates: `{{ url("reviews:review", review.pk) }}`."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def query(request: Any, **changes: Any) -> str:
    """The page's own query string with some answers changed; None takes one away."""
    params = request.GET.copy()
    for name, value in changes.items():
        if value is None:
            params.pop(name, None)
        else:
            params[name] = value
    return "?" + params.urlencode()


def environment(**options: Any) -> Environment:
    """Build the environment. In development an unknown name is an error; in service it draws nothing."""
    options["autoescape"] = True
    options["undefined"] = StrictUndefined if settings.DEBUG else ChainableUndefined
    options.setdefault("trim_blocks", True)
    options.setdefault("lstrip_blocks", True)
    env = Environment(**options)  # noqa: S701 - autoescape is set above, for every template
    env.globals.update(static=static, url=url, query=query, govuk=components.govuk)
    env.globals.update(components.template_globals())
    env.filters.update(
        day=words.day,
        moment=words.moment,
        month=words.month,
        number=words.number,
        plural=words.plural,
        listed=words.listed,
        relay=words.relay,
        tel=words.tel,
        blocks=words.blocks,
        kind=lambda thing: type(thing).__name__,
        cell=tables.cell,
    )
    return env
