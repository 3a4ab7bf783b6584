"""Write the generated pages of the docs: docs/rooms.md from docstrings, docs/diagrams from the tables of moves.

python tools/docs.py            write them
python tools/docs.py --check    fail where they are not what they would be if written now
"""

from __future__ import annotations

import ast
import configparser
import importlib
import sys
from collections.abc import Collection, Iterator, Mapping
from enum import Enum
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ROOT / "src" / "hearth"
DOCS = ROOT / "docs"
MADE = "<!-- Written by `make docs`; change the docstrings and tables that it comes from. -->\n"


def layers() -> list[list[str]]:
    """The rooms, from the top of the house to its ground, as the contract of the layers has them."""
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter", encoding="utf-8")
    for name in contracts.sections():
        contract = contracts[name]
        if contract.get("type") == "layers":
            rows = [_names(line) for line in contract.get("layers", "").splitlines() if line.strip()]
            if any("kernel" in row for row in rows):
                return rows
    raise SystemExit(".importlinter has no contract of layers that reaches down to the kernel.")


def _names(line: str) -> list[str]:
    words = line.replace("|", " ").replace(":", " ").replace("(", " ").replace(")", " ").split()
    return [word.removeprefix("hearth.") for word in words]


def rooms_page() -> str:
    """What each room is for, in the order of the layers."""
    rows = layers()
    placed = {name for row in rows for name in row}
    stray = sorted(path.parent.name for path in ROOMS.glob("*/__init__.py") if path.parent.name not in placed)
    if stray:
        raise SystemExit(f"No layer of .importlinter holds these rooms: {', '.join(stray)}.")
    parts = [MADE, "# The rooms, from the top of the house to its ground\n"]
    parts.append(
        "Imports, foreign keys and template links point down only. Rooms of one level do not know each other.\n"
    )
    for row in rows:
        here = [name for name in row if (ROOMS / name / "__init__.py").exists()]
        if len(here) > 1:
            parts.append(f"## {' · '.join(here)}\n")
        mark = "###" if len(here) > 1 else "##"
        for name in here:
            words = ast.get_docstring(ast.parse((ROOMS / name / "__init__.py").read_text(encoding="utf-8")))
            if not words:
                raise SystemExit(f"src/hearth/{name}/__init__.py has no docstring that says what the room is for.")
            parts.append(f"{mark} {name}\n\n{words.strip()}\n")
    return "\n".join(parts)


def tables() -> Iterator[tuple[str, str, Mapping[Enum, Collection[Enum]]]]:
    """Every table of moves in the rooms' rules: room, name of the page, table."""
    for path in sorted([*ROOMS.glob("*/rules.py"), *ROOMS.glob("*/rules/**/*.py")]):
        names = [name for name in _assigned(path) if name == "MOVES" or name.endswith("_MOVES")]
        if names:
            inside = path.relative_to(ROOMS.parent).with_suffix("")
            parts = inside.parts[:-1] if inside.name == "__init__" else inside.parts
            module = importlib.import_module(".".join(parts))
            for name in names:
                words = [parts[1], *parts[3:], name.removesuffix("MOVES").strip("_").lower()]
                yield parts[1], "-".join(word for word in words if word), getattr(module, name)


def _assigned(path: Path) -> Iterator[str]:
    """The names that a file itself gives a value at its top level (not those that it imports)."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        yield from (target.id for target in targets if isinstance(target, ast.Name))


def pages() -> dict[Path, str]:
    """Every generated page with what it should say."""
    from hearth.kernel.choices import diagram

    made = {DOCS / "rooms.md": rooms_page()}
    for room, name, table in tables():
        states = type(next(iter(table)))
        about = (states.__doc__ or "").strip().splitlines()
        first = about[0] if about else ""
        drawn = f"```mermaid\n{diagram(table).rstrip()}\n```\n"
        title = f"# States in {room}: {states.__name__}\n"
        made[DOCS / "diagrams" / f"{name}.md"] = "\n".join(filter(None, [MADE, title, first and f"{first}\n", drawn]))
    return made


def main() -> int:
    """Write or check; 1 where a check finds a page out of date."""
    sys.path.insert(0, str(ROOT / "src"))
    wanted = pages()
    kept = {DOCS / "rooms.md", *(DOCS / "diagrams").glob("*.md")}
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    stale += [path for path in kept if path.exists() and path not in wanted and path.read_text().startswith(MADE)]
    if "--check" in sys.argv:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is out of date: run `make docs`.")
        return 1 if stale else 0
    for path in stale:
        if path in wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[path], encoding="utf-8")
        else:
            path.unlink()
        print(f"Wrote {path.relative_to(ROOT)}" if path in wanted else f"Removed {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
