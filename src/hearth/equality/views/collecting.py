"""Collecting answers: by an officer, from paper, from a file; looking at one person's, which is recorded."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from hearth.equality import forms, pages, permissions, queries, rules, services
from hearth.equality.models import AnswerFile
from hearth.equality.rules import Source
from hearth.equality.views.base import Crumbs, Seen, address, crumb, csv_file
from hearth.kernel.refusals import Refused
from hearth.register import permissions as register_permissions
from hearth.register import queries as register
from hearth.ui.views import DeedView, ListPage


class Collect(Seen, ListPage):
    """Find the person whose answers are to be written down."""

    permission: ClassVar[str | None] = permissions.COLLECT
    template_name = "equality/collect.jinja"
    title = "Write down answers"
    tab = "collect"
    filter_form_class = forms.FindPerson

    def items(self) -> Any:
        words = self.chosen.get("words") or ""
        if not words or not self.request.actor.may(register_permissions.SEE):
            return []
        return register.people(by=self.request.actor, words=words)

    def context(self) -> dict[str, Any]:
        actor = self.request.actor
        return {
            "searched": bool(self.chosen.get("words")),
            "may_see": actor.may(register_permissions.SEE),
            "may_read": actor.may(permissions.ANSWERS),
        }


class OfPerson(Seen):
    """A page about one person of the register."""

    def load(self, **kwargs: Any) -> None:
        self.person: Any = register.person(kwargs["pk"], by=self.request.actor)
        if self.person is None or self.person.merged_into_id:
            raise Http404

    def breadcrumbs(self) -> Crumbs:
        return [crumb("Write down answers", "collect")]

    def cancel(self) -> str:
        """Back to the search."""
        return address("collect")


class Told(OfPerson, DeedView):
    """Write down what somebody tells, without seeing what was told before."""

    permission: ClassVar[str | None] = permissions.COLLECT
    template_name = "equality/told.jinja"
    form_class = forms.Collected  # type: ignore[assignment]
    success_message = "The answers have been written down."

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.purpose = queries.purpose_on(self.today)
        self.questions = queries.questions_on(self.today)

    def get_title(self) -> str:
        return f"Answers of {self.person.name}"

    def context(self) -> dict[str, Any]:
        tenant = queries.is_tenant(self.person, on=self.today)
        return {"purpose": self.purpose, "tenant": tenant, "asked": bool(self.purpose and self.questions)}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"questions": self.questions, "consent": self.purpose.consent_words if self.purpose else ""}

    def get_initial(self) -> dict[str, Any]:
        return {"source": Source.OFFICER.value, "told_on": self.today}

    def get_form(self) -> Any:
        self.form: Any = super().get_form()
        return self.form

    def do(self, *, source: str, told_on: Any, **answers: Any) -> int:
        told, _ = self.form.told()
        return services.tell(
            person=self.person, told=told, source=Source(source), on=told_on, at=timezone.now(),
            consent=bool(answers.get("consent")), by=self.request.actor,
        )  # fmt: skip

    def get_success_url(self) -> str:
        return address("collect")


class WithdrawFor(OfPerson, DeedView):
    """Write down that somebody took their consent back."""

    permission: ClassVar[str | None] = permissions.COLLECT
    form_class = forms.Confirm
    template_name = "ui/form.jinja"
    button = "Remove all answers"
    warning = True
    lead = "All that this person told will be removed for good. That it was removed stays in the trail."
    success_message = "The answers have been removed."

    def get_title(self) -> str:
        return f"Take back the answers of {self.person.name}"

    def do(self, **answers: Any) -> int:
        return services.withdraw(person=self.person, on=self.today, by=self.request.actor)

    def get_success_url(self) -> str:
        return address("collect")


class Answers(OfPerson, DeedView):
    """One person's answers, shown once the officer has said what for; that they looked goes to the trail (PROF-27)."""

    permission: ClassVar[str | None] = permissions.ANSWERS
    template_name = "equality/answers.jinja"
    form_class = forms.WhyAnswers
    button = "Show the answers"
    lead = "These are special-category data. What you need them for, your name and the time are kept."

    def get_title(self) -> str:
        return f"What {self.person.name} has told"

    def context(self) -> dict[str, Any]:
        return {"table": None, "person": self.person}

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the answers."""
        form = self.get_form()
        if not form.is_valid():
            return self.form_page(form, status=422)
        try:
            said = services.look_at_answers(person=self.person, why=form.cleaned_data["why"], by=self.request.actor)
        except Refused as refused:
            form.refuse(refused)
            return self.form_page(form, status=422)
        return self.page(table=pages.said_table(said), form=None, lead="")


class Purposes(Seen):
    """For what people are and were asked, and with which questions (PROF-27)."""

    template_name = "equality/purposes.jinja"
    title = "What people are asked, and why"
    tab = "collect"

    def breadcrumbs(self) -> Crumbs:
        return [crumb("Evidence", "evidence")]

    def context(self) -> dict[str, Any]:
        return {
            "now": queries.purpose_on(self.today),
            "purposes": list(queries.purposes(by=self.request.actor)),
            "questions": [(rules.title_of(code), kept) for code, kept in queries.sets_in_use(self.today).items()],
        }


class AddPurpose(Seen, DeedView):
    """Say for what people are asked."""

    permission: ClassVar[str | None] = permissions.KEEP
    form_class = forms.Purpose
    title = "Add a purpose"
    success_message = "The purpose has been added."

    def breadcrumbs(self) -> Crumbs:
        return [crumb("What people are asked, and why", "purposes")]

    def do(self, **answers: Any) -> Any:
        return services.add_purpose(**answers, by=self.request.actor)

    def get_success_url(self) -> str:
        return address("purposes")

    def cancel(self) -> str:
        return address("purposes")


class Files(Seen, ListPage):
    """Files of answers that were read in."""

    permission: ClassVar[str | None] = permissions.KEEP
    template_name = "equality/files.jinja"
    title = "Files of answers"
    tab = "collect"

    def breadcrumbs(self) -> Crumbs:
        return [crumb("Write down answers", "collect")]

    def items(self) -> Any:
        return queries.answer_files(by=self.request.actor)


class AddFile(Seen, DeedView):
    """Upload a sheet of answers, to be checked first."""

    permission: ClassVar[str | None] = permissions.KEEP
    template_name = "equality/add_file.jinja"
    form_class = forms.AnswersFile
    title = "Read in a file of answers"
    button = "Check the file"

    def breadcrumbs(self) -> Crumbs:
        return [crumb("Files of answers", "files")]

    def context(self) -> dict[str, Any]:
        return {"questions": [rules.title_of(code) for code in queries.questions_on(self.today)]}

    def do(self, *, file: Any, source: str, told_on: Any, rows: Any) -> Any:
        return services.check_file(name=file.name, rows=rows, source=Source(source), on=told_on, by=self.request.actor)

    def get_success_url(self) -> str:
        return address("file", pk=self.done.pk)

    def cancel(self) -> str:
        return address("files")


class OfFile(Seen):
    """A page about one file of answers."""

    permission: ClassVar[str | None] = permissions.KEEP

    def load(self, **kwargs: Any) -> None:
        found = queries.answer_files(by=self.request.actor).filter(pk=kwargs["pk"]).first()
        if found is None:
            raise Http404
        self.file: AnswerFile = found

    def breadcrumbs(self) -> Crumbs:
        return [crumb("Files of answers", "files")]

    def cancel(self) -> str:
        """Back to the file."""
        return address("file", pk=self.file.pk)

    def get_success_url(self) -> str:
        """Back to the file."""
        return self.cancel()


class File(OfFile):
    """What a file would bring in, and what is wrong with it."""

    template_name = "equality/file.jinja"

    def get_title(self) -> str:
        return f"File: {self.file.name}"

    def context(self) -> dict[str, Any]:
        return {"file": self.file, "problems": pages.problems_table(self.file, most=50)}


class FileProblems(OfFile):
    """What is wrong, as a CSV file: row, column and what to do."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return csv_file(f"{self.file.name} problems", ("Row", "Column", "What to do"), self.file.problems)


class BringIn(OfFile, DeedView):
    """Bring a checked file in."""

    template_name = "ui/form.jinja"
    form_class = forms.Confirm
    title = "Bring these answers in"
    button = "Bring in"
    success_message = "The answers are being brought in."

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.lead = f"{self.file.answers:,} answers of {self.file.people:,} people. What they told before is replaced."

    def do(self, **answers: Any) -> None:
        services.bring_in(file=self.file, at=timezone.now(), by=self.request.actor)


class ThrowAway(OfFile, DeedView):
    """Throw a checked file away."""

    template_name = "ui/form.jinja"
    form_class = forms.Confirm
    title = "Throw this file away"
    button = "Throw away"
    warning = True
    success_message = "The file has been thrown away."

    def do(self, **answers: Any) -> None:
        services.throw_away(file=self.file, by=self.request.actor)

    def get_success_url(self) -> str:
        return address("files")
