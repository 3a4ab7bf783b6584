"""Profiles counted from the register, and campaigns for what is not known."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from django.db import transaction

from hearth.audit import services as audit
from hearth.equality import permissions, queries, rules
from hearth.equality.models import Campaign, CampaignPerson, Cell, Profile
from hearth.equality.rules import BASIS, Population
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused


@transaction.atomic
def count_profile(
    *,
    title: str,
    population: Population | str,
    as_at: date,
    area: str = "",
    person_ids: Collection[int] | None = None,
    named: str = "",
    by: Actor,
) -> Profile:
    """Count a population of the register into a profile, as at a day, with its basis (PROF-05, PROF-16).

    `person_ids` counts these people instead (population PEOPLE; `named` says who they are: "members of the panel").
    Each characteristic that is in use is counted in its set; what nobody told is left out, and so is "not held".
    People of whom nothing is known are kept apart by the reason (PROF-01). Answers count as they stood on the day.
    """
    check(by, permissions.KEEP)
    kind = Population(population)
    people = (
        queries.members(kind, on=as_at, area=area, by=by)
        if person_ids is None
        else queries.described(person_ids, on=as_at, by=by)
    )
    if not people:
        raise Refused("The register knows nobody who could be counted.", field="population")
    words = named or kind.label[:1].lower() + kind.label[1:]
    profile = Profile.objects.create(
        title=title, population=f"{words} in {area}" if area else words, basis=BASIS[kind], as_at=as_at,
        base=len(people), source="Counted by Hearth from the register and from what people told", drawn=kind,
    )  # fmt: skip
    held = 0
    for code in ("age", *(c for c in queries.sets_in_use(as_at) if c != "age")):
        counts = queries.counts_of(people, code, on=as_at, by=by)
        if counts.known and counts.category_set and not counts.category_set.several:
            _keep_cells(profile, counts)
            held += 1
    if not held:
        raise Refused("Nothing is known of these people yet: no profile can be counted.", field="population")
    audit.record(by=by, deed="equality.profile_counted", subject=profile, population=kind.value)
    return profile


def _keep_cells(profile: Profile, counts: queries.Counts) -> None:
    rules.check_sum(counts.characteristic, (count for _, count, _ in counts.cells), profile.base or 0)
    Cell.objects.bulk_create(
        Cell(
            profile=profile, characteristic=counts.characteristic, category_set=counts.category_set, position=place,
            label=label, count=count, unknown=unknown,
        )
        for place, (label, count, unknown) in enumerate(counts.cells, start=1)
    )  # fmt: skip


@transaction.atomic
def start_campaign(
    *,
    title: str,
    characteristics: Sequence[str],
    population: Population | str,
    on: date,
    ends_on: date | None = None,
    by: Actor,
) -> Campaign:
    """Begin to ask the people of whom something is missing; its list is made now (PROF-30).

    Who prefers not to say has answered and is not asked again.
    """
    check(by, permissions.KEEP)
    asked = queries.questions_on(on)
    if not characteristics or not set(characteristics) <= set(asked):
        raise Refused("Choose what is to be asked.", field="characteristics")
    if ends_on and ends_on < on:
        raise Refused("The campaign must end after it begins.", field="ends_on")
    kind = Population(population)
    people = queries.members(kind, on=on, by=by)
    missing: dict[int, None] = {}
    for code in characteristics:
        found = queries.labels(people, code, on=on, by=by)
        missing |= dict.fromkeys(pk for pk, label in found.items() if label in rules.GAPS)
    if not missing:
        raise Refused("Nothing is missing: everybody was asked already.", field="characteristics")
    made = Campaign.objects.create(
        title=title, characteristics=list(characteristics), population=kind, started_on=on, ends_on=ends_on,
        owner_name=by.name,
    )  # fmt: skip
    CampaignPerson.objects.bulk_create(
        (CampaignPerson(campaign=made, person_id=pk) for pk in sorted(missing)), batch_size=2000
    )
    audit.record(by=by, deed="equality.campaign_started", subject=made, people=len(missing))
    return made


@transaction.atomic
def note_tried(*, place: CampaignPerson, on: date, by: Actor) -> None:
    """Somebody on a list was asked and has not answered yet."""
    check(by, permissions.COLLECT)
    if place.campaign.closed_on:
        raise Refused("This campaign is closed.")
    place.tried_on = on
    place.save(update_fields=["tried_on"])
    audit.record(by=by, deed="equality.campaign_tried", subject=place.campaign, person=place.person_id)


@transaction.atomic
def close_campaign(*, campaign: Campaign, on: date, by: Actor) -> None:
    """Close a campaign; how far it came stands in the trail."""
    check(by, permissions.KEEP)
    if campaign.closed_on:
        raise Refused("This campaign is closed already.")
    progress = queries.progress_of(campaign)
    campaign.closed_on = on
    campaign.save(update_fields=["closed_on"])
    audit.record(by=by, deed="equality.campaign_closed", subject=campaign, people=progress.people, told=progress.told)
