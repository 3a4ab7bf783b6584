"""Saving answers: in pieces, by several people at once, and without losing anybody's words."""

from __future__ import annotations

from typing import Any

import pytest

from hearth.reviews import queries, services
from tests.factories import people, reviews
from tests.rooms.reviews.conftest import said


def value(review: Any, key: str) -> Any:
    return queries.parts_of(review)[key].value


def send(desk: Any, review: Any, key: str, follow: bool = False, **answers: Any) -> Any:
    part = queries.parts_of(review).get(key)
    answers.setdefault("seen", str(part.number if part else 0))
    return desk.send("reviews:part", answers, pk=review.pk, key=key, follow=follow)


def test_an_answer_may_be_saved_in_pieces_and_says_that_it_was(review: Any, desk: Any) -> None:
    page = send(desk, review, "aims", follow=True, text="To keep gardens tidy.")
    assert "Question 1 has been saved." in said(page)
    assert value(review, "aims") == {"text": "To keep gardens tidy.", "objectives": []}
    send(desk, review, "aims", text="To keep gardens tidy.", objectives="Fortnightly\n• Help\n\nSix\nmore\nitems\nhere")
    assert value(review, "aims")["objectives"] == ["Fortnightly", "Help", "Six", "more", "items", "here"]


@pytest.mark.requirement("CAR-05")
def test_empty_aims_stop_submission_and_six_objectives_are_six_items(review: Any, desk: Any, officer: Any) -> None:
    reviews.answer_all(review, by=people.actor(officer))
    send(desk, review, "aims", text="", objectives="")
    assert "Question 1 is empty" in said(desk.page("reviews:submit", pk=review.pk))
    assert desk.send("reviews:submit", pk=review.pk).status_code == 422
    send(desk, review, "aims", objectives="1st\n2nd\n3rd\n4th\n5th\n6th")
    assert len(value(review, "aims")["objectives"]) == 6
    assert "question 1 is empty" not in said(desk.page("reviews:checks", pk=review.pk)).lower()


@pytest.mark.requirement("CAR-02", "CAR-03")
def test_details_are_saved_in_pieces_but_a_review_without_officer_cannot_be_submitted(
    review: Any, desk: Any, officer: Any
) -> None:
    reviews.answer_all(review, by=people.actor(officer))
    posts = "Housing Maintenance Manager\nTenancy Services Manager"
    sent = {"area": "Garden waste", "assessed": "March 2026", "directorate": "Housing", "managers": posts}
    page = send(desk, review, "details", follow=True, **sent)
    assert "1 March 2026 to 31 March 2026" in said(page)
    review.refresh_from_db()
    assert f"{review.assessed_on:%Y-%m}" == "2026-03"
    assert desk.send("reviews:submit", pk=review.pk).status_code == 422
    review.refresh_from_db()
    assert review.status == "drafting"
    assert value(review, "details")["managers"] == posts.split("\n")
    assert posts.replace("\n", " / ") in said(desk.page("reviews:preview", pk=review.pk))


def test_two_who_write_at_once_both_keep_their_words(review: Any, desk: Any, client_as: Any, colleague: Any) -> None:
    other = client_as(colleague)
    send(desk, review, "comments", text="First")
    seen = str(queries.parts_of(review)["comments"].number)
    send(other, review, "comments", seen=seen, text="What Mo wrote")
    page = send(desk, review, "comments", seen=seen, text="What Olu wrote")
    assert page.status_code == 409
    words = said(page)
    assert "What Mo wrote" in words
    assert "What Olu wrote" in page.content.decode().partition("<form")[2]  # in the form, to put together
    assert "Mo Brand saved this answer while you were writing" in words
    assert "Mo Brand saved Answer: What Mo wrote" in words
    assert value(review, "comments")["text"] == "What Mo wrote"
    latest = str(queries.parts_of(review)["comments"].number)
    assert f'name="seen" value="{latest}"' in page.content.decode()
    assert send(desk, review, "comments", seen=latest, text="Mo and Olu").status_code == 302
    assert value(review, "comments")["text"] == "Mo and Olu"
    history = said(desk.page("reviews:versions", pk=review.pk, key="comments"))
    assert "What Mo wrote" in history
    assert "First" in history


def test_what_was_typed_survives_an_answer_that_cannot_be_understood(review: Any, desk: Any) -> None:
    page = send(desk, review, "monitoring", text="By the housing board", every_months="often")
    assert page.status_code == 422
    assert "must be a number" in said(page)
    body = page.content.decode()
    assert "By the housing board" in body
    assert 'value="often"' in body
    assert "monitoring" not in queries.parts_of(review)


def test_rows_are_added_without_saving_and_without_losing_what_was_typed(review: Any, desk: Any) -> None:
    sent = {"rows-rows": "1", "rows-0-need": "Who cannot lift", "rows-add": "1", "text": ""}
    page = send(desk, review, "information_actions", **sent)
    assert page.status_code == 200
    assert "Who cannot lift" in page.content.decode()
    assert 'name="rows-1-need"' in page.content.decode()
    assert "information_actions" not in queries.parts_of(review)


def test_an_earlier_version_comes_back_as_a_new_one(review: Any, desk: Any) -> None:
    send(desk, review, "comments", text="The first words")
    send(desk, review, "comments", text="The second words")
    desk.send("reviews:restore", pk=review.pk, key="comments", number=1)
    part = queries.parts_of(review)["comments"]
    assert (part.value["text"], part.number) == ("The first words", 3)
    assert "The second words" in said(desk.page("reviews:versions", pk=review.pk, key="comments"))


@pytest.mark.requirement("CAR-06")
def test_affected_groups_are_chosen_from_the_forms_own_list(review: Any, desk: Any) -> None:
    page = said(desk.page("reviews:part", pk=review.pk, key="affected"))
    for group in ("Tenants", "Leaseholders", "Housing applicants", "Homeless applicants", "All residents",
                  "Local communities", "Partners"):  # fmt: skip
        assert group in page
    chosen = ["tenants", "applicants", "homeless_applicants"]
    send(desk, review, "affected", groups=chosen, text="And their families.")
    assert value(review, "affected") == {"groups": chosen, "text": "And their families."}


@pytest.mark.requirement("CAR-07")
def test_an_indicator_is_linked_or_said_to_be_none(review: Any, desk: Any, officer: Any) -> None:
    from hearth.policies.models import Indicator

    Indicator.objects.create(code="HPI-16", title="Homes repaired right first time")
    reviews.answer_all(review, by=people.actor(officer))
    send(desk, review, "contribution", text="It serves clean estates.")
    assert "names no performance indicator" in said(desk.page("reviews:submit", pk=review.pk))
    send(desk, review, "contribution", no_indicator=["none"])
    assert "names no performance indicator" not in said(desk.page("reviews:checks", pk=review.pk))
    send(desk, review, "contribution", indicators=["HPI-16"], other_indicators="TP01, EX-2")
    assert value(review, "contribution")["indicators"] == ["HPI-16", "TP01", "EX-2"]
    assert [found.pk for found in queries.citing_indicator("HPI-16")] == [review.pk]


@pytest.mark.requirement("CAR-08")
def test_a_corporate_aim_is_printed_with_its_plan_and_text(review: Any, desk: Any) -> None:
    from datetime import date

    from hearth.policies.models import Aim, Plan

    plan = Plan.objects.create(title="Corporate Plan", starts_on=date(2021, 4, 1), ends_on=date(2027, 3, 31))
    Aim.objects.create(plan=plan, code="HS3", text="Homes that are safe and decent")
    page = desk.page("reviews:part", pk=review.pk, key="contribution").content.decode()
    chosen = "HS3 Homes that are safe and decent (Corporate Plan)"
    assert f'value="{chosen}"' in page
    send(desk, review, "contribution", objectives=[chosen], other_objectives="Kindness")
    printed = said(desk.page("reviews:preview", pk=review.pk))
    assert chosen in printed
    assert "Kindness" in printed
    assert queries.citing_aim("HS3") == [review]
    assert queries.citing_aim("HS") == []


@pytest.mark.requirement("CAR-09")
def test_what_is_dictated_and_where_there_is_discretion_are_two_answers(review: Any, desk: Any) -> None:
    from hearth.policies.models import Law

    Law.objects.create(title="Housing Act 1996", kind="act")
    page = send(desk, review, "dictated", follow=True, laws=["Housing Act 1996"], other_laws="A local byelaw")
    assert value(review, "dictated")["laws"] == ["Housing Act 1996", "A local byelaw"]
    assert "state where" in said(page)
    assert "has discretion, or “none”" in said(page)
    page = send(desk, review, "dictated", follow=True, laws=["Housing Act 1996"], discretion="None")
    assert "has discretion, or “none”" not in said(page)


@pytest.mark.requirement("CAR-19")
def test_a_row_with_two_answers_or_none_is_told_beside_the_row(review: Any, desk: Any) -> None:
    assert "Put right The row for Age is empty" in said(desk.page("reviews:part", pk=review.pk, key="impacts.age"))
    page = send(desk, review, "impacts.age", follow=True, positive="Help with lifting", ticks=["no_impact"])
    assert "two answers that contradict each other" in said(page)
    assert value(review, "impacts.age")["positive"] == "Help with lifting"
    page = send(desk, review, "impacts.age", follow=True, ticks=["no_impact", "unknown"])
    assert "two answers that contradict each other" in said(page)
    page = send(desk, review, "impacts.age", follow=True, ticks=["no_impact"])
    assert "contradict" not in said(page)
    assert "No impact" in said(desk.page("reviews:matrix", pk=review.pk))


@pytest.mark.requirement("CAR-17")
def test_each_impact_is_tied_to_an_aim(review: Any, desk: Any) -> None:
    page = send(desk, review, "impacts.sex", follow=True, positive="A choice of staff.")
    assert "Say which aim the positive impact on Sex is about" in said(page)
    page = send(desk, review, "impacts.sex", follow=True, positive="A choice of staff.", positive_aims=["a", "c"])
    assert "Say which aim" not in said(page)
    assert value(review, "impacts.sex")["positive_aims"] == ["a", "c"]


@pytest.mark.requirement("CAR-23")
def test_marriage_offers_not_applicable_and_counts_only_under_aim_a(review: Any, desk: Any) -> None:
    page = desk.page("reviews:part", pk=review.pk, key="impacts.marriage")
    words = said(page)
    assert "Not applicable – not employment" in words
    assert "public bodies need to comply with the first aim of the Public Sector Equality Duty" in words
    assert 'value="not_applicable" checked' in page.content.decode()
    refused = send(desk, review, "impacts.marriage", positive="A text", positive_aims=["b"])
    assert refused.status_code == 422
    assert "only aim a counts in the context of employment" in said(refused)
    assert "A text" in refused.content.decode()
    assert "impacts.marriage" not in queries.parts_of(review)
    send(desk, review, "duty", aims=["a"], activity="existing", employment="yes")
    page = desk.page("reviews:part", pk=review.pk, key="impacts.marriage").content.decode()
    assert 'value="not_applicable" checked' not in page


@pytest.mark.requirement("CAR-44")
def test_a_positive_impact_names_the_promise_that_delivers_it(review: Any, desk: Any) -> None:
    send(desk, review, "impacts.sex", positive="A choice of staff.", positive_aims=["a"], promise="Same-sex officer")
    assert "Delivered by this promise: Same-sex officer" in said(desk.page("reviews:preview", pk=review.pk))


@pytest.mark.requirement("CAR-43")
def test_a_doubtful_positive_text_asks_whether_unknown_is_meant(review: Any, desk: Any) -> None:
    text = "There is limited data on this group, so no change is made."
    page = send(desk, review, "impacts.race", follow=True, positive=text, positive_aims=["b"])
    assert "Is “unknown” meant?" in said(page)


@pytest.mark.requirement("CAR-31")
def test_a_printed_date_is_kept_and_its_period_shown(review: Any, desk: Any) -> None:
    sent = {"rows-rows": "2"}
    for n, due in enumerate(("October/November 2023", "2024 (Action in Year 2 of the Strategy)")):
        sent |= {f"rows-{n}-need": f"Need {n}", f"rows-{n}-due": due}
    page = send(desk, review, "information_actions", follow=True, **sent)
    assert "“October/November 2023” is understood as: by 30 November 2023" in said(page)
    assert "is understood as: by 31 December 2024, year 2 of the strategy" in said(page)
    rows = value(review, "information_actions")["rows"]
    assert [row["due"] for row in rows] == ["October/November 2023", "2024 (Action in Year 2 of the Strategy)"]


@pytest.mark.requirement("CAR-29", "CAR-30")
def test_an_action_that_lacks_a_field_may_be_saved_but_not_submitted(review: Any, desk: Any, officer: Any) -> None:
    reviews.answer_all(review, by=people.actor(officer))
    row = {
        "need": "Who cannot lift",
        "action": "Ask",
        "outcome": "A figure",
        "due": "May 2026",
        "monitoring": "Monthly",
    }
    sent = {"rows-rows": "1", **{f"rows-0-{name}": words for name, words in row.items()}}
    for key, missing in (("information_actions", "the responsible officer"), ("impact_actions", "who is affected")):
        page = send(desk, review, key, follow=True, **sent)
        assert missing in said(page)
        assert desk.send("reviews:submit", pk=review.pk).status_code == 422
    review.refresh_from_db()
    assert review.status == "drafting"
    whole = {**sent, "rows-0-officer": "Estates Manager", "rows-0-affected": "Older tenants"}
    for key in ("information_actions", "impact_actions"):
        assert "lacks" not in said(send(desk, review, key, follow=True, **whole))


@pytest.mark.requirement("CAR-27", "CAR-28")
def test_partners_are_a_list_or_a_statement_and_comments_may_stay_empty(review: Any, desk: Any) -> None:
    page = said(desk.page("reviews:part", pk=review.pk, key="partners"))
    assert "List the partners, or state that there are no known circumstances" in page
    sent = {"partners-rows": "14", **{f"partners-{n}-name": f"Partner {n}" for n in range(14)}, "none": ["none"]}
    page = said(send(desk, review, "partners", follow=True, **sent))
    assert "List the partners" not in page
    printed = said(desk.page("reviews:preview", pk=review.pk))
    assert "Partner 0" in printed
    assert "Partner 13" in printed
    assert "There are no known circumstances" in printed
    send(desk, review, "comments", text="")
    assert "Any other comments None." in said(desk.page("reviews:preview", pk=review.pk))


@pytest.mark.requirement("CAR-36")
def test_committee_is_yes_or_no_and_never_both(review: Any, desk: Any) -> None:
    assert "neither yes nor no" in said(desk.page("reviews:part", pk=review.pk, key="committee"))
    send(desk, review, "committee", answer="yes", body="Cabinet")
    assert (value(review, "committee")["yes"], value(review, "committee")["no"]) == (True, False)
    both = {"yes": True, "no": True, "body": ""}
    reviews.answer(review, "committee", both, by=people.actor(review.officer))
    page = said(desk.page("reviews:part", pk=review.pk, key="committee"))
    assert "both boxes ticked" in page
    assert "both yes and no" in page
    send(desk, review, "committee", body="Cabinet")  # saved without deciding: what was read stays
    assert value(review, "committee") == {"yes": True, "no": True, "body": "Cabinet"}


def test_an_answer_cannot_be_changed_once_the_review_is_submitted(review: Any, desk: Any, officer: Any) -> None:
    send(desk, review, "comments", text="Before")
    type(review).objects.filter(pk=review.pk).update(status="submitted")
    page = desk.page("reviews:part", pk=review.pk, key="comments")
    assert "can no longer be changed" in said(page)
    assert "<textarea" not in page.content.decode()
    refused = send(desk, review, "comments", text="After")
    assert refused.status_code == 422
    assert value(review, "comments")["text"] == "Before"


def test_what_a_page_does_not_show_of_an_answer_stays(review: Any, desk: Any, officer: Any) -> None:
    by = people.actor(officer)
    table = {"caption": "Age", "headers": ["Band", "Share"], "rows": [["16 to 24", "4%"]]}
    reviews.answer(review, "profile", {"text": "Old", "tables": [table]}, by=by)
    send(desk, review, "profile", text="New", **{"statistics-rows": "0"})
    assert value(review, "profile")["tables"] == [table]
    send(desk, review, "profile", text="New", take_out=["t0"], **{"statistics-rows": "0"})
    assert value(review, "profile")["tables"] == []


def test_every_part_survives_a_round_through_its_own_form(any_review: Any, desk: Any, officer: Any) -> None:
    """Opening a page and saving it unchanged changes nothing, whatever the part."""
    from html.parser import HTMLParser

    class Fields(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.found: dict[str, Any] = {}
            self.area = ""
            self.picked = ""

        def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
            attrs = dict(given)
            name = attrs.get("name") or ""
            if tag == "textarea":
                self.area = name
                self.found[name] = ""
            elif tag == "select":
                self.picked = name
            elif tag == "option" and "selected" in attrs:
                self.found[self.picked] = attrs.get("value") or ""
            elif tag == "input" and attrs.get("type") in ("checkbox", "radio"):
                if "checked" in attrs:
                    self.found.setdefault(name, []).append(attrs.get("value"))
            elif tag == "input":
                self.found[name] = attrs.get("value") or ""

        def handle_endtag(self, tag: str) -> None:
            if tag == "textarea":
                self.area = ""

        def handle_data(self, data: str) -> None:
            if self.area:
                self.found[self.area] += data

    reviews.answer_all(any_review, by=people.actor(officer))
    for key, before in queries.parts_of(any_review).items():
        page = Fields()
        page.feed(desk.page("reviews:part", pk=any_review.pk, key=key).content.decode())
        sent = desk.send("reviews:part", page.found, pk=any_review.pk, key=key)
        assert sent.status_code == 302, key
        after = queries.parts_of(any_review)[key]
        assert after.value == before.value, key
        assert after.number == before.number, key


@pytest.mark.requirement("CAR-26")
def test_a_row_shows_how_earlier_reviews_treated_it(review: Any, desk: Any, officer: Any) -> None:
    from datetime import date

    by = people.actor(officer)
    for year, row in ((2022, {"no_impact": True}), (2023, {"positive": "Braille.", "positive_aims": ["b"]})):
        earlier = reviews.drafting(by, title=f"Abuse policy {year}", on=date(year, 3, 1))
        reviews.answer(earlier, "impacts.disability", row, by=by)
        type(review).objects.filter(pk=earlier.pk).update(status="monitoring", assessed_on=date(year, 3, 1),
                                                          approved_on=date(year, 4, 1))  # fmt: skip
    words = said(desk.page("reviews:part", pk=review.pk, key="impacts.disability"))
    assert "2023: Positive , Abuse policy 2023" in words
    assert "2022: No impact , Abuse policy 2022" in words
    assert queries.content_of(review).impact("disability").state == "blank"  # shown, never filled in


def test_the_clash_holds_what_was_not_saved(review: Any, officer: Any) -> None:
    by = people.actor(officer)
    reviews.answer(review, "comments", {"text": "One"}, by=by)
    with pytest.raises(services.Clash) as caught:
        reviews.answer(review, "comments", {"text": "Two"}, by=by, seen=0)
    assert caught.value.part.value["text"] == "One"
    assert caught.value.mine["text"] == "Two"
