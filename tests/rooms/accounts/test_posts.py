"""The register of posts: titles, earlier titles, and who held each of them on a day."""

from datetime import date

import pytest

from hearth.accounts import services
from hearth.accounts.models import PostHolding
from hearth.landlords import services as landlord_services
from hearth.landlords.models import Post
from tests.factories.pages import text_of


@pytest.fixture
def administrator(user_with, client_as):
    """An administrator's browser."""
    return client_as(user_with(roles=["administrator"]))


@pytest.fixture
def post(actor):
    """A post that two people held one after the other."""
    by = actor("administrator")
    made = landlord_services.add_post(title="Head of Tenancy Services", aliases=["Head of Housing"], by=by)
    fill = services.fill_post
    fill(post_id=made.pk, name="First Holder", first_on=date(2020, 1, 1), last_on=date(2024, 2, 29), by=by)
    fill(post_id=made.pk, name="Second Holder", first_on=date(2024, 3, 1), by=by)
    return made


@pytest.mark.requirement("GOV-12")
@pytest.mark.parametrize(
    ("on", "holder"),
    [
        (date(2019, 12, 31), "Nobody"),
        (date(2020, 1, 1), "First Holder"),
        (date(2024, 2, 29), "First Holder"),
        (date(2024, 3, 1), "Second Holder"),
    ],
)
def test_a_post_resolves_to_who_held_it_on_the_day_that_is_asked_for(administrator, post, on, holder):
    query = {"on-day": on.day, "on-month": on.month, "on-year": on.year, "words": "head of housing"}
    page = text_of(administrator.page("accounts:posts", query=query))
    assert "Head of Tenancy Services" in page
    names = {"Nobody", "First Holder", "Second Holder"}
    assert [name for name in names if name in page] == [holder]


def test_a_posts_own_page_shows_everybody_who_held_it(administrator, post):
    page = text_of(administrator.page("accounts:post", pk=post.pk))
    for words in ("Head of Housing", "First Holder", "1 January 2020 to 29 February 2024", "Second Holder", "Ended"):
        assert words in page


def test_a_post_is_added_and_changed_with_its_earlier_titles(administrator):
    answers = {
        "title": "Repairs Manager",
        "aliases": "Maintenance Manager\n\nHead of Repairs ",
        "senior": True,
        "published": False,
    }
    page = text_of(administrator.send("accounts:add_post", answers, follow=True))
    assert "The post has been added." in page
    post = Post.objects.get(title="Repairs Manager")
    assert post.aliases == ["Maintenance Manager", "Head of Repairs"]
    administrator.send("accounts:change_post", answers | {"title": "Repairs Lead"}, pk=post.pk)
    post.refresh_from_db()
    assert post.title == "Repairs Lead"


def test_two_posts_may_not_share_a_title_nor_an_earlier_one(administrator, post):
    answers = {"title": "head of housing", "senior": True, "published": False}
    page = administrator.send("accounts:add_post", answers)
    assert "There is a post of that name already." in text_of(page)
    other = Post.objects.create(title="Something else")
    page = administrator.send("accounts:change_post", answers, pk=other.pk)
    assert "There is a post of that name already." in text_of(page)


def test_a_holder_is_recorded_and_leaves(administrator, post, user_with):
    user = user_with(name="Third Holder")
    answers = {"person": str(user.pk), "first_on": date(2025, 6, 1)}
    page = text_of(administrator.send("accounts:fill_post", answers, pk=post.pk, follow=True))
    assert "Third Holder" in page
    holding = PostHolding.objects.get(user=user)
    early = administrator.send("accounts:leave_post", {"last_on": date(2025, 5, 31)}, pk=post.pk, holding=holding.pk)
    assert "A post cannot be left before it was filled." in text_of(early)
    administrator.send("accounts:leave_post", {"last_on": date(2025, 7, 1)}, pk=post.pk, holding=holding.pk)
    holding.refresh_from_db()
    assert holding.last_on == date(2025, 7, 1)


def test_a_holder_needs_a_name_or_an_account(administrator, post):
    page = administrator.send("accounts:fill_post", {"first_on": date(2025, 6, 1)}, pk=post.pk)
    assert page.status_code == 422
    assert "Enter the name, or choose an account" in text_of(page)


def test_an_auditor_may_look_at_posts_and_change_none(user_with, client_as, post):
    client = client_as(user_with(roles=["auditor"]))
    page = client.page("accounts:post", pk=post.pk)
    assert "Change this post" not in text_of(page)
    for name in ("accounts:change_post", "accounts:fill_post"):
        assert client.page(name, pk=post.pk).status_code == 403
