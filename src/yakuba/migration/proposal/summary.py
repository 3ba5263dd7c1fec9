"""A dump in one table, and its project file on disk."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yakuba.layouts.read import standard
from yakuba.migration.proposal.write import project_text, quoted

if TYPE_CHECKING:
    from yakuba.migration.proposal.model import Dump, SourceLook


def summary(dump: Dump) -> list[dict[str, Any]]:
    """One row per source, in plain values."""
    return [
        {
            "source": source.spec.name,
            "form": source.spec.format + (f" {source.spec.delimiter!r}" if source.spec.format == "csv" else ""),
            "encoding": source.spec.encoding if source.spec.format != "excel" else "",
            "columns": len(source.columns),
            "records": source.records,
            "group": _group(source),
            "files": list(source.files),
            "keys": [column.name for column in source.columns if column.unique],
            "doubts": list(source.doubts),
        }
        for source in dump.sources
    ]


def _group(source: SourceLook) -> str:
    if source.match is None or source.match.lacking:
        return f"予備/{source.spec.name}"
    return f"{source.match.target} ({len(source.match.items)})"


def write_project(dump: Dump, target: Path, folder: Path, *, name: str, municipality: str, layout: str) -> None:
    """Write the project file, whole or not at all.

    Args:
        dump: what was seen in `folder`.
        target: the project file.
        folder: the dump; written into the project as it is seen from the project file.
        name: name of the move; the folder's name when empty.
        municipality: 団体コード; "" when it is not known.
        layout: selector of the target standard; pinned to its newest edition, so that a run can be repeated.
    """
    text = project_text(dump, name or folder.resolve().name or "dump", _pinned(layout), municipality)
    place = os.path.relpath(folder.resolve(), target.resolve().parent)
    if place != ".":
        text = text.replace('dump = "."', f"dump = {quoted(Path(place).as_posix())}", 1)
        if dump.dictionary:
            path = (Path(place) / dump.dictionary).as_posix()
            text = text.replace(f"dictionary = {quoted(dump.dictionary)}", f"dictionary = {quoted(path)}", 1)
    draft = target.with_name(target.name + ".draft")
    draft.write_text(text, encoding="utf-8")
    draft.replace(target)


def _pinned(layout: str) -> str:
    if "@" in layout or "/" in layout:
        return layout
    return f"{layout}@{max(one.edition for one in standard(layout).layouts)}"
