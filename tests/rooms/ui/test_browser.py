"""The gallery in a real browser, under the strict policy, with a script and without, wide, narrow and enlarged."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest

from hearth.ui import gallery, views

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed.")
CHROMIUM = Path("/usr/bin/chromium")
STATIC = Path(gallery.__file__).parent / "static"
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

Open = Callable[..., Any]


@pytest.fixture
def gallery_in(ask: Callable[..., HttpRequest]) -> Iterator[Open]:
    if not CHROMIUM.exists():
        pytest.skip("There is no Chromium here.")
    if not (STATIC / "hearth" / "govuk.css").exists():
        pytest.skip("The styles are not built: run tools/build_assets.py.")
    page = gallery.Gallery.as_view()(ask("/gallery/")).content.decode()
    theme = views.Theme.as_view()(ask("/theme.css")).content.decode()

    def answer(route: Any) -> None:
        path = route.request.url.removeprefix("http://hearth.test").partition("?")[0]
        headers = {"Content-Security-Policy": POLICY}
        if path == "/gallery/":
            route.fulfill(body=page, content_type="text/html; charset=utf-8", headers=headers)
        elif path == "/theme.css":
            route.fulfill(body=theme, content_type="text/css")
        else:
            file = STATIC / path.removeprefix("/static/")
            route.fulfill(path=file, content_type=mimetypes.guess_type(file.name)[0] or "text/plain")

    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)

        def open_page(width: int = 1280, script: bool = True) -> Any:
            context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
            tab = context.new_page()
            tab.complaints = []
            tab.on("console", lambda message: tab.complaints.append(message.text))
            tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
            tab.route("http://hearth.test/**", answer)
            tab.goto("http://hearth.test/gallery/")
            return tab

        yield open_page
        browser.close()


@pytest.mark.parametrize("width", [1280, 400])
def test_no_component_breaks_the_guidelines_or_the_policy(gallery_in: Open, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = gallery_in(width)
    found = Axe().run(page, options={"runOnly": RULES}).response
    assert len(found["passes"]) > 20
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found["violations"]] == []
    assert page.complaints == []
    assert page.evaluate("document.body.className").count("govuk-frontend-supported") == 1


@pytest.mark.parametrize("width", [320, 400, 640])
def test_the_page_never_scrolls_sideways(gallery_in: Open, width: int) -> None:
    # 320 is what WCAG 2.2 asks for (1.4.10, reflow); 640 is a desktop of 1280 enlarged to 200 %.
    page = gallery_in(width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_a_script_every_question_can_be_seen(gallery_in: Open) -> None:
    page = gallery_in(script=False)
    for name in ("contact_other", "agreed_by", "document"):
        assert page.locator(f"[name=fresh-{name}]").is_visible(), name
    assert page.locator("nav[aria-label=Main] a").first.is_visible()


def test_the_keyboard_reaches_the_skip_link_first_and_then_the_text(gallery_in: Open) -> None:
    page = gallery_in()
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0); document.body.focus()")
    page.locator(".govuk-skip-link").focus()
    assert page.locator(".govuk-skip-link").is_visible()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"


def test_an_error_link_leads_into_its_answer(gallery_in: Open) -> None:
    page = gallery_in()
    page.locator(".govuk-error-summary a", has_text="Date of decision").click()
    assert page.evaluate("document.activeElement.id") == "id_wrong-decided_on-day"


def test_print_leaves_out_what_only_a_screen_needs(gallery_in: Open) -> None:
    page = gallery_in()
    page.emulate_media(media="print")
    for gone in (".hearth-navigation", ".hearth-filter", ".govuk-button >> nth=0"):
        assert not page.locator(gone).is_visible(), gone
    assert page.locator("h1").is_visible()
