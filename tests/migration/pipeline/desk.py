"""A desk for journeys: a small dump, its project file, and the program as a person starts it.

The town has one source, `atena`, of persons without residence; tests replace any file or any piece of the project.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import polars as pl

from yakuba.migration.pipeline.run import Outcome, run
from yakuba.migration.verification.verify import verify

if TYPE_CHECKING:
    from pathlib import Path

GROUP = "住登外者宛名番号管理/住登外者宛名基本情報"
TABLE = "data/031_jutogaishaatenabangokanri/jutogaishaatenakihonjoho"
MEMO = "住民基本台帳/メモ"

HEAD = """\
[project]
name = "見本町"
municipality = "990019"
dump = "."
as_of = 2026-11-20
decisions = "decisions.csv"
[target]
layout = "kihon"
write = ["csv", "parquet"]
"""
SOURCE = """
[[source]]
name = "atena"
files = ["ATENA*.csv"]
encoding = "utf-8"
"""
COLUMNS = """
[table.columns]
"宛名番号" = "NO"
"氏_日本人" = "SEI"
"名_日本人" = "MEI"
"氏名" = { from = ["SEI", "MEI"], join = "　" }
"性別" = { from = "SEX", codes = "seibetsu" }
"生年月日" = { from = "UMARE", date = "era7" }
"代表宛名フラグ" = { constant = "1" }
"操作者ID" = { constant = "ikou" }
"操作年月日" = { constant = "2026-11-20" }
"操作時刻" = { constant = "09:00:00" }
"""
TABLE_OF_ATENA = f"""
[[table]]
group = "{GROUP}"
from = "atena"
{COLUMNS}"""
CODES = """
[codes.seibetsu]
"M" = "1"
"F" = "2"
"""
PROJECT = HEAD + SOURCE + TABLE_OF_ATENA + CODES

HEADER = "NO,SEI,MEI,SEX,UMARE,BIKO\n"
GOOD = HEADER + (
    "0001,甲野,太郎,M,3640107,メモ\n"
    "0002,乙山,花子,F,4010203,\n"
    '0003,丙川,三郎,M,3501231,"改行\nあり"\n'
    "0004,丁田,𠮷子,F,5010501,葛\U000e0102飾\n"
)


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @cached_property
    def json(self) -> Any:
        """stdout as the one JSON document that it must be."""
        return json.loads(self.out)

    @property
    def complaint(self) -> str:
        """The one line in which a command that cannot go on says why."""
        lines = [line for line in self.err.splitlines() if line.startswith("yakuba: ")]
        assert len(lines) == 1, self.err
        return lines[0]


@dataclass
class Desk:
    """A folder with a dump, and `yakuba` started in it as a process of its own."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, data: bytes | str, encoding: str = "utf-8") -> Path:
        """Write a file of the dump."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode(encoding))
        return path

    def town(self, data: bytes | str = GOOD, project: str = PROJECT) -> None:
        """The small town: project.toml and ATENA.csv."""
        self.put("ATENA.csv", data)
        self.put("project.toml", project)

    def command(self, *arguments: str | Path) -> list[str]:
        """The program's command line."""
        return [sys.executable, "-m", "yakuba", *map(str, arguments)]

    def env(self) -> dict[str, str]:
        """A home of its own, two threads to leave other tests room, a traceback for faults of the program itself."""
        own = {"YAKUBA_HOME": str(self.folder.parent / "home"), "POLARS_MAX_THREADS": "2", "YAKUBA_TRACE": "1"}
        return {**os.environ, **own, **self.environment}

    def yakuba(self, *arguments: str | Path, **settings: Any) -> Said:
        """Run a command to its end; a fault of the program itself, whatever was asked of it, fails the test."""
        ended = subprocess.run(
            self.command(*arguments), cwd=self.folder, env=self.env(), capture_output=True, check=False, **settings
        )
        said = Said(ended.returncode, ended.stdout.decode(), ended.stderr.decode())
        assert "Traceback" not in said.err + said.out, said.err
        return said

    def run(self, out: str = "run", *arguments: str, **settings: Any) -> Said:
        """`yakuba migrate run project.toml --out OUT --json`."""
        return self.yakuba("migrate", "run", "project.toml", "--out", out, "--json", *arguments, **settings)

    def go(self, out: str = "run", *, resume: bool = False) -> Outcome:
        """The same run in this process: what it came to. Its records always add up."""
        home = self.folder.parent / "home"
        outcome = run(self.folder / "project.toml", self.folder / out, resume=resume, key_home=home)
        assert outcome.proven
        assert outcome.records == outcome.loaded + outcome.merged + outcome.rejected
        return outcome

    def verify(self, out: str = "run") -> Said:
        """`yakuba verify OUT`."""
        return self.yakuba("verify", out)

    def proven(self, out: str = "run") -> bool:
        """What `yakuba verify` says, without starting it."""
        return verify(self.folder / out).proven

    def rows(self, name: str = TABLE, out: str = "run") -> list[dict[str, str]]:
        """Rows of a written CSV."""
        return table(self.folder / out / f"{name}.csv")

    def column(self, item: str, name: str = TABLE, out: str = "run") -> list[str]:
        """One item of a written CSV."""
        return [row[item] for row in self.rows(name, out)]

    def findings(self, out: str = "run") -> list[dict[str, str]]:
        """findings.csv."""
        return table(self.folder / out / "findings.csv")

    def told(self, out: str = "run") -> list[tuple[str, str]]:
        """Code and line of every finding that waits for a person."""
        return [(row["code"], row["line"]) for row in self.findings(out) if row["severity"] in ("stop", "error")]

    def rejected(self, source: str = "atena", out: str = "run") -> pl.DataFrame:
        """OUT/rejected/<source>.parquet."""
        return pl.read_parquet(self.folder / out / "rejected" / f"{source}.parquet")

    def answers(self, answers: dict[tuple[str, str], tuple[str, str]], out: str = "run") -> None:
        """Fill decisions.csv of a run, (rule, key) → (判断, 新しい値), and lay it beside the project."""
        path = self.folder / out / "decisions.csv"
        rows = table(path)
        open_ = dict(answers)
        for row in rows:
            if (row["規則"], row["キー"]) in answers:
                row["判断"], row["新しい値"] = answers[row["規則"], row["キー"]]
                open_.pop((row["規則"], row["キー"]), None)
        assert not open_, f"not asked: {open_}; asked: {[(row['規則'], row['キー']) for row in rows]}"
        self.put_table("decisions.csv", rows)

    def put_table(self, name: str, rows: list[dict[str, str]]) -> None:
        """Write rows as CSV with a mark, as a spreadsheet does."""
        text = io.StringIO()
        writer = csv.DictWriter(text, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
        self.put(name, text.getvalue(), "utf-8-sig")

    def corrections(self, out: str = "run") -> list[dict[str, Any]]:
        """corrections.parquet."""
        return pl.read_parquet(self.folder / out / "corrections.parquet").to_dicts()


def table(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV in UTF-8, with or without a mark."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def files(out: Path) -> dict[str, str]:
    """SHA-256 of every file of a run folder but those that hold times and places: run.json and work/."""
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.relative_to(out).parts[0] not in ("run.json", "work")
    }
