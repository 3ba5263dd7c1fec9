"""IPAmj明朝, the font of the MJ characters: where its file is.

The font is never shipped: Debian has it as fonts-ipamj-mincho, everybody else gets it from 文字情報技術促進協議会.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from yakuba.kernel.errors import UsageError
from yakuba.kernel.home import yakuba_home

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

VARIABLE = "YAKUBA_FONT"
"""Environment variable: path of ipamjm.ttf where it is in none of the usual folders."""
FILE = "ipamjm.ttf"
FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts", "/Library/Fonts",
           "~/Library/Fonts", "C:/Windows/Fonts")  # fmt: skip
"""Where systems keep fonts."""


def find_font(folders: Iterable[str] = FOLDERS) -> Path | None:
    """The font's file: `$YAKUBA_FONT`, else `fonts/ipamjm.ttf` of the home, else below the folders; None if nowhere.

    Raises:
        UsageError: the variable names a file that is not there.
    """
    given = os.environ.get(VARIABLE, "")
    if given:
        if not Path(given).is_file():
            raise UsageError(f"{VARIABLE}={given}: no such file", remedy=f"give the path of {FILE}")
        return Path(given)
    return next((path for path in _candidates(folders) if path.is_file()), None)


def remedy() -> str:
    """What to do where the font is nowhere."""
    return (
        f"install the Debian package fonts-ipamj-mincho, or put {FILE} into {yakuba_home() / 'fonts'},"
        f" or set {VARIABLE}"
    )


def _candidates(folders: Iterable[str]) -> Iterator[Path]:
    yield yakuba_home() / "fonts" / FILE
    for folder in folders:
        yield from sorted(Path(folder).expanduser().rglob(FILE))
