"""The register of formal bodies, found by any of their names."""

import pytest

from hearth.audit.models import Event
from hearth.landlords import queries
from hearth.landlords.models import Body
from tests.factories.pages import text_of


@pytest.fixture
def administrator(user_with, client_as):
    """An administrator's browser."""
    return client_as(user_with(roles=["administrator"]))


def alias(number, name, first=("", "", ""), last=("", "", "")):
    """One row of the form."""
    sent = {f"aliases-{number}-name": name}
    for field, parts in (("first_on", first), ("last_on", last)):
        for part, value in zip(("day", "month", "year"), parts, strict=True):
            sent[f"aliases-{number}-{field}-{part}"] = value
    return sent


@pytest.fixture
def forum(administrator):
    """A forum that had an abbreviation for seven years."""
    said = {"name": "Thornbridge Residents’ Forum", "kind": "forum", "decides": False, "frequency": "Quarterly"}
    rows = {"aliases-rows": "1", **alias(0, "TTLF", ("1", "5", "2015"), ("30", "6", "2022"))}
    administrator.send("landlords:add_body", said | rows)
    return Body.objects.get()


@pytest.mark.requirement("GOV-11")
@pytest.mark.parametrize("words", ["TTLF", "ttlf", "residents’ forum", "thornbridge"])
def test_a_body_is_found_by_any_of_its_names_and_shown_with_the_days_of_each(administrator, forum, words):
    Body.objects.create(name="Cabinet", kind="cabinet")
    page = text_of(administrator.page("landlords:bodies", query={"words": words}))
    assert "Thornbridge Residents’ Forum" in page
    assert "TTLF (1 May 2015 to 30 June 2022)" in page
    assert "Cabinet" not in page
    assert queries.body_called("TTLF") == forum


def test_a_bodys_page_shows_its_rhythm_and_whom_it_reports_to(administrator, forum):
    parent = Body.objects.create(name="Housing Committee", kind="committee", decides=True)
    said = {"name": forum.name, "kind": "forum", "decides": False, "parent": str(parent.pk), "frequency": "Monthly"}
    page = administrator.send("landlords:change_body", said | {"aliases-rows": "0"}, pk=forum.pk, follow=True)
    assert "Housing Committee" in text_of(page)
    assert "Monthly" in text_of(page)
    assert forum.name in text_of(administrator.page("landlords:body", pk=parent.pk))


def test_the_form_shows_the_other_names_that_are_known(administrator, forum):
    page = administrator.page("landlords:change_body", pk=forum.pk).content.decode()
    assert 'value="TTLF"' in page
    assert 'value="2015"' in page


def test_a_body_never_reports_to_itself(administrator, forum):
    child = Body.objects.create(name="Sub-group", kind="group", parent=forum)
    for parent in (forum, child):
        said = {"name": forum.name, "kind": "forum", "decides": False, "parent": str(parent.pk)}
        page = administrator.send("landlords:change_body", said, pk=forum.pk)
        assert "A body cannot report to itself." in text_of(page)


def test_two_bodies_may_not_share_a_name(administrator, forum):
    said = {"name": "ttlf", "kind": "forum", "decides": False}
    assert "There is a body of that name already." in text_of(administrator.send("landlords:add_body", said))


def test_days_of_a_name_in_the_wrong_order_are_refused(administrator):
    rows = {"aliases-rows": "1", **alias(0, "TTLF", ("1", "5", "2022"), ("30", "6", "2015"))}
    page = administrator.send("landlords:add_body", {"name": "Forum", "kind": "forum", "decides": False} | rows)
    assert "cannot have been given up before it was first used" in text_of(page)


def test_adding_and_changing_a_body_is_in_the_trail(administrator, forum):
    said = {"name": forum.name, "kind": "panel", "decides": False}
    administrator.send("landlords:change_body", said, pk=forum.pk)
    deeds = Event.objects.filter(subject_kind="landlords.body").values_list("deed", flat=True)
    assert sorted(deeds) == ["landlords.body_added", "landlords.body_changed"]
