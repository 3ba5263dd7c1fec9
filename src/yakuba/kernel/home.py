"""Home (置き場所): the folder of things that outlive a run: signing key, data, secrets."""

from __future__ import annotations

import os
from pathlib import Path

SYSTEM = Path("/var/lib/yakuba")


def yakuba_home() -> Path:
    """`$YAKUBA_HOME`; else `/var/lib/yakuba` for root, `~/.local/share/yakuba` for everyone else."""
    given = os.environ.get("YAKUBA_HOME", "")
    if given:
        return Path(given)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    # The embedded database runs as a user of its own, who cannot (and must not) walk through root's own folder.
    return SYSTEM if root else Path.home() / ".local" / "share" / "yakuba"
