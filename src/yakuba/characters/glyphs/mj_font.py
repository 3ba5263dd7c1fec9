"""The MJ characters as IPAmj明朝 draws them, and which glyph stands for which of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from yakuba.characters import tables
from yakuba.characters.glyphs.freetype_face import Face, FontError
from yakuba.characters.glyphs.glyph import cropped
from yakuba.kernel.errors import CannotContinueError
from yakuba.kernel.ipamj import FILE, find_font, remedy

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Entry:
    """A glyph of the font. `names`: the MJ characters it is drawn for, the one that is written so first."""

    glyph: int
    names: tuple[str, ...]


class MjFont:
    """The font, open. `path`: the file. `digest`: its SHA-256."""

    def __init__(self, path: Path) -> None:
        """Open it.

        Raises:
            CannotContinueError: it is no font.
        """
        data = path.read_bytes()
        self.path, self.digest = path, sha256(data).hexdigest()
        self._lock = Lock()  # one face of FreeType serves one thread at a time
        try:
            self._face = Face(data)
            self._face.prepare()
        except FontError as error:
            raise CannotContinueError(f"{path}: not a font ({error})", remedy="install IPAmj明朝 again") from error

    def glyph(self, form: str) -> int:
        """The glyph of a form as `tables` writes it; 0 when the font has none."""
        with self._lock:
            return self._face.drawn_as(form)

    def picture(self, glyph: int) -> NDArray[np.uint8]:
        """A glyph at 128 dots to the em, cropped to its ink; one dot of paper when it has none."""
        with self._lock:
            found = cropped(self._face.picture(glyph))
        return np.zeros((1, 1), np.uint8) if found is None else found

    def entries(self) -> tuple[Entry, ...]:
        """Every MJ character that the font draws, by glyph; several names where several share one."""
        names: dict[int, list[str]] = {}
        for name, form in sorted(tables.form_by_name().items()):
            if glyph := self.glyph(form):
                names.setdefault(glyph, []).append(name)
        own = tables.name_by_form()
        forms = tables.form_by_name()
        return tuple(
            Entry(glyph, tuple(sorted(found, key=lambda name: own.get(forms[name]) != name)))
            for glyph, found in sorted(names.items())
        )


@cache
def mj_font() -> MjFont:
    """The installed font, opened once per process.

    Raises:
        CannotContinueError: it is not installed.
    """
    path = find_font()
    if path is None:
        raise CannotContinueError(f"IPAmj明朝 ({FILE}) is not installed, no glyph can be compared", remedy=remedy())
    return MjFont(path)
