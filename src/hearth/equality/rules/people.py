"""What people are asked about themselves: standings, sources, the law's grounds, and who must consent. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hearth.kernel.figures import plain_label
from hearth.kernel.kinds import Kind
from hearth.kernel.refusals import Refused


class Standing(Kind):
    """How an answer stands. "Not asked" is none of these: then there is no row (PROF-01)."""

    ANSWERED = "answered", "Answered"
    PREFER_NOT = "prefer_not_to_say", "Prefer not to say"
    UNKNOWN = "unknown", "Not known"
    NOT_APPLICABLE = "not_applicable", "Not applicable"


NOT_ASKED = "Not asked"
OTHER_SET = "Answered in other words"  # in a set whose answers cannot be read in the one that is counted
SAY_NOTHING = (Standing.PREFER_NOT.label, Standing.UNKNOWN.label, NOT_ASKED, OTHER_SET)
GAPS = (Standing.UNKNOWN.label, NOT_ASKED)  # what a campaign can mend; who prefers not to say has answered


class Source(Kind):
    """By whom or what an answer came."""

    SELF = "self", "The person themselves"
    OFFICER = "officer", "An officer who asked"
    PAPER = "paper", "A paper form"
    IMPORT = "import", "A file"


class LawfulBasis(Kind):
    """Why the data may be used at all: UK GDPR article 6(1)."""

    PUBLIC_TASK = "public_task", "Public task: article 6(1)(e)"
    LEGAL_OBLIGATION = "legal_obligation", "Legal obligation: article 6(1)(c)"
    CONSENT = "consent", "Consent: article 6(1)(a)"
    LEGITIMATE_INTERESTS = "legitimate_interests", "Legitimate interests: article 6(1)(f)"


class Condition(Kind):
    """Why special-category data may be used: UK GDPR article 9(2), Data Protection Act 2018 Schedule 1."""

    EQUALITY = "equality", "Equality of opportunity or treatment: Schedule 1 paragraph 8"
    EXPLICIT_CONSENT = "explicit_consent", "Explicit consent: article 9(2)(a)"
    STATUTORY = "statutory", "Statutory and government purposes: Schedule 1 paragraph 6"
    SOCIAL_PROTECTION = "social_protection", "Social security and social protection law: Schedule 1 paragraph 1"
    STATISTICS = "statistics", "Research and statistics: article 9(2)(j), Schedule 1 paragraph 4"


class Population(Kind):
    """Whom a profile that is counted from the register counts, and so its basis (PROF-16)."""

    LEAD_TENANTS = "lead_tenants", "Lead tenants"
    TENANTS = "tenants", "All tenants"
    LEASEHOLDERS = "leaseholders", "Leaseholders"
    RESIDENTS = "residents", "Everybody who lives in a home of the landlord"
    PEOPLE = "people", "People whom another part of Hearth named"


BASIS = {
    Population.LEAD_TENANTS: "Tenant 1 data: one person a tenancy; joint tenants and household members are not counted",
    Population.TENANTS: "All tenants: joint tenants are counted, household members are not",
    Population.LEASEHOLDERS: "All leaseholders",
    Population.RESIDENTS: "Tenants, leaseholders and household members",
    Population.PEOPLE: "The people who were named, one by one",
}


@dataclass(frozen=True)
class Told:
    """What somebody told of one characteristic: a standing, and the categories chosen where they answered."""

    characteristic: str
    standing: Standing
    categories: tuple[int, ...] = ()


def check_told(told: Told, *, several: bool, known: Collection[int]) -> None:
    """Refuse an answer that is none: without a category, with one too many, or with one of another set."""
    if told.standing is not Standing.ANSWERED:
        if told.categories:
            raise Refused("Choose an answer or say that you prefer not to, one of the two.", field=told.characteristic)
        return
    if not told.categories:
        raise Refused("Choose an answer.", field=told.characteristic)
    if len(told.categories) > 1 and not several:
        raise Refused("Choose one answer.", field=told.characteristic)
    if not set(told.categories) <= set(known):
        raise Refused("Choose one of the answers that are offered.", field=told.characteristic)


def check_consent(*, consented: bool, tenant: bool, source: Source, basis: str, condition: str) -> None:
    """Refuse to keep an answer without the consent that it needs (PROF-14, PROF-15, PROF-27).

    Of leaseholders and others who are no tenants the landlord keeps name and address; more only what they volunteer.
    Who answers on their own page agrees there. Tenants' answers need consent where the law's ground is consent.
    """
    if consented:
        return
    if source is Source.SELF:
        raise Refused("Tick the box to agree, or leave this page. You do not have to answer.", field="consent")
    if not tenant:
        raise Refused(
            "Leaseholders and others who are no tenants are not asked: keep their answers only with their consent.",
            field="consent",
        )
    if basis == LawfulBasis.CONSENT or condition == Condition.EXPLICIT_CONSENT:
        raise Refused("These answers may be kept only with the person's consent.", field="consent")


def age_on(born_on: date, day: date) -> int:
    """Completed years of age on a day; somebody born on 29 February is a year older on 1 March of a common year."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def band_of(born_on: date | None, day: date, bands: Sequence[tuple[str, int | None, int | None]]) -> str | None:
    """The label of the band of age, or None where the birthday is not known or falls in no band (PROF-05).

    A band is (label, first age, last age); no first age is from birth, no last age is without end.
    """
    if born_on is None or born_on > day:
        return None
    age = age_on(born_on, day)
    for label, first, last in bands:
        if (first is not None or last is not None) and (first or 0) <= age <= (last if last is not None else age):
            return label
    return None


def tally(labels: Iterable[str], known: Sequence[tuple[str, bool]]) -> list[tuple[str, int, bool]]:
    """How many people gave each answer: (label, count, says nothing of the person), in the order of the set.

    What says nothing about a person is kept apart by its reason and never joined with an answer (PROF-01).
    """
    order = {plain_label(label): (label, unknown) for label, unknown in known}
    counts = dict.fromkeys(order, 0)
    for label in labels:
        plain = plain_label(label)
        if plain not in order:
            order[plain] = (label, label in SAY_NOTHING)
        counts[plain] = counts.get(plain, 0) + 1
    return [(order[plain][0], count, order[plain][1]) for plain, count in counts.items()]


def progress(asked: int, told: int) -> int:
    """How far a campaign is, in whole per cent, rounded down, so that 100 means all."""
    return 100 * told // asked if asked else 100


def changed(before: Mapping[str, tuple[str, frozenset[int]]], told: Iterable[Told]) -> list[Told]:
    """Those answers that say something else than what stands already."""
    return [one for one in told if before.get(one.characteristic) != (one.standing.value, frozenset(one.categories))]
