"""`make test`: a browser, a database of its own, and pytest; the closing line stands last."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from commands import chromium, ready, running
from commands.words import Trouble, say
from hearth.db import postgres

SECRET = "for tests only: it signs nothing that anyone keeps"
CLOSING = re.compile(r"^=*\s*((?:\d+ \w+(?:, )?)+ in [\d.]+s.*?|no tests ran in [\d.]+s)\s*=*$")


def test(arguments: list[str]) -> int:
    """Run the tests with pytest's own arguments; pytest's exit code."""
    browser = chromium.ensure()
    data = ready.HEARTH / "test"
    data.mkdir(exist_ok=True)
    with _database() as url:
        env = running.environment(url=url, data=data, secret=SECRET) | {"CHROMIUM": browser}
        running.collect_static(env)
        workers = ["-n", os.environ.get("WORKERS", "2"), "--dist", "loadgroup"]
        code, closing = _listen([sys.executable, "-m", "pytest", *workers, *arguments], env)
    if closing:
        say(closing)
    return code


@contextmanager
def _database() -> Iterator[str]:
    if url := os.environ.get("DATABASE_URL"):
        running.check_database(url)
        yield url
        return
    try:
        server = postgres.start(ready.HEARTH / "test-postgres", durable=False)
    except postgres.PostgresError as error:
        raise Trouble(str(error)) from None
    try:
        yield server.url
    finally:
        server.stop()


def _listen(command: list[str], env: dict[str, str]) -> tuple[int, str]:
    """Run pytest, show what it says as it says it, and remember its closing line."""
    if sys.stdout.isatty():  # a terminal of its own keeps the colours and the width
        ours, theirs = pty.openpty()
    else:
        ours, theirs = os.pipe()
    process = subprocess.Popen(command, cwd=ready.ROOT, env=env, stdout=theirs, stderr=subprocess.STDOUT)
    os.close(theirs)
    said = b""
    try:
        while chunk := _read(ours):
            os.write(1, chunk)
            said = (said + chunk)[-20_000:]
        code = process.wait()
    except BaseException:
        process.terminate()
        process.wait()
        raise
    lines = re.sub(r"\x1b\[[0-9;]*m", "", said.decode(errors="replace")).splitlines()
    found = [line for line in lines if CLOSING.match(line.strip())]
    return code, found[-1].strip() if found else ""


def _read(handle: int) -> bytes:
    try:
        return os.read(handle, 4096)
    except OSError:  # how a terminal says that it has ended
        return b""
