"""A resident's own page: what they tell about themselves, see, correct and take back (PROF-15, PROF-32)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from hearth.equality import forms, pages, queries, rules, services
from hearth.equality.rules import Source
from hearth.equality.views.base import Crumbs, address, crumb
from hearth.kernel.permits import SIGNED_IN
from hearth.register import queries as register
from hearth.ui.views import DeedView


class AboutYou(DeedView):
    """What somebody tells about themselves; every question may be left open."""

    permission: ClassVar[str | None] = SIGNED_IN
    template_name = "equality/you.jinja"
    form_class = forms.AboutYou  # type: ignore[assignment]
    title = "About you"
    button = "Save my answers"
    success_message = "Thank you. Your answers have been saved."

    def load(self, **kwargs: Any) -> None:
        self.person = register.person_of_user(self.request.actor.user_id)
        self.today = timezone.localdate()
        self.purpose = queries.purpose_on(self.today)
        self.questions = queries.questions_on(self.today) if self.person else {}
        self.said = queries.own_answers(self.person, by=self.request.actor) if self.person else []
        self.consent = queries.consent_of(self.person.pk, self.purpose) if self.person and self.purpose else None

    @property
    def asked(self) -> bool:
        """Whether there is somebody to ask, a question, and a purpose to ask it for."""
        return bool(self.person and self.purpose and self.questions)

    def context(self) -> dict[str, Any]:
        return {
            "asked": self.asked, "known": self.person is not None, "purpose": self.purpose, "consent": self.consent,
            "said": [(rules.title_of(one.characteristic), one) for one in self.said],
        }  # fmt: skip

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs) if self.asked else self.page(form=None)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.asked:
            raise Http404
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        words = self.purpose.consent_words if self.purpose and self.consent is None else ""
        held = [one.characteristic for one in self.said]
        return {"questions": self.questions, "held": held, "consent": words}

    def get_initial(self) -> dict[str, Any]:
        return pages.chosen(self.said, self.questions)

    def get_form(self) -> Any:
        self.form: Any = super().get_form()
        return self.form

    def do(self, **answers: Any) -> int:
        told, gone = self.form.told()
        return services.tell(
            person=self.person, told=told, forget=gone, source=Source.SELF, on=self.today, at=timezone.now(),
            consent=bool(answers.get("consent")), by=self.request.actor,
        )  # fmt: skip

    def get_success_message(self) -> str:
        return self.success_message if self.done else "Nothing has changed."


class Withdraw(AboutYou):
    """Take consent back: all that was told is removed (PROF-15)."""

    template_name = "ui/form.jinja"
    form_class = forms.Confirm  # type: ignore[assignment]
    title = "Take back your answers"
    button = "Remove all my answers"
    warning = True
    lead = "Everything that you told us on this page will be removed for good. It changes nothing about your home."
    success_message = "Your answers have been removed."

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if self.person is None:
            raise Http404

    asked = True  # type: ignore[assignment]

    def breadcrumbs(self) -> Crumbs:
        return [crumb("About you", "you")]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {}

    def get_initial(self) -> dict[str, Any]:
        return {}

    def do(self, **answers: Any) -> int:
        return services.withdraw(person=self.person, on=self.today, by=self.request.actor)

    def get_success_url(self) -> str:
        return address("you")

    def get_success_message(self) -> str:
        return self.success_message

    def cancel(self) -> str:
        return address("you")
