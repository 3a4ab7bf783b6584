"""Paper forms: found by serial, keyed, settled; printed for all, for one household, for anybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from hearth.documents import queries as documents
from hearth.kernel.refusals import Refused
from hearth.surveys import permissions, queries, services
from hearth.surveys.forms import paper as forms
from hearth.surveys.models import PaperEntry
from hearth.surveys.pages import building
from hearth.surveys.pages import paper as pages
from hearth.surveys.rules.kinds import Draw, Secrecy, Standing
from hearth.surveys.views.fieldwork import InField
from hearth.ui.exports import download
from hearth.ui.views import UNPROCESSABLE, DeedView

PDF = "application/pdf"


class _OfPaper(InField):
    """A page about paper forms of a survey."""

    def tell(self, entry: PaperEntry) -> None:
        """Say on the next page what became of a form."""
        counted = entry.response is None or entry.response.standing == Standing.COMPLETE
        well = entry.state != PaperEntry.State.DIFFERS and counted
        (messages.success if well else messages.warning)(self.request, services.what_became(entry))

    def breadcrumbs(self) -> list[dict[str, str]]:
        return [*super().breadcrumbs(), {"text": "Paper forms", "href": building.address("paper", self.survey)}]


class Paper(InField, DeedView):
    """Find a form that came back; what waits for a second person or for settling."""

    template_name = "surveys/paper/paper.jinja"
    form_class = forms.FindPaper
    title = "Key in paper forms"
    button = "Key this form"

    def cancel(self) -> str:
        """No page to go back to from here."""
        return ""

    def context(self) -> dict[str, Any]:
        by = self.request.actor
        state = PaperEntry.State
        lists = {one: queries.paper_entries(self.survey, by=by, state=one) for one in (state.DIFFERS, state.ONCE)}
        return {
            "tables": [pages.entries_table(found, self.survey, state=one) for one, found in lists.items()],
            "twice": queries.keyed_twice(self.survey, on=self.today),
        }

    def do(self, *, serial: str) -> str:
        found = services.find_paper(survey=self.survey, typed=serial, by=self.request.actor)
        services.check_keying(survey=self.survey, serial=found, by=self.request.actor)
        return found

    def get_success_url(self) -> str:
        return building.address("key_paper", self.survey, serial=self.done)


class NewSerial(InField):
    """A form without a serial gets one, to be written on it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """By a button only."""
        return HttpResponseRedirect(building.address("paper", self.survey))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """On to keying, with the serial to write down."""
        serial = services.new_serial(survey=self.survey, by=self.request.actor)
        messages.warning(request, f"Write this on the form now: {serial}")
        return HttpResponseRedirect(building.address("key_paper", self.survey, serial=serial))


class Key(_OfPaper):
    """Type in one form. Enter goes on to the next box, without a script too; nobody sees what another keyed."""

    template_name = "surveys/paper/key.jinja"

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        try:
            self.serial = services.find_paper(survey=self.survey, typed=kwargs["serial"], by=self.request.actor)
        except Refused:
            raise Http404 from None
        self.instrument = queries.instrument(queries.form_of(self.survey))
        self.stock = services.stock_of(self.survey, self.serial)

    def get_title(self) -> str:
        return f"Form {self.serial}"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The empty boxes; or back where this person may not key this form."""
        try:
            services.check_keying(survey=self.survey, serial=self.serial, by=self.request.actor)
        except Refused as refused:
            messages.warning(request, refused.message)
            return HttpResponseRedirect(building.address("paper", self.survey))
        return self.boxes(self.said(), {}, {})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Go on typing, or take the form."""
        typed = {name: list(values) for name, values in request.POST.lists()}
        said = self.said(request.POST)
        if request.POST.get("go") == "on":
            return self.boxes(said, typed, {}, on=pages.first_empty(self.instrument, typed, stock=self.stock))
        if not said.is_valid():
            return self.boxes(said, typed, {}, status=UNPROCESSABLE)
        try:
            entry = services.key_paper(
                survey=self.survey, serial=self.serial, typed=typed, at=self.now, by=self.request.actor,
                **said.cleaned_data,
            )  # fmt: skip
        except services.AnswersRefused as refused:
            return self.boxes(said, typed, refused.errors, status=UNPROCESSABLE)
        except Refused as refused:
            said.refuse(refused)
            return self.boxes(said, typed, {}, status=UNPROCESSABLE)
        self.tell(entry)
        if entry.state == PaperEntry.State.DIFFERS:
            return HttpResponseRedirect(building.address("settle_paper", self.survey, entry=entry.pk))
        return HttpResponseRedirect(building.address("paper", self.survey))

    def said(self, data: Any = None) -> forms.Keying:
        """Day and language of the form."""
        more = {"data": data} if data is not None else {}
        first = {"received_on": self.today, "language": self.instrument.languages[0]}
        return forms.Keying(initial=first, languages=pages.language_options(self.instrument), **more)

    def boxes(
        self, said: forms.Keying, typed: pages.Typed, errors: Mapping[str, str], *, on: str = "", status: int = 200
    ) -> HttpResponse:
        """The page with what was typed."""
        on = on or (pages.first_empty(self.instrument, {}, stock=self.stock) if not typed else "")
        return self.page(
            status=status,
            said=said,
            sections=pages.keying(self.instrument, typed, errors, stock=self.stock, on=on),
            problems=[*said.problems(), *pages.problems(self.instrument, errors, stock=self.stock)],
        )


class Settle(_OfPaper):
    """What two people keyed differently, question by question, with the paper in hand."""

    template_name = "surveys/paper/settle.jinja"

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        found = queries.paper_entry(self.survey, kwargs["entry"], by=self.request.actor)
        if found is None or found.state != PaperEntry.State.DIFFERS:
            raise Http404
        self.entry = found
        self.instrument = queries.instrument(queries.form_of(self.survey))
        self.stock = services.stock_of(self.survey, found.serial)

    def get_title(self) -> str:
        return f"Settle form {self.entry.serial}"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The differences."""
        return self.choices({}, {})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Settle them and count the form."""
        typed = {name: list(values) for name, values in request.POST.lists()}
        chosen = {name.removeprefix("right-"): found[0] for name, found in typed.items() if name.startswith("right-")}
        try:
            entry = services.settle_paper(
                entry=self.entry, chosen=chosen, typed=typed, at=self.now, by=self.request.actor
            )
        except services.AnswersRefused as refused:
            return self.choices(typed, refused.errors, status=UNPROCESSABLE)
        except Refused as refused:
            if not refused.field:
                messages.warning(request, refused.message)
            return self.choices(typed, {refused.field: refused.message} if refused.field else {}, status=UNPROCESSABLE)
        self.tell(entry)
        return HttpResponseRedirect(building.address("paper", self.survey))

    def choices(self, typed: pages.Typed, errors: Mapping[str, str], *, status: int = 200) -> HttpResponse:
        """The page with what was chosen."""
        return self.page(
            status=status,
            differences=pages.differences(self.instrument, self.entry, typed, errors, stock=self.stock),
            problems=[{"text": words, "href": f"#right-{code}"} for code, words in errors.items()],
        )


class _Printing(InField):
    permission: ClassVar[str | None] = permissions.BUILD

    def breadcrumbs(self) -> list[dict[str, str]]:
        return [*super().breadcrumbs(), {"text": "Print paper forms", "href": building.address("print", self.survey)}]

    def get_form_kwargs(self) -> dict[str, Any]:
        instrument = queries.instrument(queries.current_version(self.survey))
        return {"languages": pages.language_options(instrument)}

    def get_initial(self) -> dict[str, Any]:
        return {"size": "standard", "language": "en"}


class Print(_Printing):
    """Files of forms for the printer, and the ways to single forms."""

    template_name = "surveys/paper/print.jinja"
    title = "Print paper forms"

    def breadcrumbs(self) -> list[dict[str, str]]:
        return super().breadcrumbs()[:-1]

    def context(self) -> dict[str, Any]:
        by = self.request.actor
        by_name = self.survey.draw != Draw.OPEN and self.survey.secrecy != Secrecy.ANONYMOUS
        return {
            "by_name": by_name,
            "blank": not by_name,
            "batches": pages.batches_table(queries.paper_batches(self.survey, by=by), self.survey),
            "waiting": pages.still_open(self.survey, by),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Have the forms of everybody made who is reached by letter."""
        try:
            services.start_print(survey=self.survey, at=self.now, by=self.request.actor)
            messages.success(request, "The forms are being made. Look again in a minute.")
        except Refused as refused:
            messages.warning(request, refused.message)
        return HttpResponseRedirect(building.address("print", self.survey))


class PrintedFile(InField):
    """One file of forms."""

    permission: ClassVar[str | None] = permissions.BUILD

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The file, where it is there."""
        batch = queries.paper_batches(self.survey, by=self.request.actor).filter(pk=kwargs["batch"]).first()
        if batch is None or batch.file is None or batch.file.emptied_on:
            raise Http404
        return download(batch.file.name, documents.body_of(batch.file), PDF)


class _OneFile(_Printing, DeedView):
    """A form whose answer is a PDF."""

    button = "Print"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answered = super().post(request, *args, **kwargs)
        body = getattr(self, "done", None)
        return answered if body is None else download(f"{self.survey.slug}-form.pdf", body, PDF)


class PrintHousehold(_OneFile):
    """The form of one household."""

    form_class = forms.HouseholdForm
    template_name = "surveys/paper/household.jinja"
    title = "Print the form of one household"

    def context(self) -> dict[str, Any]:
        words = self.request.GET.get("q", "").strip()
        may = self.request.actor.may("register.see")
        found = queries.units_found(self.survey, words, by=self.request.actor) if words and may else []
        return {"may_search": may, "words": words, "found": found}

    def do(self, *, number: int, size: str, language: str) -> bytes:
        invitation = queries.invitation_of_unit(self.survey, number)
        if invitation is None:
            raise Refused("No household with this number was asked.", field="number")
        return services.household_form(
            invitation=invitation, size=size, language=language, at=self.now, by=self.request.actor
        )


class PrintBlank(_OneFile):
    """Forms of nobody's, for a survey that anybody may answer."""

    form_class = forms.BlankForms
    title = "Print blank forms"

    def do(self, *, number: int, size: str, language: str) -> bytes:
        return services.blank_forms(
            survey=self.survey, number=number, size=size, language=language, by=self.request.actor
        )
