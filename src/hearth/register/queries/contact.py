"""Reading what people wish, what they need, who acts for them, and what was said to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone
from django.utils.text import slugify

from hearth.kernel.permits import Actor, check
from hearth.landlords import queries as landlords
from hearth.register import permissions
from hearth.register.models import (
    Adjustment,
    AdjustmentUse,
    Advocate,
    ContactChannel,
    ContactLog,
    ContactWishes,
    HeldMessage,
    InterpreterBooking,
    Need,
    OptOut,
    Person,
    SafeContact,
)
from hearth.register.queries.reach import facts_of
from hearth.register.rules import adjustments, authority, reaching
from hearth.register.rules.kinds import Format, Frequency, NeedKind, Purpose, Scope
from hearth.register.rules.languages import language_words
from hearth.register.rules.reaching import CAPPED, Reach


def reach_unasked(person_id: int, *, purpose: Purpose, at: datetime) -> Reach:
    """How a person may be reached, for the service that writes to them: whoever called it has been asked already."""
    local = timezone.localtime(at)
    return reaching.reach(facts_of([person_id], on=local.date())[person_id], purpose=purpose, at=local)


def survivor(person_id: int) -> int:
    """The number of the record that a merged record became; its own number where it was not merged."""
    seen: set[int] = set()
    while person_id not in seen:
        seen.add(person_id)
        into = Person.objects.filter(pk=person_id).values_list("merged_into", flat=True).first()
        person_id = into or person_id
    return person_id


def wishes(person: Person) -> ContactWishes | None:
    """What somebody said of how they wish to hear; None where they have not said."""
    return ContactWishes.objects.filter(person=person).first()


def channels(person: Person) -> QuerySet[ContactChannel]:
    """The channels that somebody wishes or refuses, first wish first."""
    return ContactChannel.objects.filter(person=person)


def opt_outs(person: Person, *, on: date) -> QuerySet[OptOut]:
    """The purposes for which somebody does not wish to hear on a day."""
    held = Q(ended_on=None) | Q(ended_on__gt=on)
    return OptOut.objects.filter(held, person=person, started_on__lte=on)


def language_of(person_id: int) -> str:
    """The language in which somebody is written to."""
    return ContactWishes.objects.filter(person=person_id).values_list("language", flat=True).first() or "en"


def default_frequency(on: date) -> Frequency:
    """How often people hear who have not said (COM-10)."""
    said = str(landlords.setting("register.default_frequency", on=on))
    return Frequency(said) if said in list(Frequency) else Frequency.MONTHLY


def topics(on: date) -> list[tuple[str, str]]:
    """The topics that people may choose, as keys and words (PROF-17)."""
    said = str(landlords.setting("register.topics", on=on))
    return [(slugify(words), words.strip()) for words in said.split(",") if slugify(words)]


def wishes_for(person_id: int, *, topic: str, purpose: Purpose) -> bool:
    """Whether somebody chose a topic. What they need not wish for, such as a service notice, has no topics."""
    if purpose not in CAPPED or not topic:
        return True
    chosen = ContactWishes.objects.filter(person=person_id).values_list("topics", flat=True).first()
    return reaching.wants(chosen or [], topic)


def next_due(person_id: int, *, purpose: Purpose, at: datetime) -> datetime:
    """The moment from which somebody may hear for a purpose: `at`, unless it is one that they hear of now and then."""
    if purpose not in CAPPED:
        return at
    said = ContactWishes.objects.filter(person=person_id).values_list("frequency", flat=True).first()
    frequency = Frequency(said) if said else default_frequency(timezone.localtime(at).date())
    sent = ContactLog.objects.filter(person=person_id, purpose__in=CAPPED, incoming=False, reached=True)
    return reaching.next_due(frequency, sent.aggregate(last=Max("at"))["last"], at)


def contacts(person: Person, *, by: Actor) -> QuerySet[ContactLog]:
    """Every contact with a person, newest first. Raises Forbidden."""
    check(by, permissions.SEE)
    return ContactLog.objects.filter(person=person)


def needs(person: Person, *, by: Actor) -> QuerySet[Need]:
    """What somebody needs and needed, the latest first. Raises Forbidden."""
    check(by, permissions.SEE)
    return Need.objects.filter(person=person).select_related("person").order_by("-started_on", "id")


def adjustments_for(person: Person, *, by: Actor) -> QuerySet[Adjustment]:
    """The adjustments that hold for a person, with how often each was made and not made. Raises Forbidden."""
    check(by, permissions.SEE)
    made, not_made = Count("uses", filter=Q(uses__made=True)), Count("uses", filter=Q(uses__made=False))
    found = Adjustment.objects.filter(person=person, ended_on=None).select_related("need", "person")
    return found.annotate(made=made, not_made=not_made, last_on=Max("uses__on", filter=Q(uses__made=True)))


def at_a_glance(person_ids: Iterable[int], *, by: Actor) -> dict[int, list[str]]:
    """What whoever writes to, meets or decides about people must know of each: format, language, interpreter, needs
    and adjustments, in a line each (PROF-19). For every case, letter and meeting. Three queries. Raises Forbidden.
    """
    check(by, permissions.SEE)
    return at_a_glance_unasked(person_ids)


def at_a_glance_unasked(person_ids: Iterable[int]) -> dict[int, list[str]]:
    """The same, for whoever speaks with people by another room's leave, such as an interviewer on the telephone."""
    ids = list(person_ids)
    found: dict[int, list[str]] = {pk: [] for pk in ids}
    for said in ContactWishes.objects.filter(person__in=ids):
        if said.format != Format.STANDARD:
            found[said.person_id].append(f"Write in this format: {said.get_format_display()}")
        if not said.language.startswith("en"):
            found[said.person_id].append(f"Write in {language_words(said.language)}")
        if said.interpreter:
            found[said.person_id].append(f"Book an interpreter: {said.interpreter}")
    needs = Need.objects.filter(person__in=ids, ended_on=None, kind__in=[NeedKind.COMMUNICATION, NeedKind.ACCESS])
    for need in needs.order_by("id"):
        found[need.person_id].append(f"{need.get_kind_display()}: {need.what}")
    for one in Adjustment.objects.filter(person__in=ids, ended_on=None).order_by("id"):
        found[one.person_id].append(f"Adjustment agreed: {one.what}")
    return found


def every_adjustment(person: Person, *, by: Actor) -> QuerySet[Adjustment]:
    """All adjustments for a person, ended ones too. Raises Forbidden."""
    check(by, permissions.SEE)
    return Adjustment.objects.filter(person=person).select_related("need", "person")


def uses_of(adjustment: Adjustment, *, by: Actor) -> QuerySet[AdjustmentUse]:
    """When an adjustment was made, or was not, newest first. Raises Forbidden."""
    check(by, permissions.SEE)
    return AdjustmentUse.objects.filter(adjustment=adjustment)


def adjustments_due(*, on: date) -> QuerySet[Adjustment]:
    """The adjustments whose review has come, earliest first, for the reminder and for whoever works with them."""
    return Adjustment.objects.filter(ended_on=None, review_on__lte=on).select_related("person")


@dataclass(frozen=True)
class NeedMet:
    """One need with what was done about it (PROF-29)."""

    need: Need
    adjustments: int
    made: int  # times that an adjustment was made in the period
    not_made: int
    last_on: date | None  # when one was last made, ever

    @property
    def unmet(self) -> bool:
        """Nothing was made for it in the period."""
        return self.made == 0


def needs_report(*, on: date, by: Actor) -> list[NeedMet]:
    """Each need that stood a year or less ago, with adjustments made in the twelve months to a day (PROF-29).

    Needs for which nothing was made come first. One query. Raises Forbidden.
    """
    check(by, permissions.SEE)
    since = adjustments.year_before(on)
    within = Q(adjustments__uses__on__gt=since, adjustments__uses__on__lte=on)
    rows = (
        Need.objects.filter(started_on__lte=on, person__merged_into=None, person__anonymised_on=None)
        .filter(Q(ended_on=None) | Q(ended_on__gt=since))
        .select_related("person")
        .annotate(
            kept=Count("adjustments", distinct=True),
            made=Count("adjustments__uses", filter=within & Q(adjustments__uses__made=True), distinct=True),
            missed=Count("adjustments__uses", filter=within & Q(adjustments__uses__made=False), distinct=True),
            last=Max("adjustments__uses__on", filter=Q(adjustments__uses__made=True)),
        )
        .order_by("made", "person__family_name", "person__given_name", "id")
    )
    return [NeedMet(row, row.kept, row.made, row.missed, row.last) for row in rows]


def interpreters(person: Person, *, by: Actor) -> QuerySet[InterpreterBooking]:
    """The interpreters booked for a person, latest first. Raises Forbidden."""
    check(by, permissions.SEE)
    return InterpreterBooking.objects.filter(person=person).select_related("person").order_by("-at", "-id")


def advocates(person: Person, *, by: Actor) -> QuerySet[Advocate]:
    """Everybody who acts or acted for a person, latest first. Raises Forbidden."""
    check(by, permissions.SEE)
    return Advocate.objects.filter(person=person).select_related("file", "person")


def advocate_holds(one: Advocate, *, at: datetime) -> bool:
    """Whether an authority holds at a moment."""
    withdrawn = timezone.localtime(one.withdrawn_at) if one.withdrawn_at else None
    return authority.holds(
        started_on=one.started_on, ended_on=one.ended_on, withdrawn_at=withdrawn, at=timezone.localtime(at)
    )


def may_act_for(*, user_id: int | None, person_id: int, scope: Scope | str, at: datetime) -> bool:
    """Whether somebody who signs in may act for a person in one matter, at this moment (SEC-14)."""
    if user_id is None:
        return False
    rows = Advocate.objects.filter(user=user_id, person=person_id)
    return any(advocate_holds(one, at=at) and authority.covers(one.scope, Scope(scope)) for one in rows)


def people_acted_for(*, user_id: int, at: datetime) -> list[Person]:
    """The people for whom somebody who signs in may act at this moment (SEC-14)."""
    rows = Advocate.objects.filter(user=user_id).select_related("person")
    return [one.person for one in rows if advocate_holds(one, at=at)]


def safe_contact(person: Person, *, by: Actor) -> SafeContact | None:
    """The marker as those see it who are cleared to set it. Raises Forbidden."""
    check(by, permissions.MARK_SAFE)
    return SafeContact.objects.filter(person=person, ended_on=None).first()


def markers_due(*, by: Actor, on: date) -> QuerySet[SafeContact]:
    """The markers whose review has come. Raises Forbidden."""
    check(by, permissions.MARK_SAFE)
    return SafeContact.objects.filter(ended_on=None, review_on__lte=on).select_related("person")


def held_for_cleared(*, by: Actor) -> QuerySet[HeldMessage]:
    """The messages that a marker keeps back and that somebody cleared must settle, oldest first. Raises Forbidden."""
    check(by, permissions.MARK_SAFE)
    return HeldMessage.objects.filter(
        why=HeldMessage.Why.SAFETY, state=HeldMessage.State.WAITING, until=None
    ).select_related("person")


def to_be_told(person: Person, *, by: Actor) -> QuerySet[HeldMessage]:
    """What somebody must be told by telephone or in person, because they wish nothing in writing. Raises Forbidden."""
    check(by, permissions.SEE)
    return HeldMessage.objects.filter(person=person, why=HeldMessage.Why.SPOKEN, state=HeldMessage.State.WAITING)


def counted_withheld(
    *, by: Actor, purpose: Purpose | str = "", since: datetime | None = None, until: datetime | None = None
) -> int:
    """How many messages were withheld for safety: a number, never whose or why (SUR-16). Raises Forbidden."""
    check(by, permissions.SEE)
    found = HeldMessage.objects.filter(why=HeldMessage.Why.SAFETY, until=None)
    if purpose:
        found = found.filter(purpose=Purpose(purpose))
    if since:
        found = found.filter(recorded_at__gte=since)
    if until:
        found = found.filter(recorded_at__lt=until)
    return found.count()
