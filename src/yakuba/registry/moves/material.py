"""Material (移行元データ): a dump comes in by upload or from the server's folder, checked before anything reads it."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Protocol

from django.conf import settings

from yakuba.kernel.errors import UsageError
from yakuba.kernel.home import yakuba_home
from yakuba.registry.moves.store import begin, locked, move_of, place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from yakuba.registry.moves.store import Move

MOST_UNPACKED = 64 * 1024**3
"""Bytes that the members of one zip may come to."""
_MOST_MEMBERS = 10_000
_ENCRYPTED = 0x1
_NAME = re.compile(r"[^\x00-\x1f\x7f/\\:*?\"<>|.\s][^\x00-\x1f\x7f/\\:*?\"<>|]{0,119}")
_COPIED = (".toml", "decisions.csv")
"""Endings of files that work on a move changes; the others may share their bytes with the original."""


class Arrived(Protocol):
    """A file that has arrived whole: where it lies, and what its sender calls it."""

    path: Path

    @property
    def name(self) -> str | None:
        """Its name, nothing but a name."""


def wrong_kind(name: str) -> str:
    """Said of a file of a kind that is not taken; "" of one that is. A name without an ending says nothing."""
    ending = PurePosixPath(name).suffix.lower().removeprefix(".")
    if not settings.UPLOAD_KINDS or not ending or ending.isdigit() or ending in settings.UPLOAD_KINDS:
        return ""
    return f"「{name}」は受け付けない種類のファイルです。受け付けるのは{'、'.join(settings.UPLOAD_KINDS)}です。"


def begin_with_upload(municipality: str, identifier: str, name: str, by: str, files: Sequence[Arrived]) -> Move:
    """Begin a move with files that have arrived.

    Raises:
        UsageError: no file, a name that cannot be a file's, two files of one name, a zip that cannot be used.
    """
    _check(files)
    return _begin(municipality, identifier, name, by, ((file.path, file.name or "") for file in files))


def add_files(move: Move, files: Sequence[Arrived]) -> None:
    """Put further files into a move's dump; one of the same name is replaced.

    Raises:
        UsageError: see `begin_with_upload`.
    """
    _check(files)
    with locked(move.folder):
        for file in files:
            _same_file(file.path, move.dump / (file.name or ""))


def named(files: Sequence[Arrived]) -> list[Path]:
    """Give files that have arrived their own names back, in a folder of their own beside them.

    Raises:
        UsageError: see `begin_with_upload`.
    """
    _check(files)
    return [file.path.replace(_made(file.path.parent / "named") / (file.name or "")) for file in files]


def _made(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return folder


def _check(files: Sequence[Arrived]) -> None:
    if not files:
        raise UsageError("移行元データのファイルが選ばれていません。", remedy="ファイルを選んでください。")
    names = [file.name or "" for file in files]
    for one in names:
        if not _NAME.fullmatch(one):
            raise UsageError(f"ファイル名「{one}」は使えません。", remedy="記号を除いた名前に変えてください。")
        if problem := wrong_kind(one):
            raise UsageError(problem, remedy="種類を変えるか、zipにまとめて渡してください。")
    twice = next((one for one in names if names.count(one) > 1), None)
    if twice:
        raise UsageError(f"同じ名前のファイル「{twice}」が二つあります。", remedy="どちらかの名前を変えてください。")
    for file in files:
        _check_zip(file.path, file.name or "")


def begin_with_folder(municipality: str, identifier: str, name: str, by: str, folder: str) -> Move:
    """Begin a move with a folder that lies on the server (see `folders`).

    Raises:
        UsageError: no such folder, it holds no file, or something in it leads out of it.
    """
    if folder not in folders(municipality):
        raise UsageError("選んだフォルダーがサーバーにありません。", remedy="一覧から選び直してください。")
    root = _shelf(municipality) / folder
    found = [path for path in sorted(root.rglob("*")) if path.is_file() and not path.name.startswith(".")]
    if not found:
        raise UsageError(f"フォルダー「{folder}」が空です。", remedy="データを置いてから選んでください。")
    for path in found:
        if not path.resolve().is_relative_to(root.resolve()):
            raise UsageError(
                f"「{path.relative_to(root)}」はフォルダーの外を指しています。",
                remedy="実物のファイルを置いてください。",
            )
        _check_zip(path, path.name)
    pairs = ((path, path.relative_to(root).as_posix()) for path in found)
    return _begin(municipality, identifier, name, by, pairs)


def folders(municipality: str) -> list[str]:
    """Names of the folders that stand ready for this municipality: HOME/dumps/<団体コード>/*."""
    shelf = _shelf(municipality)
    if not shelf.is_dir():
        return []
    return sorted(path.name for path in shelf.iterdir() if path.is_dir() and not path.name.startswith("."))


def _shelf(municipality: str) -> Path:
    return yakuba_home() / "dumps" / municipality


def _begin(municipality: str, identifier: str, name: str, by: str, files: Iterable[tuple[Path, str]]) -> Move:
    folder = place(municipality) / identifier
    (folder / "dump").mkdir(parents=True, exist_ok=True)
    with locked(folder):
        known = move_of(municipality, identifier)
        if known:
            return known
        for source, path in files:
            _same_file(source, folder / "dump" / path)
        return begin(folder, name, by)


def _same_file(old: Path, new: Path) -> None:
    """A second name for a file of gigabytes; a copy of what we change, and where the disk has no second names."""
    new.parent.mkdir(parents=True, exist_ok=True)
    new.unlink(missing_ok=True)
    if not new.name.endswith(_COPIED):
        try:
            new.hardlink_to(old.resolve())
        except OSError:
            pass
        else:
            return
    shutil.copyfile(old, new)


def _check_zip(path: Path, name: str) -> None:
    if not name.lower().endswith(".zip"):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError) as error:
        raise UsageError(f"「{name}」は壊れているか、zipではありません。", remedy="作り直してください。") from error
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise UsageError(f"「{name}」にはパスワードが付いています。", remedy="解凍したファイルを渡してください。")
    if len(members) > _MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise UsageError(f"「{name}」は解凍すると大きすぎます。", remedy="分けてから渡してください。")
