"""The outbox: what was sent, what failed, letters to print (SYS-05)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from hearth.documents import queries as documents
from hearth.notifications import forms, pages, permissions, queries, services
from hearth.notifications.models import Message as Record
from hearth.ui.exports import download
from hearth.ui.tables import Table
from hearth.ui.views import DeedView, ListPage, PageView

Crumbs = list[dict[str, str]]


class Outbox(ListPage):
    """Every message, newest first."""

    permission: ClassVar[str | None] = permissions.OUTBOX
    template_name = "notifications/outbox.jinja"
    title = "Messages"
    filter_form_class = forms.Find

    def items(self) -> Any:
        found = queries.outbox(by=self.request.actor, state=self.chosen.get("state") or "")
        channel = self.chosen.get("letters")
        return found.filter(channel=channel) if channel else found

    def context(self) -> dict[str, Any]:
        headers = ("Subject", "To", "Channel", "State", "When")
        drawn = tuple(pages.row(message) for message in self.found)
        return {
            "failed": queries.failed(by=self.request.actor).count(),
            "table": Table("Messages", headers, drawn, stack=True, hidden_caption=True),
        }


class OfMessage(PageView):
    """A page about one message."""

    permission: ClassVar[str | None] = permissions.OUTBOX
    message: Record

    def load(self, **kwargs: Any) -> None:
        self.message = get_object_or_404(queries.outbox(by=self.request.actor), pk=kwargs["pk"])

    def own(self) -> str:
        """The page of the message itself."""
        return reverse("notifications:message", kwargs={"pk": self.message.pk})

    def breadcrumbs(self) -> Crumbs:
        return [{"text": "Messages", "href": reverse("notifications:outbox")}]

    def is_letter(self) -> bool:
        """Whether it is printed and posted by hand."""
        return self.message.channel == Record.Channel.LETTER


class Message(OfMessage):
    """One message with its words, its proof or its error."""

    template_name = "notifications/message.jinja"

    def get_title(self) -> str:
        return self.message.subject

    def context(self) -> dict[str, Any]:
        return {
            "message": self.message,
            "facts": pages.rows(self.message),
            "failed": self.message.state == Record.State.FAILED,
            "letter": self.is_letter(),
            "files": pages.files(self.message),
            "waiting": self.message.state == Record.State.WAITING,
        }


class Letter(OfMessage):
    """A letter as it is printed."""

    template_name = "notifications/letter.jinja"

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if not self.is_letter():
            raise Http404("Only letters are printed.")

    def get_title(self) -> str:
        return self.message.subject

    def context(self) -> dict[str, Any]:
        return {"message": self.message, "on": timezone.localdate()}


class File(OfMessage):
    """A file of a message: a letter as it is printed, or what was sent with it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The file, to be saved. Numbers count the files of this message, so that no other file can be asked for."""
        numbers = self.message.attachment_ids
        at = kwargs["number"]
        file = documents.file(numbers[at - 1]) if 1 <= at <= len(numbers) else None
        if file is None:
            raise Http404
        return download(file.name, documents.body_of(file), file.media_type)


class Deed(OfMessage, DeedView):
    """Something done about one message; it leads back to it."""

    def breadcrumbs(self) -> Crumbs:
        return [*super().breadcrumbs(), {"text": self.message.subject, "href": self.own()}]

    def get_success_url(self) -> str:
        return self.own()

    def cancel(self) -> str:
        return self.own()


class Again(Deed):
    """Try a failed message again."""

    form_class = forms.Nothing
    title = "Try to send it again"
    button = "Try again"
    success_message = "The message is waiting to be sent again."

    def do(self) -> None:
        services.try_again(message=self.message, by=self.request.actor)


class Posted(Deed):
    """Record that a letter was posted."""

    form_class = forms.Posted
    title = "Record that this letter was posted"
    success_message = "The letter is on record as posted."

    def do(self, *, proof: str) -> None:
        services.posted(message=self.message, at=timezone.now(), proof=proof, by=self.request.actor)
