"""Take the pictures of the docs from a running demonstration, with Chromium.

    make run                                          (in another terminal, with fresh demonstration data)
    .venv/bin/python tools/pictures.py [ADDRESS]

ADDRESS is http://localhost:8000 where nothing else is said.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "docs" / "pictures"
PASSWORD = "only-for-the-demonstration"
HEIGHT = 1000
WIDTH = 1200


def sign_in(page: Any, address: str, email: str) -> None:
    """Sign in as one of the demonstration's people."""
    page.goto(f"{address}/account/sign-in/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()


def keep(page: Any, name: str) -> None:
    """One picture, as much of the page as fits."""
    OUT.mkdir(exist_ok=True)
    page.screenshot(path=OUT / f"{name}.png", clip={"x": 0, "y": 0, "width": WIDTH, "height": HEIGHT}, full_page=True)
    print(f"{name}.png: {page.title()} ({(OUT / f'{name}.png').stat().st_size // 1000} kB)")


def officer(page: Any, address: str) -> None:
    """The register, a review that is being written, and its checks."""
    sign_in(page, address, "nadia@dartford.example")
    page.goto(f"{address}/reviews/")
    keep(page, "register")
    page.get_by_role("link", name="Damp and Mould Procedure").first.click()
    page.wait_for_load_state()
    keep(page, "review")
    page.goto(f"{page.url.rstrip('/')}/checks/")
    keep(page, "checks")


def public(page: Any, address: str) -> None:
    """A published review as anybody sees it."""
    page.goto(f"{address}/published/")
    page.locator("main").get_by_role("link", name="Pets in Council Homes Policy").first.click()
    page.wait_for_load_state()
    keep(page, "published")


def main(address: str) -> int:
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for take in (officer, public):
            page = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}).new_page()
            page.set_default_timeout(10_000)
            take(page, f"{address}/dartford")
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000"))
