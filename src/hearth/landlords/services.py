"""Changing the organisation's own record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from hearth.audit import services as audit
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.landlords import permissions, queries, rules
from hearth.landlords.models import Body, Closure, Landlord, Post, Setting


@transaction.atomic
def set_value(
    *, key: str, value: Any, holds_from: date, source: str, owner: str, confirm: bool = False, by: Actor
) -> Setting:
    """Give a setting a value from a day on. What held before keeps holding for the days before."""
    check(by, permissions.CONFIGURE)
    kind = rules.kind_of(key, queries.kinds())
    value = kind.read(value)
    if not source.strip():
        raise Refused("Say which law, Code or decision sets this.", field="source")
    if not owner.strip():
        raise Refused("Say which post answers for this setting.", field="owner")
    try:
        with transaction.atomic():
            row = Setting.objects.create(
                key=key, value=value, holds_from=holds_from, source=source, owner=owner, confirm=confirm
            )
    except IntegrityError:
        raise Refused(
            "This setting already has a value from that day. Choose another day.", field="holds_from"
        ) from None
    audit.record(by=by, deed="landlords.setting_changed", subject=row, value=value, holds_from=str(holds_from))
    return row


@transaction.atomic
def confirm_default(*, key: str, holds_from: date, owner: str, by: Actor) -> Setting:
    """Make Hearth's own default the landlord's, from a day on: an officer has checked it against its source."""
    kind = rules.kind_of(key, queries.kinds())
    return set_value(key=key, value=kind.default, holds_from=holds_from, source=kind.source, owner=owner, by=by)


@transaction.atomic
def confirm_value(*, setting: Setting, by: Actor) -> None:
    """Say that an officer has checked a value against its source."""
    check(by, permissions.CONFIGURE)
    setting.confirm = False
    setting.save(update_fields=["confirm"])
    audit.record(by=by, deed="landlords.setting_confirmed", subject=setting)


@transaction.atomic
def add_post(
    *,
    title: str,
    aliases: list[str] | None = None,
    team: str = "",
    senior: bool = False,
    duties: str = "",
    published: bool = False,
    by: Actor,
) -> Post:
    """Add a post to the register."""
    check(by, permissions.CONFIGURE)
    if queries.post_called(title):
        raise Refused("There is a post of that name already.", field="title")
    post = Post.objects.create(
        title=title.strip(),
        aliases=aliases or [],
        team=team,
        senior=senior,
        duties=duties,
        published=published,
    )
    audit.record(by=by, deed="landlords.post_added", subject=post)
    return post


@transaction.atomic
def change_post(*, post: Post, by: Actor, **changes: Any) -> Post:
    """Change a post's title, aliases, team, duties or whether it is published."""
    check(by, permissions.CONFIGURE)
    namesake = queries.post_called(changes["title"]) if "title" in changes else None
    if namesake is not None and namesake.pk != post.pk:
        raise Refused("There is a post of that name already.", field="title")
    for name, value in changes.items():
        setattr(post, name, value)
    post.save(update_fields=list(changes))
    audit.record(by=by, deed="landlords.post_changed", subject=post, changed=sorted(changes))
    return post


@transaction.atomic
def add_body(
    *,
    name: str,
    kind: str,
    aliases: Sequence[str | Mapping[str, Any]] = (),
    decides: bool = False,
    frequency: str = "",
    terms: str = "",
    parent: Body | None = None,
    by: Actor,
) -> Body:
    """Add a formal body to the register."""
    check(by, permissions.CONFIGURE)
    if queries.body_called(name):
        raise Refused("There is a body of that name already.", field="name")
    body = Body.objects.create(
        name=name.strip(),
        kind=kind,
        aliases=_aliases(aliases),
        decides=decides,
        frequency=frequency,
        terms=terms,
        parent=parent,
    )
    audit.record(by=by, deed="landlords.body_added", subject=body)
    return body


@transaction.atomic
def change_body(*, body: Body, by: Actor, **changes: Any) -> Body:
    """Change a body's name, aliases, kind, rhythm, terms or the body that it reports to."""
    check(by, permissions.CONFIGURE)
    namesake = queries.body_called(changes["name"]) if "name" in changes else None
    if namesake is not None and namesake.pk != body.pk:
        raise Refused("There is a body of that name already.", field="name")
    if "parent" in changes and (parent := changes["parent"]) is not None:
        while parent is not None:
            if parent.pk == body.pk:
                raise Refused("A body cannot report to itself.", field="parent")
            parent = parent.parent
    if "aliases" in changes:
        changes["aliases"] = _aliases(changes["aliases"])
    for name, value in changes.items():
        setattr(body, name, value)
    body.save(update_fields=list(changes))
    audit.record(by=by, deed="landlords.body_changed", subject=body, changed=sorted(changes))
    return body


def _aliases(given: Sequence[str | Mapping[str, Any]]) -> list[dict[str, str | None]]:
    return [rules.Alias.read(alias).stored() for alias in given]


@transaction.atomic
def add_closure(*, first_on: date, last_on: date, reason: str, by: Actor) -> Closure:
    """Record days on which the landlord does not work."""
    check(by, permissions.CONFIGURE)
    if last_on < first_on:
        raise Refused("The last day must not be before the first.", field="last_on")
    closure = Closure.objects.create(first_on=first_on, last_on=last_on, reason=reason)
    audit.record(by=by, deed="landlords.closure_added", subject=closure)
    return closure


@transaction.atomic
def change_look(*, landlord: Landlord, by: Actor, **changes: Any) -> Landlord:
    """Change how the landlord is named, coloured and reached."""
    check(by, permissions.CONFIGURE)
    for name, value in changes.items():
        setattr(landlord, name, value)
    try:
        landlord.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Refused(" ".join(messages), field=field if field in changes else "") from None
    landlord.save(update_fields=list(changes))
    audit.record(by=by, deed="landlords.look_changed", subject=landlord, changed=sorted(changes))
    return landlord
