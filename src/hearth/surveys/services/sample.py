"""Whom a survey is put to: freezing the population, leaving households out with a reason, and drawing the sample."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from hearth.audit import services as audit
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.landlords import queries as landlords
from hearth.register import queries as register
from hearth.register.queries import Tenure
from hearth.surveys import permissions, queries
from hearth.surveys.models import Exclusion, Population, Survey, Unit
from hearth.surveys.rules import drawing, margins, population
from hearth.surveys.rules.kinds import Draw, State

CHUNK = 5000


@transaction.atomic
def freeze_population(
    *,
    survey: Survey,
    on: date,
    tenures: Collection[str],
    estates: Collection[int] = (),
    characteristics: Collection[str] = (),
    by: Actor,
) -> Population:
    """Keep the households that a survey speaks for as they are in the register on a day, one unit each.

    Done again, it begins afresh; once somebody was invited it is refused. `tenures` are values of the register's
    Tenure; `estates` narrows it. `characteristics` (codes of equality data, such as "sex") are kept as counts of the
    whole population only, to weight by what people answer themselves. Raises Refused, Forbidden.
    """
    check(by, permissions.BUILD)
    survey = _draft(survey)
    if survey.draw == Draw.OPEN:
        raise Refused("A survey that is open to anybody has no population to freeze.")
    if not tenures:
        raise Refused("Choose at least one kind of tenancy.", field="tenures")
    if on > timezone.localdate():
        raise Refused("The register cannot tell of a day to come. Choose today or an earlier day.", field="on")
    held = list(_held(on, tenures, set(estates), by=by))
    units = population.freeze(held, on=on, age_starts=_age_starts(on))
    Population.objects.filter(survey=survey).delete()
    Exclusion.objects.filter(survey=survey).delete()
    Unit.objects.filter(survey=survey).delete()
    frozen = Population.objects.create(
        survey=survey,
        on=on,
        criteria={"tenures": sorted(tenures), "estates": sorted(estates), "characteristics": sorted(characteristics)},
        size=len(units),
        digest=population.digest(units),
        margins=population.margins(unit.traits for unit in units)
        | _margins(characteristics, [unit.person for unit in units], on=on, by=by),
    )
    Unit.objects.bulk_create(
        (
            Unit(
                survey=survey, number=unit.number, household_id=unit.household, home_id=unit.home,
                person_id=unit.person, stock=unit.stock, traits=unit.traits,
            )
            for unit in units
        ),
        batch_size=CHUNK,
    )  # fmt: skip
    audit.record(by=by, deed="surveys.population_frozen", subject=survey, size=frozen.size, on=str(on))
    return frozen


def _held(on: date, tenures: Collection[str], estates: set[int], *, by: Actor) -> Iterable[population.Held]:
    """What the register says of each tenancy, as the rule wants it."""
    kinds = {Tenure(one) for one in tenures}
    homes = queries.home_words()
    for one in register.frame(on=on, tenures=kinds, by=by):
        if estates and one.estate_id not in estates:
            continue
        yield population.Held(
            household=one.household_id,
            home=one.home_id,
            person=one.person_id,
            tenure=one.tenure,
            stock=population.LCHO if one.tenure == Tenure.SHARED_OWNERSHIP else population.LCRA,
            tenure_words=Tenure(one.tenure).label,
            area=one.area,
            estate=one.estate,
            home_words=homes.get(one.home_kind, ""),
            born_on=one.born_on,
            since_on=one.tenancy_started_on,
        )


def _age_starts(on: date) -> list[int]:
    written = str(landlords.setting("surveys.age_bands", on=on))
    return [int(word) for word in written.replace(",", " ").split() if word.isdigit()]


def _margins(
    characteristics: Collection[str], people: Collection[int], *, on: date, by: Actor
) -> dict[str, dict[str, int]]:
    """Counts of what other rooms keep of these people, by the wiring's word: never a value of one person."""
    if not characteristics:
        return {}
    counted: Any = import_string(settings.HEARTH_MARGINS)
    return dict(counted(characteristics, person_ids=people, on=on, by=by))


@transaction.atomic
def leave_out(*, survey: Survey, number: int, why: str, text: str = "", by: Actor) -> Exclusion:
    """Leave a household out of the sample frame, in exceptional circumstances only (paragraph 63): published as counts.

    `why` is "capacity" or "risk"; `text` says broadly what. Raises Refused, Forbidden.
    """
    check(by, permissions.BUILD)
    survey = _draft(survey)
    if why not in (Exclusion.Why.CAPACITY, Exclusion.Why.RISK):
        raise Refused("A household may be left out of the frame only for the reasons of paragraph 63.", field="why")
    if not text.strip():
        raise Refused("Say broadly why: the number and the broad reason are published.", field="text")
    unit = Unit.objects.filter(survey=survey, number=number).first()
    if unit is None:
        raise Refused(f"There is no household with the number {number} in this population.", field="number")
    if Exclusion.objects.filter(survey=survey, unit=unit).exists():
        raise Refused(f"Household {number} is left out already.", field="number")
    found = Exclusion.objects.create(survey=survey, unit=unit, why=why, text=text.strip(), frame=True)
    _count_left_out(survey)
    _undo_draw(survey)
    audit.record(by=by, deed="surveys.household_left_out", subject=survey, why=why)
    return found


@transaction.atomic
def take_back(*, survey: Survey, exclusion: Exclusion, by: Actor) -> None:
    """Put a household back that was left out of the frame. Raises Refused, Forbidden."""
    check(by, permissions.BUILD)
    survey = _draft(survey)
    Exclusion.objects.filter(survey=survey, pk=exclusion.pk, frame=True).delete()
    _count_left_out(survey)
    _undo_draw(survey)
    audit.record(by=by, deed="surveys.household_put_back", subject=survey)


def _count_left_out(survey: Survey) -> None:
    left = Exclusion.objects.filter(survey=survey, frame=True).count()
    Population.objects.filter(survey=survey).update(left_out=left)


def _undo_draw(survey: Survey) -> None:
    """What was drawn from another frame is no sample of this one."""
    Population.objects.filter(survey=survey).update(draw={}, drawn_at=None)
    Unit.objects.filter(survey=survey, drawn__isnull=False).update(drawn=None)


@transaction.atomic
def draw_sample(
    *,
    survey: Survey,
    size: int = 0,
    stratum: str = "",
    sizes: Mapping[str, int] | None = None,
    seed: str = "",
    by: Actor,
) -> Population:
    """Draw from the frozen population by the survey's method, with a seed that is kept so that it can be repeated.

    Drawn again with the same seed it is the same sample. `stratum` is a trait of the units. Raises Refused, Forbidden.
    """
    check(by, permissions.BUILD)
    survey = _draft(survey)
    frozen = Population.objects.select_for_update().filter(survey=survey).first()
    if frozen is None:
        raise Refused("Freeze the population first.")
    rows = list(
        Unit.objects.filter(survey=survey)
        .exclude(pk__in=Exclusion.objects.filter(survey=survey, frame=True).values("unit_id"))
        .values_list("pk", "number", "traits")
    )
    strata = {number: traits.get(stratum, population.UNKNOWN) for _, number, traits in rows} if stratum else None
    seed = seed.strip() or secrets.token_hex(8)
    drawn = drawing.draw(
        Draw(survey.draw), [number for _, number, _ in rows], seed=seed, size=size, strata=strata, sizes=sizes
    )
    place = {number: position for position, number in enumerate(drawn.order, 1)}
    _undo_draw(survey)
    Unit.objects.bulk_update(
        [Unit(pk=pk, drawn=place[number]) for pk, number, _ in rows if number in place], ["drawn"], batch_size=2000
    )
    needed = margins.required_sample(max(frozen.size - frozen.left_out, 1), on=frozen.on)
    frozen.draw = {
        "method": survey.draw,
        "seed": seed,
        "size": len(drawn.order),
        "stratum": stratum,
        "by_stratum": drawn.by_stratum,
        "traits": population.margins(traits for _, number, traits in rows if number in place),
        "required": needed.responses,
        "accuracy": needed.accuracy,
    }
    frozen.drawn_at = timezone.now()
    frozen.save(update_fields=["draw", "drawn_at"])
    audit.record(by=by, deed="surveys.sample_drawn", subject=survey, seed=seed, size=len(drawn.order))
    return frozen


def _draft(survey: Survey) -> Survey:
    """The survey as it stands, held until this is done. Refuses once somebody may have been asked."""
    found = Survey.objects.select_for_update().get(pk=survey.pk)
    if found.state != State.DRAFT:
        raise Refused("This survey has been opened, so its population and sample stay as they are.")
    return found
