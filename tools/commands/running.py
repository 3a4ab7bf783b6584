"""`make run`: database, tables, demonstration data, web and worker; and an orderly end of all of them."""

from __future__ import annotations

import ctypes
import fcntl
import http.client
import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import IO, Any

import psycopg

from commands import ready
from commands.words import Trouble, say, unwritable
from hearth.db import postgres

OLDEST = 15  # of PostgreSQL
GRACE = 15  # seconds for a request or job to end before it is ended
PATIENCE = 60  # seconds for the first page


class Stop(Exception):
    """Somebody asked Hearth to stop."""


@dataclass
class Asked:
    """How often somebody asked Hearth to stop, and whether the moment allows to drop everything for it."""

    times: int = 0
    calm: bool = False

    def hear(self, number: int, frame: FrameType | None) -> None:
        """Ctrl-C, `kill` and a closed terminal all mean: stop. A second one while stopping means: now."""
        self.times += 1
        with suppress(OSError):  # the terminal may be gone
            say("\nStopping …" if self.times == 1 else "\nStopping at once …")
        if not self.calm:
            raise Stop

    @contextmanager
    def waits(self) -> Iterator[None]:
        """A deed that is finished first, such as the start of the database."""
        self.calm = True
        yield
        self.calm = False
        if self.times:
            raise Stop


ASKED = Asked()


def run() -> int:
    """Run until somebody stops it or a part of it ends by itself; the exit code."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, ASKED.hear)
    data = ready.data()
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(error, data) from None
    with suppress(Stop), _alone(data), _database(data / "postgres") as url:
        _serve(data, environment(url=url, data=data))
    say("Hearth has stopped.")
    return 0


def environment(*, url: str, data: Path, secret: str | None = None) -> dict[str, str]:
    """The environment of Hearth's processes."""
    return {
        **os.environ,
        "DATABASE_URL": url,
        "HEARTH_DATA": str(data),
        "HEARTH_ADDRESS": os.environ.get("HEARTH_ADDRESS") or f"http://localhost:{os.environ.get('PORT') or '8000'}",
        "HEARTH_SECRET_KEY": secret or os.environ.get("HEARTH_SECRET_KEY") or _secret(data),
        "DJANGO_SETTINGS_MODULE": "hearth.config.settings",
        "PYTHONPATH": str(ready.ROOT / "src"),
        "PYTHONUNBUFFERED": "1",
    }


def manage(env: dict[str, str], *words: str) -> str:
    """One of Django's commands; what it says. Raises Trouble with its last line."""
    done = subprocess.run(
        [sys.executable, str(ready.ROOT / "manage.py"), *words],
        cwd=ready.ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,
    )
    if done.returncode:
        log = ready.data() / "log" / f"{words[0]}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text(done.stdout + done.stderr)
        last = ([line for line in done.stderr.splitlines() if line.strip()] or ["no reason given"])[-1]
        raise Trouble(f"`manage.py {words[0]}` failed: {last.strip()} (the whole story is in {log})")
    return done.stdout


def collect_static(env: dict[str, str]) -> None:
    """Gather the static files of all rooms and libraries, where any of them changed."""
    kept = Path(env["HEARTH_DATA"]) / "static" / ".made-from"
    sources = [*(ready.ROOT / "src" / "hearth").glob("*/static"), ready.ROOT / "requirements.txt"]
    wanted = ready.fingerprint(sorted(sources))
    with suppress(OSError):
        if kept.read_text() == wanted:
            return
    manage(env, "collectstatic", "--noinput", "--clear")
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(wanted)


def web_command(address: str) -> list[str]:
    """The command of the web process."""
    workers = os.environ.get("WEB_CONCURRENCY", "2")
    return [
        *(sys.executable, "-m", "gunicorn", "hearth.config.wsgi:application", "--bind", address),
        *("--worker-class", "gthread", "--workers", workers, "--threads", "4", "--graceful-timeout", str(GRACE)),
        *("--no-control-socket", "--log-level", "warning"),
    ]


def worker_command() -> list[str]:
    """The command of the process that does what was put off."""
    manage_py = str(ready.ROOT / "manage.py")
    return [sys.executable, manage_py, "work", "--grace", str(GRACE)]


def answers(host: str, port: int) -> bool:
    """Whether Hearth's web process answers there, with whatever page."""
    with suppress(OSError, http.client.HTTPException):
        connection = http.client.HTTPConnection(host, port, timeout=10)
        connection.request("GET", "/", headers={"Host": "localhost"})
        return connection.getresponse().status < 500
    return False


def check_database(url: str) -> None:
    """Refuse a database that cannot be reached or is too old."""
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            have = connection.info.server_version // 10000
    except psycopg.Error as error:
        why = (str(error).strip().splitlines() or ["no reason given"])[0]
        raise Trouble(f"The database that DATABASE_URL names cannot be used: {why}") from None
    if have < OLDEST:
        raise Trouble(f"Hearth needs PostgreSQL {OLDEST} or newer, and DATABASE_URL names a {have}.")


# ── the parts of a run ────────────────────────────────────────────────────────────────────────────────────


def _serve(data: Path, env: dict[str, str]) -> None:
    say("Preparing the database …")
    manage(env, "migrate", "--noinput")
    signs = "" if os.environ.get("HEARTH_DEMO", "").lower() in ("0", "no", "off") else manage(env, "demo")
    collect_static(env)
    host, port = ready.host(), ready.port()
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    processes: dict[str, subprocess.Popen[bytes]] = {}
    try:
        env = {**env, "HEARTH_CONNECT_AS": "web"}
        processes["web"] = launch(web_command(address), env)
        processes["worker"] = launch(worker_command(), env)
        _wait(processes, port)
        say(f"\nHearth is running at http://localhost:{port}/\n")
        if signs.strip():
            say(signs.rstrip() + "\n")
        say("Ctrl-C stops it.")
        while not (ended := _ended(processes)):
            time.sleep(0.2)
        raise Trouble(ended)
    finally:
        halt(processes)


def _wait(processes: dict[str, subprocess.Popen[bytes]], port: int) -> None:
    """Until the first page comes."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(ready.host(), ready.host())
    deadline = time.monotonic() + PATIENCE
    while not answers(host, port):
        if ended := _ended(processes):
            raise Trouble(ended)
        if time.monotonic() > deadline:
            raise Trouble(f"Hearth started, but gave no page within {PATIENCE} seconds; its own words stand above.")
        time.sleep(0.1)


def _ended(processes: dict[str, subprocess.Popen[bytes]]) -> str:
    for name, process in processes.items():
        if (code := process.poll()) is not None:
            how = f"signal {-code}" if code < 0 else f"exit code {code}"
            return f"The {name} process ended by itself ({how}), so Hearth stops; its own words stand above."
    return ""


def launch(command: list[str], env: dict[str, str], output: IO[bytes] | None = None) -> subprocess.Popen[bytes]:
    """Start a process of Hearth: deaf to the terminal's Ctrl-C, which is ours to pass on, and not outliving us."""
    return subprocess.Popen(
        command,
        cwd=ready.ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,
        preexec_fn=_end_with_parent,
    )


def _end_with_parent() -> None:
    """On Linux: where this process is killed outright, its children are asked to stop."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def halt(processes: dict[str, subprocess.Popen[bytes]]) -> None:
    """Ask every process to finish what it is doing, and end those that do not."""
    ASKED.calm = True
    before = ASKED.times
    for process in processes.values():
        if process.poll() is None:
            process.terminate()
        else:
            _signal_group(process, signal.SIGTERM)  # children that it may have left behind
    deadline = time.monotonic() + GRACE + 5
    while any(process.poll() is None for process in processes.values()):
        if time.monotonic() > deadline or ASKED.times > before:
            for process in processes.values():
                if process.poll() is None:
                    _signal_group(process, signal.SIGKILL)
        time.sleep(0.05)
    for process in processes.values():
        _signal_group(process, signal.SIGKILL)


def _signal_group(process: subprocess.Popen[bytes], number: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """One Hearth a folder."""
    try:
        with (data / "run.lock").open("a+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                lock.seek(0)
                about: dict[str, Any] = {}
                with suppress(ValueError):
                    about = json.load(lock)
                where = f" at http://localhost:{about['port']}/ (process {about['pid']})" if about else ""
                raise Trouble(f"Hearth is already running from this folder{where}: stop that one first.") from None
            lock.truncate(0)
            json.dump({"pid": os.getpid(), "port": ready.port()}, lock)
            lock.flush()
            yield
    except PermissionError as error:
        raise unwritable(error, data) from None


@contextmanager
def _database(folder: Path) -> Iterator[str]:
    """The connection of the owner: to the database that DATABASE_URL names, or to the embedded one."""
    if url := os.environ.get("DATABASE_URL"):
        check_database(url)
        yield url
        return
    say("Starting the database …")
    try:
        with ASKED.waits():
            server = postgres.start(folder, durable=True)
    except postgres.PostgresError as error:
        raise Trouble(str(error)) from None
    except OSError as error:
        raise unwritable(error, folder) from None
    try:
        yield server.url
    finally:
        server.stop()


def _secret(data: Path) -> str:
    """The key that signs sessions and seals secrets: made once, readable by its owner only."""
    path = data / "secret"
    if not path.exists():
        with suppress(FileExistsError):
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()
