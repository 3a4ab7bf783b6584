"""The house's commands, by the names under which the Makefile calls them.

Started by any Python, this makes the virtual environment ready (in no time where nothing changed) and goes on
inside it. Everything that can go wrong on somebody's machine ends in one plain sentence.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NEEDS = {"run": "runtime"} | dict.fromkeys(
    ("test", "rules", "check", "format", "docs", "gauge", "bench", "lock"), "dev"
)


def main() -> int:
    """Do what the command line asks; the exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what an old Python reads first
        have = ".".join(str(part) for part in sys.version_info[:2])
        print(
            f"Hearth needs Python 3.11 or newer, and this is {have}: name a newer one, "
            "as in `make run PYTHON=python3.12`.",
            file=sys.stderr,
        )
        return 1
    sys.path.insert(0, str(ROOT / "tools"))
    sys.path.insert(0, str(ROOT / "src"))
    from commands import ready, words

    verb, arguments = (sys.argv[1:2] or ["help"])[0], sys.argv[2:]
    try:
        if verb == "clean":
            ready.clean()
            return 0
        if verb not in NEEDS:
            raise words.Trouble("Say one of: " + ", ".join([*NEEDS, "clean"]))
        if verb == "run":
            ready.check_port()
        ready.prepare(NEEDS[verb])
        if Path(sys.prefix).resolve() != ready.VENV.resolve():
            os.execv(ready.PYTHON, [str(ready.PYTHON), str(Path(__file__).resolve()), *sys.argv[1:]])
        return _inside(verb, arguments)
    except words.Trouble as trouble:
        sys.stdout.flush()
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _inside(verb: str, arguments: list[str]) -> int:
    """The part that needs the locked packages."""
    if verb == "run":
        from commands import running

        return running.run()
    if verb in ("test", "rules", "bench"):
        from commands import testing

        return {"test": testing.test, "rules": testing.rules, "bench": testing.bench}[verb](arguments)
    from commands import checking

    works = {"check": checking.check, "format": checking.tidy, "docs": checking.docs, "lock": checking.lock}
    return (works | {"gauge": checking.gauge})[verb]()


if __name__ == "__main__":
    sys.exit(main())
