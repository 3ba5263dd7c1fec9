"""Hashes of files, whole and by block, so that a change can be located in a file of any size."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BLOCK = 2**20
"""Bytes per block hash."""
INCOMPLETE = "INCOMPLETE"
"""Marker of a run folder that is not finished; it is taken away last."""
NOT_COVERED = ("work", "evidence", "run.json", INCOMPLETE)
"""What lies in a run folder and is no part of the evidence: intermediate files, the evidence itself, timings."""


def file_facts(folder: Path, path: Path) -> dict[str, Any]:
    """Path, size, SHA-256, and SHA-256 of each block of one file."""
    whole = hashlib.sha256()
    blocks: list[str] = []
    size = 0
    with path.open("rb") as file, ThreadPoolExecutor(1) as beside:
        while chunk := file.read(BLOCK):
            taken = beside.submit(whole.update, chunk)
            blocks.append(hashlib.sha256(chunk).hexdigest())
            size += len(chunk)
            taken.result()
    facts = {"path": path.relative_to(folder).as_posix(), "bytes": size, "sha256": whole.hexdigest()}
    return facts if size <= BLOCK else {**facts, "blocks": blocks}


def covered(folder: Path) -> Iterator[Path]:
    """Every file of a run folder that the evidence covers, sorted by path (links count as files)."""
    for path in sorted(folder.rglob("*"), key=lambda found: found.relative_to(folder).as_posix()):
        if path.relative_to(folder).parts[0] not in NOT_COVERED and (path.is_symlink() or not path.is_dir()):
            yield path


def folder_digest(folder: Path) -> str:
    """SHA-256 over the names and hashes of all files of a folder, hex."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name = path.relative_to(folder).as_posix().encode()
            digest.update(len(name).to_bytes(8, "little") + name + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
