"""Reading manuals: where they lie, their fenced blocks and their tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HOUSE = Path(__file__).parents[2]
README, README_JA = HOUSE / "README.md", HOUSE / "README.ja.md"
MANUAL = HOUSE / "docs/ja/migration.md"
OPERATION = HOUSE / "docs/ja/operation.md"
VAULT = HOUSE / "docs/ja/vault.md"
CHANGE = HOUSE / "docs/one-real-change.md"
CONTRIBUTING = HOUSE / "CONTRIBUTING.md"


@dataclass(frozen=True)
class Block:
    """One fenced block: language, file name ("" for none), text, 1-based line where it starts."""

    language: str
    file: str
    text: str
    line: int


def blocks(path: Path) -> list[Block]:
    found, lines = [], path.read_text(encoding="utf-8").splitlines()
    start = -1
    for number, line in enumerate(lines):
        if line.startswith("```") and start < 0:
            start = number
        elif line == "```":
            language, _, file = lines[start].removeprefix("```").partition(" ")
            found.append(Block(language, file, "\n".join(lines[start + 1 : number]) + "\n", start + 1))
            start = -1
    assert start < 0, f"{path}:{start + 1}: the block is not closed"
    return found


def tables(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    """Every Markdown table below its heading, as cells."""
    heading, rows = "", list[list[str]]()
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("#"):
            heading = line.lstrip("# ")
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip()[1:-1].split("|")])
        elif rows:
            yield heading, rows[2:]
            rows = []


def words(path: Path, heading: str) -> set[str]:
    """Words in code type in the first column of the tables below a heading."""
    first = [row[0] for name, rows in tables(path) if name == heading for row in rows]
    return {word for cell in first for word in re.findall(r"`([^`]+)`", cell)}
