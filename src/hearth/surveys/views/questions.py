"""The builder: sections, questions and filters. Nothing here needs a script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.http import Http404

from hearth.surveys import permissions, queries, services
from hearth.surveys.forms import building as forms
from hearth.surveys.pages import building as pages
from hearth.surveys.pages import questions as shown
from hearth.surveys.pages.words import language_name
from hearth.surveys.rules import checking, editing
from hearth.surveys.rules.instrument import Instrument, said
from hearth.surveys.rules.kinds import QuestionKind, State
from hearth.surveys.views.base import Crumbs, OfSurvey
from hearth.ui.fields import Option
from hearth.ui.views import DeedView


class OfQuestionnaire(OfSurvey):
    """A page about the questionnaire that is being written."""

    tab = "surveys:questions"
    whole: Instrument

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.written = queries.written_version(self.survey)
        self.whole = queries.instrument(self.written)

    @property
    def editable(self) -> bool:
        """Whether the questions may still be changed, and by who is asking."""
        open_still = State(self.survey.state) in (State.DRAFT, State.OPEN)
        return open_still and self.request.actor.may(permissions.BUILD)


class Editing(OfQuestionnaire, DeedView):
    """A form that changes the questionnaire."""

    permission: ClassVar[str | None] = permissions.BUILD
    template_name = "ui/form.jinja"
    success_message = "The questionnaire has been changed."

    def breadcrumbs(self) -> Crumbs:
        return [*super().breadcrumbs(), {"text": "Questions", "href": pages.address("questions", self.survey)}]

    def edit(self, change: Callable[[Instrument], Instrument]) -> None:
        """Hand one change on."""
        services.edit(survey=self.survey, change=change, by=self.request.actor)

    def get_success_url(self) -> str:
        return pages.address("questions", self.survey)

    def cancel(self) -> str:
        return pages.address("questions", self.survey)


class Questions(OfQuestionnaire):
    """The whole questionnaire, with everything that can be done to it."""

    template_name = "surveys/questions.jinja"
    title = "Questions"

    def context(self) -> dict[str, Any]:
        return {
            "sections": shown.sections(self.whole),
            "texts": shown.texts(self.whole),
            "editable": self.editable,
            "version": self.written,
            "current": queries.current_version(self.survey),
            "waiting": queries.has_unused_changes(self.survey),
            "left": shown.parts_left(self.whole),
            "lettings": checking.LETTINGS,
            "languages": ", ".join(language_name(one) for one in self.whole.languages),
        }


class AddSection(Editing):
    """Add a section at the end."""

    form_class = forms.Section
    title = "Add a section"

    def do(self, *, title: str, intro: str) -> None:
        self.edit(lambda whole: editing.add_section(whole, title=title, intro=intro)[0])


class OfSection(Editing):
    """A form about one section."""

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        found = next((one for one in self.whole.sections if one.key == kwargs["key"]), None)
        if found is None:
            raise Http404
        self.section = found


class ChangeSection(OfSection):
    """Change a section's title and introduction."""

    form_class = forms.Section
    title = "Change the section"

    def get_initial(self) -> dict[str, Any]:
        return {"title": said(self.section.title), "intro": said(self.section.intro)}

    def do(self, *, title: str, intro: str) -> None:
        self.edit(lambda whole: editing.change_section(whole, self.section.key, title=title, intro=intro))


class RemoveSection(OfSection):
    """Take a section out; Choice Based Lettings only with a reason (SUR-07)."""

    form_class = forms.Nothing
    title = "Take the section out"
    button = "Take it out"
    warning = True

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.needs_reason = self.section.key == checking.LETTINGS and self.survey.sort in checking.TENANT_SURVEYS
        count = len(self.section.questions)
        self.lead = f"“{said(self.section.title)}” goes with its {count} question{'' if count == 1 else 's'}."
        if self.needs_reason:
            self.lead += " Tenant surveys ask about Choice Based Lettings unless there is a reason, which is kept."

    def get_form(self) -> Any:
        form_class = forms.Reason if self.needs_reason else forms.Nothing
        return form_class(**{"initial": {}, **self.given()})

    def do(self, *, reason: str = "") -> None:
        if self.needs_reason:
            services.remove_lettings(survey=self.survey, reason=reason, by=self.request.actor)
        else:
            self.edit(lambda whole: editing.remove_section(whole, self.section.key))


class PutIn(Editing):
    """Put a ready section at the end."""

    form_class = forms.PutIn
    title = "Put in a ready section"
    button = "Put it in"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"parts": shown.parts_left(self.whole)}

    def do(self, *, part: str) -> None:
        services.put_in(survey=self.survey, part=part, by=self.request.actor)


class MoveSection(OfSection):
    """Move a section behind another one."""

    form_class = forms.Place
    title = "Move the section"
    button = "Move"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"places": shown.places_for_section(self.whole, self.section.key)}

    def do(self, *, place: str) -> None:
        after = place.partition("/")[2]
        self.edit(lambda whole: editing.move_section(whole, self.section.key, after=after))


class AddQuestion(OfSection):
    """Add a question at the end of a section."""

    form_class = forms.Question
    title = "Add a question"

    def get_initial(self) -> dict[str, Any]:
        return {
            "kind": QuestionKind.ONE,
            "required": False,
            "comment": False,
            "longest": 2000,
            "stock": "all",
            "options": [{}, {}],
        }

    def do(self, **answers: Any) -> None:
        question = shown.question_from(answers, None)
        self.edit(lambda whole: editing.add_question(whole, self.section.key, question))


class OfQuestion(Editing):
    """A form about one question."""

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        found = self.whole.question(kwargs["code"])
        if found is None:
            raise Http404
        self.question = found
        self.caption = found.code


class ChangeQuestion(OfQuestion):
    """Change a question. A prescribed one comes back with the reason why it cannot be changed."""

    form_class = forms.Question
    title = "Change the question"

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if self.question.locked:
            self.lead = "The regulator prescribes this question: its wording, order, answers and filter are fixed."

    def get_initial(self) -> dict[str, Any]:
        return shown.question_initial(self.question)

    def do(self, **answers: Any) -> None:
        question = shown.question_from(answers, self.question)
        self.edit(lambda whole: editing.change_question(whole, self.question.code, question))


class RemoveQuestion(OfQuestion):
    """Take a question out."""

    form_class = forms.Nothing
    title = "Take the question out"
    button = "Take it out"
    warning = True

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.lead = said(self.question.words)

    def do(self) -> None:
        self.edit(lambda whole: editing.remove_question(whole, self.question.code))


class MoveQuestion(OfQuestion):
    """Move a question behind another one, or to the beginning of a section."""

    form_class = forms.Place
    title = "Move the question"
    button = "Move"

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.lead = said(self.question.words)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"places": shown.places_for_question(self.whole, self.question.code)}

    def do(self, *, place: str) -> None:
        kind, _, name = place.partition("/")
        self.edit(lambda whole: editing.move_question(whole, self.question.code, **{kind: name}))


class Filter(OfQuestion):
    """Who is asked a question: first the question that decides, then its answers."""

    title = "Who is asked this question?"

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.lead = said(self.question.words)
        self.before = {one.code: one for one in editing.earlier(self.whole, self.question.code)}
        asked = self.request.GET.get("asked", "")
        self.asked = self.before.get(asked)

    def get_form(self) -> Any:
        if self.asked is None:
            options = [Option(one.code, f"{one.code}: {said(one.words)}") for one in self.before.values()]
            now = self.question.only_if.question if self.question.only_if else ""
            return forms.FilterQuestion(**{"questions": options, "initial": {"asked": now}, **self.given()})
        answers = [Option(one.code, said(one.words)) for one in self.asked.options if not one.silent]
        chosen = self.question.only_if
        now_codes = list(chosen.codes) if chosen and chosen.question == self.asked.code else []
        return forms.FilterAnswers(**{"answers": answers, "initial": {"codes": now_codes}, **self.given()})

    def do(self, *, asked: str | None = None, codes: list[str] | None = None) -> Any:
        if self.asked is None:
            if asked:
                return asked  # the next page asks for its answers
            self.edit(lambda whole: editing.set_filter(whole, self.question.code, "", ()))
        else:
            code = self.asked.code
            self.edit(lambda whole: editing.set_filter(whole, self.question.code, code, codes or ()))
        return None

    def get_success_message(self) -> str:
        return "" if self.done else self.success_message

    def get_success_url(self) -> str:
        return f"{self.request.path}?asked={self.done}" if self.done else super().get_success_url()
