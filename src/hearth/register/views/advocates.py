"""Who may act for somebody: the list, adding, the evidence, withdrawing (SEC-14)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from hearth.documents import queries as documents
from hearth.register import permissions, queries, services
from hearth.register.forms import advocates as forms
from hearth.register.forms.needs import Confirm
from hearth.register.pages import contact as pages
from hearth.register.views.contact import Deed, OfPerson
from hearth.ui.exports import download


class Advocates(OfPerson):
    """Everybody who acts or acted for somebody."""

    template_name = "register/advocates.jinja"

    def get_title(self) -> str:
        return f"Who acts for {self.person.name}"

    def context(self) -> dict[str, Any]:
        return {"section": pages.advocates_section(self.person, on=self.today, by=self.request.actor)}


class AddAdvocate(Deed):
    """Write down an authority."""

    form_class = forms.Advocate
    above, above_words = "advocates", "Who acts for them"
    title = "Add somebody who may act"
    success_message = "The authority is on record."

    def get_initial(self) -> dict[str, Any]:
        return {"started_on": self.today}

    def do(self, **said: Any) -> None:
        services.add_advocate(person=self.person, on=self.today, by=self.request.actor, **said)


class _OfAdvocate(OfPerson):
    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        found = queries.advocates(self.person, by=self.request.actor)
        self.advocate = get_object_or_404(found, pk=kwargs["advocate"])


class AuthorityFile(_OfAdvocate):
    """The copy of the evidence."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        file = self.advocate.file
        if file is None:
            raise Http404
        return download(file.name, documents.body_of(file), file.media_type)


class WithdrawAuthority(_OfAdvocate, Deed):
    """End an authority at once."""

    permission: ClassVar[str | None] = permissions.WORK
    form_class = Confirm
    above, above_words = "advocates", "Who acts for them"
    button = "Withdraw"
    warning = True
    success_message = "The authority is withdrawn. From this moment on nobody may act on it."

    def get_title(self) -> str:
        return f"Withdraw the authority of {self.advocate.name}?"

    def do(self) -> None:
        services.withdraw_authority(advocate=self.advocate, at=timezone.now(), by=self.request.actor)
