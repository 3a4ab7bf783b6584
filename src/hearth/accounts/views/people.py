"""The administrator's pages about people: invite, give and end roles, close."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any, ClassVar

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from hearth.accounts import forms, pages, permissions, queries, services
from hearth.ui.views import DeedView, ListPage, PageView

Crumbs = list[dict[str, str]]


class People(ListPage):
    """Everybody who may sign in at this landlord."""

    permission: ClassVar[str | None] = permissions.MANAGE
    template_name = "accounts/people.jinja"
    title = "People"
    filter_form_class = forms.Find

    def items(self) -> Any:
        return queries.people(by=self.request.actor, words=self.chosen.get("words") or "")

    def context(self) -> dict[str, Any]:
        today, known = timezone.localdate(), queries.roles()
        return {"people": [pages.person_row(user, on=today, known=known) for user in self.found]}


class _OfPerson(PageView):
    """A page about one account."""

    permission: ClassVar[str | None] = permissions.MANAGE

    def load(self, **kwargs: Any) -> None:
        self.person = get_object_or_404(queries.people(by=self.request.actor), pk=kwargs["pk"])

    def breadcrumbs(self) -> Crumbs:
        own = {"text": self.person.name, "href": self.of_person()}
        return [{"text": "People", "href": reverse("accounts:people")}, own]

    def of_person(self) -> str:
        """The address of the person's own page."""
        return reverse("accounts:person", kwargs={"pk": self.person.pk})


class _PersonDeed(_OfPerson, DeedView):
    """Something done to one account; it leads back to the person's page."""

    def get_success_url(self) -> str:
        return self.of_person()

    def cancel(self) -> str:
        return self.of_person()


class Person(_OfPerson):
    """One account with its roles and posts."""

    template_name = "accounts/person.jinja"

    def get_title(self) -> str:
        return self.person.name

    def breadcrumbs(self) -> Crumbs:
        return super().breadcrumbs()[:1]

    def context(self) -> dict[str, Any]:
        today, known = timezone.localdate(), queries.roles()
        state, colour = pages.account_state(self.person)
        return {
            "person": self.person,
            "state": state,
            "colour": colour,
            "roles": pages.role_rows(self.person.role_holdings.all(), on=today, known=known),
            "posts": pages.post_rows(self.person.post_holdings.all(), on=today),
            "own": self.request.actor.user_id == self.person.pk,
        }


def _address(request: HttpRequest, token: str) -> str:
    """The full address of the page on which an invitation is taken up."""
    return request.build_absolute_uri(reverse("accounts:take_up", kwargs={"token": token}))


class InvitePerson(DeedView):
    """Open an account and send the letter."""

    permission: ClassVar[str | None] = permissions.MANAGE
    form_class = forms.Invite
    title = "Invite somebody"
    lead = "They get an email with an address at which they choose their password. It is good for a week."
    button = "Send the invitation"

    def breadcrumbs(self) -> Crumbs:
        return [{"text": "People", "href": self.cancel()}]

    def get_initial(self) -> dict[str, Any]:
        return {"first_on": timezone.localdate(), "needs_second_factor": True}

    def do(self, *, posts: list[str], **answers: Any) -> Any:
        return services.invite_person(
            **answers,
            post_ids=[int(post) for post in posts],
            at=timezone.now(),
            address=partial(_address, self.request),
            by=self.request.actor,
        )

    def get_success_message(self) -> str:
        return f"{self.done.name} has been invited. The letter went to {self.done.email}."

    def get_success_url(self) -> str:
        return reverse("accounts:person", kwargs={"pk": self.done.pk})

    def cancel(self) -> str:
        return reverse("accounts:people")


class InviteAgain(_PersonDeed):
    """Send another letter; the one before is good no longer."""

    form_class = forms.NoAnswer
    title = "Send another invitation"
    lead = "The letters sent before will not work any longer."
    button = "Send the invitation"
    success_message = "The invitation has been sent again."

    def do(self) -> None:
        address = partial(_address, self.request)
        services.send_invitation(user=self.person, at=timezone.now(), address=address, by=self.request.actor)


class GiveRole(_PersonDeed):
    """Give a role from a day on."""

    form_class = forms.GiveRole
    title = "Give a role"
    success_message = "The role has been given."

    def get_initial(self) -> dict[str, Any]:
        return {"first_on": timezone.localdate()}

    def do(self, **answers: Any) -> Any:
        return services.give_role(user=self.person, **answers, by=self.request.actor)


class EndRole(_PersonDeed):
    """Let a role end on a day."""

    form_class = forms.LastDay
    title = "End a role"
    success_message = "The last day of the role has been recorded."

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.holding = get_object_or_404(queries.role_holdings(), pk=kwargs["holding"], user=self.person)
        self.caption = pages.role_name(self.holding.role, queries.roles())

    def get_initial(self) -> dict[str, Any]:
        return {"last_on": timezone.localdate()}

    def do(self, *, last_on: date) -> None:
        services.end_role(holding=self.holding, last_on=last_on, by=self.request.actor)


class CloseAccount(_PersonDeed):
    """Let nobody sign in with this account any more."""

    form_class = forms.NoAnswer
    title = "Close this account"
    lead = "Nobody will be able to sign in with it. What they did stays on record."
    button = "Close the account"
    warning = True
    success_message = "The account has been closed."

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if not self.person.is_active:
            raise Http404
        self.caption = self.person.name

    def do(self) -> None:
        services.close_account(user=self.person, by=self.request.actor)
