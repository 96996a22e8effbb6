"""Which of the county's named mechanisms tests carry out, by group: `python -m tests.mechanisms [--open | --write]`.

A mechanism counts as done when a test marked `covers` with its row carries out what the row asks for.
"""

import ast
import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_TESTS = Path(__file__).parent
_README = _TESTS.parent / "README.md"
_BEGIN, _END = "<!-- mechanisms -->", "<!-- /mechanisms -->"
# Rows that nobody asks the desk to do.
OUT_OF_SCOPE = "OUT"
_FIRST = ("CORE", "PRESET")
GROUPS = {
    "G1": "roster and links",
    "G2": "workflow and cases",
    "G3": "publication",
    "G4": "points",
    "G5": "assessments",
    "G6": "registers",
    "G7": "calendar, activities, quotas",
    "P": "services: archive, paper, sticks, tags",
}


@dataclass(frozen=True)
class Mechanism:
    """One named mechanism: its row in the list, its group (the first that it names), and its kind."""

    row: str
    name: str
    group: str
    kind: str


def mechanisms() -> list[Mechanism]:
    """Every row of the list, in its order."""
    with (_TESTS / "mechanisms.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [Mechanism(one["row"], one["name"], _group(one["groups"]), one["kind"]) for one in rows]


def covered() -> dict[str, list[str]]:
    """Each covered row with the tests that carry it out."""
    found: dict[str, list[str]] = {}
    for path in sorted(_TESTS.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                for row in _rows_of(node):
                    found.setdefault(row, []).append(f"{path.relative_to(_TESTS)}::{node.name}")
    return found


def table() -> str:
    """Done and open by group, as it stands in the README."""
    done = covered()
    lines = ["| group | done | open | of these core or preset |", "|---|---|---|---|"]
    for group, words in GROUPS.items():
        asked = [one for one in mechanisms() if one.group == group and one.kind != OUT_OF_SCOPE]
        still = [one for one in asked if one.row not in done]
        first = sum(one.kind in _FIRST for one in still)
        lines.append(f"| {group} {words} | {len(asked) - len(still)} | {len(still)} | {first} |")
    return "\n".join(lines)


def open_rows() -> str:
    """The core and preset rows that no test carries out yet, a line each."""
    done = covered()
    still = [one for one in mechanisms() if one.kind in _FIRST and one.row not in done]
    return "\n".join(f"{one.group}\t{one.row}\t{one.kind}\t{one.name}" for one in still)


def in_readme() -> str:
    """The table that the README shows."""
    text = _README.read_text(encoding="utf-8")
    return text.partition(_BEGIN)[2].partition(_END)[0].strip()


def _group(groups: str) -> str:
    first = groups.partition("+")[0]
    return first if first in GROUPS else "P"


def _rows_of(node: ast.FunctionDef) -> Iterator[str]:
    for mark in node.decorator_list:
        if isinstance(mark, ast.Call) and isinstance(mark.func, ast.Attribute) and mark.func.attr == "covers":
            yield from (one.value for one in mark.args if isinstance(one, ast.Constant) and isinstance(one.value, str))


if __name__ == "__main__":
    if "--write" in sys.argv[1:]:
        old = _README.read_text(encoding="utf-8")
        head, tail = old.partition(_BEGIN)[0], old.partition(_END)[2]
        _README.write_text(f"{head}{_BEGIN}\n{table()}\n{_END}{tail}", encoding="utf-8")
    else:
        sys.stdout.write((open_rows() if "--open" in sys.argv[1:] else table()) + "\n")
