"""One's own record: see it, correct it, say how one wishes to hear, ask for what the law allows; and the way in."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from hearth.accounts import permissions as accounts
from hearth.documents.queries import body_of
from hearth.kernel.permits import PUBLIC, SIGNED_IN
from hearth.register import services
from hearth.register.forms import own as forms
from hearth.register.models import DataRequest, Person
from hearth.register.pages import own as pages
from hearth.register.queries import own as queries
from hearth.register.queries import rights
from hearth.register.rules.kinds import Asks, Told
from hearth.register.services import own as keeping
from hearth.register.services import rights as asking
from hearth.register.services.messages import State
from hearth.register.views.contact import ChangeWishes, Deed
from hearth.ui.views import DeedView, PageView

Crumbs = list[dict[str, str]]


class Own(PageView):
    """A page about oneself. Whoever has no record here finds no such page."""

    permission: ClassVar[str | None] = SIGNED_IN
    person: Person

    def load(self, **kwargs: Any) -> None:
        found = queries.own(by=self.request.actor)
        if found is None:
            raise Http404
        self.person = found

    def breadcrumbs(self) -> Crumbs:
        return [{"text": "Your details", "href": reverse("register:you")}]

    @property
    def today(self) -> date:
        """The day of asking."""
        return timezone.localdate()


class _OwnDeed(Own, DeedView):
    """Something one does about oneself; it leads back to one's own page."""

    def get_success_url(self) -> str:
        return reverse("register:you")

    def cancel(self) -> str:
        return reverse("register:you")


class You(PageView):
    """Your details: everything that is kept about whoever signs in (PROF-32)."""

    permission: ClassVar[str | None] = SIGNED_IN
    template_name = "register/own/you.jinja"
    title = "Your details"

    def context(self) -> dict[str, Any]:
        by = self.request.actor
        person = queries.own(by=by)
        return pages.details(person, on=timezone.localdate(), by=by) if person else {"person": None}


class Details(_OwnDeed):
    """Correct how one is reached."""

    form_class = forms.Details
    title = "How we reach you"
    lead = "We tell you of the change by the way that we had before."

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.person, name) for name in keeping.FIELDS}

    def do(self, **said: Any) -> Any:
        said = {name: value or "" for name, value in said.items()}
        return keeping.correct_details(person=self.person, at=timezone.now(), by=self.request.actor, **said)

    def get_success_message(self) -> str:
        return "Your details have been changed." if self.done else "Nothing was changed."


class Wishes(_OwnDeed, ChangeWishes):
    """Say how one wishes to hear (PROF-17), by the same deed as officers."""

    permission: ClassVar[str | None] = SIGNED_IN
    template_name = "ui/form.jinja"
    form_class = forms.Wishes
    success_message = "Your wishes are on record, and every message obeys them from now on."

    def get_title(self) -> str:
        return "How you wish to hear from us"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "child": False}  # who agreed for a child is not changed here

    def page(self, status: int = 200, **more: Any) -> HttpResponse:
        return PageView.page(self, status, **more)

    def do(self, **said: Any) -> None:
        ChangeWishes.do(self, **said, told_by=Told.SELF.value)


class AddNeed(_OwnDeed):
    """Say what one needs (PROF-08)."""

    form_class = forms.Need
    title = "Tell us what you need"
    success_message = "Thank you. We have written it down."

    def do(self, **said: Any) -> None:
        by, on = self.request.actor, self.today
        services.record_need(person=self.person, told_by=Told.SELF, started_on=on, on=on, by=by, **said)


class EndNeed(_OwnDeed):
    """Say that one needs something no longer."""

    form_class = forms.Confirm
    button = "I no longer need this"
    success_message = "We have written down that you no longer need it."

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        found = queries.needs(self.person, by=self.request.actor).filter(ended_on=None)
        self.need = get_object_or_404(found, pk=kwargs["need"])

    def get_title(self) -> str:
        return f"Has this ended? {self.need.what}"

    def do(self) -> None:
        services.end_need(need=self.need, on=self.today, by=self.request.actor)


class Ask(_OwnDeed):
    """Ask for what the law allows (UK GDPR articles 15 to 21)."""

    button = "Ask"
    LEADS: ClassVar[dict[Asks, str]] = {
        Asks.ACCESS: "You get a copy that you can read, and a file that a computer can read.",
        Asks.PORTABILITY: "You get a file that a computer can read, and a copy that you can read.",
        Asks.CORRECTION: "Your email address, telephone numbers and wishes you can change yourself.",
        Asks.OBJECTION: "We stop unless the law obliges us to go on, and tell you which.",
        Asks.RESTRICTION: "We contact you only about what we must: your home, your tenancy and your own cases.",
        Asks.ERASURE: "We cannot erase what we need for your tenancy, or what a law tells us to keep. We will say so.",
    }

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        try:
            self.asks = Asks(kwargs["asks"])
        except ValueError:
            raise Http404 from None
        self.form_class = {  # type: ignore[misc]
            Asks.CORRECTION: forms.Correction,
            Asks.OBJECTION: forms.Objection,
        }.get(self.asks, forms.Asking)
        self.lead = f"{self.LEADS[self.asks]} We answer within a month."

    def get_title(self) -> str:
        return pages.ASK_WORDS[self.asks]

    def do(self, **said: Any) -> Any:
        said = {name: value or "" for name, value in said.items()}
        return asking.ask_own(person=self.person, asks=self.asks, on=self.today, by=self.request.actor, **said)

    def get_success_message(self) -> str:
        return f"We have what you asked. Its reference is {rights.reference(self.done)}."


class _OfRequest(Own):
    """A page about one request of one's own."""

    asked: DataRequest

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.asked = get_object_or_404(rights.requests_of(self.person), pk=kwargs["pk"])


class Request(_OfRequest):
    """Where a request stands, its answer, and the copy that was made."""

    template_name = "register/own/request.jinja"

    def get_title(self) -> str:
        return f"{self.asked.get_asks_display()}: {rights.reference(self.asked)}"

    def context(self) -> dict[str, Any]:
        one = self.asked
        ready = one.answered_on and one.data and one.data.emptied_on is None
        return {"asked": one, "open": rights.is_open(one), "ready": ready, "colour": pages.COLOURS[one.state]}


class RequestFile(_OfRequest):
    """The copy, once it was given: as PDF or JSON."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        file = {"pdf": self.asked.file, "json": self.asked.data}.get(kwargs["format"])
        if file is None or self.asked.answered_on is None or file.emptied_on is not None:
            raise Http404
        return as_file(body_of(file), name=file.name, media_type=file.media_type)


class Withdraw(_OfRequest, _OwnDeed):
    """Take a request back."""

    form_class = forms.Confirm
    title = "Do you no longer ask for this?"
    button = "I no longer ask for this"
    success_message = "We have written down that you no longer ask for it."

    def do(self) -> None:
        asking.withdraw(request=self.asked, on=self.today, by=self.request.actor)


def as_file(body: bytes, *, name: str, media_type: str) -> HttpResponse:
    """A file to keep, never shown inside the page."""
    response = HttpResponse(body, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


# ── the way in ────────────────────────────────────────────────────────────────────────────────────────────


class Join(DeedView):
    """Open an account with the code of a letter or email."""

    permission: ClassVar[str | None] = PUBLIC
    form_class = forms.TakeUp
    title = "Open your account"
    lead = "With an account you see what we keep about you, and put it right."
    button = "Open your account"
    success_message = "Your account is open. Sign in with your email address and your new password."
    wrong = ""  # the code with which a wrong date of birth was given

    def do(self, *, code: str, born_on: date | None, email: str, password: str) -> Any:
        try:
            return keeping.take_up(code=code, born_on=born_on, email=email, password=password, at=timezone.now())
        except keeping.WrongBirth:
            self.wrong = code
            raise

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As any form; a wrong date of birth is counted after all else is undone."""
        response = super().post(request, *args, **kwargs)
        if self.wrong:
            keeping.count_try(code=self.wrong)
        return response

    def get_success_url(self) -> str:
        return reverse("account_login")


class SendCode(Deed):
    """Send somebody the code with which they open their account."""

    permission: ClassVar[str | None] = accounts.OPEN_FOR_RESIDENTS
    form_class = forms.Confirm
    title = "Send a code for an account"
    lead = (
        "They get a code by the way that they wish to hear. With it and their date of birth they open an account that "
        "shows them their own details, and nothing else. Codes sent before will not work any longer."
    )
    button = "Send the code"

    def get_success_url(self) -> str:
        return reverse("register:person", kwargs={"pk": self.person.pk})

    def do(self) -> Any:
        address = self.request.build_absolute_uri(reverse("register:join"))
        return keeping.send_code(person=self.person, address=address, at=timezone.now(), by=self.request.actor)

    def get_success_message(self) -> str:
        if self.done.state == State.SENT and self.done.way is not None:
            return f"The code goes by {self.done.way.channel.label.lower()}."
        return f"The code is made, but has not gone out. {self.done.words}"


class EndAccount(Deed):
    """End a resident's account."""

    permission: ClassVar[str | None] = accounts.OPEN_FOR_RESIDENTS
    form_class = forms.Confirm
    title = "End this account"
    lead = "They can no longer sign in. Their record stays as it is."
    button = "End the account"
    warning = True
    success_message = "The account has ended."

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if self.person.user is None:
            raise Http404

    def get_success_url(self) -> str:
        return reverse("register:person", kwargs={"pk": self.person.pk})

    def do(self) -> None:
        keeping.end_account(person=self.person, on=self.today, by=self.request.actor)
