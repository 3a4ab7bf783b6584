"""What the public reads holds no number by which a person could be told."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.counts import Policy, percent
from hearth.reviews.rules import checks
from hearth.reviews.rules.checks.context import Context
from hearth.reviews.rules.content import Content, Figure, Grid, Profile, Snapshot
from hearth.reviews.rules.reading import read
from hearth.reviews.rules.treatment import publishable
from tests.rules.reviews.forms import FORM, ROOT

POLICY = Policy(sensitive=10, other=5, rounding=5)
BASE = 4230
TRANS = (("Female to male", 2), ("Male to female", 1), ("Not applicable", 6), ("Not stated / blank", 4221))


def grid(cells):
    rows = [
        ("Transgender" if n == 0 else "", label, f"{percent(count, BASE)}%") for n, (label, count) in enumerate(cells)
    ]
    return Grid(rows=tuple(rows))


def profile(**parts):
    return Content(profile=Profile(text=f"The total tenant population is {BASE:,}.", **parts))


def printed(content):
    return " ".join(cell for table in content.profile.tables for row in table.rows for cell in row)


@pytest.mark.requirement("CAR-48", "PROF-26")
def test_a_table_of_percentages_that_gives_single_people_back_is_treated():
    done = publishable(profile(tables=(grid(TRANS),)), POLICY)
    text = printed(done.content)
    assert text.count("fewer than 10") >= 2
    for _, count in TRANS[:3]:
        assert f"{percent(count, BASE)}%" not in text
    assert {hidden.label for hidden in done.hidden} >= {"Female to male", "Male to female"}


def test_the_last_cell_does_not_give_the_hidden_ones_back():
    done = publishable(profile(tables=(grid(TRANS),)), POLICY)
    assert "99.79%" not in printed(done.content)


def test_large_groups_stay_as_they_were_printed():
    cells = (("Male", 1449), ("Female", 2781))
    done = publishable(profile(tables=(grid(cells),)), POLICY)
    assert "34.26%" in printed(done.content)
    assert done.hidden == ()


def test_a_frozen_profile_is_treated_by_its_counts():
    figures = (Figure("Gay or lesbian", count=9), Figure("Bisexual", count=6), Figure("Straight", count=548),
               Figure("Unknown", count=3667, unknown=True))  # fmt: skip
    snapshot = Snapshot("sexual_orientation", figures, base=BASE, population="tenants")
    done = publishable(Content(profile=Profile(snapshots=(snapshot,))), POLICY)
    shown = done.content.profile.snapshots[0]
    assert [f.count for f in shown.figures if f.label == "Bisexual"] == [None]
    assert all(f.count is None or f.count % 5 == 0 for f in shown.figures)


def test_a_small_number_in_running_text_is_hidden_too():
    text = f"The total tenant population is {BASE:,}.\n\n• Transgender – 0.02% are trans men; 99.98% are not stated."
    done = publishable(Content(profile=Profile(text=text)), POLICY)
    assert "0.02%" not in done.content.profile.text


def test_the_second_publication_cannot_be_subtracted_from_the_first():
    first = (Figure("A", count=40), Figure("B", count=60))
    second = (Figure("A", count=43), Figure("B", count=60))
    one = publishable(
        Content(profile=Profile(snapshots=(Snapshot("religion", first, base=100, population="tenants"),))), POLICY
    )
    two = publishable(
        Content(profile=Profile(snapshots=(Snapshot("religion", second, base=103, population="tenants"),))),
        POLICY,
        one.tables,
    )
    shown = [[f.count for f in t.content.profile.snapshots[0].figures] for t in (one, two)]
    for before, now in zip(*shown, strict=True):
        assert before is None or now is None or abs(before - now) not in range(1, 10)


@given(st.lists(st.integers(0, 60), min_size=2, max_size=7))
def test_no_published_share_gives_a_small_count_back(counts):
    base = sum(counts)
    if base == 0:
        return
    figures = tuple(Figure(f"Group {n}", count=count) for n, count in enumerate(counts))
    done = publishable(Content(profile=Profile(snapshots=(Snapshot("race", figures, base=base),))), POLICY)
    for figure, count in zip(figures, counts, strict=True):
        shown = next((f for f in done.content.profile.snapshots[0].figures if f.label == figure.label), None)
        assert count == 0 or count >= 10 or shown is None or shown.count is None


@pytest.mark.requirement("CAR-48")
def test_the_review_of_2026_is_published_without_its_single_people():
    shared = ROOT.parent / "shared" / "seeds"
    if not shared.exists():
        pytest.skip("The folder of seeds (../shared) is not here.")
    source = next(shared.glob("002_*.txt")).read_text(encoding="utf-8")
    content = read(source, FORM).content
    done = publishable(content, POLICY)
    before, after = printed(content), printed(done.content)
    small = [p for p in re.findall(r"\d+\.\d+%", before) if Decimal(p[:-1]) < Decimal("0.2")]
    assert small
    assert not [p for p in small if p in after]
    context = Context(today=date(2026, 11, 22))
    assert "S01" in {f.code for f in checks.run(content, FORM, context)}
    assert "S01" not in {f.code for f in checks.run(done.content, FORM, context)}


def test_what_is_not_a_figure_is_not_touched():
    content = replace(
        Content(), explanation=replace(Content().explanation, text="Call 01632 960431 before 5 May 2026.")
    )
    assert publishable(content, POLICY).content == content
