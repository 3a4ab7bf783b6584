"""The embedded PostgreSQL: a server from a wheel, for trying Hearth, for small use and for tests.

Where `DATABASE_URL` names a server, this module is not used at all. It imports nothing of Django, so that
the commands can start a database before any setting is read. The server listens on 127.0.0.1 only, on a
free port that it keeps from start to start, and asks for a password that was made at random and lies in its
own folder. Which programs run, and as whom, stands in `postgres_programs`.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import psycopg

from hearth.db import postgres_programs as programs
from hearth.db.postgres_programs import PostgresError

__all__ = ["PostgresError", "Server", "remove", "start"]

PATIENCE = 60  # seconds to wait for a start (recovery after a crash included) or for a stop
# Safety given up for speed, for tests.
QUICK = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
]


@dataclass
class Server:
    """A running server. `url` is the owner's connection; whoever uses the server last stops it."""

    data_dir: Path
    url: str
    _users: IO[str] = field(repr=False)

    @property
    def pid(self) -> int:
        """The number of the server's first process. Raises PostgresError where it does not run."""
        found = _postmaster(self.data_dir.resolve())
        if not found:
            raise PostgresError("The database does not run.")
        return found[0]

    def stop(self) -> None:
        """Stop the server in an orderly way, unless another process still uses it. Harmless when repeated."""
        if self._users.closed:
            return
        with _locked(self.data_dir):
            try:
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if _running(self.data_dir):
                    _control(self.data_dir, "stop", "-m", "fast")
            except BlockingIOError:
                pass  # another run uses it
            finally:
                self._users.close()

    def remove(self) -> None:
        """Stop the server and delete its data."""
        self.stop()
        remove(self.data_dir)


def start(data_dir: Path, *, durable: bool, template: Path | None = None) -> Server:
    """Start the server of a data folder, made when it is not there; one that runs already is used as it is.

    `durable=False` gives safety up for speed: for tests only. `template` is a folder in which a fresh cluster
    is kept to be copied, so that a test with a server of its own need not wait for one to be made.
    Raises PostgresError with one sentence.
    """
    data_dir = data_dir.absolute()
    data_dir.parent.mkdir(parents=True, exist_ok=True)
    with _locked(data_dir):
        users = _open_lock(data_dir, "users")
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            if not durable:
                _drop_if_old(data_dir)
            if not (data_dir / "PG_VERSION").exists():
                _make(data_dir, durable=durable, template=template)
            _check_version(data_dir)
            url = _running(data_dir) or _launch(data_dir, durable=durable)
        except BaseException:
            users.close()
            raise
    return Server(data_dir=data_dir, url=url, _users=users)


def remove(data_dir: Path) -> None:
    """Delete a data folder whose server does not run."""
    real = data_dir.resolve()
    if data_dir.is_symlink():
        data_dir.unlink()
    shutil.rmtree(real, ignore_errors=True)
    for kind in ("lock", "users"):
        _lock_path(data_dir, kind).unlink(missing_ok=True)


# ── making ────────────────────────────────────────────────────────────────────────────────────────────────


def _make(data_dir: Path, *, durable: bool, template: Path | None) -> None:
    """Make the cluster beside its place and move it there whole: a broken start leaves nothing half-made."""
    runner = programs.account(data_dir)
    real = programs.place(data_dir, runner)
    fresh = real.with_name(f"{real.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    if template is None:
        _init(fresh, runner, durable=durable)
    else:
        template = template.absolute()
        with _locked(template):
            _drop_if_old(template)
            if not (template / "PG_VERSION").exists():
                _make(template, durable=False, template=None)
        _copy(template.resolve(), fresh)
        if durable:
            programs.run(runner, "initdb", "--sync-only", "-D", str(fresh))
    fresh.rename(real)


def _init(fresh: Path, runner: programs.Account, *, durable: bool) -> None:
    fresh.mkdir(mode=0o700)
    if runner:
        os.chown(fresh, runner["user"], runner["group"])
    # The built-in locale sorts and compares alike on every machine; it came with PostgreSQL 17.
    built_in = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    locale = built_in if programs.version() >= 17 else ["--locale=C.UTF-8"]
    doors = ["-U", "postgres", "--auth=reject"]  # the doors are opened below, to those with a password
    speed = [] if durable else ["--no-sync"]
    programs.run(runner, "initdb", "-D", str(fresh), "--encoding=UTF8", *doors, *locale, *speed)
    (fresh / "pg_hba.conf").write_text("host all all 127.0.0.1/32 scram-sha-256\n")
    # The owner is no superuser, as with most who rent a database; `postgres` has no password and no door.
    password = secrets.token_urlsafe(24)
    words = f"create role hearth login createdb createrole password '{password}'\ncreate database hearth owner hearth\n"
    programs.run(runner, "postgres", "--single", "-D", str(fresh), "postgres", words=words)
    secret = fresh / "hearth.secret"
    secret.touch(mode=0o600)
    secret.write_text(password)


def _copy(source: Path, target: Path) -> None:
    """Copy a cluster with its owners, which only root may set."""
    shutil.copytree(source, target)
    if os.geteuid() == 0:
        about = source.stat()
        for folder, _, names in os.walk(target):
            for path in (folder, *(os.path.join(folder, name) for name in names)):
                os.chown(path, about.st_uid, about.st_gid)


def _written_by(data_dir: Path) -> int:
    """The main number of the PostgreSQL that wrote a cluster."""
    return int((data_dir / "PG_VERSION").read_text().split(".")[0])


def _drop_if_old(data_dir: Path) -> None:
    """Delete a cluster of another version that holds nothing to keep."""
    if (data_dir / "PG_VERSION").exists() and _written_by(data_dir) != programs.version():
        shutil.rmtree(data_dir.resolve(), ignore_errors=True)


def _check_version(data_dir: Path) -> None:
    kept, have = _written_by(data_dir), programs.version()
    if kept != have:
        raise PostgresError(
            f"The data in {data_dir} were written by PostgreSQL {kept}, and the one installed is {have}: "
            "dump them with the old version and load them with the new one."
        )


# ── running ───────────────────────────────────────────────────────────────────────────────────────────────


def _launch(data_dir: Path, *, durable: bool) -> str:
    real = data_dir.resolve()
    (real / "postmaster.pid").unlink(missing_ok=True)  # a stale one: `_running` found nobody behind it
    for attempt in range(3):
        port = _port(real, same=attempt == 0)
        settings = [
            "listen_addresses=127.0.0.1",
            f"port={port}",
            "unix_socket_directories=",
            *_name(data_dir),
        ]
        options = " ".join(f"-c {setting}" for setting in [*settings, *([] if durable else QUICK)])
        with suppress(PostgresError):
            _control(data_dir, "start", "-l", str(real / "server.log"), "-o", options)
            if url := _running(data_dir):
                (real / "hearth.port").write_text(str(port))
                return url
    raise PostgresError(f"The database did not start: {_last_words(real)}")


def _control(data_dir: Path, verb: str, *arguments: str) -> None:
    runner = programs.account(data_dir)
    common = ["-D", str(data_dir.resolve()), "-w", "-t", str(PATIENCE), "-s"]
    programs.run(runner, "pg_ctl", verb, *common, *arguments, quiet=True)


def _running(data_dir: Path) -> str | None:
    """The connection of the server that runs on this folder, or None. A number left in a file is no proof."""
    real = data_dir.resolve()
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if not (found := _postmaster(real)):
            return None
        password = (real / "hearth.secret").read_text()
        url = f"postgresql://hearth:{password}@127.0.0.1:{found[1]}/hearth"
        try:
            with psycopg.connect(url, connect_timeout=5) as connection:
                row = connection.execute("show cluster_name").fetchone()
            return url if row and _name(data_dir) == [f"cluster_name={row[0]}"] else None
        except psycopg.OperationalError as error:
            if "starting up" not in str(error) and "shutting down" not in str(error):
                return None
        time.sleep(0.1)
    raise PostgresError("The database is there but did not answer within a minute.")


def _postmaster(real: Path) -> tuple[int, int] | None:
    """Process number and port as the server's own file has them, where a process of that number lives."""
    try:
        lines = (real / "postmaster.pid").read_text().splitlines()
        pid, port = int(lines[0]), int(lines[3])
        os.kill(pid, 0)
    except (OSError, ValueError, IndexError):
        return None
    return pid, port


def _port(real: Path, *, same: bool) -> int:
    """A free port; that of the last start where it is still free, so that a restart keeps the address."""
    kept = 0
    if same:
        with suppress(OSError, ValueError):
            kept = int((real / "hearth.port").read_text())
    for wish in (kept, 0):
        with socket.socket() as trial, suppress(OSError):
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(("127.0.0.1", wish))
            return int(trial.getsockname()[1])
    raise PostgresError("This machine has no free port for the database.")


def _name(data_dir: Path) -> list[str]:
    digest = hashlib.sha256(str(data_dir.resolve()).encode()).hexdigest()[:16]
    return [f"cluster_name=hearth-{digest}"]


def _last_words(real: Path) -> str:
    with suppress(OSError):
        lines = (real / "server.log").read_text(errors="replace").splitlines()
        telling = [line for line in lines[-20:] if "FATAL" in line or "PANIC" in line] or lines[-1:]
        if telling:
            return telling[-1].strip()
    return "it left no word why."


# ── one at a time ─────────────────────────────────────────────────────────────────────────────────────────


def _lock_path(data_dir: Path, kind: str) -> Path:
    return data_dir.with_name(f".{data_dir.name}.{kind}")


def _open_lock(data_dir: Path, kind: str) -> IO[str]:
    return _lock_path(data_dir, kind).open("w")


@contextmanager
def _locked(data_dir: Path) -> Iterator[None]:
    """Starting and stopping wait for each other, between processes too."""
    with _open_lock(data_dir, "lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
