"""Category sets as data, and profiles compared by way of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.factories.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_reader(client_as: Callable[..., Any], user_with: Callable[..., Any]) -> Any:
    return client_as(user_with(roles=["housing_policy_officer"]))


def test_loading_the_reference_twice_changes_nothing(sets: dict[str, Any], officer: Any) -> None:
    from hearth.equality import services
    from hearth.equality.management.commands.reference import SHIPPED, sets_in
    from hearth.equality.models import Category, Mapping

    described = [one for path in sorted(SHIPPED.glob("*.yaml")) for one in sets_in(path)]
    before = set(Category.objects.values_list("pk")), set(Mapping.objects.values_list("pk"))
    services.confirm_category_set(kept=sets["census-2021-sex"], by=officer)
    done = services.load_sets(described=described, by=officer)
    assert (done.added, done.changed, done.same) == (0, 0, len(described))
    assert (set(Category.objects.values_list("pk")), set(Mapping.objects.values_list("pk"))) == before
    sets["census-2021-sex"].refresh_from_db()
    assert not sets["census-2021-sex"].confirm


def test_a_changed_reference_file_changes_only_what_it_says(sets: dict[str, Any], officer: Any, tmp_path: Path) -> None:
    from hearth.equality import services
    from hearth.equality.management.commands.reference import SHIPPED, sets_in

    text = (SHIPPED / "printed_reviews.yaml").read_text().replace("label: Mixed,", "label: Mixed, code: '7',")
    (tmp_path / "changed.yaml").write_text(text)
    done = services.load_sets(described=sets_in(tmp_path / "changed.yaml"), by=officer)
    assert (done.added, done.changed) == (0, 1)
    assert sets["printed-2026-race"].categories.get(label="Mixed").code == "7"


def test_every_set_that_comes_along_names_a_source_with_its_address_or_the_review(sets: dict[str, Any]) -> None:
    for kept in sets.values():
        assert kept.source
        assert kept.address.startswith("http") or "Customer Access Review" in kept.source, kept.key
    assert {key for key, kept in sets.items() if kept.confirm} >= {"census-2021-gender-identity", "census-2021-sex"}


@pytest.mark.requirement("PROF-21", "PROF-16", "PROF-20", "PROF-22")
def test_tenants_stand_beside_the_borough_on_like_answers_only(
    as_reader: Any, profile: Any, new_profile: Callable[..., Any], fill: Callable[..., Any], officer: Any
) -> None:
    from hearth.equality import services

    borough = new_profile(
        title="Borough, Census 2021", population="residents", basis="All usual residents", base=None, counted=False,
        as_at=date(2021, 3, 21), source="ONS Census 2021",
    )  # fmt: skip
    fill(borough, "sex", {"Female": Decimal("51"), "Male": Decimal("49")}, "census-2021-sex")
    services.set_average(profile=profile, of="Age in years", kind="mean", value=Decimal("40"), by=officer)
    services.set_average(profile=borough, of="age in years", kind="median", value=Decimal("37"), by=officer)
    text = text_of(as_reader.page("equality:compare", query={"first": profile.pk, "second": borough.pk}))
    assert "Female 66.7% 51% +15.7 points" in text
    assert "count different people: “Tenant 1 data” and “All usual residents”" in text
    assert "different kinds of average" in text
    assert "Not held in “Borough, Census 2021”" in text
    assert "Source: ONS Census 2021" in text


@pytest.mark.requirement("CAR-49")
def test_disability_of_two_years_is_shown_with_the_note_that_the_definition_differs(
    as_reader: Any, new_profile: Callable[..., Any], fill: Callable[..., Any]
) -> None:
    old = new_profile(title="2022", as_at=date(2022, 9, 1), base=4000)
    new = new_profile(title="2026", base=4000)
    fill(old, "disability", {"Disabled": 800, "Not disabled": 3200}, "printed-2022-disability")
    wide = {
        "No disability / vulnerability / support need": 3000,
        "Disability / vulnerability / support need": 1000,
    }
    fill(new, "disability", wide, "printed-2026-disability")
    text = text_of(as_reader.page("equality:compare", query={"first": old.pk, "second": new.pk}))
    assert "Disabled 20.0% 25.0% not comparable Not comparable: definition differs." in text
    assert "also counts vulnerability and support need" in text


@pytest.mark.requirement("PROF-23")
def test_a_set_that_names_an_answer_twice_is_refused(officer: Any) -> None:
    from hearth.equality import services
    from hearth.kernel.refusals import Refused

    answers = [{"label": "Christian"}, {"label": "Hindu"}, {"label": "Hindu"}]
    said = {"characteristic": "religion", "name": "Ours", "source": "Ours", "holds_from": date(2023, 1, 1)}
    with pytest.raises(Refused, match="row 2 and again in row 3"):
        services.add_category_set(**said, categories=answers, by=officer)
    services.add_category_set(**said, categories=[*answers[:2], {"label": "Sikh"}], by=officer)


def test_counts_of_a_set_with_several_answers_a_person_are_refused(
    sets: dict[str, Any], new_profile: Callable[..., Any], officer: Any
) -> None:
    from hearth.equality import services
    from hearth.equality.rules import Answer
    from hearth.kernel.refusals import Refused

    with pytest.raises(Refused, match="several answers"):
        services.set_figures(
            profile=new_profile(base=5), characteristic="condition_effects", answers=[Answer("Vision", 5)],
            category_set=sets["core-2026-condition-effects"], by=officer,
        )  # fmt: skip


@pytest.mark.requirement("SYS-10")
def test_a_download_opens_safely_and_holds_no_more_than_the_page(as_reader: Any, officer: Any) -> None:
    from hearth.equality import services

    services.add_statistic(
        text="=HYPERLINK(\"http://x\")", publisher="ONS", title="A title", period="2022", published="2023", by=officer
    )  # fmt: skip
    written = as_reader.page("equality:library_file").content.decode()
    assert "\"'=HYPERLINK" in written
    assert as_reader.page("equality:library_file").headers["Content-Disposition"].startswith("attachment")


def test_other_landlords_see_none_of_it(
    profile: Any, sets: dict[str, Any], within: Callable[..., Any], other_landlord: Any
) -> None:
    from hearth.equality.models import Cell, Mapping, Profile, StockFigure

    with within(other_landlord):
        assert [model.objects.count() for model in (Profile, Cell, Mapping, StockFigure)] == [0, 0, 0, 0]


def test_a_workbook_is_read_as_it_was_saved(
    new_profile: Callable[..., Any], sets: dict[str, Any], client_as: Callable[..., Any], user_with: Callable[..., Any]
) -> None:
    pytest.importorskip("python_calamine", reason="The reader of spreadsheets is not installed.")
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.rooms.equality.workbooks import workbook

    made = new_profile(base=1400)
    rows = [["Characteristic", "Answer", "Number"], ["Sex", "Female", "1,388"], [None, "Male", 12.0]]
    client = client_as(user_with(roles=["equality_officer"]))
    file = SimpleUploadedFile("counts.xlsx", workbook(rows))
    answer = client.send("equality:upload", {"file": file}, pk=made.pk)
    assert answer.status_code == 302, text_of(answer)
    assert dict(made.cells.values_list("label", "count")) == {"Female": 1388, "Male": 12}
