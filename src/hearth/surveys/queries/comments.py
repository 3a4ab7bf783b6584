"""Comments: those that wait are read by whoever checks them, the others by whoever sees results; never with traits."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from hearth.kernel.permits import Actor, check
from hearth.surveys import permissions
from hearth.surveys.models import Comment, Survey

MAY_BE_SEEN = (Comment.State.SHOWN, Comment.State.MENDED)


@dataclass(frozen=True)
class Shown:
    """A comment as anybody may read it."""

    question: str
    text: str
    themes: tuple[str, ...]
    mended: bool


def comments_to_check(survey: Survey, *, by: Actor) -> QuerySet[Comment]:
    """Comments that nobody has looked at, in a fixed order that tells nothing. Raises Forbidden."""
    check(by, permissions.CHECK)
    return Comment.objects.filter(survey=survey, state=Comment.State.WAITING).order_by("response_id", "question")


def comment(survey: Survey, number: int, *, by: Actor) -> Comment | None:
    """One comment of a survey as it was given. Raises Forbidden."""
    check(by, permissions.CHECK)
    return Comment.objects.filter(survey=survey, pk=number).first()


def comments_checked(survey: Survey, *, by: Actor) -> QuerySet[Comment]:
    """Comments that were looked at, latest first. Raises Forbidden."""
    check(by, permissions.CHECK)
    checked = Comment.objects.filter(survey=survey).exclude(state=Comment.State.WAITING)
    return checked.order_by("-checked_at", "-pk")


def comments_wait(survey: Survey) -> bool:
    """Whether a comment waits to be checked; as quick with a million as with one."""
    return Comment.objects.filter(survey=survey, state=Comment.State.WAITING).exists()


def comment_counts(survey: Survey) -> dict[str, int]:
    """How many comments are in each state."""
    return dict(Comment.objects.filter(survey=survey).values_list("state").annotate(n=Count("pk")).order_by())


def comments_shown(survey: Survey, *, theme: str = "", question: str = "") -> QuerySet[Comment]:
    """Comments that may be seen, in an order that tells nothing; read `shown`, never `text`."""
    found = Comment.objects.filter(survey=survey, state__in=MAY_BE_SEEN).defer("text")
    if theme:
        found = found.filter(themes__contains=[theme])
    if question:
        found = found.filter(question=question)
    return found.order_by("question", "response_id")


def as_shown(one: Comment) -> Shown:
    """One of them for a page."""
    return Shown(one.question, one.shown, tuple(one.themes), one.state == Comment.State.MENDED)


def comment_themes(survey: Survey) -> list[tuple[str, int]]:
    """Themes of comments that may be seen, with how many have each, most first."""
    counted: Counter[str] = Counter()
    for themes in Comment.objects.filter(survey=survey, state__in=MAY_BE_SEEN).values_list("themes", flat=True):
        counted.update(themes)
    return sorted(counted.items(), key=lambda one: (-one[1], one[0]))
