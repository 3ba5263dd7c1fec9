"""The engine (組版): typst with our font only, one compiler per thread and kind, the font loaded once per process.

Values reach it as one JSON text, never as source, so that no name can be read as markup. It loads no package and no
file but the templates.
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


def _compiler(folder: Path) -> typst.Compiler:
    """The compiler of a kind in this thread: it is not safe to use from two threads at once."""
    made: dict[Path, typst.Compiler] | None = getattr(_local, "compilers", None)
    if made is None:
        made = _local.compilers = {}
    if folder not in made:
        # Templates import the library that stands beside the folder of kinds.
        made[folder] = typst.Compiler(
            str(folder / _PAGE), root=str(folder.parent.parent), font_paths=_fonts(), ignore_system_fonts=True
        )
    return made[folder]


def pdf(folder: Path, inputs: dict[str, str], day: date) -> bytes:
    """One PDF/A: the same bytes for the same inputs.

    Args:
        folder: of the kind. inputs: data for the template. day: dates the document.
    """
    stamp = datetime.combine(day, time(), UTC)
    made = _compiler(folder).compile(format="pdf", sys_inputs=inputs, pdf_standards=[STANDARD], timestamp=stamp)
    assert isinstance(made, bytes), "one PDF is one piece"
    return made


def pictures(folder: Path, inputs: dict[str, str], ppi: float) -> list[bytes]:
    """One PNG per page."""
    made: Any = _compiler(folder).compile(format="png", sys_inputs=inputs, ppi=ppi)
    return [made] if isinstance(made, bytes) else list(made)
