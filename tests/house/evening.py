"""Tenants on the last evening of a survey: the public form answered over bare sockets, as quickly as can be.

For tests that kill the server under them, and for `bench/survey_load.py`. A response is what a fresh visitor does, on a
connection of their own: fetch the form, post the answers with its token, fetch the page that thanks.
"""

from __future__ import annotations

import re
import socket
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import quote_plus

FORM = "/bench/surveys/s/load/"
TOKEN = re.compile(rb'name="hearth-token" value="([^"]+)"')
LOCATION = re.compile(rb"(?i)\r\nlocation: (\S+)")
LENGTH = re.compile(rb"(?i)\r\ncontent-length: (\d+)")
QUESTIONS = 5  # that begin with "How satisfied"
THANKS = b"We have your answers"
PREPARE = """
from tests.factories import people, surveys
from hearth.db import wall
landlord = people.landlord("bench", "Example Borough Council")
with wall.within(landlord.pk):
    surveys.survey(surveys.PLAIN, slug="load")
"""

# A survey of a sample beside it; prints the codes of those who were asked.
ASK = """
from hearth.db import wall
from hearth.landlords.queries import landlord_at
from hearth.surveys import queries
from hearth.surveys.models import Invitation, Unit
from hearth.surveys.rules import codes
from tests.factories import surveys
with wall.within(landlord_at(slug="bench").pk):
    survey = surveys.survey(surveys.PLAIN, slug="asked", draw="census")
    traits = {"area": "North", "age": "35-54"}
    units = [Unit(survey=survey, number=n, stock="lcra", traits=traits) for n in range(1, MANY + 1)]
    made = [Invitation(survey=survey, unit=u, state="sent") for u in Unit.objects.bulk_create(units)]
    said = [queries.code_of(one) for one in made]
    for one, code in zip(made, said, strict=True):
        one.code_digest = codes.digest(queries.secret(), code)
    Invitation.objects.bulk_create(made)
    print("CODES", *said)
"""


class NotAnswered(Exception):
    """The server did not answer as it should; nobody knows whether it took what it was sent."""


class Visitor:
    """A browser of the barest kind: one connection, kept open between its requests."""

    def __init__(self, port: int, *, patience: float = 60) -> None:
        self.port = port
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=patience)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, head: str, body: bytes = b"") -> tuple[int, bytes, bytes]:
        """Status, headers and body of an answer."""
        said = f"{head} HTTP/1.1\r\nHost: localhost:{self.port}\r\nAccept: text/html\r\n"
        if body:
            said += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
            said += f"Origin: http://localhost:{self.port}\r\nSec-Fetch-Site: same-origin\r\n"
        self.socket.sendall(f"{said}\r\n".encode() + body)
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._more()
        headers, _, rest = got.partition(b"\r\n\r\n")
        found = LENGTH.search(headers)
        while len(rest) < (int(found[1]) if found else 0):
            rest += self._more()
        return int(headers[9:12]), headers, rest

    def form(self, path: str = FORM) -> bytes:
        """Open the form; its token. Raises NotAnswered."""
        status, _, page = self.ask(f"GET {path}")
        token = TOKEN.search(page)
        if status != 200 or token is None or page.count(b"How satisfied") != QUESTIONS:
            raise NotAnswered(f"The form answers {status}.")
        return token[1]

    def send(self, token: bytes, words: str, path: str = FORM) -> None:
        """Send the answers and read the thanks. Raises NotAnswered."""
        said = f"overall=1&home=2&repairs=3&heard=4&area=5&why={quote_plus(words)}&hearth-step=0&hearth-language=en"
        status, headers, _ = self.ask(f"POST {path}send/", f"{said}&hearth-token={token.decode()}".encode())
        place = LOCATION.search(headers)
        if status != 303 or place is None:
            raise NotAnswered(f"The answers were not taken: {status}.")
        status, _, page = self.ask(f"GET {place[1].decode()}")
        if status != 200 or THANKS not in page:
            raise NotAnswered(f"No thanks: {status}.")

    def close(self) -> None:
        """Hang up."""
        self.socket.close()

    def _more(self) -> bytes:
        got = self.socket.recv(65536)
        if not got:
            raise ConnectionError("The server hung up.")
        return got


def look(port: int) -> None:
    """A page request: a fresh visitor sees the form."""
    visitor = Visitor(port)
    visitor.form()
    visitor.close()


def respond(port: int, words: str = "The lift works again.", path: str = FORM) -> None:
    """A response, from the first page to the thanks."""
    visitor = Visitor(port)
    visitor.send(visitor.form(path), words, path)
    visitor.close()


@dataclass
class Evening:
    """Many tenants at once, who send the same form again and again until they are thanked, as people do."""

    port: int
    at_once: int = 8
    thanked: list[str] = field(default_factory=list)  # the words of each answer that was acknowledged
    resent: int = 0  # how often somebody had to send the same form again
    _over: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def begin(self) -> None:
        """Let them come."""
        self._threads = [threading.Thread(target=self._tenant, args=(number,)) for number in range(self.at_once)]
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """Nobody begins any more; whoever has begun goes on until they are thanked."""
        self._over.set()
        for thread in self._threads:
            thread.join(timeout=120)
        assert not any(thread.is_alive() for thread in self._threads), "Somebody was never thanked."

    def wait_for(self, more: int) -> None:
        """Until so many more have been thanked."""
        wanted, deadline = len(self.thanked) + more, time.monotonic() + 120
        while len(self.thanked) < wanted:
            assert time.monotonic() < deadline, "Nobody is thanked any more."
            time.sleep(0.02)

    def _tenant(self, number: int) -> None:
        count = 0
        while not self._over.is_set():
            token = self._until_it_works(lambda visitor: visitor.form(), again=False)
            words = f"tenant {number} answer {count}"
            self._until_it_works(lambda visitor, token=token, words=words: visitor.send(token, words), again=True)
            self.thanked.append(words)
            count += 1

    def _until_it_works(self, work, *, again: bool):  # type: ignore[no-untyped-def]
        while True:
            try:
                visitor = Visitor(self.port, patience=20)
                try:
                    return work(visitor)
                finally:
                    visitor.close()
            except (OSError, NotAnswered, ValueError):  # a power cut may end an answer anywhere
                self.resent += again
                time.sleep(0.05)
