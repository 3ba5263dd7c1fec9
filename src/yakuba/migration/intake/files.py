"""Files of a source: glob patterns below the dump's folder, with `.gz` and members of `.zip` seen through."""

from __future__ import annotations

import gzip
import hashlib
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from yakuba.kernel.errors import CannotContinueError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_SHOWN = 6
_MOST = 65_535
"""Files of a source are numbered in 16 bits (contracts.FILE)."""


class Readable(Protocol):
    """Anything that gives bytes; an empty answer is the end."""

    def read(self, size: int = ..., /) -> bytes:
        """About `size` bytes."""


class Hashing:
    """A stream that counts and digests what passes. `sha256` and `bytes` are of the file on disk, or of the member."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()
        self.bytes = 0

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes."""
        data = self._stream.read(size)
        self._digest.update(data)
        self.bytes += len(data)
        return data

    def drain(self) -> None:
        """Read on to the end, so that the digest is of the whole file."""
        while self.read(1 << 20):
            pass

    @property
    def sha256(self) -> str:
        """Digest of all that has passed, in hexadecimal."""
        return self._digest.hexdigest()


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file of a dump.

    Attributes:
        label: path below the dump; "a.zip/b.csv" for a member.
        path: the file on disk. member: name inside the zip as the archive stores it; "" when it is no zip.
        bytes: size on disk, or of the member when unpacked. mtime: time of change of the file on disk, nanoseconds.
    """

    label: str
    path: Path
    member: str
    bytes: int
    mtime: int

    @contextmanager
    def open(self) -> Iterator[tuple[Readable, Hashing]]:
        """The content unpacked, and the stream that digests it.

        Raises:
            CannotContinueError: unreadable, damaged, protected by a password, or changed meanwhile.
        """
        try:
            with self._raw() as raw:
                hashing = Hashing(raw)
                packed = self.label.lower().endswith(".gz")
                # GzipFile asks its file for `read` alone when it only reads forwards.
                yield (gzip.GzipFile(fileobj=cast("BinaryIO", hashing)) if packed else hashing), hashing
                hashing.drain()
        except (EOFError, zlib.error, zipfile.BadZipFile, gzip.BadGzipFile) as error:
            raise CannotContinueError(
                f"{self.label}: the packed file is damaged or cut off ({error})", remedy="copy or extract it again"
            ) from error
        if self.path.stat().st_mtime_ns != self.mtime:
            raise CannotContinueError(
                f"{self.label}: changed while it was read", remedy="run again when it is complete"
            )

    @contextmanager
    def _raw(self) -> Iterator[BinaryIO]:
        if not self.member:
            with self.path.open("rb", buffering=0) as stream:
                yield cast("BinaryIO", stream)
            return
        with zipfile.ZipFile(self.path) as archive:
            if archive.getinfo(self.member).flag_bits & _ENCRYPTED:
                raise CannotContinueError(f"{self.label}: protected by a password", remedy="unpack the zip first")
            with archive.open(self.member) as stream:
                yield cast("BinaryIO", stream)


def find(dump: Path, patterns: tuple[str, ...]) -> tuple[InputFile, ...]:
    """Files that the patterns name, in reading order, each once.

    Raises:
        CannotContinueError: a pattern matches nothing, or a zip cannot be read.
        UsageError: a pattern leads out of the dump's folder.
    """
    if not dump.is_dir():
        raise CannotContinueError(f"{dump}: the dump's folder is not there", remedy="check `dump` in the project")
    found: dict[str, InputFile] = {}
    for pattern in patterns:
        matches = list(_matches(dump, pattern))
        if not matches:
            raise CannotContinueError(f"{pattern}: no such file in {dump}", remedy=_nearby(dump))
        for file in matches:
            found.setdefault(file.label, file)
    if len(found) > _MOST:
        raise UsageError(f"files: {len(found):,} files match", remedy=f"a source has at most {_MOST:,}; make several")
    return tuple(found.values())


def listing(dump: Path) -> tuple[InputFile, ...]:
    """Every file below a folder, members of zips included, sorted by label; hidden ones and ours are left out."""
    paths = (p for p in sorted(dump.rglob("*")) if not any(part.startswith(".") for part in p.relative_to(dump).parts))
    return tuple(file for path in paths if path.is_file() for file in _files_or_itself(dump, path))


def _files_or_itself(dump: Path, path: Path) -> list[InputFile]:
    """What a file holds; a zip that cannot be read stands for itself."""
    try:
        return list(_files(dump, path, "*"))
    except CannotContinueError:
        stat = path.stat()
        return [InputFile(path.relative_to(dump).as_posix(), path, "", stat.st_size, stat.st_mtime_ns)]


def _matches(dump: Path, pattern: str) -> Iterator[InputFile]:
    if pattern.startswith(("/", "\\")) or ".." in pattern.split("/") or not pattern:
        raise UsageError(f"files: {pattern!r} leads out of the dump's folder", remedy="give a path below `dump`")
    outer, inner = pattern, "*"
    place = pattern.lower().find(".zip/")
    if place >= 0:
        outer, inner = pattern[: place + 4], pattern[place + 5 :]
    for path in sorted(dump.glob(outer)):
        if path.is_file():
            yield from _files(dump, path, inner)


def _files(dump: Path, path: Path, inner: str) -> Iterator[InputFile]:
    label, stat = path.relative_to(dump).as_posix(), path.stat()
    if path.suffix.lower() != ".zip":
        yield InputFile(label, path, "", stat.st_size, stat.st_mtime_ns)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            members = [(_member_name(info), info) for info in archive.infolist() if not info.is_dir()]
    except zipfile.BadZipFile as error:
        raise CannotContinueError(
            f"{label}: not a readable zip ({error})", remedy="copy or extract it again"
        ) from error
    for name, info in sorted(members, key=lambda member: member[0]):
        if fnmatchcase(name, inner):
            yield InputFile(f"{label}/{name}", path, info.filename, info.file_size, stat.st_mtime_ns)


def _member_name(info: zipfile.ZipInfo) -> str:
    """Names written by Japanese Windows are CP932 without saying so; Python takes them for CP437."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("cp932")
    except UnicodeError:
        return info.filename


def _nearby(dump: Path) -> str:
    names = sorted(path.name for path in dump.iterdir())
    if not names:
        return "the folder is empty"
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"the folder holds {', '.join(names[:_SHOWN])}{more}"
