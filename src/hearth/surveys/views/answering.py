"""The public form: by an open link, or by somebody's own code. Read, go on, go back, save, send."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from hearth.kernel.refusals import Refused
from hearth.surveys import queries, services
from hearth.surveys.models import Draft, Invitation, Response, Survey, Version
from hearth.surveys.pages import answering as pages
from hearth.surveys.rules import answering, door, nonce, paging
from hearth.surveys.rules.door import Door
from hearth.surveys.rules.instrument import ENGLISH, Instrument
from hearth.surveys.rules.kinds import Draw, Mode, Secrecy, Standing
from hearth.surveys.views.light import Light, answer, shown_at

SEE_OTHER = 303
GONE, NOT_ACCEPTED = 410, 422


class Form(Light):
    """A questionnaire. Subclasses find it (`find`) by what stands in the address."""

    survey: Survey
    version: Version
    instrument: Instrument
    invitation: Invitation | None = None
    draft: Draft | None = None
    key: str = ""  # the code in the address, where there is one

    def find(self, **kwargs: Any) -> HttpResponseBase | None:
        """Set survey and version; or answer otherwise."""
        raise NotImplementedError

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """The first page, or where one left off."""
        if request.path_info.endswith("/send/"):  # somebody kept the address of a page that came back
            return see(request.path.removesuffix("send/"))
        if elsewhere := self.find(**kwargs):
            return elsewhere
        self.now = timezone.now()
        if shut := self.shut(self.door(), at_once=True):
            return shut
        sheet = self.sheet(request.GET, wanted=request.GET.get("language", ""))
        if self.draft is None:
            return answer(pages.fresh(sheet, self.token()))
        raw = self.draft.answers
        checked = answering.check(sheet.instrument, raw, stock=sheet.stock)
        sheet = replace(sheet, raw=raw, answers=checked.answers, came_back=True)
        sheet = replace(sheet, number=pages.left_off(sheet, checked.errors))
        return answer(pages.drawn(sheet, self.token(drawn=self.draft.nonce, begun_at=self.draft.started_at)))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Go on, back, to another language, save, or send."""
        if elsewhere := self.find(**kwargs):
            return elsewhere
        self.now = timezone.now()
        sent = request.POST
        token, stale = self.read(sent.get("hearth-token", ""))
        if token and token.version != self.version.pk:
            self.version = queries.form_shown(self.survey, token.version) or self.version
            self.instrument = queries.instrument(self.version)
        sheet = self.sheet(sent, wanted=sent.get("hearth-language", ""))
        raw = answering.kept(sheet.instrument, dict(sent.lists()))
        sheet = replace(sheet, raw=raw, number=self.number(sheet, sent))
        if token is None:
            if shut := self.shut(self.door(), at_once=True):
                return shut
            return self.again(replace(sheet, stale=stale), self.token(), status=NOT_ACCEPTED)
        wanted, _, detail = sent.get("hearth-go", "").partition(":")
        if wanted == "back":
            return self.go_back(sheet)
        if wanted == "language":
            return self.again(replace(sheet, language=self.language(sheet.instrument, detail)), self.same())
        if wanted == "save":
            return self.save(sheet, token)
        return self.go_on(sheet, token)

    # ── what a button does ──

    def go_back(self, sheet: pages.Sheet) -> HttpResponse:
        """The page before, with everything kept."""
        answers = answering.check(sheet.instrument, sheet.raw, stock=sheet.stock, part=True).answers
        number = paging.next_step(sheet.steps, sheet.number, answers, stock=sheet.stock, back=True) or 0
        return self.again(replace(sheet, number=number), self.same())

    def go_on(self, sheet: pages.Sheet, token: nonce.Token) -> HttpResponseBase:
        """The next page on which this person is asked anything; after the last one, the answers are sent."""
        steps = sheet.steps
        if sheet.number + 1 < len(steps):
            checked = answering.check(sheet.instrument, sheet.raw, stock=sheet.stock, language=sheet.language)
            if wrong := self.first_wrong(sheet, checked.errors, up_to=sheet.number):
                return wrong
            number = paging.next_step(steps, sheet.number, checked.answers, stock=sheet.stock)
            return self.again(replace(sheet, number=len(steps) if number is None else number), self.same())
        return self.send(sheet, token)

    def send(self, sheet: pages.Sheet, token: nonce.Token) -> HttpResponseBase:
        """Hand the answers over, once."""
        try:
            taken = services.submit(
                survey=self.survey,
                version=self.version,
                nonce=token.nonce,
                raw=sheet.raw,
                mode=sheet.mode,
                language=sheet.language,
                invitation=self.invitation,
                started_at=token.begun_at,
                at=self.now,
                by=self.visitor(),
            )
        except services.AnswersRefused as refused:
            return self.first_wrong(sheet, refused.errors) or self.again(sheet, self.same(), status=NOT_ACCEPTED)
        except Refused as refused:
            return self.message(refused.message, "Your answers were not sent.", status=GONE)
        self.drop_draft()
        return self.taken(taken, sheet)

    def taken(self, taken: Response, sheet: pages.Sheet) -> HttpResponseBase:
        """To the page that thanks: a reload of it sends nothing again."""
        if taken.standing == Standing.SET_ASIDE:
            return self.shut(Door.ANSWERED) or self.message("Thank you")
        said = {"language": sheet.language} if sheet.language != ENGLISH else {}
        if self.survey.incentive:
            said["t"] = self.token(purpose=nonce.DRAW)
        query = f"?{urlencode(said)}" if said else ""
        return see(reverse("surveys:thanks", args=[self.survey.slug]) + query)

    def save(self, sheet: pages.Sheet, token: nonce.Token) -> HttpResponseBase:
        """Keep what was typed, right or wrong, and say how to come back to it."""
        if shut := self.shut(self.door(token.begun_at), at_once=True):
            return shut
        key = services.save_draft(
            survey=self.survey,
            version=self.version,
            nonce=token.nonce,
            raw=sheet.raw,
            mode=sheet.mode,
            language=sheet.language,
            started_at=token.begun_at,
            at=self.now,
            invitation=self.invitation,
            key=self.key if self.draft else "",
            by=self.visitor(),
        )
        return see(reverse("surveys:saved", args=[key or self.key]))

    # ── what it is made of ──

    def door(self, begun_at: datetime | None = None) -> Door:
        """Whether this person may answer now."""
        invitation = self.invitation
        if invitation and invitation.state == Invitation.State.ANSWERED:
            return Door.ANSWERED
        if self.survey.modes and not door.BY_THEMSELVES & set(self.survey.modes):
            return Door.ELSEWHERE
        return door.door(
            state=self.survey.state,
            opens_on=self.survey.opens_on,
            closes_on=None if self.survey.rolling else self.survey.closes_on,
            today=timezone.localdate(self.now),
            begun_on=timezone.localdate(begun_at) if begun_at else None,
            expires_on=invitation.expires_on if invitation else None,
        )

    def shut(self, found: Door, *, at_once: bool = False) -> HttpResponse | None:
        """The page for a door that is not open; None where it is."""
        if found is Door.OPEN:
            return None
        title = door.SENTENCES[found].rstrip(".")
        if found is Door.ANSWERED:
            return self.message(
                "Thank you, your household has answered",
                "We have the answers of your household to this survey. Each household answers once.",
                "If you did not answer, somebody else with the same code did. Tell us if you think that this is wrong.",
            )
        if found is Door.NOT_YET:
            day = self.survey.opens_on if self.survey.state != "draft" else None
            when = f"It opens on {day.day} {day:%B %Y}." if day else "Come back later."
            return self.message(title, when)
        if found is Door.ELSEWHERE:
            return self.message(title, "Answer it by telephone or on paper, as our letter says.")
        if found is Door.EXPIRED:
            return self.message(title, "It could be used for a time only.", status=GONE)
        return self.message(title, "It takes no more answers. Thank you for your interest.", status=GONE)

    def sheet(self, said: Mapping[str, Any], *, wanted: str) -> pages.Sheet:
        """The form's page before anything is typed."""
        instrument = self.instrument
        sms = said.get("m") == "s" or (self.draft is not None and self.draft.mode == Mode.SMS)
        sms = sms and (not self.survey.modes or Mode.SMS in self.survey.modes)
        return pages.Sheet(
            survey=self.survey,
            version=self.version,
            instrument=instrument,
            landlord=self.request.landlord,
            footer_links=self.footer_links,
            language=self.language(instrument, wanted),
            whole=bool(said.get("whole") or said.get("hearth-whole")),
            mode=Mode.SMS if sms else Mode.WEB,
            stock=self.stock(),
            personal=self.invitation is not None,
        )

    def stock(self) -> str:
        """Which kind of home it is, where that is known."""
        unit = self.invitation.unit if self.invitation else None
        return (unit.stock if unit else "") or self.survey.stock

    def language(self, instrument: Instrument, wanted: str) -> str:
        """The language that was asked for, else the draft's, else the one in which the person was asked."""
        for one in (
            wanted,
            self.draft.language if self.draft else "",
            self.invitation.language if self.invitation else "",
        ):
            if one in instrument.languages:
                return one
        return instrument.languages[0] if instrument.languages else ENGLISH

    def number(self, sheet: pages.Sheet, sent: Mapping[str, Any]) -> int:
        """Which page was sent."""
        said = str(sent.get("hearth-step", "0"))
        return min(int(said), len(sheet.steps)) if said.isascii() and said.isdigit() and len(said) < 4 else 0

    def first_wrong(
        self, sheet: pages.Sheet, errors: Mapping[str, str], *, up_to: int | None = None
    ) -> HttpResponse | None:
        """The first page with something wrong on it, of those up to a number; None where nothing is."""
        for step in sheet.steps:
            if (up_to is None or step.number <= up_to) and any(one.code in errors for one in step.questions()):
                mended = replace(sheet, number=step.number, errors=errors)
                return self.again(mended, self.same(), status=NOT_ACCEPTED)
        return None

    def again(self, sheet: pages.Sheet, token: str, *, status: int = 200) -> HttpResponse:
        """A page with what was typed."""
        answers = answering.check(sheet.instrument, sheet.raw, stock=sheet.stock, part=True).answers
        sheet = replace(sheet, answers=answers, posted=self.request.path_info.endswith("/send/"))
        return answer(pages.drawn(sheet, token), status=status)

    def token(self, *, purpose: str = nonce.FORM, drawn: str = "", begun_at: datetime | None = None) -> str:
        """A new token; for a draft that is taken up, with the draft's own nonce."""
        return nonce.seal(
            queries.form_key(),
            purpose=purpose,
            landlord=self.request.landlord.pk,
            survey=self.survey.pk,
            version=self.version.pk if purpose == nonce.FORM else 0,
            nonce=bytes.fromhex(drawn) if len(drawn) == 2 * nonce.RANDOM else secrets.token_bytes(nonce.RANDOM),
            begun_at=begun_at or self.now,
        )

    def same(self) -> str:
        """The token that was sent: the same form goes on."""
        return self.request.POST.get("hearth-token", "")

    def read(self, token: str) -> tuple[nonce.Token | None, str]:
        """What a token says, or what is wrong with it."""
        try:
            key, landlord = queries.form_key(), self.request.landlord.pk
            return nonce.read(key, token, purpose=nonce.FORM, landlord=landlord, survey=self.survey.pk), ""
        except Refused as refused:
            return None, refused.message

    def drop_draft(self) -> None:
        """What was saved on the way is not needed any more."""
        if self.draft is not None:
            services.drop_draft(draft=self.draft, by=self.visitor())


class OpenLink(Form):
    """A survey that anybody may answer, at an address that may be on a poster."""

    reads_for_itself = True

    def find(self, **kwargs: Any) -> HttpResponseBase | None:
        found = shown_at(self.request.landlord.pk, kwargs["slug"])
        if found is None:
            raise Http404
        self.version, self.survey, self.instrument = found.version, found.version.survey, found.instrument
        if self.survey.draw != Draw.OPEN and self.survey.secrecy != Secrecy.ANONYMOUS:  # which knows no codes
            return see(reverse("surveys:enter_code"))
        return None


def see(url: str) -> HttpResponseRedirect:
    """On to another page, by GET."""
    response = HttpResponseRedirect(url)
    response.status_code = SEE_OTHER
    return response
