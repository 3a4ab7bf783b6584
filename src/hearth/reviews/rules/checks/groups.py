"""Who is affected, who was asked, and who was left out."""

from __future__ import annotations

import re

from hearth.reviews.rules.checks import words
from hearth.reviews.rules.content import Content
from hearth.reviews.rules.form import Choice, Form

_ASKED = re.compile(
    r"\binvit|\bconsult|\bsurvey|\bfocus group|\bask(?:ed|ing)?\b|\binterview|\bworkshop|\bfor comment"
    r"|\bviews? (?:of|from)\b|\bquestionnaire|\bfeedback from\b|\bmade available to\b|\bengaged with\b"
    r"|\btook part\b|\battended\b|\bresponded\b|\bmet with\b|\bmeetings? with\b|\bdrop-in\b|\bspoken? (?:to|with)\b",
    re.IGNORECASE,
)
_NOT_ASKED = re.compile(
    r"\bno (?:\w+ ){0,2}consultation|\bnot (?:yet )?(?:been )?(?:consulted|asked|invited|surveyed)", re.IGNORECASE
)


def affected_groups(content: Content, form: Form) -> tuple[str, ...]:
    """The codes of the groups that are affected, chosen or named in the text, in the form's order."""
    named = {*content.affected.groups, *words.groups_in(content.affected.text, form)}
    return tuple(group.code for group in form.groups if group.code in named)


def asks(sentence: str) -> bool:
    """Whether a sentence tells that somebody was or will be asked."""
    return bool(_ASKED.search(sentence)) and not _NOT_ASKED.search(sentence)


def asked_in(text: str, form: Form) -> frozenset[str]:
    """The groups that a text says were or will be asked. A member of a board is not the group."""
    asked: set[str] = set()
    for sentence in words.sentences(text):
        if asks(sentence):
            asked |= words.groups_in(words.without_names(sentence, bodies=True), form)
    return frozenset(asked)


def consulted_groups(content: Content, form: Form, *, planned: bool = True) -> frozenset[str]:
    """The groups asked in the consultation and, with `planned`, those whom the gaps say will be asked."""
    asked = set(asked_in(content.consultation.text, form))
    for exercise in content.consultation.exercises:
        asked |= {*exercise.groups, *words.groups_in(words.without_names(exercise.who, bodies=True), form)}
    if planned:
        asked |= asked_in(content.gaps.text, form)
        for gap in content.gaps.gaps:
            asked |= {*gap.groups, *asked_in(f"{gap.gap}\n{gap.planned}", form)}
    return frozenset(asked)


def uncovered_groups(content: Content, form: Form) -> tuple[str, ...]:
    """The codes of affected groups that nobody asked or plans to ask, in the form's order (CAR-41)."""
    asked = consulted_groups(content, form)
    return tuple(code for code in affected_groups(content, form) if code not in asked)


def group_name(code: str, form: Form, *, among: bool = False) -> str:
    """A group's name in a sentence; with `among`, "All residents" is "other residents" beside its parts."""
    group: Choice | None = next((g for g in form.groups if g.code == code), None)
    if group is None:
        return code.replace("_", " ")
    wide = words.group_words(group)
    return f"other {wide}" if among and wide != group.label.lower() else group.label[:1].lower() + group.label[1:]


def uncovered_names(content: Content, form: Form) -> tuple[str, ...]:
    """The groups that nobody asked, as a sentence names them: "homeless applicants", "other residents"."""
    uncovered = uncovered_groups(content, form)
    among = len(affected_groups(content, form)) > 1
    return tuple(group_name(code, form, among=among) for code in uncovered)
