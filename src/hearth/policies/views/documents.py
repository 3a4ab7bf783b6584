"""The register of documents, one document with its life, and what may be done with it."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from hearth.documents import queries as files
from hearth.kernel.choices import in_words
from hearth.kernel.permits import check
from hearth.kernel.words import listed
from hearth.landlords.queries import posts
from hearth.policies import forms, pages, permissions, queries, services
from hearth.policies.rules import ENDED, MOVES, Status
from hearth.ui.exports import download
from hearth.ui.fields import Choice, Option
from hearth.ui.forms import Form
from hearth.ui.views import DeedView, ListPage, PageView

Crumbs = list[dict[str, str]]


def _post(number: str | None) -> Any:
    return posts().get(pk=int(number)) if number else None


def lines(text: str) -> list[str]:
    """What stands on each line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class Documents(ListPage):
    """Every document under governance (GOV-01)."""

    permission: ClassVar[str | None] = permissions.READ
    template_name = "policies/documents.jinja"
    wide = True
    title = "Documents and policies"
    filter_form_class = forms.NarrowDocuments

    def items(self) -> Any:
        self.on: date = timezone.localdate()
        chosen = {name: value for name, value in self.chosen.items() if value}
        return queries.narrowed(queries.documents(self.request.actor), on=self.on, **chosen)

    def context(self) -> dict[str, Any]:
        return {
            "tabs": pages.tabs("policies:documents"),
            "tiles": pages.tiles(self.request.actor, on=self.on),
            "table": pages.documents_table(self.found, on=self.on),
            "may_add": self.request.actor.may(permissions.WRITE),
        }


class OfDocument(PageView):
    """A page about one document."""

    permission: ClassVar[str | None] = permissions.READ

    def load(self, **kwargs: Any) -> None:
        self.document = get_object_or_404(queries.documents(self.request.actor), pk=kwargs["pk"])

    def of_document(self) -> str:
        """The address of the document's own page."""
        return reverse("policies:document", args=[self.document.pk])

    def breadcrumbs(self) -> Crumbs:
        register = {"text": "Documents and policies", "href": reverse("policies:documents")}
        return [register, {"text": self.document.title, "href": self.of_document()}]


class Document(OfDocument):
    """One document: how it stands, its life, its versions, and what it answers to."""

    template_name = "policies/document.jinja"

    def get_title(self) -> str:
        return self.document.title

    def breadcrumbs(self) -> Crumbs:
        return super().breadcrumbs()[:1]

    def context(self) -> dict[str, Any]:
        on, document = timezone.localdate(), self.document
        return {
            "document": document,
            "tag": pages.status_tag(document),
            "warnings": queries.warnings(document, on=on),
            "facts": pages.document_facts(document, on=on),
            "life": pages.life(document),
            "versions": pages.versions_table(document, queries.versions_of(document)),
            "laws": pages.laws_table(queries.laws_of(document), on=on, caption="Laws and standards it answers to"),
            "aims": pages.aims_table(queries.aims_of(document), document=document),
            "reports": pages.reports_table(queries.reports_of(document), caption="Reports to formal bodies"),
            "cited": pages.cited_by("document", document.title),
            "deeds": self._deeds(),
        }

    def _deeds(self) -> list[tuple[str, str]]:
        by, status = self.request.actor, Status(self.document.status)
        write, decide = by.may(permissions.WRITE), by.may(permissions.DECIDE)
        named = [
            ("Start its review", "review", write and status is Status.PUBLISHED),
            ("Record the next step", "move", bool(MOVES.get(status)) and (write or decide)),
            ("Add a version", "add_version", write and status not in ENDED),
            ("Change what the register says", "change_document", write),
        ]
        return [(text, reverse(f"policies:{name}", args=[self.document.pk])) for text, name, may in named if may]


class Version(OfDocument):
    """One version's text, as it was and stays."""

    template_name = "policies/version.jinja"

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.version = get_object_or_404(queries.versions_of(self.document), pk=kwargs["version"])

    def get_title(self) -> str:
        return f"{self.document.title}, version {self.version.number}"

    def context(self) -> dict[str, Any]:
        newer = queries.versions_of(self.document).filter(pk__gt=self.version.pk).last()
        return {"document": self.document, "version": self.version, "newer": newer}


class VersionFile(Version):
    """The file of a version."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        file = self.version.file
        if file is None:
            raise Http404
        return download(file.name, files.body_of(file), file.media_type)


class InForce(OfDocument):
    """From a citation to the version that was in force on its day (GOV-31)."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            on = date.fromisoformat(kwargs["on"])
        except ValueError:
            raise Http404 from None
        found = queries.version_in_force(self.document, on=on)
        if found is None:
            return HttpResponseRedirect(self.of_document())
        return HttpResponseRedirect(reverse("policies:version", args=[self.document.pk, found.pk]))


def _said(
    *, aliases: str, owner: str | None, officer: str | None, laws: list[str], aims: list[str], **answers: Any
) -> dict[str, Any]:
    return {
        **answers,
        "aliases": lines(aliases),
        "owner": _post(owner),
        "officer": _post(officer),
        "law_ids": [int(number) for number in laws],
        "aim_ids": [int(number) for number in aims],
    }


class AddDocument(DeedView):
    """Take a document under governance."""

    permission: ClassVar[str | None] = permissions.WRITE
    form_class = forms.AddDocument
    title = "Add a document"
    button = "Add"
    success_message = "The document has been added."

    def breadcrumbs(self) -> Crumbs:
        return [{"text": "Documents and policies", "href": self.cancel()}]

    def cancel(self) -> str:
        return reverse("policies:documents")

    def get_initial(self) -> dict[str, Any]:
        return {"version": "1.0", "in_force": False}

    def do(self, *, replaces: str | None, in_force: bool, **answers: Any) -> Any:
        old = queries.document(int(replaces), self.request.actor) if replaces else None
        return services.add_document(**_said(**answers), replaces=old, on=timezone.localdate(), by=self.request.actor)

    def get_success_url(self) -> str:
        return reverse("policies:document", args=[self.done.pk])


class _DocumentDeed(OfDocument, DeedView):
    """Something done with one document; it leads back to the document's page."""

    permission: ClassVar[str | None] = permissions.WRITE

    def get_success_url(self) -> str:
        return self.of_document()

    def cancel(self) -> str:
        return self.of_document()


class ChangeDocument(_DocumentDeed):
    """Change what the register says of a document."""

    form_class = forms.ChangeDocument
    title = "Change what the register says"
    success_message = "The document has been changed."

    def get_initial(self) -> dict[str, Any]:
        one = self.document
        plain = {name: getattr(one, name) for name in ("title", "kind", "starts_on", "ends_on", "review_on")}
        return {
            **plain,
            "aliases": "\n".join(one.aliases),
            "owner": one.owner_id or "",
            "officer": one.officer_id or "",
            "laws": [str(law.pk) for law in one.laws.all()],
            "aims": [str(aim.pk) for aim in one.aims.all()],
        }

    def do(self, **answers: Any) -> Any:
        return services.change_document(document=self.document, **_said(**answers), by=self.request.actor)


class Move(_DocumentDeed):
    """Record the next step of a document's life; one that cannot be next is refused, naming what is missing."""

    permission: ClassVar[str | None] = permissions.READ
    form_class = forms.Move
    title = "Record the next step"
    success_message = "The step has been recorded."

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        by = self.request.actor
        if not by.may(permissions.DECIDE):
            check(by, permissions.WRITE)
        following = MOVES.get(Status(self.document.status), set())
        onward = [in_words(status) for status in Status if status in following - {Status.UNDER_REVIEW}]
        now = in_words(Status(self.document.status))
        self.lead = f"The document is now {now}. Next it can become {listed(onward, 'or')}." if onward else ""

    def get_form(self) -> Form:
        form = super().get_form()
        to = form.fields["to"]
        if isinstance(to, Choice):
            to.source = [
                Option(s.value, s.label) for s in Status if s.value not in (self.document.status, Status.UNDER_REVIEW)
            ]
        return form

    def get_initial(self) -> dict[str, Any]:
        return {"on": timezone.localdate()}

    def do(self, **answers: Any) -> Any:
        return services.move(document=self.document, **answers, by=self.request.actor)


class StartReview(_DocumentDeed):
    """Begin the full review."""

    form_class = forms.StartReview
    title = "Start its review"
    button = "Start"
    success_message = "The review has started."

    def get_initial(self) -> dict[str, Any]:
        return {"on": timezone.localdate(), "reason": self.document.review_reason or None}

    def do(self, **answers: Any) -> Any:
        return services.start_review(document=self.document, **answers, by=self.request.actor)


class AddVersion(_DocumentDeed):
    """Keep a new text."""

    form_class = forms.Version
    title = "Add a version"
    button = "Add"

    def get_initial(self) -> dict[str, Any]:
        return {"on": timezone.localdate()}

    def do(self, *, reason: str | None, **answers: Any) -> Any:
        return services.new_version(document=self.document, reason=reason or "", **answers, by=self.request.actor)

    def get_success_message(self) -> str:
        return f"Version {self.done.number} has been added."
