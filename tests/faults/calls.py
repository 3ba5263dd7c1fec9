"""The calls by which a program changes a folder for good, each told before and after it is made."""

from __future__ import annotations

import errno
import io
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest import mock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_BY_NAME = ("link", "rename", "replace", "unlink", "remove", "mkdir", "rmdir", "truncate")
_BY_DESCRIPTOR = ("fsync", "fdatasync", "ftruncate")
_TWO_NAMES = ("link", "rename", "replace")
_SAME = {"replace": "rename", "remove": "unlink"}
_WRITING = frozenset("wxa+")


class Call(NamedTuple):
    """One call. `path` is what it changes: the new name of a link or a rename, the file or folder of a sync."""

    what: str
    path: Path


class Watcher:
    """Told of every call below a folder; a `before` that raises prevents it."""

    def before(self, call: Call) -> None:
        """The call is about to be made."""

    def after(self, call: Call) -> None:
        """It was made, and went well."""


@contextmanager
def watching(root: Path, watcher: Watcher) -> Iterator[None]:
    """Tell the watcher of every call of this process below `root`."""
    root = root.resolve()
    patches = [mock.patch.object(os, name, _told(getattr(os, name), name, root, watcher)) for name in
               (*_BY_NAME, *_BY_DESCRIPTOR)]  # fmt: skip
    patches += [mock.patch.object(os, "open", _opening(os.open, _creates, root, watcher))]
    patches += [mock.patch.object(io, "open", _opening(io.open, _writes, root, watcher))]
    for patch in patches:
        patch.start()
    try:
        yield
    finally:
        for patch in patches:
            patch.stop()


def _told(real: Callable[..., Any], name: str, root: Path, watcher: Watcher) -> Callable[..., Any]:
    def called(first: Any, *rest: Any, **named: Any) -> Any:
        target = rest[0] if name in _TWO_NAMES else first
        return _around(Call(_SAME.get(name, name), _path(target, named.get("dir_fd"))), root, watcher,
                       lambda: real(first, *rest, **named))  # fmt: skip

    return called


def _opening(real: Callable[..., Any], makes: Callable[..., bool], root: Path, watcher: Watcher) -> Callable[..., Any]:
    def called(path: Any, *rest: Any, **named: Any) -> Any:
        if isinstance(path, int) or not makes(*rest, **named):
            return real(path, *rest, **named)
        return _around(
            Call("create", _path(path, named.get("dir_fd"))), root, watcher, lambda: real(path, *rest, **named)
        )

    return called


def _around(call: Call, root: Path, watcher: Watcher, real: Callable[[], Any]) -> Any:
    if not call.path.is_relative_to(root):
        return real()
    watcher.before(call)
    result = real()
    watcher.after(call)
    return result


def _path(target: Any, folder: int | None) -> Path:
    if isinstance(target, int):
        return Path(f"/proc/self/fd/{target}").readlink()
    if folder is not None:
        return Path(f"/proc/self/fd/{folder}").readlink() / os.fsdecode(target)
    return Path.cwd() / os.fsdecode(target)


def _creates(flags: int, *_: Any, **__: Any) -> bool:
    return bool(flags & (os.O_CREAT | os.O_TRUNC))


def _writes(mode: str = "r", *_: Any, **__: Any) -> bool:
    return bool(_WRITING & set(mode))


def takes_space(call: Call) -> bool:
    """Whether a full disk can refuse it: one can always delete."""
    return call.what not in {"unlink", "rmdir"}


class FullDisk(Watcher):
    """Answers the call with a number (from 0), and every later one, that there is no space; one can always delete."""

    def __init__(self, number: int) -> None:
        self._left = number
        self.refused = 0

    def before(self, call: Call) -> None:
        """Refuse, or let pass."""
        if not takes_space(call):
            return
        if self._left > 0:
            self._left -= 1
            return
        self.refused += 1
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(call.path))
