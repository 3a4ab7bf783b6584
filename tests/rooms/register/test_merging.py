"""Two records that are one person: found, merged by somebody, and taken apart again without a trace."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from hearth.kernel.permits import Forbidden
from hearth.kernel.refusals import Refused

pytestmark = pytest.mark.django_db

AT = datetime(2026, 9, 1, 10, tzinfo=UTC)
OWN_TRACE = {"audit.event", "audit.seal", "register.merge", "register.pair"}


@pytest.fixture
def keeper(actor: Callable[..., Any]) -> Any:
    return actor("register_keeper")


def whole_database() -> dict[str, list[dict[str, Any]]]:
    """Every row of the landlord, but for what is kept of the merge itself."""
    from django.apps import apps

    found = {}
    for model in apps.get_models():
        if model.__module__.startswith("hearth.") and model._meta.label_lower not in OWN_TRACE:
            found[model._meta.label_lower] = list(model._base_manager.order_by("pk").values())
    return found


def person(key: str, **said: Any) -> Any:
    from hearth.register.models import Person

    return Person.objects.create(**{"key": key, "given_name": "Ann", "family_name": "Example", **said})


@pytest.fixture
def two(inside: Any) -> Any:
    """Somebody who is kept twice: both tenants of one tenancy, with wishes, needs and opt-outs on either record."""
    from hearth.register.models import (
        ContactChannel,
        ContactWishes,
        Home,
        Household,
        HouseholdMember,
        Need,
        OptOut,
        Tenancy,
        TenancyHolder,
    )

    kept = person("P1", born_on=date(1970, 3, 2), email="")
    gone = person("P2", given_name="Anne", email="ann@example.org", title="Ms")
    home = Home.objects.create(key="H1", address="1 Alder Court", postcode="TB1 1AA")
    household = Household.objects.create(home=home)
    tenancy = Tenancy.objects.create(
        home=home, household=household, tenure="general_needs", started_on=date(2010, 1, 4)
    )
    TenancyHolder.objects.create(tenancy=tenancy, person=gone, lead=True)
    TenancyHolder.objects.create(tenancy=tenancy, person=kept)
    for one in (kept, gone):
        HouseholdMember.objects.create(household=household, person=one)
        ContactWishes.objects.create(person=one, changed_on=date(2026, 1, 1))
        OptOut.objects.create(person=one, purpose="news", started_on=date(2026, 1, 1))
        Need.objects.create(person=one, kind="support", what="A hand", told_by="self", started_on=date(2026, 1, 1))
    ContactChannel.objects.create(person=gone, channel="email", position=1)
    earlier = person("P0", merged_into=gone)
    return {"kept": kept, "gone": gone, "tenancy": tenancy, "earlier": earlier}


def merged(two: Any, by: Any, **choices: str) -> Any:
    from hearth.register import services

    return services.merge(kept=two["kept"], gone=two["gone"], choices=choices, at=AT, by=by)


def test_everything_of_both_belongs_to_the_record_that_stays(two, keeper):
    from hearth.register.models import TenancyHolder
    from hearth.register.services.merging import pointing

    merged(two, keeper, given_name="other")
    kept, gone = two["kept"], two["gone"]
    for one in (kept, gone, two["earlier"]):
        one.refresh_from_db()
    assert (kept.name, kept.email, kept.title, kept.born_on) == (
        "Anne Example",
        "ann@example.org",
        "Ms",
        date(1970, 3, 2),
    )
    assert (gone.merged_into, two["earlier"].merged_into) == (kept, kept)
    assert [(h.person_id, h.lead) for h in TenancyHolder.objects.filter(tenancy=two["tenancy"])] == [(kept.pk, True)]
    for model, field in pointing():
        assert not model._base_manager.filter(**{field.name: gone.pk}).exists(), (model, field)
    assert kept.needs.count() == 2
    assert kept.channels.count() == 1
    assert kept.opt_outs.count() == 1


def test_a_merge_that_is_undone_leaves_everything_as_it_was(two, keeper):
    from hearth.register import services

    before = whole_database()
    done = merged(two, keeper, given_name="other", born_on="one")
    assert whole_database() != before
    services.undo_merge(merge=done, at=AT, by=keeper)
    assert whole_database() == before
    with pytest.raises(Refused, match="undone already"):
        services.undo_merge(merge=done, at=AT, by=keeper)


@pytest.mark.parametrize("seed", range(12))
def test_any_merges_undone_in_turn_leave_everything_as_it_was(inside, keeper, seed):
    """People with random parts in a few homes are merged at random, then taken apart from the last to the first."""
    from hearth.register import services
    from hearth.register.models import (
        ContactChannel,
        Home,
        Household,
        HouseholdMember,
        Lease,
        LeaseHolder,
        Need,
        Tenancy,
        TenancyHolder,
    )
    from hearth.register.rules.merging import CHOSEN

    chance = random.Random(seed)
    people = [
        person(f"P{n}", given_name=chance.choice("ABC"), email=chance.choice(["", f"{n}@example.org"]),
               born_on=chance.choice([None, date(1970, 1, n + 1)]), online=chance.choice([None, True, False]))
        for n in range(6)
    ]  # fmt: skip
    for number in range(3):
        home = Home.objects.create(key=f"H{number}", address=f"{number} Row", postcode="TB1 1AA")
        household = Household.objects.create(home=home)
        tenancy = Tenancy.objects.create(
            home=home, household=household, tenure="general_needs", started_on=date(2010, 1, 4)
        )
        lease = Lease.objects.create(home=home)
        for place, one in enumerate(chance.sample(people, 3)):
            TenancyHolder.objects.create(tenancy=tenancy, person=one, lead=place == 0)
            HouseholdMember.objects.create(household=household, person=one)
        for one in chance.sample(people, 2):
            LeaseHolder.objects.create(lease=lease, person=one)
    for one in chance.sample(people, 4):
        ContactChannel.objects.create(person=one, channel="email", position=1)
        Need.objects.create(person=one, kind="support", what="A hand", told_by="self", started_on=date(2026, 1, 1))
    before = whole_database()
    done, there = [], list(people)
    while len(there) > 2:
        kept, gone = chance.sample(there, 2)
        choices = {name: chance.choice(["one", "other"]) for name in CHOSEN if chance.random() < 0.5}
        done.append(services.merge(kept=kept, gone=gone, choices=choices, at=AT, by=keeper))
        there.remove(gone)
    for tenancy in Tenancy.objects.all():
        assert tenancy.holders.filter(lead=True, ended_on=None).count() == 1
    for merge in reversed(done):
        services.undo_merge(merge=merge, at=AT, by=keeper)
    assert whole_database() == before


def test_what_was_changed_after_the_merge_stays_changed_when_it_is_undone(two, keeper):
    from hearth.register import services

    done = merged(two, keeper)
    kept, gone = two["kept"], two["gone"]
    kept.refresh_from_db()
    assert kept.email == "ann@example.org"
    kept.email = "new@example.org"
    kept.save(update_fields=["email"])
    services.undo_merge(merge=done, at=AT, by=keeper)
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.email, gone.email, gone.merged_into) == ("new@example.org", "ann@example.org", None)


def test_the_account_goes_with_the_person(two, keeper, user_with):
    from hearth.register import queries, services
    from hearth.register.models import Person

    user = user_with()
    Person.objects.filter(pk=two["gone"].pk).update(user=user)
    done = merged(two, keeper)
    assert queries.person_of_user(user.pk) == two["kept"]
    services.undo_merge(merge=done, at=AT, by=keeper)
    assert queries.person_of_user(user.pk) == two["gone"]


def test_two_accounts_or_two_markers_are_for_a_person_to_settle(two, keeper, user_with):
    from hearth.register.models import Person, SafeContact

    for one in (two["kept"], two["gone"]):
        SafeContact.objects.create(person=one, started_on=date(2026, 1, 1), review_on=date(2026, 7, 1))
    with pytest.raises(Refused, match="contact safely"):
        merged(two, keeper)
    SafeContact.objects.filter(person=two["kept"]).delete()
    for one in (two["kept"], two["gone"]):
        Person.objects.filter(pk=one.pk).update(user=user_with())
    with pytest.raises(Refused, match="signs in"):
        merged(two, keeper)
    Person.objects.filter(pk=two["kept"].pk).update(user=None)
    merged(two, keeper)
    assert SafeContact.objects.get().person == two["kept"]


@pytest.mark.requirement("SEC-03")
def test_merging_and_undoing_stand_in_the_trail_of_the_person(two, keeper):
    from hearth.audit.models import Event
    from hearth.register import services

    done = merged(two, keeper)
    services.undo_merge(merge=done, at=AT, by=keeper)
    trail = Event.objects.filter(about_person=two["kept"].pk).order_by("id")
    assert list(trail.values_list("deed", flat=True)) == ["register.merged", "register.merge_undone"]


def test_who_may_not_merge_is_refused(two, actor):
    with pytest.raises(Forbidden):
        merged(two, actor("housing_officer"))


def test_a_record_cannot_be_merged_with_itself_or_twice(two, keeper):
    from hearth.register import services

    with pytest.raises(Refused, match="same record"):
        services.merge(kept=two["kept"], gone=two["kept"], choices={}, at=AT, by=keeper)
    merged(two, keeper)
    with pytest.raises(Refused, match="merged into another already"):
        merged(two, keeper)


def test_a_later_merge_is_undone_before_an_earlier_one(two, keeper):
    from hearth.register import services

    first = merged(two, keeper)
    third = person("P3")
    services.merge(kept=third, gone=two["kept"], choices={}, at=AT, by=keeper)
    with pytest.raises(Refused, match="Undo that first"):
        services.undo_merge(merge=first, at=AT, by=keeper)


def test_likely_duplicates_are_found_and_families_are_not(inside, keeper):
    from hearth.register import queries, services
    from hearth.register.models import Home, Household, HouseholdMember

    home = Home.objects.create(address="1 Alder Court", postcode="TB1 1AA")
    household = Household.objects.create(home=home)
    said = {"family_name": "Quarrington", "mobile": "+447700900123"}
    ann = person("P1", given_name="Ann", born_on=date(1970, 3, 2), **said)
    again = person("P2", given_name="Anne", born_on=date(1970, 3, 2), **said)
    twin = person("P3", given_name="Bella", born_on=date(1970, 3, 2), **said)
    child = person("P4", given_name="Ann", born_on=date(2001, 7, 9), **said)
    for one in (ann, again, twin, child):
        HouseholdMember.objects.create(household=household, person=one)
    chance = random.Random(1)
    for number in range(40):
        given, family = ("".join(chance.choices("abcdefghilmnoprstuw", k=6)) for _ in range(2))
        person(
            f"X{number}", given_name=given, family_name=family, born_on=date(1950, 1, 1) + timedelta(days=97 * number)
        )
    assert services.find_duplicates(on=date(2026, 9, 1), by=keeper) == 1
    pair = queries.pairs(by=keeper).get()
    assert (pair.one, pair.other) == (ann, again)
    assert pair.reasons == [
        "Same family name and contact details", "First names nearly the same", "Same date of birth",
    ]  # fmt: skip
    services.say_different(pair=pair, at=AT, by=keeper)
    assert services.find_duplicates(on=date(2026, 9, 1), by=keeper) == 0
    pair.refresh_from_db()
    assert pair.state == "different"


def test_a_merged_record_is_not_brought_back_by_the_next_file(inside, keeper):
    from hearth.register import services
    from hearth.register.models import Person, TenancyHolder
    from tests.rooms.register.files import as_csv, brought_in, counted, row, street

    rows = [*street(), row(home="H7", uprn="", address="7 Alder Court", right="T7", person="P1b", given="Anne")]
    brought_in(as_csv(rows), by=keeper)
    kept, gone = Person.objects.get(key="P1"), Person.objects.get(key="P1b")
    services.merge(kept=kept, gone=gone, choices={}, at=AT, by=keeper)
    before = list(Person.objects.order_by("pk").values())
    holders = list(TenancyHolder.objects.order_by("pk").values())
    again = brought_in(as_csv(rows), by=keeper, whole=True)
    assert list(Person.objects.order_by("pk").values()) == before
    assert list(TenancyHolder.objects.order_by("pk").values()) == holders
    assert {said[:3] for said in counted(again).values()} == {(0, 0, 0)}
