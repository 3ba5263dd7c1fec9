"""The rule set of a run: which rules there were, and the digest of the file each of them is."""

from __future__ import annotations

import hashlib
from pathlib import Path

from yakuba.kernel.discover import discover

ROOMS = ("checks", "cleansing", "mapping.steps")


def rule_set() -> dict[str, str]:
    """Every rule and mapping step that this program has: "checks.date_form" → SHA-256 of its file, hex."""
    found = {
        f"{room}.{name}": module for room in ROOMS for name, module in discover(f"yakuba.migration.{room}").items()
    }
    files = {name: Path(module.__file__) for name, module in found.items() if module.__file__}
    return {name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in files.items()}
