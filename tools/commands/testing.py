"""`make test`: a browser, a database of its own, and pytest, whose closing line stands last."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from commands import chromium, ready, running
from commands.words import Trouble
from hearth.db import postgres

SECRET = "for tests only: it signs nothing that anyone keeps"


def test(arguments: list[str]) -> int:
    """Run the tests with pytest's own arguments; pytest's exit code."""
    browser = chromium.ensure()
    data = ready.HEARTH / "test"
    data.mkdir(exist_ok=True)
    with _database() as url:
        env = running.environment(url=url, data=data, secret=SECRET) | {"CHROMIUM": browser}
        running.collect_static(env)
        workers = ["-n", os.environ.get("WORKERS", "2"), "--dist", "loadgroup"]
        return _pytest([*workers, *arguments], env)


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


def _pytest(arguments: list[str], env: dict[str, str]) -> int:
    """Run pytest; it ends by itself where somebody presses Ctrl-C, and so keeps its closing line."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job would be born deaf
    process = subprocess.Popen([sys.executable, "-m", "pytest", *arguments], cwd=ready.ROOT, env=env)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda number, frame: process.send_signal(signal.SIGINT))
    return process.wait()
