"""The macros draw what the design system says, and our own pages hold to the rules of the house."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path
from typing import get_args

import html5lib
import pytest
from bs4 import BeautifulSoup

from hearth.kernel import papers
from hearth.ui import components, gallery

PACKAGE = Path(__file__).parents[3] / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "components"


def squeezed(html: str) -> str:
    tree = BeautifulSoup(html, "html.parser")
    for text in tree.find_all(string=True):
        text.replace_with(re.sub(r"\s+", " ", str(text)).strip())
    for tag in tree.find_all(True):
        tag.attrs = {name: tag.attrs[name] for name in sorted(tag.attrs)}
    return str(tree)


@pytest.mark.parametrize("name", components.NAMES)
def test_a_component_is_as_the_official_fixtures_say(name):
    file = PACKAGE / name / "fixtures.json"
    if not file.exists():
        pytest.skip("The design system's fixtures are not here: run npm ci.")
    fixtures = json.loads(file.read_text())["fixtures"]
    assert fixtures
    for fixture in fixtures:
        drawn = components.govuk(name, fixture["options"])
        assert squeezed(drawn) == squeezed(fixture["html"]), fixture["name"]


@pytest.fixture
def drawn(ask) -> BeautifulSoup:
    return BeautifulSoup(gallery.Gallery.as_view()(ask("/gallery/")).content.decode(), "html5lib")


def test_no_page_part_has_an_inline_style_or_script(drawn):
    assert not drawn.find_all(style=True)
    assert not drawn.find_all("style")
    assert not [s for s in drawn.find_all("script") if not s.get("src")]
    handlers = [t for t in drawn.find_all(True) for name in t.attrs if name.startswith("on")]
    assert not handlers


def test_no_id_stands_twice(drawn):
    ids = [tag["id"] for tag in drawn.find_all(id=True)]
    assert sorted(ids) == sorted(set(ids))


def test_every_table_has_a_caption_and_every_header_a_scope(drawn):
    tables = drawn.find_all("table")
    assert len(tables) >= 8
    for table in tables:
        assert table.caption.get_text(strip=True)
        assert all(th.get("scope") in ("col", "row") for th in table.find_all("th"))


def test_every_figure_that_stands_out_says_where_it_comes_from(drawn):
    tiles = drawn.find_all(class_="hearth-tile")
    assert tiles
    for tile in tiles:
        source = tile.find(class_="hearth-tile__source").get_text()
        assert re.match(r"Source: .+, .+", source)


def test_headings_never_skip_a_level(drawn):
    levels = [int(h.name[1]) for h in drawn.find_all(re.compile(r"^h[1-6]$")) if not h.find_parent("footer")]
    after = levels[levels.index(1) :]
    assert all(b <= a + 1 for a, b in itertools.pairwise(after)), after


def test_a_paper_is_drawn_whole_and_escaped(drawn):
    paper = drawn.find_all(class_="hearth-paper")[-1]
    text = paper.get_text()
    for words in (
        "Step 1: what is changing",
        "Tenants who wish to move",
        "Decide",
        "3 October 2022",
        "27%",
        "Figures are of",
    ):
        assert words in text


def test_the_page_is_html_without_a_parse_error(ask):
    html5lib.HTMLParser(strict=True).parse(gallery.Gallery.as_view()(ask("/gallery/")).content.decode())


def test_no_kind_of_block_of_a_paper_is_left_out():
    shown = {type(block) for block in gallery.PAPER.blocks}
    assert shown == set(get_args(papers.Block))
    template = Path(gallery.__file__).parent / "jinja2" / "ui" / "components" / "paper.jinja"
    words = template.read_text()
    assert [kind for kind in get_args(papers.Block) if f'"{kind.__name__}"' not in words] == []
