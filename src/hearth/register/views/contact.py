"""How somebody may be reached: the page, their wishes, the contacts with them, a message to them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, ClassVar

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from hearth.register import permissions, queries, services
from hearth.register.forms import contact as forms
from hearth.register.models import Person
from hearth.register.pages import contact as pages
from hearth.register.rules.kinds import Channel, Format, Purpose, Told
from hearth.register.rules.reaching import is_child
from hearth.register.services import State
from hearth.ui.views import DeedView, ListPage, PageView

Crumbs = list[dict[str, str]]


class OfPerson(PageView):
    """A page about one person. The neutral banner stands on each of them where a marker does."""

    permission: ClassVar[str | None] = permissions.SEE
    person: Person
    above = ""  # the name of the page to which this one leads back, with its words
    above_words = ""

    def load(self, **kwargs: Any) -> None:
        """Find the person; whoever was merged into another has no pages of their own any more."""
        found = queries.person(kwargs["pk"], by=self.request.actor)
        if found is None or found.merged_into_id is not None:
            raise Http404
        self.person = found

    def breadcrumbs(self) -> Crumbs:
        steps = [{"text": self.person.name, "href": reverse("register:person", kwargs={"pk": self.person.pk})}]
        if self.above:
            steps.append({"text": self.above_words, "href": pages.address(self.above, self.person)})
        return steps

    def get_success_url(self) -> str:
        """Back to the page above."""
        return pages.address(self.above, self.person) if self.above else self.request.path

    def cancel(self) -> str:
        """Back to the page above."""
        return self.get_success_url()

    def page(self, status: int = 200, **more: Any) -> Any:
        """The page, with the one sentence of a marker where one stands."""
        words = queries.marker([self.person.pk], by=self.request.actor).get(self.person.pk, "")
        told = {"person": self.person, "marker_words": words, "what_to_know": self.what_to_know()}
        return super().page(status, **{**told, **more})

    def what_to_know(self) -> list[str]:
        """What whoever writes, calls or meets must know, where this page is for that. For subclasses."""
        return []

    @property
    def today(self) -> date:
        """The day of asking."""
        return timezone.localdate()


class Deed(OfPerson, DeedView):
    """Something done about one person by whoever works with people."""

    permission: ClassVar[str | None] = permissions.WORK
    template_name = "register/deed.jinja"

    def get_success_url(self) -> str:
        return OfPerson.get_success_url(self)


def moment_of(on: date, clock: time) -> datetime:
    """A day and a time of day in the landlord's time zone."""
    return timezone.make_aware(datetime.combine(on, clock))


class Contact(OfPerson, ListPage):
    """How somebody may be reached, what they wish, and the contacts with them."""

    template_name = "register/contact.jinja"

    def get_title(self) -> str:
        return f"How to reach {self.person.name}"

    def items(self) -> Any:
        return queries.contacts(self.person, by=self.request.actor)

    def context(self) -> dict[str, Any]:
        by = self.request.actor
        return {
            "section": {**pages.reach_section(self.person, on=self.today, by=by), "own": True},
            "log": pages.log_table(list(self.found)),
            "purposes": pages.by_purpose(self.person, at=timezone.now(), by=by),
        }


class ChangeWishes(Deed):
    """Write down how somebody wishes to hear (PROF-17)."""

    form_class = forms.Wishes
    above, above_words = "contact", "How to reach"
    success_message = "Their wishes are on record, and every message obeys them from now on."

    def get_title(self) -> str:
        return f"How {self.person.name} wishes to hear"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"topics": queries.topics(self.today), "child": is_child(self.person.born_on, self.today)}

    def get_initial(self) -> dict[str, Any]:
        said = queries.wishes(self.person)
        rows = list(queries.channels(self.person))
        order = [row.channel for row in rows if row.allowed]
        if said is None and not rows:
            order = [str(queries.default_order(self.today)[0].value)]
        found: dict[str, Any] = {
            **dict(zip(("first", "second", "third"), order, strict=False)),
            "refused": [row.channel for row in rows if not row.allowed],
            "opted_out": [one.purpose for one in queries.opt_outs(self.person, on=self.today)],
            "frequency": queries.default_frequency(self.today).value,
            "level": "informed",
            "language": "en",
            "format": Format.STANDARD.value,
            "online": {True: "yes", False: "no", None: "unknown"}[self.person.online],
            "guardian": self.person.guardian,
            "told_by": Told.SELF.value,
        }
        if said is not None:
            names = ("frequency", "level", "language", "format", "interpreter", "topics")
            found |= {name: getattr(said, name) for name in names}
        return found

    def do(self, *, first: str, second: str, third: str, online: str, **said: Any) -> None:
        by, on = self.request.actor, self.today
        order = [one for one in (first, second, third) if one]
        services.set_wishes(
            person=self.person, order=order, on=on, by=by, **{name: value or "" for name, value in said.items()}
        )
        known = {"yes": True, "no": False}.get(online)
        if known != self.person.online:
            services.set_online(person=self.person, online=known, on=on, by=by)


class _Speaking(Deed):
    """A page from which somebody is written to or spoken with (PROF-19)."""

    above, above_words = "contact", "How to reach"

    def what_to_know(self) -> list[str]:
        return queries.at_a_glance([self.person.pk], by=self.request.actor)[self.person.pk]


class LogContact(_Speaking):
    """Write down one contact (COM-08)."""

    form_class = forms.Contact
    title = "Write down a contact"
    success_message = "The contact is on record."

    def get_initial(self) -> dict[str, Any]:
        now = timezone.localtime()
        return {"on": now.date(), "clock": f"{now:%H:%M}"}

    def do(self, *, on: date, clock: time, **said: Any) -> None:
        now = timezone.now()
        services.log_contact(person=self.person, at=moment_of(on, clock), now=now, by=self.request.actor, **said)


class Write(_Speaking):
    """Write to somebody: Hearth finds the way, the format and the language (COM-05, PROF-19)."""

    form_class = forms.Write
    button = "Send"

    def get_title(self) -> str:
        return f"Write to {self.person.name}"

    @property
    def lead(self) -> str:  # type: ignore[override]
        """What will become of it."""
        found = queries.reach(self.person.pk, purpose=Purpose.SERVICE, at=timezone.now(), by=self.request.actor)
        needs = (
            "" if found.format == Format.STANDARD else f" They need {found.format.label.lower()}: a letter is made so."
        )
        return f"It goes by the first way that this person wishes. {found.words}{needs}"

    def get_form_kwargs(self) -> dict[str, Any]:
        said = queries.wishes(self.person)
        return {"in_format": said is not None and said.format != Format.STANDARD}

    def do(self, *, purpose: str, subject: str, body: str, standard_because: str = "") -> Any:
        now = timezone.now()
        return services.write_to(
            person=self.person, purpose=purpose, subject=subject, body=body, standard_because=standard_because or "",
            key=f"register.write.{self.person.pk}.{self.request.actor.user_id}.{now.isoformat()}", at=now,
            by=self.request.actor,
        )  # fmt: skip

    def get_success_message(self) -> str:
        done = self.done
        if done.state == State.SENT and done.way is not None:
            by_post = " It waits in “Messages” to be printed and posted." if done.way.channel == Channel.LETTER else ""
            return f"The message goes by {done.way.channel.label.lower()}.{by_post}"
        return f"Nothing was sent. {done.words}"


class TellThem(_Speaking):
    """Say how somebody was told what could not be written to them."""

    form_class = forms.Settle
    success_message = "It is on record that they were told."

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.held = get_object_or_404(queries.to_be_told(self.person, by=self.request.actor), pk=kwargs["held"])

    def get_title(self) -> str:
        return f"Tell them: {self.held.subject}"

    @property
    def lead(self) -> str:  # type: ignore[override]
        """What they are to be told."""
        return self.held.body

    def do(self, *, outcome: str) -> None:
        services.settle_held(held=self.held, outcome=outcome, at=timezone.now(), by=self.request.actor)
