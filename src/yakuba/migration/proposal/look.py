"""Looks at every file of an unknown dump (未知のダンプの調査)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.errors import CannotContinueError
from yakuba.kernel.progress import SILENT, Progress
from yakuba.layouts.read import standard
from yakuba.migration.intake.encodings import encoding
from yakuba.migration.intake.files import listing
from yakuba.migration.proposal.match import match_group
from yakuba.migration.proposal.model import Dump, SourceLook
from yakuba.migration.proposal.profile import profile
from yakuba.migration.proposal.sample import Seen, see
from yakuba.migration.proposal.sources import Bundle, bundles

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.layouts.standard import Standard

_NO_DATA = {".toml", ".md", ".html", ".pdf", ".json", ".xml", ".py", ".sh", ".sql", ".png", ".jpg", ".jpeg", ".gif"}
_NO_DATA |= {".tif", ".tiff", ".doc", ".docx", ".ppt", ".pptx", ".parquet", ".ttf", ".log", ".sha256", ".sig"}
_FILES = 8
_DICTIONARY = ["町字コード", "町字", "郵便番号"]


def look(folder: Path, progress: Progress = SILENT, layout: str = "kihon") -> Dump:
    """Look at every file below a folder.

    Args:
        folder: the dump. progress: told files. layout: selector of the standard to match against.

    Raises:
        CannotContinueError: the folder is not there, or holds no file that looks like data.
    """
    if not folder.is_dir():
        raise CannotContinueError(f"{folder}: no such folder", remedy="give the folder of the dump")
    everything = [file for file in listing(folder) if not _is_of_a_run(folder, file.path)]
    progress.stage("調査 look", len(everything), "files")
    seen: list[Seen] = []
    skipped: list[tuple[str, str]] = []
    dictionary = ""
    for file in everything:
        if file.label == "project.toml":
            continue
        if PurePosixPath(file.label.lower()).suffix in _NO_DATA:
            found: Seen | str = "not a kind of file that holds records"
        else:
            found = see(file)
        if isinstance(found, str):
            skipped.append((file.label, found))
        elif found.table.columns == _DICTIONARY and not file.member:
            dictionary = file.label
        else:
            seen.append(found)
        progress.advance(1)
    seen = _same_encoding(seen)
    if not seen:
        why = f"{skipped[0][0]}: {skipped[0][1]}" if skipped else "the folder is empty"
        raise CannotContinueError(f"{folder}: no file holds records ({why})", remedy="put the dump's files there")
    target = standard(layout)
    sources = tuple(_source(bundle, target) for bundle in bundles(seen, everything))
    return Dump(sources, tuple(skipped), dictionary)


def _is_of_a_run(folder: Path, path: Path) -> bool:
    """Whether a file lies in a folder with a project file of its own, as the folder of a run inside the dump does."""
    below = path.relative_to(folder).parents
    return any((folder / part / "project.toml").exists() for part in below if part.name)


def _same_encoding(seen: list[Seen]) -> list[Seen]:
    """Files in which only ASCII was seen are taken to be in the encoding of the others."""
    known = Counter(one.spec.encoding for one in seen if not one.ascii_only and one.spec.format != "excel")
    if not known:
        return seen
    usual, count = known.most_common(1)[0]
    if encoding(usual).unit > 1:
        return seen
    reason = f"only ASCII was seen; {count} other files of the dump are {usual}"
    return [
        replace(one, spec=replace(one.spec, encoding=usual), reasons=one.reasons | {"encoding": reason})
        if one.ascii_only
        else one
        for one in seen
    ]


def _source(bundle: Bundle, target: Standard) -> SourceLook:
    first = bundle.seen[0]
    table = pl.concat([one.table for one in bundle.seen[:_FILES]])
    columns = tuple(profile(table[name]) for name in table.columns)
    labels = tuple(one.file.label for one in bundle.seen)
    return SourceLook(
        spec=replace(first.spec, name=bundle.name, files=bundle.patterns),
        files=labels,
        bytes=sum(one.file.bytes for one in bundle.seen),
        records=table.height,
        whole=all(one.whole for one in bundle.seen),
        reasons=first.reasons,
        doubts=tuple(dict.fromkeys(doubt for one in bundle.seen for doubt in one.doubts)),
        columns=columns,
        match=match_group(columns, target, labels),
    )
