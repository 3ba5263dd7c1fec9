"""The index: the vectors of all MJ characters that IPAmj明朝 draws (58,841 shapes of 58,856 characters).

Built from the installed font once (some 15 seconds) and kept in the home below cache/glyphs, under a name that has the
digests of font, model and character list in it: another font or model builds another one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np

from yakuba.characters.glyphs.mj_font import Entry, mj_font
from yakuba.characters.glyphs.model import model
from yakuba.kernel.errors import CannotContinueError
from yakuba.kernel.home import yakuba_home
from yakuba.kernel.progress import SILENT, Progress

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FORM = 1
"""Changes when the file's form does."""
_LARGEST = 127
_QUERIES, _BUILT = 512, 1024
_BUILDING = Lock()


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """MJ characters and their vectors.

    Attributes:
        entries: glyph and names of each row.
        vectors: n × size, whole numbers from −127 to 127. scale: what one of them stands for.
    """

    entries: tuple[Entry, ...]
    vectors: NDArray[np.int8]
    scale: float

    def wide(self, rows: NDArray[np.int64] | slice = slice(None)) -> NDArray[np.float32]:
        """Vectors as they are compared."""
        return np.asarray(self.vectors[rows].astype(np.float32) * np.float32(self.scale))

    def nearest(self, wanted: NDArray[np.float32], many: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Rows and cosines of the nearest characters of each vector, nearest first; of equals the lower row."""
        table = self.wide()
        rows = np.zeros((len(wanted), many), np.int64)
        cosines = np.zeros((len(wanted), many), np.float32)
        for start in range(0, len(wanted), _QUERIES):
            near = wanted[start : start + _QUERIES] @ table.T
            best = np.sort(np.argpartition(-near, many, axis=1)[:, :many], axis=1)
            found = np.take_along_axis(near, best, axis=1)
            order = np.argsort(-found, axis=1, kind="stable")
            rows[start : start + _QUERIES] = np.take_along_axis(best, order, axis=1)
            cosines[start : start + _QUERIES] = np.take_along_axis(found, order, axis=1)
        return rows, cosines


def index(progress: Progress = SILENT) -> Index:
    """The index; built first where there is none yet.

    Raises:
        CannotContinueError: no font, no model, or the home cannot be written.
    """
    with _BUILDING:
        return _kept(index_path(), progress)


def index_path() -> Path:
    """Where the index of the installed font is kept."""
    parts = (mj_font().digest, model().digest, repr(_entries()))
    return yakuba_home() / "cache" / "glyphs" / f"mj-{_FORM}-{sha256('|'.join(parts).encode()).hexdigest()[:24]}.npz"


@cache
def _entries() -> tuple[Entry, ...]:
    return mj_font().entries()


_loaded: dict[str, Index] = {}
"""By the name of the file, which says all that an index depends on."""


def _kept(path: Path, progress: Progress) -> Index:
    if path.name not in _loaded:
        _loaded[path.name] = _read(path) or _built(path, progress)
    return _loaded[path.name]


def _read(path: Path) -> Index | None:
    """The file, or None where there is none or it is not whole."""
    try:
        with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
            found = Index(_entries(), file["vectors"], float(file["scale"]))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None
    whole = found.vectors.shape == (len(found.entries), model().size) and found.vectors.dtype == np.int8
    return found if whole else None


def _built(path: Path, progress: Progress) -> Index:
    font, entries = mj_font(), _entries()
    progress.stage("字形の索引 index of glyphs", len(entries), "字")
    parts = []
    for start in range(0, len(entries), _BUILT):
        some = entries[start : start + _BUILT]
        parts.append(model().embed([font.picture(entry.glyph) for entry in some]))
        progress.advance(len(some))
    exact = np.concatenate(parts)
    scale = float(np.abs(exact).max()) / _LARGEST
    made = Index(entries, np.round(exact / scale).astype(np.int8), scale)
    _write(path, made)
    return made


def _write(path: Path, made: Index) -> None:
    """Whole or not at all: two processes may build at the same time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
            np.savez(file, vectors=made.vectors, scale=np.float64(made.scale))
        Path(file.name).chmod(0o644)  # nothing in it is secret, and not everybody who reads it may have built it
        Path(file.name).replace(path)
    except OSError as error:
        raise CannotContinueError(
            f"{path}: the index of glyphs cannot be written ({error.strerror})",
            remedy="make room, or let YAKUBA_HOME name a folder that can be written",
        ) from error
