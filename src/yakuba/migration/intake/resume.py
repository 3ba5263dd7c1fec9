"""Whether a source is staged already: `staged.json` is written last, and says of what."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from yakuba.migration.contracts import FileFacts, Staged

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from yakuba.migration.contracts import SourceSpec
    from yakuba.migration.intake.files import InputFile

_NAME = "staged.json"
_FORM = 1
"""Number of the form of parts and of this file; another number means: stage again."""


def record_finished(staged: Staged, files: Sequence[InputFile], work: Path) -> None:
    """Declare a source staged, by one atomic rename."""
    data = {
        "form": _FORM,
        "spec": _spec(staged.source),
        "columns": staged.columns,
        "files": [asdict(facts) | {"mtime": file.mtime} for facts, file in zip(staged.files, files, strict=True)],
        "parts": {path.name: path.stat().st_size for path in staged.parts},
        "records": staged.records,
        "rejects": staged.rejects.stat().st_size,
    }
    draft = work / (_NAME + ".draft")
    with draft.open("w", encoding="utf-8") as out:
        json.dump(data, out, ensure_ascii=False, indent=1)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(work / _NAME)


def finished(spec: SourceSpec, files: Sequence[InputFile], work: Path) -> Staged | None:
    """The finished result in `work`, when it is of the same source and the same files; else None."""
    try:
        data = json.loads((work / _NAME).read_text(encoding="utf-8"))
        same = data["form"] == _FORM and data["spec"] == _spec(spec) and _same_files(data["files"], files)
        if not same or not _whole(data, work):
            return None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Staged(
        source=spec,
        columns=tuple(data["columns"]),
        files=tuple(FileFacts(**{key: value for key, value in row.items() if key != "mtime"}) for row in data["files"]),
        parts=tuple(work / name for name in data["parts"]),
        records=data["records"],
        rejects=work / "rejects.parquet",
    )


def _spec(spec: SourceSpec) -> Any:
    """The source as JSON gives it back. What only later rooms use is no reason to read again."""
    data = asdict(spec)
    for later in ("drop", "gaiji", "characters", "replay"):
        del data[later]
    return json.loads(json.dumps(data))


def _whole(data: Any, work: Path) -> bool:
    sizes = data["parts"] | {"rejects.parquet": data["rejects"]}
    return all((work / name).stat().st_size == size for name, size in sizes.items())


def _same_files(rows: Any, files: Sequence[InputFile]) -> bool:
    if [row["path"] for row in rows] != [file.label for file in files]:
        return False
    return all(
        row["mtime"] == file.mtime or row["sha256"] == _digest(file) for row, file in zip(rows, files, strict=True)
    )


def _digest(file: InputFile) -> str:
    """Digest as it would be recorded; the file is read, but nothing is decoded."""
    if file.member:
        with file.open() as (_, hashing):
            hashing.drain()
        return hashing.sha256
    with file.path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
