"""Asking by telephone: the next household, the call, the questions, what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase

from hearth.kernel.refusals import Refused
from hearth.surveys import queries, services
from hearth.surveys.forms import telephone as forms
from hearth.surveys.models import Draft, Hold, Invitation
from hearth.surveys.pages import building
from hearth.surveys.pages import telephone as pages
from hearth.surveys.rules import answering, paging
from hearth.surveys.rules.kinds import Draw, Mode, Standing
from hearth.surveys.views.fieldwork import InField
from hearth.ui.views import UNPROCESSABLE, DeedView

SET_ASIDE = "This household had answered already, so these answers are kept but not counted."


class Telephone(InField, DeedView):
    """Whom to call next; and somebody who calls us, by their code."""

    template_name = "surveys/telephone/telephone.jinja"
    form_class = forms.TakeCall
    title = "Ask by telephone"
    button = "Find"

    def cancel(self) -> str:
        """No page to go back to from here."""
        return ""

    def context(self) -> dict[str, Any]:
        by = self.request.actor
        limits = queries.call_limits(self.today)
        return {
            "counts": queries.call_counts(self.survey, at=self.now),
            "limits": limits,
            "own": queries.own_holds(self.survey, mode=Mode.TELEPHONE, at=self.now, by=by),
            "begun": queries.own_interviews(self.survey, by=by),
            "open_to_all": self.survey.draw == Draw.OPEN,
        }

    def do(self, *, code: str) -> Hold:
        return services.take_call(survey=self.survey, code=code, at=self.now, by=self.request.actor)

    def get_success_url(self) -> str:
        return building.address("call", self.survey, nonce=self.done.nonce)


class NextCall(InField):
    """The next household for this interviewer."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nobody is called by a link: back to the button."""
        return HttpResponseRedirect(building.address("telephone", self.survey))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the next household for this interviewer and show it."""
        try:
            held = services.next_call(survey=self.survey, at=self.now, by=self.request.actor)
        except Refused as refused:
            messages.warning(request, refused.message)
            return self.get(request)
        if held is None:
            messages.info(request, "There is nobody to call at the moment. Try again later.")
            return self.get(request)
        return HttpResponseRedirect(building.address("call", self.survey, nonce=held.nonce))


class BeginInterview(InField):
    """An interview with somebody who was not drawn, in a survey that is open to anybody."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Begun by a button only."""
        return HttpResponseRedirect(building.address("telephone", self.survey))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Begin, and on to the questions."""
        try:
            nonce = services.begin_interview(survey=self.survey, language="en", at=self.now, by=self.request.actor)
        except Refused as refused:
            messages.warning(request, refused.message)
            return self.get(request)
        return HttpResponseRedirect(building.address("ask", self.survey, nonce=nonce))


class OfCall(InField):
    """A page about the household that this interviewer has now, or about an interview of theirs with anybody."""

    hold: Hold | None
    draft: Draft | None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Back to the queue where the household is somebody else's by now, or has answered."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except Refused as refused:
            messages.warning(request, refused.message)
            return HttpResponseRedirect(building.address("telephone", self.survey))

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.nonce = kwargs["nonce"]
        self.hold = queries.hold_by_nonce(self.survey, self.nonce)
        self.draft = queries.interview_draft(self.survey, self.nonce)
        if self.hold is not None:
            services.keep_hold(hold=self.hold, at=self.now, by=self.request.actor)
        elif queries.taken(self.survey, self.nonce):
            raise Refused("This interview has been handed in.")
        elif self.draft is None or self.draft.taken_by_id != self.request.actor.user_id:
            raise Http404
        version = services.version_of_interview(self.survey, self.draft)
        self.instrument = queries.instrument(version)

    @property
    def invitation(self) -> Invitation | None:
        """Who was asked; None where anybody may answer."""
        return self.hold.invitation if self.hold else None

    def told(self) -> queries.Spoken | None:
        """Whom the interviewer speaks with."""
        if self.invitation is None:
            return None
        return queries.spoken_to(self.invitation, at=self.now, by=self.request.actor)

    def breadcrumbs(self) -> list[dict[str, str]]:
        return [
            *super().breadcrumbs(),
            {"text": "Ask by telephone", "href": building.address("telephone", self.survey)},
        ]


class Call(OfCall, DeedView):
    """Who is called, what to read out, and what came of the call."""

    template_name = "surveys/telephone/call.jinja"
    form_class = forms.CameOfIt
    button = "Save what came of the call"

    def get_title(self) -> str:
        person = self.invitation.person if self.invitation else None
        return f"Call {person.name}" if person else "Call"

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if self.invitation is None:
            raise Http404

    def get_initial(self) -> dict[str, Any]:
        return {"relay": True} if pages.is_relay(self.told()) else {}

    def context(self) -> dict[str, Any]:
        assert self.invitation is not None
        told = self.told()
        language = pages.interview_language(told, self.instrument)
        return {
            "told": told,
            "relay": pages.is_relay(told),
            "whom": pages.whom(told, self.instrument),
            "introduction": pages.introduction(
                self.instrument, self.survey, self.request.landlord.name, self.request.actor.name, language
            ),
            "calls": pages.calls_table(list(queries.attempts_of(self.invitation))),
            "begun": self.draft is not None,
            "language": language,
            "nonce": self.nonce,
        }

    def do(
        self, *, outcome: str, call_again_on: date | None, call_again_time: str, relay: bool | None, note: str
    ) -> Any:
        assert self.invitation is not None
        return services.note_attempt(
            invitation=self.invitation,
            outcome=outcome,
            call_again_at=forms.moment(call_again_on, call_again_time or ""),
            relay=bool(relay),
            note=note or "",
            at=self.now,
            by=self.request.actor,
        )

    def get_success_message(self) -> str:
        return f"Saved: {self.done.get_outcome_display().lower()}."

    def get_success_url(self) -> str:
        return building.address("telephone", self.survey)


class LetGo(OfCall):
    """Leave the household to others, without a call."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """By a button only."""
        return HttpResponseRedirect(building.address("telephone", self.survey))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let go."""
        if self.hold:
            services.let_go(hold=self.hold, at=self.now, by=self.request.actor)
        return self.get(request)


class Ask(OfCall):
    """The questions, a page at a time. Each page is saved when it is sent, so that nothing is lost."""

    template_name = "surveys/telephone/ask.jinja"

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.steps = paging.steps(self.instrument)
        self.stock = pages.stock_of(self.invitation, self.survey)
        self.raw: Mapping[str, Any] = self.draft.answers if self.draft else {}
        self.errors: Mapping[str, str] = {}
        part = self.request.GET.get("part", "0")
        self.number = min(int(part), len(self.steps)) if part.isdecimal() and len(part) < 4 else 0
        wanted = self.request.GET.get("language") or self.request.POST.get("language") or ""
        kept = self.draft.language if self.draft else pages.interview_language(self.told(), self.instrument)
        self.language = wanted if wanted in self.instrument.languages else kept

    def get_title(self) -> str:
        return "Hand in the answers" if self.number >= len(self.steps) else "Questions"

    def checked(self, *, part: bool = True) -> answering.Checked:
        """The answers so far."""
        return answering.check(
            self.instrument, self.raw, stock=self.stock, language=self.language, part=part, silent_allowed=True
        )

    def context(self) -> dict[str, Any]:
        last = self.number >= len(self.steps)
        step = paging.Step(self.number, ()) if last else self.steps[self.number]
        person = self.invitation.person if self.invitation else None
        return {
            "last": last,
            "number": self.number,
            "parts": len(self.steps),
            "person": person.name if person else "",
            "sections": pages.questions(
                step, self.raw, self.checked().answers, language=self.language, stock=self.stock, errors=self.errors
            ),
            "consent": pages.said(self.instrument.consent, self.language),
            "complain": pages.said(self.instrument.complain, self.language),
            "thanks": pages.said(self.instrument.thanks, self.language),
            "problems": pages.problems(step, self.errors, self.language),
            "languages": pages.languages(self.instrument, self.language),
            "language": self.language,
            "call_url": building.address("call", self.survey, nonce=self.nonce) if self.hold else "",
            "nonce": self.nonce,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save the page, and go on, back, away, or hand everything in."""
        if self.number < len(self.steps):
            self.keep(request)
        go = request.POST.get("go", "")
        if go == "save":
            messages.success(request, "The answers so far are saved.")
            where = "call" if self.hold else "telephone"
            more = {"nonce": self.nonce} if self.hold else {}
            return HttpResponseRedirect(building.address(where, self.survey, **more))
        answers = self.checked().answers
        if go == "back":
            return self.at(paging.next_step(self.steps, self.number, answers, stock=self.stock, back=True) or 0)
        if self.number >= len(self.steps):
            return self.finish()
        errors = self.checked(part=False).errors
        here = {one.code for one in self.steps[self.number].questions()}
        if wrong := {code: words for code, words in errors.items() if code in here}:
            self.errors = wrong
            return self.page(status=UNPROCESSABLE)
        number = paging.next_step(self.steps, self.number, answers, stock=self.stock)
        return self.at(len(self.steps) if number is None else number)

    def keep(self, request: HttpRequest) -> None:
        """Put what stands on this page into the draft."""
        names = {name for one in self.steps[self.number].questions() for name in answering.fields(one)}
        typed = answering.kept(self.instrument, dict(request.POST.lists()))
        before = {name: values for name, values in self.raw.items() if name not in names}
        self.raw = {**before, **{name: values for name, values in typed.items() if name in names}}
        services.save_interview(
            survey=self.survey, nonce=self.nonce, raw=self.raw, language=self.language, at=self.now,
            by=self.request.actor,
        )  # fmt: skip

    def finish(self) -> HttpResponse:
        """Hand in everything, once; or back to the first page with something wrong on it."""
        relay = pages.is_relay(self.told())
        try:
            taken = services.finish_interview(
                survey=self.survey, nonce=self.nonce, at=self.now, relay=relay, by=self.request.actor
            )
        except services.AnswersRefused as refused:
            wrong = next(step for step in self.steps if any(one.code in refused.errors for one in step.questions()))
            self.number, self.errors = wrong.number, refused.errors
            return self.page(status=UNPROCESSABLE)
        if taken.standing == Standing.SET_ASIDE:
            messages.warning(self.request, SET_ASIDE)
        else:
            messages.success(self.request, "The answers are in. Thank you.")
        return HttpResponseRedirect(building.address("telephone", self.survey))

    def at(self, number: int) -> HttpResponse:
        """On to another page of the questions."""
        address = building.address("ask", self.survey, nonce=self.nonce)
        return HttpResponseRedirect(f"{address}?part={number}")
