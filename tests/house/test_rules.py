"""Rules are pure, say what they do, and name the paragraph that they come from."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"
KERNEL = sorted((SOURCE / "hearth" / "kernel").rglob("*.py"))
RULES = sorted([*SOURCE.glob("hearth/*/rules.py"), *SOURCE.glob("hearth/*/rules/**/*.py")])

# A paragraph of an Act, a set of regulations, a Code or a standard; a requirement; a check; a question of the form.
PARAGRAPH = re.compile(
    r"\b(?:Act \d{4}|Regulations? \d{4}|s\.? ?\d{1,3}\b|[Ss]ection \d|Schedule \d|Article \d|ISO \d|RFC \d|WCAG \d"
    r"|[CDS]\d{2}\b|T\d{1,2}\b|Q\d{1,2}\b|(?:ACT|CAR|COM|CON|GOV|INV|PERF|PROF|SEC|SUR|SYS)-\d{2}"
    r"|Code \d|[Rr]eference,? \d|[Pp]aragraph \d)"
)
# What makes a module a decision rather than a tool: it refuses, or it keeps a table of moves.
DECIDES = re.compile(r"\braise Refused\(|^(?:\w+_)?MOVES\b", re.MULTILINE)
# What no rule may have: a clock, a source of chance, the network, files.
IMPURE = {
    "date.today", "datetime.now", "datetime.today", "datetime.utcnow", "time.time", "random.random", "open",
    "urllib.request.urlopen", "socket.socket",
}  # fmt: skip
FILES = {"read_text", "read_bytes", "write_text", "write_bytes"}
OUTSIDE = "src/hearth/documents/rules/rendering"  # it runs the makers of formats, which are programs


def name(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def public(path: Path) -> Iterator[ast.FunctionDef]:
    """The functions that a module offers."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def cited(path: Path) -> bool:
    """Whether a module, or the package that it is a part of, names a paragraph."""
    package = path.parent / "__init__.py"
    texts = [path.read_text(encoding="utf-8")]
    if package.exists() and package.parent.name != "hearth":
        texts.append(ast.get_docstring(ast.parse(package.read_text(encoding="utf-8"))) or "")
    return any(PARAGRAPH.search(text) for text in texts)


@pytest.mark.parametrize("path", [*KERNEL, *RULES], ids=name)
def test_every_public_function_of_kernel_and_rules_says_what_it_does(path: Path) -> None:
    silent = [node.name for node in public(path) if not ast.get_docstring(node)]
    assert silent == []


@pytest.mark.parametrize("path", [path for path in [*KERNEL, *RULES] if path.name != "__init__.py"], ids=name)
def test_every_module_of_kernel_and_rules_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", [path for path in RULES if DECIDES.search(path.read_text(encoding="utf-8"))], ids=name)
def test_every_rule_that_decides_names_the_paragraph_that_it_comes_from(path: Path) -> None:
    assert cited(path), f"{name(path)} refuses or moves without naming an Act, a Code, a requirement or a section"


@pytest.mark.parametrize("room", sorted({path.relative_to(SOURCE).parts[1] for path in RULES}))
def test_the_rules_of_every_room_name_where_they_come_from(room: str) -> None:
    mine = [path for path in RULES if path.relative_to(SOURCE).parts[1] == room]
    assert any(PARAGRAPH.search(path.read_text(encoding="utf-8")) for path in mine)


@pytest.mark.parametrize("path", [*KERNEL, *RULES], ids=name)
def test_no_rule_looks_at_a_clock_a_file_or_the_network(path: Path) -> None:
    impure = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            two = ".".join(called.split(".")[-2:])
            files = isinstance(node.func, ast.Attribute) and node.func.attr in FILES
            if two in IMPURE or called in IMPURE or (files and not name(path).startswith(OUTSIDE[4:])):
                impure.append(f"line {node.lineno}: {called}")
    assert impure == []


def test_kernel_and_rules_can_be_imported_where_there_is_no_django() -> None:
    modules = [".".join(path.relative_to(SOURCE).with_suffix("").parts) for path in [*KERNEL, *RULES]]
    code = (
        "import importlib, sys\n"
        "class Wall:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.partition('.')[0] in ('django', 'psycopg', 'procrastinate', 'allauth'):\n"
        "            raise ImportError(f'a rule reached for {name}')\n"
        "sys.meta_path.insert(0, Wall())\n"
        "for name in sys.argv[1:]:\n"
        "    importlib.import_module(name)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *[module.removesuffix(".__init__") for module in modules]],
        env={"PYTHONPATH": str(SOURCE), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_tests_of_rules_can_be_collected_without_django() -> None:
    bare = ["-p", "no:django", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestConfigWarning"]
    code = (
        "import sys, pytest\n"
        "code = pytest.main(sys.argv[1:])\n"
        "sys.exit('Django was imported' if 'django' in sys.modules else code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *bare, "--collect-only", "-qq", "tests/rules"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
