"""Staging (整形): a feed in whatever folders and encoding, copied as the vault takes it: checked is what is sealed.

data/<業務フォルダ>/<グループ>.csv and deleted/<業務フォルダ>/<グループ>.csv in UTF-8, the reserve area in data/yobi,
pictures in images/.
"""

from __future__ import annotations

import codecs
import gzip
import hashlib
import shutil
import zlib
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, cast

from yakuba.layouts.read import standard
from yakuba.link.refusal import Reason, refused
from yakuba.migration.intake.encodings import BOMS, encoding
from yakuba.migration.pipeline.prepare import RESERVE_FOLDER
from yakuba.migration.standard_files import group_of
from yakuba.vault.tables import pictures

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from yakuba.layouts.standard import Standard

DATA, DELETED = "data", "deleted"
MAPPING = "mapping.csv"
_ENDINGS = (".csv", ".csv.gz")
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Staged:
    """A feed as the vault takes it.

    Attributes:
        folder: holds data/ and, with a difference, deleted/. digest: over all files, the same for the same content.
        tables: "業務/グループ" by file, relative to `folder`. left_out: files of the feed that are no table.
    """

    folder: Path
    digest: str
    tables: dict[str, str] = field(default_factory=dict)
    left_out: int = 0


def stage(raw: Path, into: Path, selector: str, written: str, *, delta: bool) -> Staged:
    """Copy a feed, each file under the name of its table.

    Args:
        raw: unpacked feed. into: new folder. selector: its standard. written: encoding of its files. delta: it is a
            difference, whose tables hold what is new or changed.

    Raises:
        RefusedError: a CSV that is no table of the standard, a table twice, bytes that the encoding does not have,
            no table at all.
    """
    target = standard(selector)
    digests: dict[str, str] = {}
    tables: dict[str, str] = {}
    left_out = 0
    for path in _files(raw):
        name = path.relative_to(raw).as_posix()
        if path.parent == raw / pictures.FOLDER:
            digests[name] = _picture(path, into / name)
            continue
        if not name.endswith(_ENDINGS):
            left_out += 1
            continue
        place, table = _place(path, raw, target)
        if place in digests:
            raise refused(Reason.UNREADABLE, name, "同じ表のファイルが二つあります")
        digests[place] = _copy(path, into / place, name, written)
        if table:
            tables[place] = table
    if not tables and not delta:
        raise refused(Reason.UNREADABLE, "", f"{selector} の表が一つもありません")
    if not delta and (into / DELETED).exists():
        raise refused(Reason.UNREADABLE, DELETED, "全件のデータに削除の一覧があります")
    for needed in (DATA, DELETED) if delta else ():
        (into / needed).mkdir(parents=True, exist_ok=True)
    text = "".join(f"{digest} {place}\n" for place, digest in sorted(digests.items()))
    return Staged(into, hashlib.sha256(text.encode()).hexdigest(), tables, left_out)


def _picture(source: Path, target: Path) -> str:
    """A picture as it is; gives its SHA-256.

    Raises:
        RefusedError: its name cannot be kept.
    """
    if not pictures.may_be_named(source.name):
        raise refused(Reason.UNREADABLE, pictures.FOLDER, "画像の名前に使えない文字があるか、長すぎます")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    return hashlib.sha256(target.read_bytes()).hexdigest()


def _files(raw: Path) -> list[Path]:
    """All files; of a folder that a run or an export has made only the data, not what lies beside them."""
    own = raw / DATA
    roots = [own, raw / DELETED, raw / pictures.FOLDER] if own.is_dir() or (raw / DELETED).is_dir() else [raw]
    found = [path for root in roots if root.is_dir() for path in sorted(root.rglob("*"))]
    if own.is_dir() and (raw / MAPPING).is_file():
        found.append(raw / MAPPING)
    return [path for path in found if path.is_file() and not path.is_symlink() and not path.name.startswith(".")]


def _place(path: Path, raw: Path, target: Standard) -> tuple[str, str]:
    """Where a file goes, and its table "業務/グループ" ("" = of the reserve area)."""
    name = path.relative_to(raw)
    top = DELETED if name.parts[0] == DELETED else DATA
    stem = path.name.removesuffix(".gz")
    if (top, path.parent.name, stem) == (DELETED, pictures.FOLDER, f"{pictures.FOLDER}.csv"):
        return f"{DELETED}/{pictures.FOLDER}/{stem}", ""
    if name.as_posix() == MAPPING:
        return MAPPING, ""
    if path.parent.name == RESERVE_FOLDER:
        return f"{DATA}/{RESERVE_FOLDER}/{stem}", ""
    found = group_of(path, target)
    if found is None:
        raise refused(Reason.UNREADABLE, name.as_posix(), f"{target.selector} にこの名前の表がありません")
    layout, group = found
    return f"{top}/{layout.code}_{layout.identifier}/{group.identifier}.csv", f"{layout.business}/{group.name}"


def _copy(source: Path, target: Path, name: str, written: str) -> str:
    """The file in UTF-8 without a mark; gives the SHA-256 of what was written.

    A mark at the beginning (BOM) counts more than the setting. UTF-8 is copied as it is: the check names its bad lines.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    try:
        with _opened(source) as stream, target.open("wb") as out:
            first = stream.read(_BLOCK)
            mark = next((mark for mark in BOMS if first.startswith(mark)), b"")
            kind = encoding(BOMS[mark] if mark else written)
            decoder = codecs.getincrementaldecoder(kind.codec)(kind.strict)
            block = first[len(mark) :]
            while block:
                part = block if kind.codec == "utf-8" else decoder.decode(block).encode()
                digest.update(part)
                out.write(part)
                block = stream.read(_BLOCK)
            decoder.decode(b"", final=True)
    except UnicodeError as error:
        raise refused(Reason.UNREADABLE, name, f"{written} で読めない文字があります（watch.encoding）") from error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise refused(Reason.UNREADABLE, name, "壊れた圧縮ファイルです") from error
    return digest.hexdigest()


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    with cast("IO[bytes]", gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")) as stream:
        yield stream


def clear(folder: Path) -> None:
    """Empty a folder of intermediate files."""
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
