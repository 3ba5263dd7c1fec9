"""Whether the files of a run folder are there, alone, and the same to the byte; and if not, where."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from yakuba.kernel.problem import Problem
from yakuba.migration.verification.evidence import EVIDENCE, SIGNATURE
from yakuba.migration.verification.files import BLOCK, covered, file_facts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from yakuba.kernel.progress import Progress

_TEXT = (".csv", ".xml", ".toml", ".json", ".html")
_PLACES = 5


def untouched(folder: Path, signed: list[dict[str, Any]], progress: Progress) -> Iterator[Problem]:
    """Compare every file with its signed facts (`files.file_facts`)."""
    progress.stage("ファイルの照合 files", len(signed), "files")
    known: set[str] = set()
    for facts in signed:
        path = str(facts.get("path", ""))
        known.add(path)
        yield from _one(folder, path, facts)
        progress.advance(1)
    for found in covered(folder):
        path = found.relative_to(folder).as_posix()
        if path not in known:
            yield Problem("extra", path, "", "署名のときには無かったファイルです", "was not there when it was signed")
    for found in sorted((folder / "evidence").rglob("*")):
        path = found.relative_to(folder).as_posix()
        if path not in {EVIDENCE, SIGNATURE}:
            yield Problem("extra", path, "", "証拠に属さないファイルです", "does not belong to the evidence")


def _one(folder: Path, path: str, facts: dict[str, Any]) -> Iterator[Problem]:
    parts = PurePosixPath(path)
    real = folder / parts
    if not path or parts.is_absolute() or ".." in parts.parts or real.is_symlink():
        yield Problem("outside", path, "", "フォルダの外を指しています", "points out of the folder")
        return
    try:
        found = file_facts(folder, real)
    except FileNotFoundError:
        yield Problem("missing", path, "", "ファイルがありません", "is missing")
        return
    except OSError:
        yield Problem("unreadable", path, "", "ファイルを読めません", "cannot be read")
        return
    if found != facts:
        yield Problem(
            "changed", path, _place(real, facts, found), "署名の後で変わっています", "changed since it was signed"
        )


def _place(real: Path, facts: dict[str, Any], found: dict[str, Any]) -> str:
    """Changed blocks, and the lines that they hold in a text file."""
    old, new = (list(one.get("blocks", [one.get("sha256")])) for one in (facts, found))
    changed = [at for at in range(max(len(old), len(new))) if old[at : at + 1] != new[at : at + 1]]
    places = [_block(real, at, int(found["bytes"])) for at in changed[:_PLACES] if at * BLOCK <= found["bytes"]]
    if len(changed) > _PLACES:
        places.append(f"and {len(changed) - _PLACES} more blocks")
    if facts.get("bytes") != found["bytes"]:
        places.append(f"{facts.get('bytes')} bytes were signed, {found['bytes']} are there")
    return "; ".join(places)


def _block(real: Path, at: int, size: int) -> str:
    last = max(min((at + 1) * BLOCK, size) - 1, at * BLOCK)
    where = f"bytes {at * BLOCK}–{last}"
    if real.suffix not in _TEXT:
        return where
    before = inside = 0
    with real.open("rb") as file:
        for _ in range(at):
            before += file.read(BLOCK).count(b"\n")
        inside = file.read(BLOCK)[:-1].count(b"\n")
    return f"{where}, lines {before + 1}–{before + inside + 1}"
