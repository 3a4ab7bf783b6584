"""What a person's page shows beside name and home: each part of this room adds a section of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from hearth.kernel.permits import Actor
from hearth.register.models import Person
from hearth.register.pages import contact, own, rights


@dataclass(frozen=True)
class Section:
    """A section of a person's page.

    `context(person, on=…, by=…)` gives what its template draws, as `section`; None leaves it out, as for a reader who
    may not see it.
    """

    title: str
    template: str
    context: Callable[..., dict[str, Any] | None]


# In the order of the page.
SECTIONS: list[Section] = [
    Section("How to reach", "register/_contact.jinja", contact.reach_section),
    Section("Needs and adjustments", "register/_needs.jinja", contact.needs_section),
    Section("Who acts for them", "register/_advocates.jinja", contact.advocates_section),
    Section("Account", "register/own/_account.jinja", own.account_section),
    Section("Requests and holds", "register/rights/_person.jinja", rights.person_section),
]


def sections_of(person: Person, *, on: date, by: Actor) -> list[dict[str, Any]]:
    """Every section that this reader is shown, with its title, template and context."""
    found = []
    for one in SECTIONS:
        context = one.context(person, on=on, by=by)
        if context is not None:
            found.append({"title": one.title, "template": one.template, "context": context})
    return found
