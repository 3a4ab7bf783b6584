"""The real thing for tests: gunicorn and worker as processes of their own, on a free port, that can be killed.

    with RealHearth(server.url, tmp_path / "data") as hearth:
        hearth.prepare()          # migrate and static files, where the database is new
        hearth.start()
        ... hearth.url ...
        hearth.kill_web(); hearth.start_web()      # same address as before

Use it from a test's main thread: on Linux the processes end with the thread that started them.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from commands import chromium, ready, running  # noqa: E402

PATIENCE = 60.0
SECRET = "a key for tests only"


def free_port() -> int:
    """A port on which nobody listens just now."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def browser_path() -> str | None:
    """The Chromium of this machine, where it has one."""
    return chromium.find()


@contextmanager
def scratch(url: str, name: str) -> Iterator[str]:
    """The owner's connection to a new, empty database beside the one that `url` names; it is dropped at the end."""
    head, _, tail = url.rpartition("/")
    options = tail.partition("?")[2]
    own, role = sql.Identifier(name), sql.Identifier(f"{name[:50]}_web")  # the web role that `migrate` makes
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(sql.SQL("drop database if exists {} with (force)").format(own))
        admin.execute(sql.SQL("create database {} template template0").format(own))
    try:
        yield f"{head}/{name}{'?' + options if options else ''}"
    finally:
        with psycopg.connect(url, autocommit=True) as admin:
            admin.execute(sql.SQL("drop database if exists {} with (force)").format(own))
            admin.execute(sql.SQL("drop role if exists {}").format(role))


def ask(url: str, statement: str, *values: object, slug: str = "dartford") -> list[tuple[Any, ...]]:
    """What the database itself says, from inside the wall of one landlord."""
    with psycopg.connect(url) as connection:
        found = connection.execute("select id from landlords_landlord where slug = %s", [slug]).fetchone()
        connection.execute("select set_config('hearth.landlord', %s, true)", [str(found[0] if found else "")])
        return connection.execute(statement, values).fetchall()  # type: ignore[call-overload,no-any-return]


class RealHearth:
    """Hearth's processes against a given database (the owner's connection) and folder of files.

    `web_url` is the web role's connection where it is not the one that `migrate` makes; `env` adds to the environment.
    """

    def __init__(
        self, database_url: str, data: Path, *, web_url: str | None = None, env: dict[str, str] | None = None
    ) -> None:
        self.database_url, self.data, self.port = database_url, data.absolute(), free_port()
        self.data.mkdir(parents=True, exist_ok=True)
        secret = os.environ.get("HEARTH_SECRET_KEY", SECRET)
        self.env = running.environment(url=database_url, data=self.data, secret=secret)
        self.env |= {"WEB_CONCURRENCY": "1", "HEARTH_CONNECT_AS": "web"}
        self.env |= {"HEARTH_WEB_DATABASE_URL": web_url} if web_url else {}
        self.env |= env or {}
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def url(self) -> str:
        """The address, without a slash at its end; it stays from start to start."""
        return f"http://localhost:{self.port}"

    def manage(self, *words: str) -> str:
        """One of Django's commands as the owner of the tables; what it says."""
        return running.manage(self.env | {"HEARTH_CONNECT_AS": "owner"}, *words)

    def prepare(self) -> None:
        """Bring the tables up to date and gather the static files."""
        self.manage("migrate", "--noinput")
        running.collect_static(self.env)

    def start(self) -> None:
        """Start both processes and wait until they are ready."""
        running.collect_static(self.env)
        self.start_web()
        self.start_worker()

    def start_web(self) -> None:
        """Start the web process and wait for its first page."""
        process = self._launch("web", running.web_command(f"127.0.0.1:{self.port}"))
        self._wait("web", process, lambda: running.answers("127.0.0.1", self.port))

    def start_worker(self) -> None:
        """Start the worker and wait until it has registered itself."""
        before = self._newest_worker()
        process = self._launch("worker", running.worker_command())
        self._wait("worker", process, lambda: self._newest_worker() > before)

    def kill_web(self) -> None:
        """End the web process and its children outright, as a power cut would."""
        self._kill("web")

    def kill_worker(self) -> None:
        """End the worker outright."""
        self._kill("worker")

    def stop(self) -> None:
        """Ask both to finish what they are doing, and wait for it."""
        running.halt(self._processes)
        self._processes.clear()

    def words(self, name: str) -> str:
        """What "web" or "worker" has said so far."""
        path = self.data / f"{name}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def __enter__(self) -> RealHearth:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def _launch(self, name: str, command: list[str]) -> subprocess.Popen[bytes]:
        assert name not in self._processes, f"The {name} process runs already."
        with (self.data / f"{name}.log").open("ab") as log:
            self._processes[name] = running.launch(command, self.env, output=log)
        return self._processes[name]

    def _wait(self, name: str, process: subprocess.Popen[bytes], there: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not there():
            if process.poll() is not None:
                self._processes.pop(name, None)
                raise AssertionError(f"The {name} process ended at once:\n{self.words(name)[-4000:]}")
            if time.monotonic() > deadline:
                raise AssertionError(f"The {name} process is not ready:\n{self.words(name)[-4000:]}")
            time.sleep(0.05)

    def _kill(self, name: str) -> None:
        process = self._processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def _newest_worker(self) -> int:
        with psycopg.connect(self.database_url) as connection:
            row = connection.execute("select coalesce(max(id), 0) from procrastinate_workers").fetchone()
        return int(row[0]) if row else 0


__all__ = ["RealHearth", "ask", "browser_path", "free_port", "ready", "running", "scratch"]
