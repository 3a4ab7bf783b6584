"""What people asked for in other formats: the list, one request, making, sending, declining (COM-04)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from hearth.documents import forms, pages, permissions, queries, services
from hearth.documents.models import FormatRequest
from hearth.ui.tables import Table
from hearth.ui.views import DeedView, ListPage, PageView

Crumbs = list[dict[str, str]]


class Requests(ListPage):
    """What waits to be sent, soonest due first; what is late stands out."""

    permission: ClassVar[str | None] = permissions.FORMATS
    template_name = "documents/requests.jinja"
    title = "Requests for other formats"
    filter_form_class = forms.Find

    def items(self) -> Any:
        by, state = self.request.actor, self.chosen.get("state")
        if state == "late":
            return queries.overdue(by=by, on=timezone.localdate())
        if not state:
            return queries.requests(by=by, open_only=True)
        every = queries.requests(by=by)
        return every if state == "all" else every.filter(state=state)

    def context(self) -> dict[str, Any]:
        today = timezone.localdate()
        late = queries.overdue(by=self.request.actor, on=today).count()
        drawn = tuple(pages.row(one, on=today) for one in self.found)
        headers = ("Document", "Format", "For", "State", "Due")
        return {"late": late, "table": Table("Requests", headers, drawn, stack=True, hidden_caption=True)}


class OfRequest(PageView):
    """A page about one request."""

    permission: ClassVar[str | None] = permissions.FORMATS
    format_request: FormatRequest

    def load(self, **kwargs: Any) -> None:
        self.format_request = get_object_or_404(queries.requests(by=self.request.actor), pk=kwargs["pk"])
        self.caption = self.format_request.subject_title

    def own(self) -> str:
        """The page of the request itself."""
        return reverse("documents:request", kwargs={"pk": self.format_request.pk})

    def breadcrumbs(self) -> Crumbs:
        return [{"text": "Requests for other formats", "href": reverse("documents:requests")}]


class Request(OfRequest):
    """One request, and what can be done about it."""

    template_name = "documents/request.jinja"

    def get_title(self) -> str:
        return f"Request {queries.reference(self.format_request)}"

    def context(self) -> dict[str, Any]:
        made_here = {fmt.value: why for fmt, _, why in queries.formats()}
        why = made_here.get(self.format_request.format, "People make this format by hand.")
        return {
            "found": self.format_request,
            "facts": pages.rows(self.format_request, on=timezone.localdate()),
            "open": self.format_request.state in pages.OPEN,
            "why": why,
        }


class File(OfRequest):
    """The file that was made."""

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """The file, to be saved."""
        file = self.format_request.file
        if file is None:
            raise Http404("No file has been made yet.")
        response = HttpResponse(queries.body_of(file), content_type=file.media_type)
        response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name)}"
        return response


class Deed(OfRequest, DeedView):
    """Something done about one request; it leads back to it."""

    def breadcrumbs(self) -> Crumbs:
        return [*super().breadcrumbs(), {"text": queries.reference(self.format_request), "href": self.own()}]

    def get_success_url(self) -> str:
        return self.own()

    def cancel(self) -> str:
        return self.own()


class Make(Deed):
    """Have the file made again, where the first try could not."""

    form_class = forms.Nothing
    title = "Make the file"
    lead = "It takes a minute. Where the person gave an email address, it is sent there as soon as it is made."
    button = "Make it"
    success_message = "The file is being made. Look again in a minute."

    def do(self) -> None:
        services.make_again(request=self.format_request, by=self.request.actor)


class Sent(Deed):
    """Record that it went out."""

    form_class = forms.Sent
    title = "Record that it was sent"
    success_message = "It is on record as sent."

    def get_initial(self) -> dict[str, Any]:
        return {"on": timezone.localdate()}

    def do(self, *, on: date, proof: str, supplier: str, cost: Decimal | None) -> None:
        services.sent(
            request=self.format_request, on=on, proof=proof, supplier=supplier, cost=cost, by=self.request.actor
        )


class Decline(Deed):
    """Decline, with a reason."""

    form_class = forms.Decline
    title = "Decline this request"
    button = "Decline"
    warning = True
    success_message = "The request is declined, with your reason on record."

    def do(self, *, reason: str) -> None:
        services.decline(request=self.format_request, reason=reason, by=self.request.actor)
