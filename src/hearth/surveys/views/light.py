"""Public pages that need no session: no cookie is read or set, and a form is known by its own signed token.

Why this is safe, and what stands in for Django's own protection against forged forms, is told in the decision
`docs/adr/0021-a-public-form-without-a-session.md`. The middleware answers them before sessions, sign-in, messages and
transactions begin; so they are below HEARTH_LIGHT_PATHS only, and open the landlord's wall themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.views import View

from hearth.db import wall
from hearth.db.brief import Briefly
from hearth.kernel.permits import PUBLIC, Actor
from hearth.surveys import queries
from hearth.surveys.models import Version
from hearth.surveys.pages import answering as pages
from hearth.surveys.rules.instrument import Instrument
from hearth.ui.context import page as page_context
from hearth.ui.views import Asked


@dataclass(frozen=True)
class Shown:
    """A questionnaire that is put to people. Many requests share it: nobody changes it."""

    version: Version
    instrument: Instrument


_shown: Briefly[Shown] = Briefly()


class Light(View):
    """A public page outside every session. A form sent from another site is refused before anything is read of it."""

    request: Asked
    permission: ClassVar[str | None] = PUBLIC
    light: ClassVar[bool] = True
    reads_for_itself: ClassVar[bool] = False  # a GET that mostly needs no database opens the wall where it does

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse what comes from elsewhere or is too much; go on with the rest."""
        if request.method == "POST":
            if not from_here(request):
                return self.message(
                    "This form came from another website",
                    "Nothing was saved. Open the survey by the link or code that we sent you, and answer it there.",
                    status=403,
                )
            try:
                request.POST  # noqa: B018 - read here, where too much of it can be answered in words
            except (RequestDataTooBig, TooManyFieldsSent):
                return self.message(
                    "Your answers are too long",
                    "Nothing was saved. Go back, shorten what you wrote and send the form again.",
                    status=413,
                )
        if self.reads_for_itself and request.method in ("GET", "HEAD"):
            return super().dispatch(request, *args, **kwargs)
        with wall.within(self.request.landlord.pk):
            return super().dispatch(request, *args, **kwargs)

    def visitor(self) -> Actor:
        """Who answers: nobody that we know."""
        return Actor(landlord_id=self.request.landlord.pk)

    def footer_links(self) -> Any:
        """The landlord's links at the foot of the page, worked out only where a page is drawn."""
        return page_context(self.request)["footer_links"]

    def around(self) -> dict[str, Any]:
        """What every page has at its top and foot."""
        return pages.around(self.request.landlord, self.footer_links)

    def draw(self, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        """A page that is drawn for this visitor alone."""
        return answer(render_to_string(template, {**self.around(), **context}), status=status)

    def message(
        self, title: str, *paragraphs: str, status: int = 200, link: dict[str, str] | None = None
    ) -> HttpResponse:
        """A page that says why it does not go on here, and what to do."""
        told = {"title": title, "paragraphs": paragraphs, "link": link}
        return self.draw("surveys/answering/message.jinja", told, status=status)


def shown_at(landlord_id: int, slug: str) -> Shown | None:
    """The questionnaire at a public address, as it was a moment ago. Opens the wall itself."""

    def read() -> Shown | None:
        with wall.within(landlord_id):
            return _shown_as(queries.form_at(slug))

    return _shown.get((landlord_id, slug), read)


def shown_for(landlord_id: int, survey_id: int) -> Shown | None:
    """The questionnaire of a survey, as it was a moment ago; from inside the wall."""
    return _shown.get((landlord_id, survey_id), lambda: _shown_as(queries.form_of_number(survey_id)))


def _shown_as(found: Version | None) -> Shown | None:
    return Shown(found, queries.instrument(found)) if found else None


def answer(page: str, *, status: int = 200) -> HttpResponse:
    """A page that no cache keeps for somebody else, and that a browser asks for again: each has its own token."""
    return HttpResponse(page, status=status, headers={"Cache-Control": "private, no-cache"})


def from_here(request: HttpRequest) -> bool:
    """Whether a form was sent from our own page, as far as the browser says.

    Browsers of the last years say where a form comes from (Sec-Fetch-Site); older ones say at least the origin; one
    that says neither is believed, because its token alone decides.
    """
    site = request.META.get("HTTP_SEC_FETCH_SITE")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = request.META.get("HTTP_ORIGIN")
    if origin is None or origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    return origin != "null" and urlsplit(origin).netloc == request.get_host()


def address(request: HttpRequest) -> str:
    """The address that a request comes from, past as many proxies as are said to stand in front (HEARTH_PROXIES)."""
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if proxies and len(forwarded) >= proxies:
        return forwarded[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))
