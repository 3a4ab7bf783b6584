"""Comments: read by a person before anybody else sees them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from hearth.surveys import permissions, queries, services
from hearth.surveys.forms import results as forms
from hearth.surveys.models import Comment
from hearth.surveys.pages import building, results
from hearth.surveys.rules import naming
from hearth.surveys.views.base import Crumbs
from hearth.surveys.views.results import OfResults
from hearth.ui.views import DeedView, ListPage


class Comments(OfResults, ListPage):
    """Comments that may be seen, with their themes; and how many wait."""

    template_name = "surveys/results/comments.jinja"
    title = "Comments"
    filter_form_class = forms.ThemeFilter

    def load(self, **kwargs: Any) -> None:
        super(OfResults, self).load(**kwargs)  # no figures are needed

    def get_filter(self) -> Any:
        themes = queries.comment_themes(self.survey)
        return forms.ThemeFilter(self.request.GET or None, themes=themes) if themes else None

    def items(self) -> Any:
        return queries.comments_shown(self.survey, theme=self.chosen.get("theme") or "")

    def context(self) -> dict[str, Any]:
        counts = queries.comment_counts(self.survey)
        return {
            "comments": [queries.as_shown(one) for one in self.found],
            "told": results.comments_words(counts),
            "waiting": counts.get("waiting", 0),
            "may_check": self.request.actor.may(permissions.CHECK),
        }


class NextComment(OfResults):
    """To the next comment that nobody has looked at."""

    permission: ClassVar[str | None] = permissions.CHECK

    def load(self, **kwargs: Any) -> None:
        super(OfResults, self).load(**kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        waiting = queries.comments_to_check(self.survey, by=self.request.actor).first()
        if waiting is None:
            return HttpResponseRedirect(self.to("comments"))
        return HttpResponseRedirect(building.address("check_comment", self.survey, comment=waiting.pk))


class CheckComment(OfResults, DeedView):
    """One comment as it was given, with what may tell of somebody marked."""

    permission: ClassVar[str | None] = permissions.CHECK
    template_name = "surveys/results/check_comment.jinja"
    form_class = forms.CheckComment
    title = "Check a comment"
    button = "Keep and go to the next"

    def load(self, **kwargs: Any) -> None:
        super(OfResults, self).load(**kwargs)
        found = queries.comment(self.survey, kwargs["comment"], by=self.request.actor)
        if found is None:
            raise Http404
        self.comment: Comment = found

    def breadcrumbs(self) -> Crumbs:
        return [*super().breadcrumbs(), {"text": "Comments", "href": self.to("comments")}]

    def get_initial(self) -> dict[str, Any]:
        checked = self.comment.state != Comment.State.WAITING
        return {
            "verdict": self.comment.state if checked else None,
            "shown": self.comment.shown or naming.mended(self.comment.text),
            "themes": ", ".join(self.comment.themes),
        }

    def context(self) -> dict[str, Any]:
        asked = queries.instrument(queries.current_version(self.survey)).question(self.comment.question)
        return {
            "pieces": naming.pieces(self.comment.text),
            "asked": asked.words.get("en", "") if asked else self.comment.question,
            "left": queries.comments_to_check(self.survey, by=self.request.actor).count(),
            "themes": [name for name, _ in queries.comment_themes(self.survey)[:20]],
        }

    def do(self, *, verdict: str, shown: str | None, themes: str | None) -> Any:
        return services.check_comment(
            comment=self.comment, verdict=verdict, shown=shown or "", themes=naming.themes(themes or ""), at=self.now,
            by=self.request.actor,
        )  # fmt: skip

    def cancel(self) -> str:
        return self.to("comments")

    def get_success_url(self) -> str:
        return self.to("next_comment")
