"""What an invitation and a reminder say: who asks, how long they have, the link, the code, and that nobody must.

Only the landlord's own words about the survey are translated with the questionnaire; what Hearth adds is in English.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hearth.kernel.days import spoken
from hearth.surveys.rules.instrument import EASY_READ, Instrument, said


@dataclass(frozen=True)
class Words:
    """Subject and body by language, as the register's `write_to` wants them."""

    subject: dict[str, str]
    body: dict[str, str]


def words(
    instrument: Instrument,
    *,
    landlord: str,
    address: str,
    enter_at: str,
    code: str,
    closes_on: date | None,
    reminder: int,
    incentive: str,
) -> Words:
    """The invitation (`reminder` 0) or a reminder. Without a code the survey is anonymous, and the words say so."""
    languages = [one for one in instrument.languages if one != EASY_READ] or ["en"]
    subjects, bodies = {}, {}
    for language in languages:
        title = said(instrument.title, language)
        subjects[language] = f"Reminder: {title}" if reminder else title
        parts = [
            _reminds(reminder, anonymous=not code),
            said(instrument.intro, language),
            f"Answer online: {address}",
            f"Or go to {enter_at} and enter your code: {code}" if code else "",
            f"Please answer by {spoken(closes_on)}." if closes_on else "",
            f"As a thank you: {incentive}. Taking part in it is not linked to your answers." if incentive else "",
            "You need not take part, and it makes no difference to the service that you get. "
            f"If you would rather answer on paper, by telephone or with help, tell {landlord}.",
        ]
        bodies[language] = "\n\n".join(part for part in parts if part)
    return Words(subjects, bodies)


def _reminds(reminder: int, *, anonymous: bool) -> str:
    if not reminder:
        return ""
    if anonymous:
        return "If you have answered already, thank you: we cannot tell, because the survey is anonymous."
    return "We have not had your answers yet, and would still like to hear from you."
