"""`make test`: a browser, a database of its own, and pytest, whose closing line stands last.

Beside it stand `make rules`, which needs neither, and `make bench`, which needs the database.
"""

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


def rules(arguments: list[str]) -> int:
    """Run the quick tests of the rules, without a database and without Django; pytest's exit code."""
    chosen = [word for word in arguments if word.startswith("tests/")] or ["tests/rules"]
    others = [word for word in arguments if word not in chosen]
    bare = ["-p", "no:django", "-W", "ignore::pytest.PytestConfigWarning", "-m", "not slow"]
    workers = ["-n", os.environ.get("WORKERS", "2"), "--dist", "worksteal"]
    return _pytest([*bare, *workers, *others, *chosen], dict(os.environ))


def bench(arguments: list[str]) -> int:
    """Measure on a scratch database, and write docs/speed.md; the exit code."""
    data = ready.HEARTH / "test"
    data.mkdir(exist_ok=True)
    with _database() as url:
        env = running.environment(url=url, data=data, secret=SECRET)
        running.collect_static(env)
        env["PYTHONPATH"] = os.pathsep.join([env["PYTHONPATH"], str(ready.ROOT)])
        return subprocess.run(
            [sys.executable, "bench/run.py", *arguments], cwd=ready.ROOT, env=env, check=False
        ).returncode


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
