"""By keyboard alone, without a script, enlarged, and in large print."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest

from tests.journeys.laundry import consultation
from tests.journeys.test_writing import when_a_review_is_begun, when_its_screening_finds_that_people_may_be_harmed
from tests.journeys.visitor import PASSWORD, Visitor

pytestmark = pytest.mark.xdist_group("journeys")
Arrive = Callable[..., Visitor]
Ask = Callable[..., list[tuple[Any, ...]]]
CUT = """[...document.querySelectorAll('main p, main h2, main h3, main dd, main button, nav a')]
  .filter(e => e.clientHeight && e.scrollHeight > e.clientHeight + 4)
  .filter(e => getComputedStyle(e).overflowY === 'hidden' && !e.className.includes('visually-hidden'))
  .map(e => e.outerHTML.slice(0, 120))"""


def test_a_review_is_begun_with_the_keyboard_alone(visitor: Arrive) -> None:
    nadia = visitor()
    nadia.goes_to("/account/sign-in/")
    then_the_first_key_reaches_a_link_past_the_navigation(nadia)
    when_keys_fill(nadia, "Email address", "nadia@dartford.example")
    when_keys_fill(nadia, "Password", PASSWORD)
    when_enter_is_pressed(nadia)
    assert nadia.heading == "My work", nadia.errors

    nadia.goes_to("/reviews/begin/")
    when_keys_reach(nadia, lambda: focused(nadia, "tagName") == "BUTTON" and "Go on" in focused(nadia, "innerText"))
    when_enter_is_pressed(nadia)
    then_the_error_summary_has_the_focus(nadia)
    nadia.tab.keyboard.press("Tab")
    nadia.tab.keyboard.press("Enter")  # the first error leads into its answer
    assert focused(nadia, "name") == "title"
    nadia.tab.keyboard.type("Door entry systems")
    when_keys_reach(nadia, lambda: focused(nadia, "name") == "activity")
    nadia.tab.keyboard.press("Space")
    when_enter_is_pressed(nadia)
    assert nadia.heading == "Screening", nadia.errors


def test_a_review_is_begun_and_answered_without_a_script(visitor: Arrive) -> None:
    nadia = visitor("nadia@dartford.example", java_script_enabled=False)
    review = when_a_review_is_begun(nadia, "Parking permits")
    when_its_screening_finds_that_people_may_be_harmed(nadia)
    assert nadia.heading == "Result of the screening"
    nadia.goes_to(f"/reviews/{review}/answers/consultation/")
    consultation(nadia)  # which adds a row
    nadia.presses("Save", exact=True).sees("has been saved.")
    assert nadia.tab.locator("[name=exercises-1-how]").input_value() == "Meeting"
    nadia.presses("Remove", nth=0)
    assert nadia.tab.locator("[name=exercises-0-how]").input_value() == "Meeting"
    assert nadia.tab.locator("nav[aria-label=Main] a").first.is_visible()


@pytest.mark.parametrize("width", [400, 640, 320])  # 640: a desk's 1280 enlarged to 200 %; 320: to 400 % (WCAG 1.4.10)
def test_the_longest_pages_are_read_enlarged_without_scrolling_sideways(visitor: Arrive, rows: Ask, width: int) -> None:
    (found,) = rows("select id from reviews_review where title like 'Pets%%'")
    nadia = visitor("nadia@dartford.example", width=width)
    for page in ("preview/", "", "checks/", "life/", "compare/"):
        nadia.goes_to(f"/reviews/{found[0]}/{page}")
        nadia.fits(width)


def test_text_enlarged_to_twice_its_size_is_not_cut_off(visitor: Arrive) -> None:
    reader = visitor()
    reader.goes_to("/published/").follows("Pets in Council Homes Policy")
    reader.tab.evaluate("document.documentElement.style.fontSize = '200%'")
    cut = reader.tab.evaluate(CUT)
    assert cut == []
    assert reader.tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_large_print_is_as_large_as_it_says(visitor: Arrive) -> None:
    reader = visitor()
    reader.goes_to("/published/").follows("Pets in Council Homes Policy")
    for points in (16, 24):
        file = reader.downloads(f"Large print, {points} point")
        sizes = sizes_of(Path(file.path()).read_bytes())
        usual = max(sizes, key=lambda size: sizes[size])
        assert round(usual) == points, sizes
        assert min(sizes) >= points - 0.5, f"Some text is smaller than {points} points: {sizes}"


def sizes_of(body: bytes) -> dict[float, int]:
    """How many characters a PDF has in each size of type."""
    found: dict[float, int] = {}

    def visit(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if text.strip():
            height = round(abs(size * (tm[3] or tm[0]) * (cm[3] or 1)), 1)
            found[height] = found.get(height, 0) + len(text.strip())

    for page in pypdf.PdfReader(io.BytesIO(body)).pages:
        page.extract_text(visitor_text=visit)
    return found


def then_the_first_key_reaches_a_link_past_the_navigation(somebody: Visitor) -> None:
    somebody.tab.keyboard.press("Tab")
    assert re.search("Skip to main content", str(focused(somebody, "innerText")))
    assert somebody.tab.locator(".govuk-skip-link").is_visible()
    somebody.tab.keyboard.press("Enter")
    assert focused(somebody, "id") == "main-content"


def when_keys_fill(somebody: Visitor, label: str, words: str) -> None:
    wanted = somebody.field(label).get_attribute("name")
    when_keys_reach(somebody, lambda: focused(somebody, "name") == wanted)
    somebody.tab.keyboard.type(words)


def when_keys_reach(somebody: Visitor, there: Callable[[], bool], most: int = 60) -> None:
    """Press Tab until the focus is there; on the way it can always be seen."""
    for _ in range(most):
        if there():
            return
        somebody.tab.keyboard.press("Tab")
        seen = somebody.tab.evaluate(
            "(() => { const b = document.activeElement.getBoundingClientRect(); return b.width > 0 && b.height > 0 })()"
        )
        assert seen, f"The focus is on something that cannot be seen: {focused(somebody, 'outerHTML')}"
    raise AssertionError(f"The keyboard does not reach it within {most} steps.")


def when_enter_is_pressed(somebody: Visitor) -> None:
    with somebody.going(), somebody.tab.expect_navigation():
        somebody.tab.keyboard.press("Enter")


def then_the_error_summary_has_the_focus(somebody: Visitor) -> None:
    assert somebody.status == 422
    assert "govuk-error-summary" in str(focused(somebody, "className"))


def focused(somebody: Visitor, what: str) -> Any:
    """A property of what has the focus."""
    return somebody.tab.evaluate(f"document.activeElement.{what}") or ""
