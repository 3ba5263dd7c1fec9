"""The engine (組版): typst with our font only, one compiler per thread, the font loaded once per process.

Values reach it as one JSON text inside one string, never as source, so that no name can be read as markup. It loads no
package and no file but the templates. What stays the same from paper to paper, it remembers.
"""

from __future__ import annotations

import threading
from datetime import UTC, datetime, time
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

import typst

from yakuba.certificates.font import FAMILY, font_path
from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

STANDARD: Literal["a-2a"] = "a-2a"
"""PDF/A for archives, tagged."""
_PAGE = "page.typ"
_local = threading.local()


@cache
def _fonts() -> typst.Fonts:
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_path().parent)])
    if FAMILY not in found.families():
        raise UsageError(f"{font_path()} is not {FAMILY}", remedy="install IPAmj明朝 again")
    return found


def _compiler(root: Path) -> typst.Compiler:
    """The compiler of the templates below a folder in this thread: it is not safe to use from two threads at once."""
    made: dict[Path, typst.Compiler] | None = getattr(_local, "compilers", None)
    if made is None:
        made = _local.compilers = {}
    if root not in made:
        made[root] = typst.Compiler(root=str(root), font_paths=_fonts(), ignore_system_fonts=True)
    return made[root]


def pdf(folder: Path, data: str, day: date) -> bytes:
    """One PDF/A: the same bytes for the same data.

    Args:
        folder: of the kind. data: for the template, JSON in ASCII. day: dates the document.
    """
    stamp = datetime.combine(day, time(), UTC)
    made = _compiler(_root(folder)).compile(
        input=_source(folder, data), format="pdf", pdf_standards=[STANDARD], timestamp=stamp
    )
    assert isinstance(made, bytes), "one PDF is one piece"
    return made


def pictures(folder: Path, data: str, ppi: float) -> list[bytes]:
    """One PNG per page."""
    made: Any = _compiler(_root(folder)).compile(input=_source(folder, data), format="png", ppi=ppi)
    return [made] if isinstance(made, bytes) else list(made)


def _root(folder: Path) -> Path:
    """Where the addresses of templates begin: what a kind shares with others stands beside the folder of kinds."""
    return folder.parent.parent


def _source(folder: Path, data: str) -> bytes:
    """The document: the form of the kind, called with its data.

    Not by `sys_inputs`: the engine takes them for a part of its library, and begins anew with all it remembers when
    they change. In a string two characters have a meaning, and JSON in ASCII has no line ends.
    """
    text = data.replace("\\", "\\\\").replace('"', '\\"')
    form = f"/{folder.parent.name}/{folder.name}/{_PAGE}"
    return f'#import "{form}": paper\n#paper(json(bytes("{text}")))'.encode("ascii")
