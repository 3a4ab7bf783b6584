"""Generic parents of pages: a page to read, a list, and a deed (a form whose answers become one call).

Every view names its `permission` (a room's permission name, or PUBLIC); one that names none is refused to everybody.
Whether the person has that permission is asked by the house's middleware, before the view is called.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views import View

from hearth.kernel.permits import PUBLIC, Actor
from hearth.kernel.refusals import Refused
from hearth.ui import look, unsaved
from hearth.ui.forms import FilterForm, Form

UNPROCESSABLE = 422  # the page comes back because an answer needs mending


class Asked(HttpRequest):
    """A request as the house's middleware hands it on: with who is asking, and at which landlord's address."""

    actor: Actor
    landlord: Any
    user: Any


__all__ = ["PUBLIC", "DeedView", "ListPage", "PageView", "Theme"]


class PageView(View):
    """A page to read: a template, a title and a context.

    Subclasses set `permission`, `template_name` and `title` (or `get_title`), and give `context()`.
    """

    request: Asked
    permission: ClassVar[str | None] = None
    template_name: str = "ui/page.jinja"
    title: str = ""
    caption: str = ""
    wide: bool = False  # for pages with two panels side by side

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse a view that forgot to say who may see it; then find the thing that the page is about."""
        if not self.permission:
            raise PermissionDenied(f"{type(self).__name__} names no permission.")
        self.load(**kwargs)
        return super().dispatch(request, *args, **kwargs)

    def load(self, **kwargs: Any) -> None:
        """Fetch what the address names, scoped by who is asking; raise Http404 where there is none. For subclasses."""

    def context(self) -> dict[str, Any]:
        """What the page shows. For subclasses."""
        return {}

    def get_title(self) -> str:
        """The title and h1 of the page."""
        return self.title

    def breadcrumbs(self) -> list[dict[str, str]]:
        """The way back, as {"text", "href"}; the page itself is not in it. For subclasses."""
        return []

    def back(self) -> str:
        """The address of the page before, where there are no breadcrumbs. For subclasses."""
        return ""

    def page(self, status: int = 200, **more: Any) -> HttpResponse:
        """The drawn page."""
        found: dict[str, Any] = {
            "title": self.get_title(),
            "caption": self.caption,
            "wide": self.wide,
            "breadcrumbs": self.breadcrumbs(),
            "back": self.back(),
            "view": self,
        }
        return render(self.request, self.template_name, {**found, **self.context(), **more}, status=status)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page."""
        return self.page()


class DeedView(PageView):
    """A page with one form whose answers become one call of a service.

    Subclasses set `form_class` and `permission`, and write `do(self, **answers)`. A rule's refusal comes back as an
    error beside the answer that it names, in its own words; nothing that `do` began before it stays.
    """

    template_name = "ui/form.jinja"
    form_class: ClassVar[type[Form]]
    button: str = "Save"
    success_message: str = ""
    success_url: str = ""
    lead: str = ""
    warning: bool = False  # a red button, for what cannot be undone
    came_back: bool = False  # what was typed before the session ended is drawn again

    # The one call, with the form's answers as keywords. What it returns is kept as `self.done`, for the message and the
    # next address. Subclasses write it; it is declared, not defined, because each takes the answers of its own form.
    do: Callable[..., Any]

    def get_initial(self) -> dict[str, Any]:
        """What stands in the form at first. For subclasses."""
        return {}

    def get_form_kwargs(self) -> dict[str, Any]:
        """More arguments for the form, such as the options to choose from. For subclasses."""
        return {}

    def get_form(self) -> Any:
        """The form: fresh, or with what was given."""
        return self.form_class(**{"initial": self.get_initial(), **self.get_form_kwargs(), **self.given()})

    def given(self) -> dict[str, Any]:
        """What the form is bound to: what was posted, or what was typed before the session ended; else nothing."""
        if self.request.method == "POST":
            return {"data": self.request.POST, "files": self.request.FILES}
        typed = unsaved.take(self.request)
        if typed is None:
            return {}
        self.came_back = True
        messages.warning(self.request, unsaved.NOTICE)
        return {"data": typed}

    def get_success_url(self) -> str:
        """Where to go afterwards; the same page, unless said otherwise."""
        return self.success_url or self.request.path

    def get_success_message(self) -> str:
        """What the next page says was done."""
        return self.success_message

    def cancel(self) -> str:
        """Where "Cancel" leads; no link where it is empty. For subclasses."""
        return ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        return self.form_page(self.get_form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do the deed and go on, or show the form again with what was typed and what to do about it."""
        form = self.get_form()
        if form.quiet:  # a row was added or removed
            return self.form_page(form)
        if not form.is_valid():
            return self.form_page(form, status=UNPROCESSABLE)
        try:
            with transaction.atomic():
                self.done = self.do(**form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
            return self.form_page(form, status=UNPROCESSABLE)
        if message := self.get_success_message():
            messages.success(request, message)
        return HttpResponseRedirect(self.get_success_url())

    def form_page(self, form: Any, status: int = 200) -> HttpResponse:
        """The page with its form."""
        form.as_typed = self.came_back
        words = {"button": self.button, "lead": self.lead, "warning": self.warning, "cancel": self.cancel()}
        return self.page(status=status, form=form, **words)


class ListPage(PageView):
    """A list in pages; the number of queries does not grow with the list.

    Subclasses give `items()` (a queryset with everything selected that a row shows, or a list), and may set
    `filter_form_class`, whose cleaned answers `items` finds in `self.chosen`.
    """

    template_name = "ui/list.jinja"
    page_size: int = 25
    filter_form_class: ClassVar[type[Any] | None] = None

    def items(self) -> Any:
        """All that the list may show, in order. For subclasses."""
        raise NotImplementedError(f"{type(self).__name__} must say what it lists.")

    def get_filter(self) -> FilterForm | None:
        """The filter's form, bound to the query string where it has answers."""
        if self.filter_form_class is None:
            return None
        return self.filter_form_class(self.request.GET or None)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show one page of the list; a page number that is none shows the nearest."""
        self.filter = self.get_filter()
        right = self.filter is not None and self.filter.is_bound and self.filter.is_valid()
        self.chosen: dict[str, Any] = self.filter.cleaned_data if self.filter and right else {}
        self.found: Page[Any] = Paginator(self.items(), self.page_size).get_page(request.GET.get("page"))
        return self.page(page=self.found, rows=list(self.found), filter_form=self.filter)


class Theme(View):
    """The landlord's colours as a style sheet, because a strict content security policy allows no inline style."""

    permission: ClassVar[str] = PUBLIC

    def get(self, request: HttpRequest) -> HttpResponse:
        """Custom properties; the address changes with the colour, so it may be kept for a day."""
        css = look.theme_css(getattr(request, "landlord", None))
        response = HttpResponse(css, content_type="text/css; charset=utf-8")
        patch_cache_control(response, private=True, max_age=86400)
        return response
