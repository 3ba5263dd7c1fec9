"""The index of glyphs for tests: built once on a machine (a quarter of a minute), then read by every test process."""

from __future__ import annotations

import fcntl
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from yakuba.characters.glyphs.index import index
from yakuba.kernel.ipamj import find_font

if TYPE_CHECKING:
    from yakuba.characters.glyphs.index import Index


@cache
def _kept() -> Index:
    home = Path(tempfile.gettempdir()) / f"yakuba-test-glyphs-{os.getuid()}"
    home.mkdir(mode=0o700, exist_ok=True)
    with (home / "lock").open("w") as lock, pytest.MonkeyPatch.context() as patch:
        fcntl.flock(lock, fcntl.LOCK_EX)
        patch.setenv("YAKUBA_HOME", str(home))
        return index()


def known_index() -> Index:
    """The index; from now on `identify` finds it in this process, whatever the home. Skips where there is no font."""
    if find_font() is None:
        pytest.skip("IPAmj明朝 (Debian: fonts-ipamj-mincho) is not installed")
    return _kept()
