"""The builder: texts, languages, preview, and the versions of a questionnaire. Nothing here needs a script."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from hearth.surveys import queries, services
from hearth.surveys.forms import building as forms
from hearth.surveys.pages import building as pages
from hearth.surveys.pages import questions as shown
from hearth.surveys.pages.words import html_lang, language_name
from hearth.surveys.rules import editing
from hearth.surveys.rules.instrument import ENGLISH, said
from hearth.surveys.views.base import Crumbs
from hearth.surveys.views.questions import Editing, OfQuestionnaire


class Texts(Editing):
    """Change what the questionnaire itself says."""

    form_class = forms.Texts
    title = "Change the texts"

    def get_initial(self) -> dict[str, Any]:
        return {name: said(getattr(self.whole, name)) for name in forms.Texts.base_fields}

    def do(self, **texts: str) -> None:
        self.edit(lambda whole: editing.set_texts(whole, {name: text.strip() for name, text in texts.items()}))


class Languages(Editing):
    """Say in which languages it is offered, and see how complete each is."""

    template_name = "surveys/languages.jinja"
    form_class = forms.Languages
    title = "Languages"

    def get_initial(self) -> dict[str, Any]:
        return {"languages": ", ".join(one for one in self.whole.languages if one != ENGLISH)}

    def context(self) -> dict[str, Any]:
        others = [one for one in self.whole.languages if one != ENGLISH]
        return {
            "table": shown.languages(self.whole),
            "others": [(one, language_name(one), shown.translation_parts(self.whole, one)) for one in others],
        }

    def do(self, *, languages: str) -> None:
        codes = [part.strip() for part in (languages or "").split(",") if part.strip()]
        self.edit(lambda whole: editing.set_languages(whole, codes))

    def get_success_url(self) -> str:
        return self.request.path


class Translate(Editing):
    """Write one part of the questionnaire in another language."""

    template_name = "ui/form.jinja"
    form_class = forms.Translation
    success_message = "The words have been saved."

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.language, self.part = kwargs["language"], kwargs["part"]
        parts = {"texts": "Texts", **{one.key: said(one.title) for one in self.whole.sections}}
        if self.language == ENGLISH or self.language not in self.whole.languages or self.part not in parts:
            raise Http404
        self.title = f"{parts[self.part]} in {language_name(self.language)}"
        self.lead = "Below each name stands the English wording. What is left empty counts as missing."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"places": shown.places_of(self.whole, self.part), "language": self.language}

    def get_form(self) -> Any:
        self.form = super().get_form()
        return self.form

    def do(self, **_: Any) -> None:
        words = self.form.words()
        self.edit(lambda whole: editing.translate(whole, self.language, words))

    def get_success_url(self) -> str:
        return pages.address("languages", self.survey)


class Preview(OfQuestionnaire):
    """The questionnaire as it is put to people; `?language=` and `?version=` choose which."""

    template_name = "surveys/preview.jinja"
    title = "Preview"

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        number = self.request.GET.get("version", "")
        chosen = queries.version(self.survey, int(number)) if number.isdecimal() and len(number) < 9 else None
        self.version = chosen or self.written
        self.whole = queries.instrument(self.version)
        language = self.request.GET.get("language", ENGLISH)
        self.language = language if language in self.whole.languages else ENGLISH

    def breadcrumbs(self) -> Crumbs:
        return [*super().breadcrumbs(), {"text": "Questions", "href": pages.address("questions", self.survey)}]

    def context(self) -> dict[str, Any]:
        here = f"{self.request.path}?version={self.version.number}&language="
        return {
            "version": self.version,
            "whole": {name: said(getattr(self.whole, name), self.language) for name in forms.Texts.base_fields},
            "sections": shown.preview(self.whole, self.language),
            "lang_of": html_lang(self.language),
            "choices": [
                {"text": language_name(one), "href": here + one, "current": one == self.language}
                for one in self.whole.languages
            ],
        }


class Versions(OfQuestionnaire):
    """Every version of the questionnaire, with what changed from one to the next."""

    template_name = "surveys/versions.jinja"
    title = "Versions of the questionnaire"

    def breadcrumbs(self) -> Crumbs:
        return [*super().breadcrumbs(), {"text": "Questions", "href": pages.address("questions", self.survey)}]

    def context(self) -> dict[str, Any]:
        kept = list(queries.versions(self.survey))
        return {
            "versions": shown.history(kept, [queries.instrument(one) for one in kept]),
            "current": queries.current_version(self.survey).number,
        }


class UseVersion(Editing):
    """Put the changed questionnaire to people from now on."""

    form_class = forms.Why
    title = "Use the changed questionnaire"
    button = "Use it from now on"
    lead = (
        "Whoever answers from now on gets the changed questions. What was answered stays with the version it answered."
    )
    success_message = "The changed questionnaire is in use."

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if not queries.has_unused_changes(self.survey):
            raise Http404

    def do(self, *, why: str) -> None:
        services.use_version(survey=self.survey, why=why, at=self.now, by=self.request.actor)
