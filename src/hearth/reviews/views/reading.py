"""Taking documents in: uploading, the document beside its draft, loose texts, and old signatures."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import quote

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone

from hearth.documents import queries as documents
from hearth.kernel.refusals import Refused
from hearth.reviews import pages, permissions, queries, services
from hearth.reviews.forms import Nothing
from hearth.reviews.forms import reading as forms
from hearth.reviews.models import Reading
from hearth.reviews.pages import reading as shown
from hearth.reviews.rules import lifecycle
from hearth.reviews.rules.lifecycle import Status
from hearth.reviews.views.common import OfReview
from hearth.ui.views import UNPROCESSABLE, DeedView

Crumbs = list[dict[str, str]]


class Upload(DeedView):
    """Read one or several documents. Each is taken in wholly or not at all; one that fails does not stop the others."""

    permission: ClassVar[str | None] = permissions.WRITE
    template_name = "reviews/read.jinja"
    form_class = forms.Upload
    title = "Read existing reviews"
    button = "Read"

    def breadcrumbs(self) -> Crumbs:
        return pages.breadcrumbs()

    def cancel(self) -> str:
        return reverse("reviews:reviews")

    def context(self) -> dict[str, Any]:
        return {"taken": getattr(self, "taken", [])}

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Read each file; say of each that failed why, by its name."""
        form = self.get_form()
        if not form.is_valid():
            return self.form_page(form, status=UNPROCESSABLE)
        self.taken: list[Any] = []
        for upload in form.cleaned_data["documents"]:
            self._take(upload, form)
        if form.errors:
            return self.form_page(form, status=UNPROCESSABLE)
        if len(self.taken) == 1:
            messages.success(request, "The document has been read. Look through what was read before you go on.")
            return HttpResponseRedirect(pages.review_url(self.taken[0], "reading"))
        messages.success(request, f"{len(self.taken)} documents have been read.")
        return self.form_page(self.form_class())

    def _take(self, upload: Any, form: forms.Upload) -> None:
        most = forms.settings.HEARTH_UPLOAD_MAX
        if upload.size > most:
            form.add_error("documents", f"{upload.name}: The file is larger than {most // forms.MEGABYTE}MB.")
            return
        try:
            review = services.take_in(name=upload.name, body=upload.read(), at=timezone.now(), by=self.request.actor)
        except Refused as refused:
            words = str(refused)
            form.add_error("documents", words if words.startswith(upload.name) else f"{upload.name}: {words}")
        else:
            self.taken.append(review)


class OfReading(OfReview):
    """A page about what was read of a document."""

    held: Reading

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        found = queries.reading_of(self.review)
        if found is None:
            raise Http404("This review was not read from a document.")
        self.held = found

    def recordable(self) -> bool:
        """Whether it may be recorded as signed before Hearth."""
        drafting = Status(self.review.status) is Status.DRAFTING
        return drafting and self.request.actor.may(permissions.WRITE) and bool(self.held.report.get("sign_offs"))


class SideBySide(OfReading, DeedView):
    """The document and the draft made from it; a loose text is put into an answer here."""

    template_name = "reviews/reading.jinja"
    form_class = forms.Place
    title = "What was read"
    wide = True
    success_message = "The text has been put into the answer."

    def get_form_kwargs(self) -> dict[str, Any]:
        index = self.request.POST.get("index", "")
        return {"slots": shown.slots(self.definition), "auto_id": _ids(index)}

    def form_page(self, form: Any, status: int = 200) -> HttpResponse:
        self.sent = form if form.is_bound else None
        return super().form_page(form, status)

    def context(self) -> dict[str, Any]:
        report = self.held.report
        parts = queries.parts_of(self.review)
        found = queries.findings(self.review, on=self.today)
        loose = shown.loose(self.definition, self.held)
        return {
            "review": self.review,
            "held": self.held,
            "editable": self.editable,
            "pieces": shown.pieces(self.held.passages),
            "steps": shown.answers(self.review, self.definition, report, parts, found),
            "elsewhere": shown.elsewhere(self.definition, report),
            "findings": pages.shown(found, self.review, self.definition, self.overrides(), may_write=self.editable),
            "waiting": [(one, self._place_form(one.index)) for one in loose if not one.put],
            "put": [one for one in loose if one.put],
            "recordable": self.recordable(),
        }

    def _place_form(self, index: int) -> Any:
        if self.sent is not None and self.sent.data.get("index") == str(index):
            return self.sent
        return forms.Place(slots=shown.slots(self.definition), initial={"index": index}, auto_id=_ids(str(index)))

    def do(self, *, index: int, key: str) -> Any:
        part = queries.parts_of(self.review).get(key.partition(":")[0])
        return services.place(
            held=self.held, index=index, key=key, seen=part.number if part else 0, at=self.now, by=self.request.actor
        )

    def get_success_url(self) -> str:
        return f"{self.request.path}#loose"


def _ids(index: str) -> str:
    return f"id_{index if index.isdecimal() else 0}_%s"


class File(OfReading):
    """The document as it came."""

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """The file, to be saved, never opened as a page of this site."""
        file = self.held.file
        response = HttpResponse(documents.body_of(file), content_type="application/octet-stream")
        response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name)}"
        return response


class Record(OfReading, DeedView):
    """Record a review as signed before Hearth, with its old signatures and whatever is odd about them."""

    permission: ClassVar[str | None] = permissions.WRITE
    template_name = "reviews/record.jinja"
    form_class = Nothing
    title = "Record as signed before Hearth"
    button = "Record as signed"

    def context(self) -> dict[str, Any]:
        report = self.held.report
        odd = shown.odd(report, begun=self.review.assessed_on)
        return {
            "recordable": self.recordable(),
            "signatures": shown.old_signatures(report),
            "odd": odd,
            "out_of_order": lifecycle.out_of_order(odd),
        }

    def do(self) -> Any:
        return services.as_history(review=self.review, by=self.request.actor)

    def get_success_message(self) -> str:
        if Status(self.done.status) is Status.LEGAL_REVIEWED:
            return "The old signatures are on record. It counts as approved once the approving post confirms it again."
        return "The review is on record as approved before Hearth, and its actions are tracked."

    def get_success_url(self) -> str:
        return pages.review_url(self.review, "life")

    def cancel(self) -> str:
        return pages.review_url(self.review, "reading")


class Confirm(OfReview, DeedView):
    """The approver confirms, today, an old review that was signed out of order (CAR-34)."""

    permission: ClassVar[str | None] = permissions.SIGN
    template_name = "reviews/confirm.jinja"
    form_class = Nothing
    title = "Confirm an approval again"
    button = "Confirm"
    success_message = "The approval is confirmed. The actions of the review are tracked."

    def context(self) -> dict[str, Any]:
        return {
            "review": self.review,
            "waits": queries.needs_confirming(self.review),
            "mine": queries.confirms(self.review, on=self.today, by=self.request.actor),
            "exceptions": [one["words"] for one in self.review.exceptions],
        }

    def do(self) -> None:
        with transaction.atomic():
            services.confirm_again(review=self.review, on=self.today, by=self.request.actor)

    def get_success_url(self) -> str:
        return pages.review_url(self.review, "life")

    def cancel(self) -> str:
        return pages.review_url(self.review)


paths = [
    path("read/", Upload.as_view(), name="read"),
    path("<int:pk>/reading/", SideBySide.as_view(), name="reading"),
    path("<int:pk>/reading/file/", File.as_view(), name="file"),
    path("<int:pk>/reading/record/", Record.as_view(), name="record"),
    path("<int:pk>/confirm/", Confirm.as_view(), name="confirm"),
]
