"""What anybody may read: published reviews, in formats that people can use, and who answers for them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from hearth.audit import queries as audit
from hearth.documents import queries as documents
from hearth.documents import services as document_services
from hearth.kernel.days import spoken
from hearth.kernel.refusals import Refused
from hearth.landlords import queries as landlords
from hearth.public import forms, pages, queries, services
from hearth.reviews import queries as reviews
from hearth.ui.views import PUBLIC, DeedView, ListPage, PageView

Crumbs = list[dict[str, str]]
AGAIN_SECONDS = 5  # after which the waiting page asks again by itself


class Home(PageView):
    """The landlord's first page."""

    permission: ClassVar[str | None] = PUBLIC
    template_name = "public/home.jinja"

    def get_title(self) -> str:
        return f"How {self.request.landlord.name} decides fairly"

    def context(self) -> dict[str, Any]:
        return {"latest": list(reviews.published_register()[:5]), "count": reviews.publications().count()}


class Reviews(ListPage):
    """The register of published reviews."""

    permission: ClassVar[str | None] = PUBLIC
    template_name = "public/reviews.jinja"
    title = "Published equality reviews"
    filter_form_class = forms.Find

    def items(self) -> Any:
        return reviews.published_register(
            words=self.chosen.get("words") or "",
            status=self.chosen.get("status") or "",
            year=self.chosen.get("year"),
        )

    def breadcrumbs(self) -> Crumbs:
        return [{"text": "Home", "href": reverse("public:home")}]


class OfReview(PageView):
    """A page about one published review."""

    permission: ClassVar[str | None] = PUBLIC

    def load(self, **kwargs: Any) -> None:
        found = reviews.publication(kwargs["slug"])
        if found is None:
            raise Http404("No published review is at this address.")
        self.publication = found

    def breadcrumbs(self) -> Crumbs:
        crumbs = [{"text": "Home", "href": reverse("public:home")}]
        crumbs.append({"text": "Published reviews", "href": reverse("public:reviews")})
        return crumbs

    def review_address(self) -> str:
        """The page of the review itself."""
        return reverse("public:review", kwargs={"slug": self.publication.slug})

    def below(self) -> Crumbs:
        """The way back of a page below the review's own."""
        return [*OfReview.breadcrumbs(self), {"text": self.publication.title, "href": self.review_address()}]


class Review(OfReview):
    """A published review: HTML first, pictures with their figures, and every other format."""

    template_name = "public/review.jinja"

    def get_title(self) -> str:
        return self.publication.title

    def context(self) -> dict[str, Any]:
        paper = reviews.published_paper(self.publication)
        matrix, profile = queries.charts_of(self.publication)
        return {
            "publication": self.publication,
            "status": self.publication.review.get_status_display(),
            "paper": paper,
            "matrix": matrix,
            "profile": profile,
            "downloads": pages.downloads(),
        }


class Download(OfReview):
    """One format of a published review: given at once where it is made or quickly made, else made in a moment."""

    template_name = "public/download.jinja"

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        known = {fmt.value: (name, why) for fmt, name, why in documents.formats()}
        if kwargs["format"] not in known:
            raise Http404("There is no such format.")
        self.format = kwargs["format"]
        self.name, self.why = known[self.format]
        self.paper = reviews.published_paper(self.publication)

    def get_title(self) -> str:
        return f"{self.name} of this review"

    def breadcrumbs(self) -> Crumbs:
        return self.below()

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """The file itself; or the page that says how it stands, which asks again while the file is being made."""
        file = documents.printed(self.paper.digest(), self.format)
        if file is None and self.format in queries.SMALL:
            try:
                file = document_services.print_paper(
                    paper=self.paper, format=self.format, name=self.publication.slug, by=request.actor
                )
            except Refused as refused:
                self.why = str(refused)
        if file is not None and ("get" in request.GET or self.format in queries.SMALL):
            return pages.as_file(file, documents.body_of(file))
        making = "making" in request.GET and not self.why and file is None
        response = self.page(file=file, why=self.why, making=making, publication=self.publication)
        if making:
            response.headers["Refresh"] = str(AGAIN_SECONDS)
        return response

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Begin to make it; asking twice makes it once."""
        if not self.why:
            services.make(publication=self.publication, format=self.format)
        return HttpResponseRedirect(f"{request.path}?making=1")


class AskFormat(OfReview, DeedView):
    """Ask for the review in another format, without an account (COM-04)."""

    form_class = forms.AskFormat
    template_name = "public/ask.jinja"
    title = "Ask for another format"
    button = "Send"

    def breadcrumbs(self) -> Crumbs:
        return self.below()

    def cancel(self) -> str:
        return self.review_address()

    def context(self) -> dict[str, Any]:
        return {"publication": self.publication}

    def do(self, *, format: str, language: str | None, wish: str | None, name: str, contact: str) -> Any:
        return document_services.ask_for_format(
            subject=self.publication, version=self.publication.digest, format=format, name=name, contact=contact,
            language=language or wish or "", on=timezone.localdate(), by=self.request.actor,
        )  # fmt: skip

    def get_success_message(self) -> str:
        return (
            f"Thank you. Your request has the reference {documents.reference(self.done)}. "
            f"We will send it to you by {spoken(self.done.due_on)}."
        )

    def get_success_url(self) -> str:
        return self.review_address()


class Who(PageView):
    """Who we are: the published posts with their duties (GOV-13)."""

    permission: ClassVar[str | None] = PUBLIC
    template_name = "public/who.jinja"
    title = "Who we are"

    def context(self) -> dict[str, Any]:
        posts = landlords.posts().filter(published=True).order_by("-senior", "title")
        return {"posts": list(posts), "updated": audit.last_change("landlords.post")}


class Words(PageView):
    """A page of words: privacy, accessibility, contact."""

    permission: ClassVar[str | None] = PUBLIC


class Accessibility(Words):
    template_name = "public/accessibility.jinja"
    title = "Accessibility statement"

    def context(self) -> dict[str, Any]:
        return {"prepared_on": pages.STATEMENT_ON, "missing": [why for _, _, why in documents.formats() if why]}


class Privacy(Words):
    template_name = "public/privacy.jinja"
    title = "Privacy"


class Contact(Words):
    template_name = "public/contact.jinja"
    title = "Contact us"
