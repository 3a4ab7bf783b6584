"""`make check` and its neighbours: everything that can be said about the code without running its tests."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from commands import ready
from commands.words import Trouble, say

# What `uv pip compile` reads for each lock file: the package's own dependencies, or a group of pyproject.toml.
LOCKS = {
    "requirements-bootstrap.txt": ("--group", "bootstrap"),
    "requirements-node.txt": ("--group", "node"),
    "requirements.txt": ("pyproject.toml",),
    "requirements-dev.txt": ("pyproject.toml", "--group", "dev"),
}
# What a lock file may not carry: where the machine that made it gets its packages from.
TRACES = re.compile(
    r"https?://|git\+|file:|--(?:extra-)?index|--find-links|--trusted-host|\"resolved\"|^\s*/|@ /", re.MULTILINE
)


def check() -> int:
    """Run every check, show what the failing ones say; 0 where all pass."""
    checks: dict[str, Callable[[], str]] = {
        "format": _tool("ruff", "format", "--check", "."),
        "lint": _tool("ruff", "check", "."),
        "types": _tool("mypy"),
        "contracts": _tool("importlinter.cli", "lint", program="lint-imports"),
        "migrations": _python("manage.py", "makemigrations", "--check", "--dry-run"),
        "lock files": locks,
        "docs": _python("tools/docs.py", "--check"),
    }
    failed = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        runs = {name: pool.submit(_timed, work) for name, work in checks.items()}
        for name, run in runs.items():
            complaint, seconds = run.result()
            say(f"{'failed' if complaint else 'passed'}  {name}  ({seconds:.1f} s)")
            if complaint:
                failed.append(name)
                say(complaint.rstrip() + "\n")
    say(f"{len(failed)} of {len(checks)} checks failed: {', '.join(failed)}." if failed else "All checks passed.")
    return 1 if failed else 0


def tidy() -> int:
    """Put every file into the house's shape, and mend what the linter can mend."""
    for words in (("format", "."), ("check", "--fix", "."), ("format", ".")):
        said = _tool("ruff", *words)()
        if said:
            say(said.rstrip())
    return 0


def docs() -> int:
    """Write the generated pages of the docs again."""
    complaint = _python("tools/docs.py")()
    if complaint:
        say(complaint.rstrip())
    return 1 if complaint else 0


def gauge() -> int:
    """Say how large the largest files, functions and templates are."""
    return _run_aloud("tools/gauge.py")


def lock() -> int:
    """Lock the newest versions that pyproject.toml allows, for every Python and platform, with hashes."""
    flags = "--universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header"
    for name, source in LOCKS.items():
        words = ["compile", "-q", *flags.split(), "--upgrade", *source, "-o", name]
        done = _run([str(ready.VENV / "bin" / "uv"), "pip", *words], UV_PYTHON_DOWNLOADS="never")
        if done.returncode:
            raise Trouble(f"{name} cannot be locked: {done.stdout.strip()}")
        say(f"Locked {name}")
    complaint = locks()
    if complaint:
        raise Trouble(complaint)
    return 0


def locks() -> str:
    """What is wrong with the lock files: a trace of the machine that made them, or a package without its hash."""
    wrong = []
    for path in [*sorted(ready.ROOT.glob("requirements*.txt")), ready.ROOT / "package-lock.json"]:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".json":  # licences and funding pages are no places to fetch from
            text = json.dumps(_without(json.loads(text), {"funding", "bugs", "homepage"}), indent=1)
        for found in TRACES.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            wrong.append(f"{path.name}:{line}: {found.group().strip()} says where the packages came from")
        if path.suffix == ".txt":
            pins = re.findall(r"^([A-Za-z0-9._\[\],-]+==[^\s\\;]+)[^\n]*(\\?)\n(?!\s+--hash)", text, re.MULTILINE)
            wrong += [f"{path.name}: {pin[0]} has no hash" for pin in pins]
    return "\n".join(wrong)


def _without(value: object, names: set[str]) -> object:
    if isinstance(value, dict):
        return {key: _without(item, names) for key, item in value.items() if key not in names}
    return [_without(item, names) for item in value] if isinstance(value, list) else value


def _tool(module: str, *words: str, program: str | None = None) -> Callable[[], str]:
    """A check by one of the locked tools: silent where it passes, its own words where it does not."""
    command = [str(ready.VENV / "bin" / program)] if program else [sys.executable, "-m", module, *words]
    return lambda: _complaint(command)


def _python(*words: str) -> Callable[[], str]:
    return lambda: _complaint([sys.executable, "-W", "ignore", *words])


def _complaint(command: list[str]) -> str:
    done = _run(command, HEARTH_CONNECT_AS="owner")
    if done.returncode == 0:
        return ""
    return done.stdout or f"{command[-1]} failed without a word (exit code {done.returncode})"


def _run(command: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join(str(ready.ROOT / part) for part in ("src", ".", "tools"))
    return subprocess.run(
        command,
        cwd=ready.ROOT,
        env={**os.environ, "PYTHONPATH": path, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def _run_aloud(*words: str) -> int:
    return subprocess.run([sys.executable, *words], cwd=ready.ROOT, check=False).returncode


def _timed(work: Callable[[], str]) -> tuple[str, float]:
    began = time.monotonic()
    return work(), time.monotonic() - began
