"""Charts: safe under the policy, named, never without their numbers, and drawn once."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest

from hearth.ui import charts, gallery

EVIL = '"><script>alert(1)</script><g style="x" onload="y">'


@pytest.fixture
def all_kinds() -> list[charts.Chart]:
    return gallery.all_charts()


def test_each_chart_is_one_named_picture_with_the_same_rows_beside_it(all_kinds):
    for chart in all_kinds:
        root = ElementTree.fromstring(chart.svg)
        assert root.get("role") == "img"
        assert chart.title in root.get("aria-label")
        assert all(len(row) == len(chart.headers) for row in chart.rows)
        assert chart.table().rows == chart.rows


def test_every_label_and_figure_of_a_profile_stands_in_the_picture_too(all_kinds):
    profile = all_kinds[0]
    words = " ".join(text.text or "" for text in ElementTree.fromstring(profile.svg).findall(".//{*}text"))
    for label, value, _ in profile.rows:
        assert label in words
        assert value in words


def test_states_are_told_by_word_and_shape_not_by_colour_alone(all_kinds):
    grid, due = all_kinds[1], all_kinds[3]
    assert grid.svg.count(">Positive<") == 3
    assert "none recorded" in grid.rows[1]
    assert "▲ 3" in due.svg
    assert "● 8" in due.svg


def test_a_spread_shows_its_quartiles_and_says_where_ones_own_figure_lies(all_kinds):
    strips = all_kinds[4]
    assert strips.headers[2:5] == ("Lower quartile", "Median", "Upper quartile")
    assert strips.rows[0] == ("Repairs", "75.6%", "62.5%", "70.1%", "78.4%", "above the middle")
    assert strips.rows[1][1] == "no figure"
    assert "Diamond: ours" in strips.description
    assert "Repairs" in strips.svg


def test_labels_that_look_like_markup_stay_text():
    drawn = [
        charts.bar_chart(title=EVIL, bars=[charts.Bar(EVIL, 3, shown=EVIL)]),
        charts.matrix_overview(title=EVIL, columns=[EVIL], cells=[(EVIL, [charts.Mark(EVIL)])]),
        charts.timeline_chart(title=EVIL, events=[charts.Event(EVIL, date(2026, 1, 1), kind=EVIL)]),
        charts.states_and_due(title=EVIL, counts=[charts.Due(EVIL, 1)]),
        charts.strip_chart(title=EVIL, strips=[charts.Strip(EVIL, 1, 2, 3, 4, 5, 3, EVIL)]),
    ]
    for chart in drawn:
        root = ElementTree.fromstring(chart.svg)
        assert not (root.findall(".//{*}script"))
        assert not [e for e in root.iter() if "style" in e.attrib or "onload" in e.attrib]
        assert any(EVIL[:10] in (text.text or "") for text in root.findall(".//{*}text"))


def test_fonts_are_named_so_that_none_need_be_fetched(all_kinds):
    for chart in all_kinds:
        fonts = {e.get("font-family") for e in ElementTree.fromstring(chart.svg).findall(".//{*}text")}
        assert fonts == {"Arial, sans-serif"}
        assert "http" not in chart.svg.replace("http://www.w3.org/", "")


def test_the_same_chart_is_drawn_once(monkeypatch):
    drawn = []
    monkeypatch.setattr(charts, "_draw", lambda spec: drawn.append(spec) or '<svg xmlns="x"></svg>')
    for _ in range(3):
        charts.bar_chart(title="Once", bars=[charts.Bar("drawn once only", 41.25)])
    assert len(drawn) == 1


def test_a_picture_that_would_break_the_policy_is_refused(monkeypatch):
    import vl_convert

    monkeypatch.setattr(vl_convert, "vegalite_to_svg", lambda spec, **_: '<svg xmlns="x"><g style="color:red"/></svg>')
    with pytest.raises(ValueError, match="policy"):
        charts.bar_chart(title="x", bars=[charts.Bar("never drawn before", 77.125)])


def test_a_chart_of_nothing_has_no_picture_but_its_words():
    chart = charts.states_and_due(title="Nothing yet", counts=[charts.Due("Draft")])
    assert chart.svg == ""
    assert chart.rows == (("Draft", 0, 0, 0),)
