"""Somebody at a browser: goes to pages, reads them, fills in forms, by the words that stand on the page.

Every page on the way is looked at hard: valid HTML, the rules of axe, no complaint in the console (which is where a
breach of the content security policy shows), no scrolling sideways on a telephone, not too heavy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Download, Locator, Page, Response

from tests.factories.pages import look_at

PASSWORD = "only-for-the-demonstration"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DESK, TELEPHONE = 1280, 400  # px
HEAVIEST = 700_000  # bytes over the wire for a first visit: two seconds on a slow mobile connection
PATIENCE = 10_000  # ms

_axe = Axe()


class Journal:
    """What was seen of the whole site by all visitors: which kinds of page axe has judged, and what they weigh."""

    def __init__(self) -> None:
        self.judged: set[tuple[Any, ...]] = set()
        self.weights: dict[str, int] = {}

    def heaviest(self, most: int = 5) -> list[tuple[str, int]]:
        """The heaviest kinds of page with the bytes of a first visit."""
        return sorted(self.weights.items(), key=lambda one: -one[1])[:most]


class Visitor:
    """A browser of one person. `slug` is the landlord whose pages are visited."""

    def __init__(
        self, browser: Browser, url: str, slug: str, journal: Journal, *, width: int = DESK, **context: Any
    ) -> None:
        self.url, self.slug, self.journal, self.width = url, slug, journal, width
        self.script = context.get("java_script_enabled", True)
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="en-GB", timezone_id="Europe/London", **context
        )
        self.context.set_default_timeout(PATIENCE)
        self.complaints: list[str] = []
        self.open_tab()

    def open_tab(self) -> None:
        """A new tab of the same browser, which is used from here on."""
        self.tab: Page = self.context.new_page()
        self.response: Response | None = None
        self._weight = 0
        self.tab.on("console", self._console)
        self.tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.tab.on("response", self._response)

    def close(self) -> None:
        """Close the browser; a complaint that nobody looked at yet still counts."""
        self.context.close()
        assert self.complaints == []

    # ── going ─────────────────────────────────────────────────────────────────────────────────────────────

    def goes_to(self, path: str) -> Visitor:
        """Open a page of the landlord by its path, such as "/reviews/"."""
        with self.going():
            self.tab.goto(f"{self.url}/{self.slug}{path}")
        return self

    def follows(self, words: str, *, nth: int = 0, exact: bool = False) -> Visitor:
        """Follow a link by its words."""
        with self.going():
            self.link(words, exact=exact).nth(nth).click()
        return self

    def presses(self, words: str, *, nth: int = 0, exact: bool = False) -> Visitor:
        """Press a button, and wait for the page that answers."""
        with self.going():
            self.button(words, exact=exact).nth(nth).click()
        return self

    def reloads(self) -> Visitor:
        with self.going():
            self.tab.reload()
        return self

    def downloads(self, words: str) -> Download:
        """Follow a link that gives a file."""
        with self.tab.expect_download() as waiting:
            self.link(words).first.click()
        return waiting.value

    @property
    def path(self) -> str:
        """The path of the page, without the landlord's word."""
        return (
            "/" + self.tab.url.removeprefix(self.url).lstrip("/").partition("/")[2].partition("?")[0].partition("#")[0]
        )

    @property
    def status(self) -> int:
        assert self.response is not None, "No page was opened."
        return self.response.status

    # ── reading ───────────────────────────────────────────────────────────────────────────────────────────

    @property
    def text(self) -> str:
        """What the page says, in single spaces."""
        return " ".join(self.tab.locator("body").inner_text().split())

    def sees(self, *words: str) -> Visitor:
        """Each of these words stands on the page."""
        text = self.text
        for one in words:
            assert one in text, f"“{one}” does not stand on {self.path}:\n{text[:3000]}"
        return self

    def does_not_see(self, *words: str) -> Visitor:
        text = self.text
        for one in words:
            assert one not in text, f"“{one}” stands on {self.path}."
        return self

    @property
    def heading(self) -> str:
        return " ".join(self.tab.locator("h1").inner_text().split())

    @property
    def errors(self) -> list[str]:
        """What the error summary asks to be mended."""
        return [" ".join(words.split()) for words in self.tab.locator(".govuk-error-summary li").all_inner_texts()]

    def link(self, words: str, *, exact: bool = False) -> Locator:
        """A link, whether it looks like one or like a button."""
        return self.tab.locator("a[href]", has_text=re.compile(rf"^\s*{re.escape(words)}\s*$") if exact else words)

    def button(self, words: str, *, exact: bool = False) -> Locator:
        return self.tab.get_by_role("button", name=words, exact=exact)

    # ── answering ─────────────────────────────────────────────────────────────────────────────────────────

    def field(self, label: str, *, nth: int = 0) -> Locator:
        """The box with this label, hints and "(optional)" apart."""
        found = self.tab.get_by_label(label, exact=True)
        return (
            found.nth(nth) if found.count() else self.tab.get_by_label(re.compile(rf"^\s*{re.escape(label)}")).nth(nth)
        )

    def fills(self, label: str, words: str, *, nth: int = 0) -> Visitor:
        self.field(label, nth=nth).fill(words)
        return self

    def fills_by_name(self, **answers: str) -> Visitor:
        """Fill boxes by the names under which they are sent, for rows whose labels repeat."""
        for name, words in answers.items():
            self.tab.locator(f"[name='{name}']").fill(words)
        return self

    def chooses(self, question: str, *answers: str) -> Visitor:
        """Select answers of a question with radio buttons or tick boxes."""
        group = self.tab.get_by_role("group", name=question).first
        for answer in answers:
            group.get_by_label(answer, exact=True).check()
        return self

    def selects(self, label: str, option: str) -> Visitor:
        """Select an entry of a list by the words with which it begins."""
        box = self.field(label)
        entries = [words.strip() for words in box.locator("option").all_inner_texts()]
        chosen = next((words for words in entries if words.startswith(option)), None)
        assert chosen, f"“{option}” is not among {entries}"
        box.select_option(label=chosen)
        return self

    def dates(self, question: str, day: int, month: int, year: int) -> Visitor:
        group = self.tab.get_by_role("group", name=question).first
        for part, number in (("Day", day), ("Month", month), ("Year", year)):
            group.get_by_label(part).fill(str(number))
        return self

    def attaches(self, label: str, *files: Path) -> Visitor:
        box = self.field(label)
        if box.evaluate("box => box.tagName") != "INPUT":  # the design system's button, which stands before the input
            box = box.locator("xpath=ancestor::*[.//input[@type='file']][1]//input[@type='file']")
        box.set_input_files([str(file) for file in files])
        return self

    # ── signing in ────────────────────────────────────────────────────────────────────────────────────────

    def signs_in(self, email: str, password: str = PASSWORD) -> Visitor:
        self.goes_to("/account/sign-in/")
        return self.gives_password(email, password)

    def gives_password(self, email: str, password: str = PASSWORD) -> Visitor:
        self.fills("Email address", email).fills("Password", password)
        return self.presses("Sign in", exact=True)

    def signs_out(self) -> Visitor:
        self.goes_to("/account/sign-out/")
        return self.presses("Sign out")

    # ── looking hard ──────────────────────────────────────────────────────────────────────────────────────

    @contextmanager
    def going(self) -> Iterator[None]:
        before, self._weight = self.response, 0
        yield
        self.tab.wait_for_load_state("load")
        if self.response is not before:
            self.looks()

    def looks(self) -> None:
        """Look hard at the page as it stands now."""
        response, where = self.response, self.tab.url
        assert response is not None
        assert response.status < 500, f"{where} answered {response.status}: {self.text[:500]}"
        complaints, self.complaints = self.complaints, []
        told = [words for words in complaints if f"status of {response.status}" not in words]
        assert told == [], f"The browser complains at {where}: {told}"
        look_at(response.body().decode(), where)
        kind = self.kind()
        self._weighs(kind)
        self._reads_aloud(kind)
        self.fits(TELEPHONE)

    def kind(self) -> str:
        """The address with its numbers taken out: pages of one kind differ only in what they are about."""
        path = re.sub(r"/\d+/", "/n/", self.path)
        path = re.sub(r"/impacts\.\w+/", "/impacts.…/", path)
        return re.sub(r"/published/[^/]+/", "/published/…/", path)

    def _weighs(self, kind: str) -> None:
        self.journal.weights[kind] = max(self.journal.weights.get(kind, 0), self._weight)
        assert self._weight <= HEAVIEST, f"{kind} weighs {self._weight:,} bytes on a first visit."

    def _reads_aloud(self, kind: str) -> None:
        """No breach of the accessibility guidelines that axe can find; each state of each kind of page once."""
        state = (kind, self.status, self.tab.viewport_size and self.tab.viewport_size["width"])
        if not self.script or state in self.journal.judged:
            return
        self.journal.judged.add(state)
        found = _axe.run(self.tab, options={"runOnly": RULES, "resultTypes": ["violations"]}).response
        faults = [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in found["violations"]]
        assert faults == [], f"{self.tab.url} breaks the guidelines: {faults}"

    def fits(self, width: int) -> None:
        """The page never scrolls sideways on a telephone; tables and pictures scroll inside themselves."""
        size = self.tab.viewport_size
        assert size is not None
        if size["width"] != width:
            self.tab.set_viewport_size({"width": width, "height": size["height"]})
        have = self.tab.evaluate("document.documentElement.scrollWidth")
        if size["width"] != width:
            self.tab.set_viewport_size(size)
        assert have <= width, f"{self.tab.url} is {have} px wide on a screen of {width} px: {self._too_wide(width)}"

    def _too_wide(self, width: int) -> list[str]:
        self.tab.set_viewport_size({"width": width, "height": 900})
        return self.tab.evaluate(
            "w => [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > w + 1)"
            ".slice(0, 4).map(e => e.outerHTML.slice(0, 160))",
            width,
        )

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _response(self, response: Response) -> None:
        request = response.request
        page = request.is_navigation_request() and request.frame == self.tab.main_frame
        if page and not 300 <= response.status < 400 and "html" in response.headers.get("content-type", ""):
            self.response = response
        self._weight += int(response.headers.get("content-length", 0))
