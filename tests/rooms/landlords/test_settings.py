"""Dated settings: a value from a day on, with its source and owner, and what held before."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from hearth.kernel.permits import Forbidden
from hearth.kernel.refusals import Refused
from hearth.landlords import queries, services
from hearth.landlords.models import Closure, Setting
from tests.factories.pages import text_of

KEY = "actions.reminder_days"
TODAY = timezone.localdate


@pytest.fixture
def administrator(user_with, client_as):
    """An administrator's browser."""
    return client_as(user_with(roles=["administrator"]))


def answers(**said):
    base = {"value": "21", "holds_from": TODAY(), "source": "Cabinet, minute 42", "owner": "Head of Housing"}
    return base | said


@pytest.mark.requirement("SYS-03")
def test_a_value_from_a_day_holds_for_that_day_and_later_ones_only(administrator):
    day = date(2026, 4, 1)
    page = administrator.send("landlords:change_setting", answers(holds_from=day), key=KEY, follow=True)
    assert "The new value has been saved." in text_of(page)
    assert queries.setting(KEY, on=day - timedelta(days=1)) == 14
    assert queries.setting(KEY, on=day) == 21
    assert queries.setting(KEY, on=date(2030, 1, 1)) == 21
    said = queries.value_on(KEY, on=day)
    assert (said.source, said.owner) == ("Cabinet, minute 42", "Head of Housing")


@pytest.mark.requirement("SYS-03")
def test_every_setting_is_listed_with_its_value_day_source_and_owner(administrator):
    administrator.send("landlords:change_setting", answers(), key=KEY)
    page = text_of(administrator.page("landlords:settings"))
    for kind in queries.kinds().values():
        assert kind.title in page
        assert kind.key == KEY or kind.source in page
    assert "21 days" in page
    assert "Cabinet, minute 42 Head of Housing" in page


def test_the_history_shows_what_held_and_what_is_to_come(administrator):
    administrator.send("landlords:change_setting", answers(), key=KEY)
    later = TODAY() + timedelta(days=30)
    administrator.send("landlords:change_setting", answers(value="30", holds_from=later), key=KEY)
    page = text_of(administrator.page("landlords:setting", key=KEY))
    assert "(to come)" in page
    assert page.index("30 days") < page.index("21 days", page.index("History")) < page.rindex("14 days")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"value": "soon"}, "must be a number, like 14."),
        ({"value": "-1"}, "must be 0 or more."),
        ({"source": ""}, "Enter which law, Code or decision sets it"),
        ({"owner": " "}, "Enter which post answers for it"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_what_to_do(administrator, said, words):
    page = administrator.send("landlords:change_setting", answers(**said), key=KEY)
    assert page.status_code == 422
    assert words.split()[-1] in text_of(page)
    assert not Setting.objects.exists()


def test_a_day_has_one_value(administrator):
    administrator.send("landlords:change_setting", answers(), key=KEY)
    page = administrator.send("landlords:change_setting", answers(value="30"), key=KEY)
    assert "This setting already has a value from that day." in text_of(page)


def test_a_route_of_posts_is_typed_one_on_a_line(administrator):
    key = "reviews.approval_route"
    said = answers(value="Head of Law\r\n\r\nDirector of Homes")
    administrator.send("landlords:change_setting", said, key=key)
    assert queries.setting(key, on=TODAY()) == ["Head of Law", "Director of Homes"]
    assert "Head of Law then Director of Homes" in text_of(administrator.page("landlords:setting", key=key))


def test_a_default_that_must_be_confirmed_is_confirmed_from_a_day_by_a_post(administrator):
    key = "disclosure.threshold"
    assert "To be confirmed" in text_of(administrator.page("landlords:setting", key=key))
    said = {"holds_from": TODAY(), "owner": "Policy Officer"}
    page = text_of(administrator.send("landlords:confirm_setting", said, key=key, follow=True))
    assert "The value has been confirmed." in page
    assert "To be confirmed" not in page
    assert queries.value_on(key, on=TODAY()).owner == "Policy Officer"
    assert administrator.page("landlords:confirm_setting", key=key).status_code == 404


def test_a_stored_value_that_must_be_confirmed_needs_only_the_button(administrator, actor):
    said = {"key": KEY, "value": 9, "holds_from": TODAY(), "source": "Letter", "owner": "Policy Officer"}
    services.set_value(**said, confirm=True, by=actor("administrator"))
    administrator.send("landlords:confirm_setting", key=KEY)
    assert not Setting.objects.get().confirm


def test_an_unknown_setting_is_not_found(administrator):
    assert administrator.page("landlords:setting", key="nothing.such").status_code == 404


@pytest.mark.requirement("SYS-01", "SYS-03")
def test_one_landlords_value_is_not_anothers(administrator, within, other_landlord):
    administrator.send("landlords:change_setting", answers(), key=KEY)
    with within(other_landlord):
        assert queries.setting(KEY, on=TODAY()) == 14


@pytest.mark.requirement("SEC-01")
def test_services_refuse_whoever_may_not_configure(actor):
    by = actor("auditor")
    with pytest.raises(Forbidden):
        services.set_value(key=KEY, value=3, holds_from=TODAY(), source="x", owner="y", by=by)
    with pytest.raises(Forbidden):
        services.add_closure(first_on=TODAY(), last_on=TODAY(), reason="x", by=by)
    with pytest.raises(Forbidden):
        services.change_look(landlord=queries.own(), name="Mine", by=by)


def test_a_closure_is_added_and_its_days_do_not_count_as_working_days(administrator):
    said = {"first_on": date(2026, 12, 29), "last_on": date(2026, 12, 31), "reason": "Winter closure"}
    page = text_of(administrator.send("landlords:add_closure", said, follow=True))
    assert "Winter closure" in page
    assert "29 December 2026" in page
    assert queries.calendar().add(date(2026, 12, 24), 1) == date(2027, 1, 4)


def test_a_closure_in_the_wrong_order_is_refused(administrator):
    said = {"first_on": date(2026, 12, 31), "last_on": date(2026, 12, 29), "reason": "Winter closure"}
    page = administrator.send("landlords:add_closure", said)
    assert "The last day must not be before the first." in text_of(page)
    assert not Closure.objects.exists()


@pytest.mark.requirement("SYS-01")
def test_the_look_of_the_landlord_shows_on_its_pages(administrator, inside):
    page = administrator.page("landlords:look")
    assert "Thornbridge" in page.content.decode()
    said = {"name": "Thornbridge Homes", "short_name": "Thornbridge", "colour": "#334455", "phone": "01632 960111"}
    done = administrator.send("landlords:look", said, follow=True).content.decode()
    assert "Thornbridge Homes" in done
    assert "01632 960111" in done
    assert "#334455" in administrator.page("ui:theme").content.decode()


def test_a_colour_that_is_none_is_refused_beside_its_box(administrator):
    said = {"name": "Thornbridge Homes", "short_name": "Thornbridge", "colour": "blue"}
    page = administrator.send("landlords:look", said)
    assert "Use six hex digits." in text_of(page)
    assert 'href="#id_colour"' in page.content.decode()


def test_a_setting_of_an_unknown_key_is_refused(actor):
    with pytest.raises(Refused, match="no such setting"):
        services.set_value(key="x.y", value=3, holds_from=TODAY(), source="x", owner="y", by=actor("administrator"))
