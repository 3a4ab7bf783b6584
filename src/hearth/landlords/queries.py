"""Reading the organisation: itself, its posts and bodies, what its settings say on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from hearth.db import wall
from hearth.kernel.days import Calendar
from hearth.landlords import rules
from hearth.landlords.models import Body, Closure, Landlord, Post, Setting
from hearth.landlords.rules import Kind, Value


def landlord_at(*, slug: str = "", hostname: str = "") -> Landlord | None:
    """The landlord that an address belongs to: by its own host name, else by the first word. One query."""
    wanted = Q(hostname=hostname) if hostname else Q()
    wanted |= Q(slug=slug) if slug else Q()
    found = list(Landlord.objects.filter(wanted)) if wanted else []
    return next((one for one in found if hostname and one.hostname == hostname), found[0] if found else None)


def landlords() -> QuerySet[Landlord]:
    """Every landlord of this installation."""
    return Landlord.objects.all()


def own() -> Landlord:
    """The landlord that this request works for."""
    return Landlord.objects.get(pk=wall.current())


def address_of(landlord: Landlord, path: str = "") -> str:
    """The whole address of a page of a landlord, for letters, emails and text messages.

    `path` is what stands behind the landlord's own first word or host name: "surveys/r/". The installation's address is
    the setting HEARTH_ADDRESS; a landlord with a host name of its own has that instead.
    """
    if landlord.hostname:
        scheme = settings.HEARTH_ADDRESS.partition("://")[0]
        return f"{scheme}://{landlord.hostname}/{path}"
    return f"{settings.HEARTH_ADDRESS.rstrip('/')}/{landlord.slug}/{path}"


def posts() -> QuerySet[Post]:
    """Every post of this landlord."""
    return Post.objects.all()


def post_called(title: str) -> Post | None:
    """The post with this title or alias, whatever the case, "&" or "and"."""
    wanted = _plain(title)
    for post in Post.objects.all():
        if wanted in [_plain(name) for name in (post.title, *post.aliases)]:
            return post
    return None


def find_posts(words: str) -> list[Post]:
    """Posts whose title, an alias or team holds these words, whatever the case, "&" or "and"."""
    wanted = _plain(words)
    return [p for p in Post.objects.all() if any(wanted in _plain(name) for name in (p.title, p.team, *p.aliases))]


def _plain(title: str) -> str:
    return " ".join(title.lower().replace("&", "and").split())


def bodies() -> QuerySet[Body]:
    """Every formal body of this landlord."""
    return Body.objects.all()


def body_called(name: str) -> Body | None:
    """The body with this name or alias (GOV-11)."""
    wanted = name.strip().lower()
    for body in Body.objects.all():
        if wanted in [known.lower() for known in (body.name, *aliases(body))]:
            return body
    return None


def find_bodies(words: str) -> list[Body]:
    """Bodies whose name or an alias holds these words."""
    return [b for b in Body.objects.all() if any(words.lower() in n.lower() for n in (b.name, *aliases(b)))]


def aliases(body: Body) -> list[str]:
    """The other names of a body."""
    return [rules.Alias.read(alias).name for alias in body.aliases]


def kinds() -> Mapping[str, Kind]:
    """Every setting that Hearth knows, by key."""
    return import_string(settings.HEARTH_DATED_SETTINGS)


def setting(key: str, *, on: date) -> Any:
    """What a setting says on a day. Raises Refused for an unknown key."""
    return value_on(key, on=on).value


def value_on(key: str, *, on: date) -> Value:
    """What a setting says on a day, with its source and owner."""
    kind = rules.kind_of(key, kinds())
    return rules.on_day(kind, [_value(row) for row in Setting.objects.filter(key=key, holds_from__lte=on)], on)


def settings_on(*, on: date) -> list[tuple[Kind, Value]]:
    """All settings as they stand on a day, in one query."""
    rows: dict[str, list[Value]] = {}
    for row in Setting.objects.all():
        rows.setdefault(row.key, []).append(_value(row))
    return [(kind, rules.on_day(kind, rows.get(key, []), on)) for key, kind in kinds().items()]


def setting_history(key: str) -> QuerySet[Setting]:
    """All values that a setting ever had or will have, latest first."""
    return Setting.objects.filter(key=key)


def _value(row: Setting) -> Value:
    return Value(row.key, row.value, row.holds_from, row.source, row.owner, row.confirm)


def closures() -> QuerySet[Closure]:
    """Every closure of this landlord, in order."""
    return Closure.objects.all()


def calendar() -> Calendar:
    """The landlord's working days: England's, less its own closures."""
    days: set[date] = set()
    for closure in Closure.objects.filter(Q(last_on__gte=date(2015, 1, 1))):
        span = (closure.last_on - closure.first_on).days
        days |= {closure.first_on + timedelta(days=n) for n in range(span + 1)}
    return Calendar(closures=frozenset(days))
