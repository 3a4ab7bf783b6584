"""Surveys that follow events: what follows what, noting an event, and the door by which other systems tell of them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from hearth.kernel.permits import PUBLIC
from hearth.kernel.refusals import Refused
from hearth.surveys import permissions, queries, services
from hearth.surveys.forms import events as event_forms
from hearth.surveys.models import EventSource
from hearth.surveys.pages import events as pages
from hearth.surveys.rules.events import Whom
from hearth.surveys.rules.kinds import Sort
from hearth.ui.views import DeedView, PageView

MOST_EVENTS = 1000  # of one message
MOST_BYTES = 1_000_000


class Events(PageView):
    """What follows what, and what became of it."""

    permission: ClassVar[str | None] = permissions.SEE
    template_name = "surveys/events/events.jinja"
    title = "Surveys that follow events"

    def breadcrumbs(self) -> list[dict[str, str]]:
        return [{"text": "Surveys", "href": reverse("surveys:surveys")}]

    def context(self) -> dict[str, Any]:
        actor = self.request.actor
        may = actor.may(permissions.BUILD)
        return {
            "triggers": pages.trigger_table(actor),
            "counts": pages.count_table(actor),
            "spared": pages.spared_table(actor),
            "may_build": may,
            "sources": queries.event_sources(by=actor) if may else [],
        }


class _Deed(DeedView):
    permission: ClassVar[str | None] = permissions.BUILD

    def breadcrumbs(self) -> list[dict[str, str]]:
        surveys = {"text": "Surveys", "href": reverse("surveys:surveys")}
        return [surveys, {"text": Events.title, "href": reverse("surveys:events")}]

    def cancel(self) -> str:
        return reverse("surveys:events")

    def get_success_url(self) -> str:
        return reverse("surveys:events")


class SetTrigger(_Deed):
    """Say which survey follows a kind of event."""

    form_class = event_forms.Trigger
    title = "Follow a kind of event with a survey"
    lead = (
        "Where answers are confidential, somebody is called back only if they said yes to the question “call_back” of "
        "the survey."
    )
    success_message = "From now on these events are followed."

    def get_initial(self) -> dict[str, Any]:
        return {"after_days": 1, "whom": Whom.REPORTER}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"surveys": [(one.pk, one.title) for one in queries.rolling_surveys(by=self.request.actor)]}

    def do(self, *, sort: str, survey: int, after_days: int, whom: str, low_question: str) -> Any:
        found = queries.rolling_surveys(by=self.request.actor).get(pk=survey)
        return services.set_trigger(
            sort=Sort(sort), survey=found, after_days=after_days, whom=Whom(whom), low_question=low_question.strip(),
            by=self.request.actor,
        )  # fmt: skip


class NoteEvent(_Deed):
    """Note one event by hand."""

    form_class = event_forms.Event
    title = "Note an event"
    lead = "For an event that no system tells of. Name the person or the home, or the building or estate."

    def do(self, *, sort: str, key: str, happened_on: date, **said: str) -> Any:
        references: dict[str, Any] = {name: words.strip() for name, words in said.items()}
        told = services.Told(sort=sort, key=key, happened_on=happened_on, **references)
        return services.note_event(told=told, source="By hand", today=timezone.localdate(), by=self.request.actor)

    def get_success_message(self) -> str:
        return "The event is noted." if self.done[1] else "This event was noted before; nothing has changed."


class BringIn(_Deed):
    """Note the events of a file; the page then says what became of each row."""

    form_class = event_forms.Upload
    template_name = "surveys/events/upload.jinja"
    title = "Bring in a file of events"
    button = "Bring it in"

    def do(self, *, sort: str | None, file: Any) -> Any:
        return services.bring_in_events(
            name=file.name, body=file.read(), usual=sort or "", today=timezone.localdate(), by=self.request.actor
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answered = super().post(request, *args, **kwargs)
        brought = getattr(self, "done", None)
        if brought is None:
            return answered
        return self.page(form=self.get_form(), brought=pages.brought_tables(brought), button=self.button)


class AddSource(_Deed):
    """Let a system tell of events."""

    form_class = event_forms.Source
    title = "Let a system tell of events"
    button = "Make a key"

    def do(self, *, name: str, sorts: list[str]) -> Any:
        return services.add_source(name=name, sorts=sorts, by=self.request.actor)

    def get_success_message(self) -> str:
        made, key = self.done
        return f"The key of {made.name} is {key} . Write it down now: it is shown this once."


class EndSource(_Deed):
    """Stop listening to a system."""

    form_class = event_forms.Form
    title = "Stop listening to this system"
    button = "Stop listening"
    warning = True
    success_message = "Its key is void."

    def load(self, **kwargs: Any) -> None:
        found = queries.event_sources(by=self.request.actor).filter(pk=kwargs["pk"]).first()
        if found is None:
            raise Http404
        self.source: EventSource = found
        self.caption = found.name

    def do(self) -> None:
        services.end_source(source=self.source, by=self.request.actor)


@method_decorator(csrf_exempt, name="dispatch")
class EventsIn(View):
    """Where systems tell of events: JSON with a key of their own, no cookie, so that no page of others can use it."""

    permission: ClassVar[str] = PUBLIC

    def post(self, request: HttpRequest) -> JsonResponse:
        """`{"events": [{"sort": "repair", "key": "J1", "happened_on": "2026-11-20", "person": "P1"}, …]}`."""
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not key.strip():
            return JsonResponse({"error": "Send the system's key as “Authorization: Bearer …”."}, status=401)
        try:
            told = _told(request)
            name, heard = services.hear(
                key=key.strip(),
                told=told,
                at=timezone.now(),
                by=request.actor,  # type: ignore[attr-defined]
            )
        except Refused as refused:
            return JsonResponse({"error": str(refused)}, status=401 if refused.field is None else 422)
        wrong = sum("refused" in one for one in heard)
        return JsonResponse({"source": name, "events": heard, "refused": wrong}, status=422 if wrong else 200)


def _told(request: HttpRequest) -> list[services.Told]:
    """What a message tells. Raises Refused, with the place, for one that cannot be read."""
    if len(request.body) > MOST_BYTES:
        raise Refused("The message is larger than 1 MB. Send it in parts.", field="events")
    try:
        said = json.loads(request.body)
    except ValueError:
        raise Refused("The message is no JSON.", field="events") from None
    rows = said.get("events") if isinstance(said, dict) else None
    if not isinstance(rows, list) or not rows:
        raise Refused("Send a list of events under “events”.", field="events")
    if len(rows) > MOST_EVENTS:
        raise Refused(f"Send {MOST_EVENTS} events at most at a time.", field="events")
    return [_one(row, place) for place, row in enumerate(rows, 1)]


WORDS = ("person", "home", "uprn", "building", "estate", "service")


def _one(row: Any, place: int) -> services.Told:
    if not isinstance(row, dict):
        raise Refused(f"Event {place} is no object.", field="events")
    try:
        on = date.fromisoformat(str(row.get("happened_on", "")))
    except ValueError:
        raise Refused(f"Event {place}: write the day as 2026-11-22.", field="happened_on") from None
    detail = row.get("detail") or {}
    if not isinstance(detail, dict) or len(json.dumps(detail)) > 2000:
        raise Refused(f"Event {place}: detail is a small object of words.", field="detail")
    words = {name: str(row.get(name) or "")[:160] for name in WORDS}
    return services.Told(
        sort=str(row.get("sort", "")),
        key=str(row.get("key", "")),
        happened_on=on,
        detail={str(name)[:60]: str(value)[:300] for name, value in detail.items()},
        **words,
    )
