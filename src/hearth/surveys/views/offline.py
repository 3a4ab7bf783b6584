"""Asking at the door: the page that works without a signal, what it fetches and sends, and lists of visits."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import get_script_prefix
from django.utils import timezone
from django.views import View

from hearth.accounts import queries as accounts
from hearth.kernel.permits import PUBLIC
from hearth.kernel.refusals import Refused
from hearth.surveys import permissions, services
from hearth.surveys.forms import offline as forms
from hearth.surveys.pages import building
from hearth.surveys.pages import offline as pages
from hearth.surveys.views.fieldwork import InField
from hearth.ui.views import Asked, DeedView

UNREADABLE = 400


class Offline(View):
    """The page itself; what it shows comes from the device."""

    request: Asked
    permission: ClassVar[str] = permissions.INTERVIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        """The same for everybody who may ask."""
        return HttpResponse(pages.shell(self.request.landlord))


class Worker(View):
    """The service worker. Open to anybody: a browser fetches it when nobody is signed in, and it tells of nobody."""

    request: Asked
    permission: ClassVar[str] = PUBLIC

    def get(self, request: HttpRequest) -> HttpResponse:
        """The script, for all of this landlord's addresses: it must see when somebody signs out."""
        body = pages.worker(self.request.landlord)
        headers = {"Service-Worker-Allowed": get_script_prefix(), "Cache-Control": "no-cache"}
        return HttpResponse(body, content_type="text/javascript; charset=utf-8", headers=headers)


class Manifest(View):
    """By which a telephone puts the page among its programs."""

    request: Asked
    permission: ClassVar[str] = PUBLIC

    def get(self, request: HttpRequest) -> HttpResponse:
        """The manifest."""
        return JsonResponse(pages.manifest(self.request.landlord), content_type="application/manifest+json")


class Work(View):
    """What an interviewer takes along."""

    request: Asked
    permission: ClassVar[str] = permissions.INTERVIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        """Questionnaires and homes, and the token with which answers are sent."""
        landlord, by = self.request.landlord, self.request.actor
        return JsonResponse(pages.work(landlord, get_token(request), at=timezone.now(), by=by))


class In(View):
    """What comes back from a device: each thing by itself, once."""

    request: Asked
    permission: ClassVar[str] = permissions.INTERVIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        """Nothing is to be read here."""
        return JsonResponse({"fates": []})

    def post(self, request: HttpRequest) -> HttpResponse:
        """What became of each."""
        try:
            sent = json.loads(request.body)
            items = sent.get("items") if isinstance(sent, dict) else None
            fates = services.take_in(items=items, at=timezone.now(), by=self.request.actor)
        except (ValueError, RecursionError):
            return JsonResponse({"error": "This is no JSON."}, status=UNREADABLE)
        except Refused as refused:
            return JsonResponse({"error": refused.message}, status=UNREADABLE)
        return JsonResponse({"fates": [{"nonce": one.nonce, "fate": one.fate, "why": one.why} for one in fates]})


class Visits(InField, DeedView):
    """Homes for the lists of interviewers."""

    permission: ClassVar[str | None] = permissions.BUILD
    template_name = "surveys/offline/visits.jinja"
    form_class = forms.GiveVisits
    title = "Give homes to interviewers"
    button = "Give homes"
    lead = (
        "Homes go onto the device of whoever visits them, with the address and what must be known to speak with the "
        "person, and without a name. Nobody else is given or calls them meanwhile."
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        found = accounts.holding_permission(permissions.INTERVIEW, on=self.today).order_by("name")
        return {"people": [(one.pk, one.name) for one in found]}

    def context(self) -> dict[str, Any]:
        return {"table": pages.visits_table(self.survey, self.now)}

    def do(self, *, to: int, number: int) -> int:
        return services.give_visits(survey=self.survey, to=to, number=number, at=self.now, by=self.request.actor)

    def get_success_message(self) -> str:
        return f"{self.done:,} homes were given." if self.done else "There was no home to give."

    def get_success_url(self) -> str:
        return building.address("visits", self.survey)


class TakeBack(InField, DeedView):
    """Take homes off a list again."""

    permission: ClassVar[str | None] = permissions.BUILD
    form_class = forms.TakeBack
    title = "Take homes back"
    button = "Take them back"
    lead = "Homes that have not answered can be given to somebody else then. What was asked already still comes in."

    def get_form_kwargs(self) -> dict[str, Any]:
        found = accounts.holding_permission(permissions.INTERVIEW, on=self.today).order_by("name")
        return {"people": [(one.pk, one.name) for one in found]}

    def do(self, *, to: int) -> int:
        return services.take_back_visits(survey=self.survey, to=to, at=self.now, by=self.request.actor)

    def get_success_message(self) -> str:
        return f"{self.done:,} homes are free for others."

    def cancel(self) -> str:
        return building.address("visits", self.survey)

    def get_success_url(self) -> str:
        return building.address("visits", self.survey)
