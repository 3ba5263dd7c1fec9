"""What every reader of a file form is told: the file, the source it belongs to, and where oversized bytes go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.migration.intake.batch import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.migration.contracts import SourceSpec


@dataclass(frozen=True, slots=True)
class Task:
    """One file to be read.

    Attributes:
        label: the file's name in messages. spec: its source.
        expected: names of the columns that this file must have, in order; None when it is the first to say.
        spill: folder for lines that are too long to be a record; made when it is needed.
        limits: sizes in bytes.
    """

    label: str
    spec: SourceSpec
    expected: tuple[str, ...] | None
    spill: Path
    limits: Limits = DEFAULT_LIMITS
