"""A small bench for intake: write files, stage them, look at what came out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl
import pytest

from yakuba.kernel.progress import SILENT
from yakuba.migration.contracts import LINE, SourceSpec, Staged
from yakuba.migration.intake import stage
from yakuba.migration.intake.batch import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from pathlib import Path


@dataclass
class Bench:
    """Stages files of a folder of its own."""

    dump: Path
    limits: Limits = DEFAULT_LIMITS

    def put(self, name: str, data: bytes | str, encoding: str = "utf-8") -> None:
        path = self.dump / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode(encoding))

    def stage(self, files: str | tuple[str, ...] = "a.csv", **settings: object) -> Outcome:
        names = (files,) if isinstance(files, str) else files
        spec = replace(SourceSpec("t", names), **settings)  # type: ignore[arg-type]
        return Outcome(stage(spec, self.dump, self.dump.parent / "work", SILENT, self.limits))


@dataclass
class Outcome:
    """What was staged, in plain values."""

    staged: Staged

    @property
    def table(self) -> pl.DataFrame:
        frames = [pl.read_parquet(part) for part in self.staged.parts]
        return pl.concat(frames) if frames else pl.DataFrame({LINE: []})

    @property
    def rows(self) -> list[tuple[str, ...]]:
        return [row[3:] for row in self.table.rows()]

    @property
    def lines(self) -> list[int]:
        return self.table[LINE].to_list()

    @property
    def rejects(self) -> list[tuple[int, str, bytes]]:
        return pl.read_parquet(self.staged.rejects).select(LINE, "code", "raw").rows()

    @property
    def details(self) -> list[str]:
        return pl.read_parquet(self.staged.rejects)["detail"].to_list()


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """An empty dump."""
    (tmp_path / "dump").mkdir()
    return Bench(tmp_path / "dump")
