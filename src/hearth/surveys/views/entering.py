"""The ways in and out of the public form: a code, what was saved, the thanks, the prize draw."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from hearth.kernel.refusals import Refused
from hearth.surveys import queries, services
from hearth.surveys.models import Survey
from hearth.surveys.pages import answering as pages
from hearth.surveys.rules import answering, codes, nonce
from hearth.surveys.views.answering import NOT_ACCEPTED, Form, see
from hearth.surveys.views.light import Light, Shown, address, answer, shown_at, shown_for

TOO_MANY = 429
TOO_MANY_WORDS = "Too many wrong codes came from your connection. Wait 15 minutes and try again, or call us."
WRONG = "We do not know this code. Check it against your letter or message."


class Guarded(Light):
    """A page that looks at codes: after too many wrong ones from an address it looks at none for a while."""

    def knock(self, typed: str) -> queries.Knock:
        """Whom a code belongs to, and whether this address may ask at all."""
        return queries.knock(typed, address=address(self.request), at=timezone.now())

    def wrong(self, typed: str) -> None:
        """Count a wrong code; what has not the shape of one is no guess."""
        if codes.could_be(typed):
            services.note_wrong_code(who=queries.counted_as(address(self.request)), at=timezone.now())

    def too_many(self) -> HttpResponse:
        """The page for whoever must wait."""
        return self.message("Wait a while and try again", TOO_MANY_WORDS, status=TOO_MANY)


class EnterCode(Guarded):
    """Where somebody types the code of their letter, or of answers that they saved."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The empty box."""
        return self.show()

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """On to the survey; or the box again, with what was typed."""
        typed = answering.cleaned(request.POST.get("code", "")[:200])
        if not typed.strip():
            return self.show(error="Write your code.", status=NOT_ACCEPTED)
        found = self.knock(typed)
        if found.blocked:
            return self.show(typed=typed, error=TOO_MANY_WORDS, status=TOO_MANY)
        if not codes.could_be(typed):
            error = "A code has twelve letters and numbers. Check that none is missing."
            return self.show(typed=typed, error=error, status=NOT_ACCEPTED)
        if found.invitation is None and queries.draft_by_key(typed) is None:
            self.wrong(typed)
            return self.show(typed=typed, error=WRONG, status=NOT_ACCEPTED)
        sms = "?m=s" if request.POST.get("m") == "s" else ""
        return see(reverse("surveys:personal", args=[codes.normal(typed)]) + sms)

    def show(self, *, typed: str = "", error: str = "", status: int = 200) -> HttpResponse:
        """The page with its box."""
        problems = [{"text": error, "href": "#code"}] if error else []
        sms = (self.request.POST.get("m") or self.request.GET.get("m")) == "s"
        told = {"title": "Enter your code", "typed": typed, "error": error, "problems": problems, "sms": sms}
        return self.draw("surveys/answering/enter_code.jinja", told, status=status)


class Personal(Guarded, Form):
    """The survey of somebody who was asked, or answers that were saved, by the code in the address."""

    def find(self, **kwargs: Any) -> HttpResponseBase | None:
        self.key = kwargs["code"]
        found = self.knock(self.key)
        if found.blocked:
            return self.too_many()
        self.invitation = found.invitation
        if self.invitation is None:
            self.draft = queries.draft_by_key(self.key)
        elif found.draft is not None:
            self.draft = queries.draft_of(self.invitation)
        if self.draft is not None:
            self.version, self.survey = self.draft.version, self.draft.survey
            self.instrument = queries.instrument(self.version)
            return None
        shown = shown_for(self.request.landlord.pk, self.invitation.survey_id) if self.invitation else None
        if shown is None:
            self.wrong(self.key)
            return self.unknown()
        self.version, self.survey, self.instrument = shown.version, shown.version.survey, shown.instrument
        return None

    def unknown(self) -> HttpResponse:
        """The page for a code that opens nothing: perhaps its answers have been sent."""
        return self.message(
            "We do not know this code",
            "Check it against your letter or message. If you sent answers that you had saved, we have them: "
            "the code is not needed any more.",
            status=404,
            link={"text": "Enter your code", "href": reverse("surveys:enter_code")},
        )


class Saved(Guarded):
    """How to come back to answers that were saved: a code and a link, to print or to write down."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """The code, as it was shown before; nothing of what was answered."""
        found = self.knock(code)
        if found.blocked:
            return self.too_many()
        draft = queries.draft_of(found.invitation) if found.invitation else queries.draft_by_key(code)
        if draft is None:
            self.wrong(code)
            raise Http404
        resume, enter = reverse("surveys:personal", args=[code]), reverse("surveys:enter_code")
        plain = codes.normal(code)
        groups = [plain[at : at + codes.GROUP] for at in range(0, len(plain), codes.GROUP)]
        told = {
            "title": "Your answers are saved",
            "code": "-".join(groups),
            "closes_on": draft.survey.closes_on,
            "resume_url": resume,
            "resume_full": request.build_absolute_uri(resume),
            "enter_url": enter,
            "enter_full": request.build_absolute_uri(enter),
        }
        return self.draw("surveys/answering/saved.jinja", told)


class Thanks(Light):
    """The last page. A reload shows it again and sends nothing."""

    survey: Survey
    shown: Shown
    reads_for_itself = True

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Thanks, how to complain, and the prize draw where there is one."""
        self.find(slug)
        return answer(pages.thanks(self.said(self.ticket(request.GET.get("t", "")))))

    def find(self, slug: str) -> None:
        """The survey, whatever its state: somebody may be the last."""
        found = shown_at(self.request.landlord.pk, slug)
        if found is None:
            raise Http404
        self.shown, self.survey = found, found.version.survey

    def said(self, ticket: str, **more: Any) -> pages.Thanks:
        """What the page says."""
        instrument = self.shown.instrument
        wanted = self.request.GET.get("language", "")
        return pages.Thanks(
            survey=self.survey,
            version=self.shown.version,
            instrument=instrument,
            landlord=self.request.landlord,
            footer_links=self.footer_links,
            language=wanted if wanted in instrument.languages else "en",
            ticket=ticket,
            **more,
        )

    def ticket(self, sent: str) -> str:
        """The ticket for the prize draw, which nobody has who has not answered; "" where it is none."""
        try:
            self.read(sent)
        except Refused:
            return ""
        return sent

    def read(self, ticket: str) -> nonce.Token:
        """What a ticket says. Raises Refused."""
        if not self.survey.incentive:
            raise Refused("There is no prize draw with this survey.")
        landlord = self.request.landlord.pk
        return nonce.read(queries.form_key(), ticket, purpose=nonce.DRAW, landlord=landlord, survey=self.survey.pk)


class EnterDraw(Thanks):
    """Into the prize draw: a request of its own, after the answer's, and joined to it by nothing."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Said after a reload too."""
        self.find(slug)
        return self.message("You are in the draw", "We will tell you if you have won. You can close this page.")

    def post(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        """Enter, once for each ticket."""
        self.find(slug)
        sent = request.POST.get("hearth-token", "")
        typed = {"name": request.POST.get("name", ""), "contact": request.POST.get("contact", "")}
        try:
            ticket = self.read(sent)
        except Refused:
            told = "Only those who have answered can enter."
            return self.message("Answer the survey first", told, status=NOT_ACCEPTED)
        try:
            services.enter_draw(survey=self.survey, nonce=ticket.nonce, by=self.visitor(), **typed)
        except Refused as refused:
            errors = {refused.field or "name": refused.message}
            return answer(pages.thanks(self.said(sent, typed=typed, errors=errors)), status=NOT_ACCEPTED)
        return see(reverse("surveys:draw", args=[slug]))


__all__ = ["EnterCode", "EnterDraw", "Personal", "Saved", "Thanks"]
