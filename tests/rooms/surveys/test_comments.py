"""Comments: nobody sees one before a person has checked it; and the prize draw, which knows no answer."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from hearth.kernel.permits import Forbidden
from hearth.kernel.refusals import Refused
from hearth.surveys import queries, services
from hearth.surveys.models import Comment, PrizeEntry
from tests.factories import surveys as make

pytestmark = pytest.mark.django_db
TEXT = "Please ask Mr Oakley at 12 Mill Lane about the damp."


@pytest.fixture
def commented(inside: Any, officer: Any) -> Any:
    """A survey with two comments."""
    survey = make.survey(make.PLAIN)
    make.respond(survey, {"overall": "5", "why": TEXT})
    make.respond(survey, {"overall": "1", "why": "The stairs are clean."})
    services.compute(survey=survey, at=timezone.now(), by=officer)
    return survey


def named(survey: Any) -> Comment:
    return Comment.objects.get(survey=survey, text=TEXT)


@pytest.mark.requirement("SUR-04")
def test_a_comment_is_checked_mended_and_only_then_seen(commented: Any, user_with: Any, client_as: Any) -> None:
    reader, checker = (
        client_as(user_with(roles=["auditor"])),
        client_as(user_with(roles=["resident_involvement_officer"])),
    )
    page = reader.page(f"/surveys/{commented.pk}/comments/").content.decode()
    assert "damp" not in page
    asked = checker.page(f"/surveys/{commented.pk}/comments/{named(commented).pk}/").content.decode()
    assert "<mark>Mr Oakley<" in asked
    assert "<mark>12 Mill Lane<" in asked
    assert "Please ask [left out] at [left out] about the damp." in asked
    checker.send(
        f"/surveys/{commented.pk}/comments/{named(commented).pk}/",
        {"verdict": "mended", "shown": "Please ask my neighbour about the damp.", "themes": "Damp, neighbours"},
    )
    page = reader.page(f"/surveys/{commented.pk}/comments/").content.decode()
    assert "Please ask my neighbour about the damp." in page
    assert "Oakley" not in page
    assert queries.comment_themes(commented) == [("damp", 1), ("neighbours", 1)]


def test_a_comment_that_is_kept_back_is_never_seen(commented: Any, officer: Any) -> None:
    services.check_comment(comment=named(commented), verdict="kept_back", at=timezone.now(), by=officer)
    assert not queries.comments_shown(commented)
    assert named(commented).shown == ""


def test_whoever_may_not_check_reads_no_comment_as_it_was_given(
    commented: Any, actor: Any, user_with: Any, client_as: Any
) -> None:
    with pytest.raises(Forbidden):
        services.check_comment(comment=named(commented), verdict="shown", at=timezone.now(), by=actor("auditor"))
    with pytest.raises(Forbidden):
        queries.comment(commented, named(commented).pk, by=actor("auditor"))
    client = client_as(user_with(roles=["auditor"]))
    assert client.page(f"/surveys/{commented.pk}/comments/{named(commented).pk}/").status_code == 403


def test_a_mended_comment_must_say_something(commented: Any, officer: Any) -> None:
    with pytest.raises(Refused, match="Nothing would be shown"):
        services.check_comment(comment=named(commented), verdict="mended", shown=" ", at=timezone.now(), by=officer)
    with pytest.raises(Refused, match="longer"):
        services.check_comment(
            comment=named(commented), verdict="mended", shown="x" * 900, at=timezone.now(), by=officer
        )


def test_the_next_comment_is_offered_until_none_waits(commented: Any, user_with: Any, client_as: Any) -> None:
    client = client_as(user_with(roles=["resident_involvement_officer"]))
    for _ in range(2):
        where = client.page(f"/surveys/{commented.pk}/comments/next/")["Location"]
        sent = client.post(where, {"verdict": "shown", "themes": ""})
        assert sent["Location"].endswith("/comments/next/")
    assert client.page(f"/surveys/{commented.pk}/comments/next/")["Location"].endswith("/comments/")
    assert queries.comment_counts(commented) == {"shown": 2}


def test_a_question_page_shows_no_traits_with_a_comment(commented: Any, officer: Any) -> None:
    services.check_comment(comment=named(commented), verdict="shown", at=timezone.now(), by=officer)
    shown = queries.as_shown(queries.comments_shown(commented)[0])
    assert set(vars(shown)) == {"question", "text", "themes", "mended"}


class TestThePrizeDraw:
    def entered(self, survey: Any, number: int) -> None:
        for at in range(number):
            PrizeEntry.objects.create(survey=survey, nonce=f"n{at:03}", name=f"Person {at}", contact="01632 960003")

    def test_the_same_seed_draws_the_same_winners(self, inside: Any, officer: Any) -> None:
        drawn = []
        for _ in range(2):
            survey = make.survey(state="closed", incentive="A voucher")
            self.entered(survey, 40)
            won = services.draw_prizes(survey=survey, winners=3, prize="£50", seed="spring", by=officer)
            drawn.append([one.name for one in won])
        assert drawn[0] == drawn[1]
        assert len(set(drawn[0])) == 3
        assert PrizeEntry.objects.exclude(won="").count() == 6

    def test_nobody_wins_twice_and_more_winners_than_entries_are_refused(self, inside: Any, officer: Any) -> None:
        survey = make.survey(state="closed", incentive="A voucher")
        self.entered(survey, 3)
        services.draw_prizes(survey=survey, winners=2, prize="£50", by=officer)
        services.draw_prizes(survey=survey, winners=1, prize="£10", by=officer)
        assert PrizeEntry.objects.exclude(won="").count() == 3
        with pytest.raises(Refused):
            services.draw_prizes(survey=survey, winners=1, prize="£10", by=officer)

    def test_the_draw_is_held_after_the_last_day_and_names_can_be_forgotten(
        self, inside: Any, officer: Any, user_with: Any, client_as: Any
    ) -> None:
        survey = make.survey(incentive="A voucher")
        self.entered(survey, 3)
        with pytest.raises(Refused, match="closed"):
            services.draw_prizes(survey=survey, winners=1, prize="£50", by=officer)
        survey.state = "closed"
        survey.save()
        client = client_as(user_with(roles=["resident_involvement_officer"]))
        client.send(f"/surveys/{survey.pk}/results/prizes/", {"winners": "1", "prize": "£50"})
        winner = PrizeEntry.objects.exclude(won="").get()
        assert winner.name in client.page(f"/surveys/{survey.pk}/results/prizes/").content.decode()
        assert services.forget_entries(survey=survey, by=officer) == 3
        assert not PrizeEntry.objects.exists()
