"""An officer without a browser: signs in, opens pages and sends forms to a real Hearth, as plain requests."""

from __future__ import annotations

import http.cookiejar
import threading
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import bs4

PASSWORD = "only-for-the-demonstration"  # of the demonstration's data


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: str
    headers: Mapping[str, str]

    @property
    def text(self) -> str:
        """What the page says, in single spaces."""
        return " ".join(bs4.BeautifulSoup(self.body, "html.parser").get_text(" ").split())

    @property
    def main(self) -> str:
        """What stands between the head and the foot of the page."""
        found = bs4.BeautifulSoup(self.body, "html.parser").find("main")
        return " ".join(found.get_text(" ").split()) if found else self.text

    @property
    def errors(self) -> list[str]:
        """What the error summary says."""
        found = bs4.BeautifulSoup(self.body, "html.parser").select(".govuk-error-summary li")
        return [" ".join(one.get_text(" ").split()) for one in found]


class _Stay(urllib.request.HTTPRedirectHandler):
    """An answer is looked at before anybody goes on: a redirect says that the deed was done."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


class Officer:
    """Somebody with cookies of their own at one landlord."""

    def __init__(self, url: str, email: str = "") -> None:
        self.base = f"{url}/{email.partition('@')[2].partition('.')[0] or 'dartford'}"
        self.cookies = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies), _Stay)
        if email:
            done = self.send("/account/sign-in/", {"login": email, "password": PASSWORD})
            assert done.status == 302, done.text

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._ask(urllib.request.Request(self.base + path))

    def form(self, path: str, nth: int = -1) -> dict[str, str]:
        """What stands in a form of a page, as the browser would send it back."""
        page = bs4.BeautifulSoup(self.get(path).body, "html.parser")
        forms = [one for one in page.select("main form") if str(one.get("method")).lower() == "post"]
        assert forms, f"{path} has no form: {page.get_text(' ')[:800]}"
        found: dict[str, str] = {}
        for field in forms[nth].select("[name]"):
            name, kind = str(field["name"]), field.get("type")
            if field.name == "textarea":
                found[name] = field.get_text().removeprefix("\n")
            elif field.name == "select":
                chosen = field.select_one("option[selected]") or field.select_one("option")
                found[name] = str(chosen.get("value", "")) if chosen else ""
            elif field.name == "input" and (kind not in ("radio", "checkbox", "file") or field.has_attr("checked")):
                found[name] = str(field.get("value", ""))
        return found

    def send(
        self, path: str, answers: Mapping[str, str], files: Mapping[str, tuple[str, bytes]] | None = None
    ) -> Answer:
        """Fill in the form of a page and send it."""
        return self._ask(self.ready(path, answers, files))

    def ready(
        self, path: str, answers: Mapping[str, str], files: Mapping[str, tuple[str, bytes]] | None = None
    ) -> urllib.request.Request:
        """The filled-in form, not sent yet."""
        filled = {**self.form(path), **answers}
        if files is None:
            return urllib.request.Request(self.base + path, data=urllib.parse.urlencode(filled).encode())
        boundary = uuid.uuid4().hex
        pieces = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode()
            for n, v in filled.items()
        ]
        for field, (name, body) in files.items():
            head = f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
            pieces.append(f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + body + b"\r\n")
        body = b"".join([*pieces, f"--{boundary}--\r\n".encode()])
        kind = f"multipart/form-data; boundary={boundary}"
        return urllib.request.Request(self.base + path, data=body, headers={"Content-Type": kind})

    def send_aside(self, path: str, answers: Mapping[str, str]) -> Sending:
        """Send a form, and do not wait for the answer."""
        return Sending(self, self.ready(path, answers))

    def _ask(self, request: urllib.request.Request) -> Answer:
        try:
            with self._opener.open(request, timeout=120) as response:
                return Answer(response.status, response.read().decode(), dict(response.headers))
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.read().decode(errors="replace"), dict(error.headers))


class Sending(threading.Thread):
    """A form on its way. `answer` stays None where the server died before it answered."""

    def __init__(self, officer: Officer, request: urllib.request.Request) -> None:
        super().__init__(daemon=True)
        self.officer, self.request, self.answer = officer, request, None
        self.start()

    answer: Answer | None

    def run(self) -> None:
        try:
            self.answer = self.officer._ask(self.request)
        except OSError:
            self.answer = None
