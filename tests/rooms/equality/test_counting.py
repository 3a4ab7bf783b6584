"""Counted from the register: profiles with their basis, gaps and campaigns, coverage of those who took part."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from hearth.kernel.refusals import Refused
from tests.factories.pages import text_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 31)


@pytest.fixture
def as_officer(client_as: Callable[..., Any], user_with: Callable[..., Any]) -> Any:
    return client_as(user_with(roles=["equality_officer"]))


def counts_in(profile: Any, characteristic: str) -> dict[str, int]:
    cells = profile.cells.filter(characteristic=characteristic)
    return {cell.label: cell.count for cell in cells if cell.count}


@pytest.mark.requirement("PROF-05", "PROF-16")
def test_lead_tenants_and_all_tenants_are_counted_apart_and_a_comparison_warns(
    person: Any, tell: Any, officer: Any, as_officer: Any
) -> None:
    from hearth.equality import services

    for year in (1950, 1980, 2003):
        tell(person(born_on=date(year, 6, 1)), sex="Female")
    person(lead=False, born_on=date(1990, 1, 1))
    person()
    lead = services.count_profile(title="Lead", population="lead_tenants", as_at=DAY, by=officer)
    every = services.count_profile(title="All", population="tenants", as_at=DAY, by=officer)
    assert (lead.base, every.base) == (4, 5)
    assert lead.basis.startswith("Tenant 1 data")
    ages = {"15 to 24": 1, "45 to 54": 1, "75 and over": 1, "Not known": 1}
    assert counts_in(lead, "age") == ages
    assert counts_in(every, "age") == {**ages, "35 to 44": 1}
    page = as_officer.page("equality:compare", query={"first": lead.pk, "second": every.pk})
    assert "These profiles count different people" in text_of(page)


@pytest.mark.requirement("PROF-14")
def test_a_profile_of_leaseholders_says_their_number_and_that_nothing_is_held(
    person: Any, tell: Any, officer: Any, as_officer: Any
) -> None:
    from hearth.equality import services

    for _ in range(12):
        person(tenure="lease", born_on=date(1970, 1, 1))
    kept = services.count_profile(title="Leaseholders", population="leaseholders", as_at=DAY, by=officer)
    text = text_of(as_officer.page("equality:profile", pk=kept.pk))
    assert "Base 12" in text
    assert "Race: not held" in text


def test_answers_count_as_they_stood_on_the_day(person: Any, tell: Any, officer: Any) -> None:
    from hearth.equality import queries

    them = person()
    tell(them, sex="Female", on=date(2026, 2, 1))
    tell(them, sex="Male", on=date(2026, 3, 1))
    for day, label in ((date(2026, 1, 31), "Not asked"), (date(2026, 2, 15), "Female"), (DAY, "Male")):
        found = queries.population_margins(["sex"], on=day, by=officer)["sex"]
        assert [name for name, count in found.items() if count] == [label], day


@pytest.mark.requirement("PROF-07")
def test_an_answer_in_one_set_is_counted_in_another_where_it_means_the_same(
    person: Any, tell: Any, officer: Any, sets: Any, asked: Any
) -> None:
    from hearth.equality import queries, services

    tell(person(), race="White")
    broad = sets["census-2021-ethnic-group-5"]
    services.map_answer(
        category=asked["race"].categories.get(label="White"), target=broad.categories.get(label="White"), by=officer
    )
    services.ask_with(kept=broad, from_on=date(2026, 3, 15), by=officer)
    assert queries.population_margins(["race"], on=DAY, by=officer)["race"]["White"] == 1


def test_codes_for_weighting_name_nobody_and_cover_everybody(person: Any, tell: Any, officer: Any) -> None:
    from hearth.config import margins

    one, two = person(area="North"), person(area="South", tenure="supported")
    tell(one, sex="Female")
    labels, codes = margins.codes([one.pk, two.pk, 999_999], ["sex", "area", "tenure"], on=DAY, by=officer)
    assert set(codes) == {one.pk, two.pk}
    read = {
        pk: [labels[c][n] for c, n in zip(("sex", "area", "tenure"), code, strict=True)] for pk, code in codes.items()
    }
    assert read[one.pk] == ["Female", "North", "General needs tenancy"]
    assert read[two.pk] == ["Not asked", "South", "Supported or independent living tenancy"]
    found = margins.margins(["sex", "area"], person_ids=[one.pk, two.pk], on=DAY, by=officer)
    assert {sum(counts.values()) for counts in found.values()} == {2}


@pytest.mark.requirement("PROF-30")
def test_a_campaign_lists_those_of_whom_something_is_missing_and_shows_its_progress(
    person: Any, tell: Any, as_officer: Any, client_as: Any, user_with: Any
) -> None:
    from hearth.equality.models import Campaign

    told, refused, unknown, never = (person(family_name=name) for name in ("Told", "Refused", "Unknown", "Never"))
    tell(told, race="White")
    tell(refused, race="prefer_not_to_say")
    tell(unknown, race="unknown")
    sent = {"title": "Ethnic group", "characteristics": ["race"], "population": "lead_tenants"}
    assert as_officer.send("equality:add_campaign", sent).status_code == 302
    made = Campaign.objects.get()
    assert {place.person_id for place in made.people.all()} == {unknown.pk, never.pk}
    clerk = client_as(user_with(roles=["housing_officer"]))
    page = text_of(clerk.page("equality:work_list", pk=made.pk))
    assert "Never" in page
    assert "Unknown" in page
    assert "Example Told" not in page
    assert "Race" in page
    assert client_as(user_with(roles=["auditor"])).page("equality:work_list", pk=made.pk).status_code == 403
    assert "0%: 0 of 2 people" in text_of(as_officer.page("equality:campaign", pk=made.pk))
    tell(never, race="White")
    text = text_of(as_officer.page("equality:campaign", pk=made.pk))
    assert "50%: 1 of 2 people" in text
    assert "Never" not in text
    place = made.people.get(person_id=unknown.pk)
    assert clerk.send("equality:tried", pk=made.pk, place=place.pk).status_code == 302
    assert as_officer.send("equality:close_campaign", pk=made.pk).status_code == 302
    assert clerk.send("equality:tried", pk=made.pk, place=place.pk).status_code == 422


@pytest.mark.requirement("PROF-11", "PROF-30")
def test_what_is_not_known_is_work_to_do_with_a_way_to_a_campaign(person: Any, tell: Any, as_officer: Any) -> None:
    for number in range(8):
        them = person()
        if number == 0:
            tell(them, race="White")
    text = text_of(as_officer.page("equality:gaps"))
    assert "Race 7 87.50%" in text
    assert "Start a campaign" in text
    assert "Religion or belief 8 100.00% 0 Not asked of anybody yet" in text


def took_part(person: Any, tell: Any) -> tuple[list[int], list[int]]:
    """A hundred who took part, 80 women of them, beside a register of 400 in which two in three are; nobody young."""
    everybody, took = [], []
    for number in range(400):
        them = person(born_on=date(2005, 1, 1) if number % 20 == 0 else date(1980, 1, 1), area="NS"[number % 2])
        tell(them, sex="Male" if number % 3 == 0 else "Female")
        everybody.append((them.pk, number))
    women = [pk for pk, n in everybody if n % 3 and n % 20]
    men = [pk for pk, n in everybody if n % 3 == 0 and n % 20]
    took = women[:80] + men[:20]
    return took, [pk for pk, _ in everybody]


@pytest.mark.requirement("PROF-28", "INC-02")
def test_who_took_part_is_judged_beside_the_register_and_groups_with_nobody_are_named(
    person: Any, tell: Any, officer: Any
) -> None:
    from hearth.equality import queries

    took, _ = took_part(person, tell)
    found = queries.coverage(took, on=DAY, by=officer)
    assert (found.people, found.register) == (100, 400)
    assert ("Sex", "Female") in found.over
    assert ("Sex", "Male") in found.under
    assert found.missing == [("Age", "15 to 24")]
    assert {section.characteristic for section in found.sections} >= {"age", "sex", "tenure", "area"}


def test_of_a_handful_who_took_part_nothing_is_said(person: Any, tell: Any, officer: Any) -> None:
    from hearth.equality import queries

    took, _ = took_part(person, tell)
    found = queries.coverage(took[:7], on=DAY, by=officer)
    assert found.people is None
    assert found.sections == ()


@pytest.mark.requirement("PROF-28")
def test_references_typed_into_the_page_are_compared_and_nothing_is_kept(
    person: Any, tell: Any, as_officer: Any
) -> None:
    from hearth.equality.models import Profile
    from hearth.register.models import Person

    took, _ = took_part(person, tell)
    keys = list(Person.objects.filter(pk__in=took).values_list("key", flat=True))
    page = as_officer.send("equality:coverage", {"references": "\n".join([*keys, "STRANGER"]), "against": "tenants"})
    text = text_of(page)
    assert "Not in the register: STRANGER." in text
    assert "Over-represented Sex: Female" in text
    assert "Nobody took part Age: 15 to 24" in text
    assert not Profile.objects.exists()


@pytest.mark.requirement("PROF-18")
def test_internet_access_is_counted_by_age_and_those_who_want_help_are_listed(
    person: Any, asked: Any, as_officer: Any, client_as: Any, user_with: Any
) -> None:
    from hearth.register.models import Need

    for number in range(120):
        online = (True, False, None)[number % 3]
        person(born_on=date(1950 if number % 2 else 1990, 1, 1), online=online)
    wants = person(family_name="Wishes")
    Need.objects.create(person=wants, kind="online", what="Lessons", told_by="self", started_on=date(2026, 1, 1))
    text = text_of(as_officer.page("equality:online"))
    assert "75 and over" in text
    for label in ("Has internet access", "No internet access", "Not known"):
        assert label in text
    assert "Example Wishes" in text
    assert "Example Wishes" not in text_of(client_as(user_with(roles=["auditor"])).page("equality:online"))


@pytest.mark.requirement("PROF-26")
def test_a_characteristic_by_area_hides_small_figures_in_all_its_tables_together(
    person: Any, tell: Any, as_officer: Any
) -> None:
    for number in range(90):
        them = person(area=("North", "South", "West")[number % 3])
        tell(them, race="White" if number % 30 else "Arab or other")
    text = text_of(as_officer.page("equality:crossed", query={"down": "area", "across": "race"}))
    assert "figures are hidden" in text or "figure is hidden" in text
    assert "fewer than 10" in text
    assert "All others" in text or "not shown" in text


@pytest.mark.requirement("PROF-24")
def test_shares_of_homelessness_duties_with_bases_of_their_own_are_not_added_up(as_officer: Any) -> None:
    from hearth.equality.models import DutyFigure

    for duty, share in (("prevention", "6.76"), ("relief", "25.57"), ("main", "4.46")):
        sent = {"year": "2022-23", "duty": duty, "share": share, "source": "Statutory returns"}
        assert as_officer.send("equality:add_duty", sent).status_code == 302
    text = text_of(as_officer.page("equality:duties"))
    assert "25.57%" in text
    chosen = [str(one.pk) for one in DutyFigure.objects.all()]
    refused = as_officer.send("equality:duties", {"chosen": chosen})
    assert refused.status_code == 422
    assert "its own duty and year" in text_of(refused)
    assert as_officer.send("equality:duties", {"chosen": chosen[:1]}).status_code == 302
    wrong = as_officer.send("equality:add_duty", {"year": "2022-24", "duty": "main", "share": "1", "source": "x"})
    assert wrong.status_code == 422


def test_a_profile_page_reads_no_more_however_many_characteristics_it_has(
    person: Any, tell: Any, officer: Any, as_officer: Any, queries: Any
) -> None:
    from hearth.equality import services

    for _ in range(30):
        tell(person(born_on=date(1980, 1, 1)), sex="Female", race="White")
    profile = services.count_profile(title="Lead", population="lead_tenants", as_at=DAY, by=officer)
    as_officer.page("equality:profile", pk=profile.pk)  # draws the pictures
    with queries(20):
        as_officer.page("equality:profile", pk=profile.pk)
    profile.cells.filter(characteristic="race").delete()
    with queries(20):
        as_officer.page("equality:profile", pk=profile.pk)


def test_nothing_is_counted_where_nothing_is_known(person: Any, officer: Any, asked: Any) -> None:
    from hearth.equality import services

    with pytest.raises(Refused, match="knows nobody"):
        services.count_profile(title="None", population="lead_tenants", as_at=DAY, by=officer)
    person()
    with pytest.raises(Refused, match="Nothing is known"):
        services.count_profile(title="None", population="lead_tenants", as_at=DAY, by=officer)
