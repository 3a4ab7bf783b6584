"""Print the largest files, functions and templates. A guide to what should be cut, not a gate: it never fails.

python tools/gauge.py [rows]
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIZES = {"files": 300, "functions": 40, "templates": 120}  # lines to be proud of
FOLDERS = ("src", "tests", "tools", "bench")


def sizes() -> dict[str, list[tuple[int, str]]]:
    """Lines and place of every file, function and template, the largest first."""
    found: dict[str, list[tuple[int, str]]] = {kind: [] for kind in SIZES}
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*.py"):
            if "migrations" in path.parts:
                continue
            text, name = path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix()
            found["files"].append((text.count("\n"), name))
            found["functions"] += [(lines, f"{name}:{line} {what}") for lines, line, what in functions(text)]
    for path in (ROOT / "src").rglob("*.jinja"):
        found["templates"].append((path.read_text(encoding="utf-8").count("\n"), path.relative_to(ROOT).as_posix()))
    return {kind: sorted(rows, reverse=True) for kind, rows in found.items()}


def functions(text: str) -> Iterator[tuple[int, int, str]]:
    """Length, first line and name of every function in a module."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            yield node.end_lineno - node.lineno + 1, node.lineno, node.name


def main(rows: int) -> int:
    for kind, guide in SIZES.items():
        measured = sizes()[kind]
        over = sum(lines > guide for lines, _ in measured)
        print(f"\n{kind}: {len(measured)}, of which {over} over {guide} lines")
        for lines, name in measured[:rows]:
            print(f"{lines:6}  {name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10))
