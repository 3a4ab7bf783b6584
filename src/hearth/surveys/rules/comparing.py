"""What changed from one version of a questionnaire to another, in words."""

from __future__ import annotations

from hearth.surveys.rules.building import TEXTS
from hearth.surveys.rules.instrument import ENGLISH, Instrument, Question, said

NAMES = {
    "title": "title",
    "intro": "introduction",
    "consent": "text on what becomes of the answers",
    "complain": "text on how to complain",
    "thanks": "thanks",
}


def changes(before: Instrument, after: Instrument) -> list[str]:
    """Every change as a sentence: texts, languages, sections, then questions in their order."""
    found = [f"The {NAMES[name]} was changed." for name in TEXTS if getattr(before, name) != getattr(after, name)]
    if before.languages != after.languages:
        found.append(f"Languages: {', '.join(after.languages)} instead of {', '.join(before.languages)}.")
    found += _sections(before, after)
    old = {question.code: question for question in before.questions()}
    new = {question.code: question for question in after.questions()}
    found += [f"{code} was taken out: “{said(old[code].words)}”" for code in old if code not in new]
    found += [f"{code} was added: “{said(new[code].words)}”" for code in new if code not in old]
    for code, question in new.items():
        if code in old and old[code] != question:
            found += _question(old[code], question)
    kept = [code for code in old if code in new]
    if kept != [code for code in new if code in old]:
        found.append("The order of the questions was changed.")
    return found


def _sections(before: Instrument, after: Instrument) -> list[str]:
    old = {section.key: section for section in before.sections}
    new = {section.key: section for section in after.sections}
    found = [f"The section “{said(old[key].title)}” was taken out." for key in old if key not in new]
    found += [f"The section “{said(new[key].title)}” was added." for key in new if key not in old]
    for key, section in new.items():
        if key in old and (old[key].title, old[key].intro) != (section.title, section.intro):
            found.append(f"The title or introduction of the section “{said(section.title)}” was changed.")
    return found


def _question(old: Question, new: Question) -> list[str]:
    code, found = new.code, []
    if said(old.words) != said(new.words):
        found.append(f"{code} now says “{said(new.words)}” instead of “{said(old.words)}”")
    languages = {*old.words, *new.words} - {ENGLISH}
    found += [
        f"{code} was changed in “{language}”."
        for language in sorted(languages)
        if old.words.get(language) != new.words.get(language)
    ]
    if old.options != new.options:
        was, now = ([said(option.words) for option in one.options] for one in (old, new))
        same = was == now
        found.append(f"The answers of {code} were changed{'' if same else ': ' + ' · '.join(now)}.")
    if old.only_if != new.only_if:
        found.append(f"Who is asked {code} was changed.")
    rest = ("kind", "hint", "required", "lowest", "highest", "longest", "places", "characteristic", "comment", "stock")
    if any(getattr(old, name) != getattr(new, name) for name in rest):
        found.append(f"How {code} is answered was changed.")
    return found
