"""The folder (復元先) that a generation, or a part of one, is written to: the form of `yakuba export`."""

from __future__ import annotations

import json
import re
import secrets
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from yakuba.kernel.errors import NotProvenError, UsageError
from yakuba.vault.disk import told
from yakuba.vault.format.entry import REMEDY
from yakuba.vault.format.times import stamp
from yakuba.vault.store.durable import sync_folder, sync_tree
from yakuba.vault.tables import pictures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from yakuba.vault.services.reading import Opened
    from yakuba.vault.tables.merging import Merged

GENERATION = "generation.json"
FORMAT = "yakuba-generation-1"
_NAME = re.compile(r"[^\W_][\w.-]*")
"""A name out of a content: never one that leads elsewhere, whoever wrote it."""


@contextmanager
def new_folder(out: Path) -> Iterator[Path]:
    """A folder that appears under its name only when the block ends well, and whole, even if the power goes then.

    Only its owner may look into it.

    Raises:
        UsageError: there is something there already. CannotContinueError: the disk is full.
    """
    with told(out):
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            remedy = "新しいフォルダーを指定してください give a new folder"
            raise UsageError(f"{out}: 空ではありません is not empty", remedy=remedy)
        whole = out.absolute()
        part = whole.with_name(f".{whole.name}.{secrets.token_hex(4)}.part")
        whole.parent.mkdir(parents=True, exist_ok=True)
        part.mkdir(mode=0o700)
        try:
            yield part
            sync_tree(part)
            if out.exists():
                out.rmdir()
            part.rename(whole)
            sync_folder(whole.parent)
        finally:
            shutil.rmtree(part, ignore_errors=True)


def write_table(folder: Path, table: Merged, text: Iterable[bytes]) -> None:
    """Write a table as data/<業務>/<グループ>.csv; that of the pictures as the files they are, in images/.

    Raises:
        NotProvenError: its rows are not those that were sent.
    """
    if _is_pictures(table):
        pictures.write_out(folder / pictures.FOLDER, text)
        return
    path = folder / _place(table)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        stream.writelines(text)


def write_attachments(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files that were kept beside the tables."""
    for name, content in files.items():
        (folder / safe(name)).write_bytes(content)


def describe(folder: Path, opened: Opened, tables: Iterable[tuple[Merged, int]], **more: Any) -> None:
    """Write generation.json: which generation this is, who signed it, and what the sender counted.

    Args:
        tables: with the rows that were written. more: further words about what was written.
    """
    chain, found, there = opened.chain, opened.generation, list(tables)
    entry = chain.entries[found.number]
    facts = {
        "format": FORMAT,
        "municipality": chain.municipality,
        "vault": chain.vault,
        "generation": found.number,
        "kind": found.kind,
        "as_of": stamp(found.as_of),
        "written_at": stamp(found.written_at),
        "standard": found.standard,
        "entry": entry.digest,
        "head": chain.head,
        "signer": entry.fields["signer"],
        "salt": opened.contents.salt,
        "tables": [_facts(table, rows) for table, rows in there if not _is_pictures(table)],
        "images": sum(rows for table, rows in there if _is_pictures(table)),
        **more,
    }
    text = json.dumps(facts, ensure_ascii=False, indent=1) + "\n"
    (folder / GENERATION).write_text(text, encoding="utf-8")


def _facts(table: Merged, rows: int) -> dict[str, Any]:
    """What the sender counted (`sent`, `digest`, `totals`), and the rows that were written."""
    named = {"name": table.name, "layout": table.layout, "file": _place(table), "keys": list(table.keys)}
    return {**named, "rows": rows, "sent": table.digest.rows, "digest": table.digest.hex, "totals": table.totals}


def _is_pictures(table: Merged) -> bool:
    return (table.folder, table.group) == pictures.PLACE


def _place(table: Merged) -> str:
    return f"data/{safe(table.folder)}/{safe(table.group)}.csv"


def safe(name: str) -> str:
    """A name of a file that came out of a content.

    Raises:
        NotProvenError: it could lead out of the folder.
    """
    if _NAME.fullmatch(name) is None:
        raise NotProvenError("ありえないファイル名があります an impossible file name in the content", remedy=REMEDY)
    return name
