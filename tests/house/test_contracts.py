"""The contracts of .importlinter: kept by the code as it stands, without exceptions, and each shown to bite."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ROOT / "src" / "hearth"
CONFIG = ROOT / ".importlinter"
UNFURNISHED = {"kernel", "db", "ui", "config"}  # tools and wiring: they hold no nouns, so no rules, deeds and pages
DJANGOS_OWN = {"apps", "migrations", "management"}  # what Django looks for by name and nobody imports


def contracts() -> dict[str, dict[str, str]]:
    """Every contract by the last word of its section."""
    read = ConfigParser()
    read.read(CONFIG, encoding="utf-8")
    return {name.rpartition(":")[2]: dict(read[name]) for name in read.sections() if name.startswith("importlinter:")}


def words(text: str) -> set[str]:
    return set(text.replace("|", " ").replace("(", " ").replace(")", " ").split())


def lint(tree: Path) -> str:
    """What import-linter says of the tree; its exit code must agree with its words."""
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_logo=True, no_cache=True))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tree,
        env={"PYTHONPATH": f"{tree / 'src'}:{tree}", "PATH": "/usr/bin:/bin", "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Contracts:" in done.stdout, done.stdout + done.stderr
    assert (done.returncode == 0) == ("0 broken" in done.stdout)
    return done.stdout


def test_the_code_keeps_every_contract() -> None:
    said = lint(ROOT)
    assert "0 broken" in said, said


def test_no_contract_has_an_exception() -> None:
    for name, contract in contracts().items():
        loose = {key for key in contract if "ignore" in key or key.startswith("allow")} - {"exhaustive_ignores"}
        assert loose == set(), f"the contract {name!r} makes exceptions"
        assert words(contract.get("exhaustive_ignores", "")) <= DJANGOS_OWN
        if contract["type"] == "layers":
            assert contract.get("exhaustive") == "true", f"something may lie about outside the layers of {name!r}"
            wanted = {"hearth"} if name == "house" else {f"hearth.{room}" for room in rooms() - UNFURNISHED}
            assert words(contract["containers"]) == wanted


def test_the_layers_name_only_rooms_that_exist_and_all_of_them() -> None:
    assert words(contracts()["house"]["layers"]) == rooms()


def test_the_wiring_is_config_alone_and_the_open_rooms_are_the_tools() -> None:
    neighbours = contracts()["neighbours"]
    assert words(neighbours["wiring"]) == {"config"}
    assert words(neighbours["open_rooms"]) == {"kernel", "db", "ui"}
    assert words(neighbours["doors"]) == {"services", "queries", "permissions"}


def rooms() -> set[str]:
    return {path.parent.name for path in ROOMS.glob("*/__init__.py")}


# ── nine break-ins ────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree once more, to be broken into."""
    tree = tmp_path_factory.mktemp("tree")
    keep = shutil.ignore_patterns("__pycache__", "static", "jinja2", "assets", "fonts", "demo")
    shutil.copytree(ROOT / "src", tree / "src", ignore=keep)
    shutil.copytree(ROOT / "tools", tree / "tools", ignore=keep)
    shutil.copy(CONFIG, tree)
    return tree


@pytest.fixture(scope="module")
def calm(copy: Path) -> str:
    """What is said of the copy before anything is broken."""
    return lint(copy)


@pytest.fixture
def plant(copy: Path) -> Iterator[Callable[[str, str], None]]:
    """`plant(file, line)` adds a line to a file of the copy, which is made where it is missing; undone afterwards."""
    before: dict[Path, str | None] = {}

    def add(name: str, line: str) -> None:
        path = copy / "src" / "hearth" / name
        folder = path.with_suffix("") / "__init__.py"
        path = folder if folder.exists() else path  # a file that grew became a folder
        before.setdefault(path, path.read_text(encoding="utf-8") if path.exists() else None)
        path.parent.mkdir(exist_ok=True)
        path.write_text((before[path] or "") + f"\n{line}\n", encoding="utf-8")

    yield add
    for path, text in before.items():
        if text is not None:
            path.write_text(text, encoding="utf-8")
        elif path.name == "__init__.py":
            shutil.rmtree(path.parent)
        else:
            path.unlink()


BREAK_INS = {
    "an import that points up": (
        [("audit/queries.py", "from hearth.landlords import queries as theirs")],
        ["1. The house stands on its layers BROKEN", "hearth.audit.queries -> hearth.landlords"],
    ),
    "a neighbour of the same level": (
        [("policies/queries.py", "from hearth.equality import queries as theirs")],
        ["1. The house stands on its layers BROKEN", "hearth.policies.queries -> hearth.equality"],
    ),
    "a room that nobody planned": (
        [("chores/__init__.py", '"""What nobody wanted to place."""')],
        ["1. The house stands on its layers BROKEN", "hearth.chores"],
    ),
    "a stray utils.py": (
        [("accounts/utils.py", "x = 1")],
        ["2. Every room is furnished the same way, and nothing else lies about BROKEN", "hearth.accounts.utils"],
    ),
    "a model that imports a service": (
        [("landlords/models.py", "from hearth.landlords import services as ours")],
        ["and nothing else lies about BROKEN", "hearth.landlords.models is not allowed to import"],
    ),
    "Django in a rule": (
        [("reviews/rules/screening.py", "from django.utils import timezone")],
        ["3. Rules are pure Python: no Django, no database, no network BROKEN", "hearth.reviews.rules.screening"],
    ),
    "a kernel that asks the network": (
        [("kernel/days.py", "import socket")],
        ["3. Rules are pure Python: no Django, no database, no network BROKEN", "hearth.kernel.days -> socket"],
    ),
    "a look into a neighbour's models": (
        [("reviews/queries.py", "from hearth.accounts import models as theirs")],
        [
            "4. Neighbours knock at services, queries and permissions BROKEN",
            "must not reach into hearth.accounts.models",
        ],
    ),
    "two modules that import each other": (
        [
            ("reviews/rules/hen.py", "from hearth.reviews.rules import egg"),
            ("reviews/rules/egg.py", "from hearth.reviews.rules import hen"),
        ],
        ["5. No circles anywhere BROKEN", "No cycles are allowed in hearth.reviews.rules"],
    ),
}


@pytest.mark.parametrize("name", BREAK_INS)
def test_a_break_in_is_caught(name: str, calm: str, copy: Path, plant: Callable[[str, str], None]) -> None:
    planted, signs = BREAK_INS[name]
    for file, line in planted:
        plant(file, line)
    said = lint(copy)
    for sign in signs:
        assert sign in said, said
    assert any(sign not in calm for sign in signs), "it was said before the break-in too"
