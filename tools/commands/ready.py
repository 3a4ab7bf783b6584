"""Make the working copy ready: virtual environment, locked packages, the design system, static files.

Every step leaves a mark of what it was made from (the hash of the lock files), so that a second run only looks.
Standard library alone: this runs before anything is installed.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from commands.words import Trouble, explained, say, unwritable

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
HEARTH = ROOT / ".hearth"  # what belongs to this copy: data, secret, logs
MARK = VENV / "hearth.json"
SETS = {"runtime": "requirements.txt", "dev": "requirements-dev.txt"}


def prepare(kind: str) -> None:
    """Bring everything up to date for `kind`: "runtime" to run Hearth, "dev" to test and check it as well."""
    writable_home()
    with (HEARTH / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        mark = _virtual_environment()
        _packages(mark, kind)
        _design_system(mark)
        _assets(mark)


def writable_home() -> None:
    """Make .hearth, where this copy keeps what is its own. Others may pass through it, not look into it."""
    try:
        HEARTH.mkdir(exist_ok=True)
        HEARTH.chmod(0o711)  # the database's account must pass through
        (HEARTH / "log").mkdir(exist_ok=True)
        (HEARTH / "log" / "setup.log").touch()
    except OSError as error:
        raise unwritable(error, ROOT) from None


def port() -> int:
    """The port that was asked for."""
    asked = os.environ.get("PORT") or "8000"
    if not asked.isdigit() or not 0 < int(asked) < 65536:
        raise Trouble(f"PORT must be a number between 1 and 65535, and it is {asked!r}.")
    return int(asked)


def host() -> str:
    """The address that Hearth listens on: this machine only, unless HOST says otherwise."""
    return os.environ.get("HOST") or "127.0.0.1"


def check_port() -> None:
    """Refuse before anything else is done where the port cannot be had."""
    number = port()
    with socket.socket(socket.AF_INET6 if ":" in host() else socket.AF_INET) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host(), number))
        except PermissionError:
            raise Trouble(
                f"This account may not use port {number}: choose one above 1023, as in `PORT=8001 make run`."
            ) from None
        except OSError as error:
            if (running := already_running()) and running.get("port") == number:
                return  # said better by the command itself
            if "in use" not in str(error):
                raise Trouble(f"Hearth cannot listen on {host()}:{number}: {error.strerror}.") from None
            raise Trouble(
                f"Port {number} is in use by another program: stop it, or choose another port, as in "
                f"`PORT={number + 1 if number < 65535 else 8001} make run`."
            ) from None


def already_running() -> dict[str, Any] | None:
    """What the Hearth that runs from this folder wrote about itself, or None where none runs."""
    path = data() / "run.lock"
    if not path.exists():
        return None
    with path.open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            try:
                return dict(json.load(lock))
            except ValueError:
                return {}
    return None


def data() -> Path:
    """The folder of what Hearth keeps."""
    return Path(os.environ.get("HEARTH_DATA") or HEARTH).absolute()


def clean() -> None:
    """Remove what was built or fetched. The data stay."""
    if already_running() is not None:
        raise Trouble("Hearth is running from this folder: stop it first.")
    built = [VENV, ROOT / "node_modules", ROOT / "src" / "hearth" / "ui" / "static" / "hearth", HEARTH / "static"]
    caches = [ROOT / name for name in (".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "test-results")]
    caches += [ROOT / ".import_linter_cache", HEARTH / "log", HEARTH / "test"]
    caches += [*(ROOT / "src").rglob("__pycache__"), *(ROOT / "tests").rglob("__pycache__")]
    for name in ("test-postgres", "postgres-template"):
        caches.append((HEARTH / name).resolve())
        if (HEARTH / name).is_symlink():
            (HEARTH / name).unlink()
    for path in [*built, *caches]:
        shutil.rmtree(path, ignore_errors=True)
    if (HEARTH / "postgres").exists():
        say("Removed what was built. Your data stay in .hearth; delete that folder to begin anew.")


# ── the steps ─────────────────────────────────────────────────────────────────────────────────────────────


def _virtual_environment() -> dict[str, Any]:
    """A working virtual environment of this Python, in this place; what was put into it so far."""
    mark, wanted = _read_mark(), {"python": list(sys.version_info[:2]), "place": str(VENV)}
    if not mark and PYTHON.exists():  # made by hand: taken over, and no test tool taken out of it
        mark = {**wanted, "kind": "dev" if (VENV / "bin" / "pytest").exists() else "runtime"}
    if mark.get("place") == str(VENV):
        version = _quiet([PYTHON, "-c", "import pip, sys; print(list(sys.version_info[:2]))"]).stdout.strip()
        if version == str(mark["python"]):
            return mark
    if not all(importlib.util.find_spec(module) for module in ("venv", "ensurepip")):
        raise Trouble("Python's venv module is missing: run `apt-get install python3-venv` (Debian, Ubuntu).")
    say("Making a virtual environment …")
    done = _quiet([sys.executable, "-m", "venv", "--clear", VENV])
    if done.returncode:
        raise explained(done.stdout, what="The virtual environment", log=_log(done.stdout))
    return wanted


def _packages(mark: dict[str, Any], kind: str) -> None:
    """The locked packages. The set for development holds the one for running, so it is never taken away again."""
    kind = "dev" if "dev" in (kind, mark.get("kind")) else "runtime"
    wanted = _hash([ROOT / "requirements-bootstrap.txt", ROOT / SETS[kind]])
    if mark.get("packages") == wanted:
        return
    say("Installing the locked packages (the first time takes about half a minute) …")
    what = "The packages that Hearth needs"
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check"]
    _must([*pip, "install", "-q", "--require-hashes", "-r", ROOT / "requirements-bootstrap.txt"], what)
    _must([*_uv(), "sync", "-q", "--python", PYTHON, "--require-hashes", ROOT / SETS[kind]], what, index=True)
    mark.pop("node", None)  # a synchronised environment has lost a Node that was put into it
    mark.update(kind=kind, packages=wanted)
    _write_mark(mark)


def _design_system(mark: dict[str, Any]) -> None:
    """The design system's files by npm; where the machine has none, a wheel brings Node and npm along."""
    wanted = _hash([ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc"])
    if mark.get("npm") == wanted and (ROOT / "node_modules").is_dir():
        return
    say("Fetching the design system …")
    npm = shutil.which("npm") if shutil.which("node") else None
    words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if not npm or _quiet([npm, *words]).returncode:
        if not (VENV / "bin" / "npm").exists():
            install = [*_uv(), "install", "-q", "--python", PYTHON, "--require-hashes"]
            _must([*install, "-r", ROOT / "requirements-node.txt"], "Node", index=True)
        path = os.pathsep.join([str(VENV / "bin"), os.environ.get("PATH", "")])
        _must([VENV / "bin" / "npm", *words], "The design system's files", PATH=path)
    mark.update(npm=wanted)
    _write_mark(mark)


def _assets(mark: dict[str, Any]) -> None:
    """The styles and scripts that the pages use, built from the design system's files and our own."""
    assets = ROOT / "src" / "hearth" / "ui"
    wanted = _hash([ROOT / "package-lock.json", ROOT / "tools" / "build_assets.py", assets / "assets"])
    if mark.get("assets") == wanted and (assets / "static" / "hearth").is_dir():
        return
    done = _quiet([PYTHON, ROOT / "tools" / "build_assets.py"])
    if done.returncode:
        raise Trouble(
            f"The static files could not be built: {(done.stdout.strip().splitlines() or ['no reason given'])[-1]}"
        )
    mark.update(assets=wanted)
    _write_mark(mark)


# ── their tools ───────────────────────────────────────────────────────────────────────────────────────────


def fingerprint(paths: Iterable[Path]) -> str:
    """One hash over files and folders, their names included."""
    return _hash(paths)


def _hash(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        files = sorted(part for part in path.rglob("*") if part.is_file()) if path.is_dir() else [path]
        for file in files:
            if file.exists() and "__pycache__" not in file.parts:
                digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _read_mark() -> dict[str, Any]:
    try:
        return dict(json.loads(MARK.read_text()))
    except (OSError, ValueError):
        return {}


def _write_mark(mark: dict[str, Any]) -> None:
    fresh = MARK.with_suffix(".new")
    fresh.write_text(json.dumps(mark, indent=1))
    fresh.replace(MARK)


def _uv() -> list[Any]:
    return [VENV / "bin" / "uv", "pip"]


def _index() -> dict[str, str]:
    """uv does not read pip's settings: hand on the index of the user's network where only pip knows of it."""
    if any(name in os.environ for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_INDEX")):
        return {}
    listed = _quiet([PYTHON, "-m", "pip", "config", "list"]).stdout
    for line in listed.splitlines():
        name, _, value = line.partition("=")
        if name.endswith(".index-url"):
            return {"UV_DEFAULT_INDEX": value.strip("'\"")}
    return {}


def _must(command: list[Any], what: str, *, index: bool = False, **environment: str) -> None:
    """Run a command that has to succeed, or explain in one sentence why it did not."""
    if index:
        environment |= _index()
    done = _quiet(command, **environment)
    if done.returncode:
        raise explained(done.stdout, what=what, log=_log(done.stdout))


def _quiet(command: list[Any], **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in the root and keep what it says."""
    extra = {"UV_PYTHON_DOWNLOADS": "never", "PYTHONWARNINGS": "ignore", **environment}
    home = Path(os.environ.get("HOME") or "/nonexistent")
    if not os.access(home, os.W_OK):
        extra.update(UV_CACHE_DIR=str(HEARTH / "cache" / "uv"), npm_config_cache=str(HEARTH / "cache" / "npm"))
    try:
        return subprocess.run(
            [str(part) for part in command],
            cwd=ROOT,
            env={**os.environ, **extra},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        return subprocess.CompletedProcess(command, 127, stdout=f"{command[0]}: {error.strerror}")


def _log(output: str) -> Path:
    path = HEARTH / "log" / "setup.log"
    path.write_text(output)
    return path.relative_to(ROOT)
