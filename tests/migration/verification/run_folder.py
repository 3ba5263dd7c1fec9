"""A finished run folder made by hand, as small as can be and with one of everything, all of it fictitious.

Two sources. `juki` comes in two files and goes to two groups (and the reserve area); one of its records could not be
read, one was rejected, one merged. `zei` goes to one group of another business whose layout is a reconstructed one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import finding_id
from yakuba.kernel.source import Source, Standing
from yakuba.layouts.model import DataType, Group, Item, Layout, Output
from yakuba.migration.contracts import (
    CORRECTIONS,
    FILE,
    FINDINGS,
    LINE,
    RECORD,
    REJECTED,
    UNREAD,
    FileFacts,
    Project,
    SourceSpec,
    Staged,
)
from yakuba.migration.verification.compare import compare_group
from yakuba.migration.verification.evidence import Run, seal, write_evidence
from yakuba.migration.verification.signing import signing_key
from yakuba.migration.verification.written import Written

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.migration.verification.comparison import Comparison

FAMILY = ("甲野", "乙川", "丙山", "丁田", "戊谷", "己島")
GIVEN = ("太郎", "花子", "次郎", "さくら", "一郎", "桃子")


def item(name: str, kind: DataType = DataType.FULL, *, key: bool = False) -> Item:
    """An item with nothing special about it."""
    return Item(
        id="", name=name, identifier=name, group="", key=key, foreign="", type=kind, digits=60, fraction=0, codes="",
        repeat=1, output=Output.OPTIONAL, condition="", gaiji=False, unknown_date=False, definition="", note="",
        sample="", origin="",
    )  # fmt: skip


RESIDENTS = Group(
    "住民情報", "juminjoho", "",
    (
        item("宛名番号", DataType.HALF, key=True), item("氏名"),
        item("性別", DataType.HALF), item("個人番号", DataType.HALF),
    ),
)  # fmt: skip
HOUSEHOLDS = Group("世帯情報", "setaijoho", "", (item("世帯番号", DataType.INTEGER, key=True), item("世帯主氏名")))
TAXES = Group(
    "課税情報", "kazeijoho", "", (item("宛名番号", DataType.HALF, key=True), item("年税額", DataType.SIGNED))
)  # fmt: skip


def layout(code: str, business: str, identifier: str, standing: Standing, *groups: Group) -> Layout:
    """A layout that carries the given groups."""
    source = Source("基本データリスト", "見本", "2023-09", "", "made for a test", standing)
    return Layout("kihon", "2023-09", code, business, identifier, source, groups)


LAYOUTS = (
    layout("001", "住民基本台帳", "juminkihondaicho", Standing.OFFICIAL, RESIDENTS, HOUSEHOLDS),
    layout("x08", "個人住民税", "kojinjuminzei", Standing.RECONSTRUCTED, TAXES),
)


@dataclass(frozen=True)
class Made:
    """A made run: folder, the sources behind it, and the Run that was sealed."""

    out: Path
    home: Path
    run: Run


def person(number: int) -> dict[str, str]:
    """The residents' row that the mapping gives for a record."""
    name = f"{FAMILY[number % 6]}　{GIVEN[number // 6 % 6]}"
    secret = str(100_000_000_000 + number)
    return {"宛名番号": f"{number:010d}", "氏名": name, "性別": str(number % 2 + 1), "個人番号": secret}


def expected(group: Group, source: str, records: list[int]) -> pl.DataFrame:
    """What the mapping gives, before corrections, for the records of a source."""
    if group is RESIDENTS:
        rows = [person(number) for number in records]
        rows = [
            {**row, "性別": "１" if number % 5 == 0 else row["性別"]} for number, row in zip(records, rows, strict=True)
        ]
    elif group is HOUSEHOLDS:
        rows = [{"世帯番号": str(5_000 + number), "世帯主氏名": person(number)["氏名"]} for number in records]
    else:
        rows = [{"宛名番号": f"{number:010d}", "年税額": str(number * 100 - 350)} for number in records]
    lineage = {"source": [source] * len(records), RECORD: pl.Series(records, dtype=pl.UInt64())}
    schema = dict.fromkeys((one.name for one in group.items), pl.String())
    return pl.concat([pl.DataFrame(lineage), pl.DataFrame(rows, schema=schema)], how="horizontal")


def corrections(records: list[int]) -> pl.DataFrame:
    """Full-width sexes made half-width, in two steps of one cell for every tenth record."""
    rows: list[tuple[object, ...]] = []
    for number in records:
        cell = ("住民基本台帳/住民情報", "juki", number, 0, number + 1, "性別")
        if number % 10 == 0:
            rows += [("full_width_kana", *cell, "１", "l"), ("half_width_digits", *cell, "l", "1")]
        elif number % 5 == 0:
            rows.append(("half_width_digits", *cell, "１", "1"))
    return pl.DataFrame(rows, schema=CORRECTIONS, orient="row")


def findings(size: int) -> pl.DataFrame:
    """A few findings of several weights, two of them on records that were held back."""
    rows: list[tuple[object, ...]] = []
    for number in range(1, size + 1):
        place = ("juki", number, 0, number + 1)
        if number % 7 == 3:
            rows.append(
                ("code_unknown", "error", "C3", "住民基本台帳/住民情報", *place, "SEX", "性別", str(number), "9", "0")
            )
        if number % 9 == 4:
            rows.append(
                (
                    "postal_code",
                    "warning",
                    "C12",
                    "住民基本台帳/住民情報",
                    *place,
                    "YUBIN",
                    "氏名",
                    str(number),
                    "=1+1",
                    None,
                )
            )
        if number % 8 == 5:
            zei = ("zei", number, 0, number + 1)
            rows.append(
                (
                    "sum_mismatch",
                    "error",
                    "C7",
                    "個人住民税/課税情報",
                    *zei,
                    "GAKU",
                    "年税額",
                    str(number),
                    "116500",
                    None,
                )
            )
    rows.append(
        ("key_empty", "stop", "C5", "住民基本台帳/住民情報", "juki", 2, 0, 3, "ATENA_NO", "宛名番号", "", "", None)
    )
    frame = pl.DataFrame(rows, schema=FINDINGS, orient="row")
    ids = [
        finding_id(str(row["code"]), str(row["source"]), str(row[RECORD]), str(row["item"])) for row in frame.to_dicts()
    ]
    return frame.with_columns(pl.Series("id", ids, dtype=pl.String()))


def stage(folder: Path, name: str, per_file: list[int], unread: list[tuple[int, int]]) -> Staged:
    """Staged parts of a source: records numbered through its files, `unread` (file, line) missing among them."""
    folder.mkdir(parents=True, exist_ok=True)
    parts, facts, number = [], [], 0
    for index, count in enumerate(per_file):
        lines = [line for line in range(2, count + 2) if (index, line) not in unread]
        records = list(range(number + 1, number + len(lines) + 1))
        number += len(lines)
        lineage = pl.DataFrame({RECORD: records, FILE: [index] * len(lines), LINE: lines},
                               schema={RECORD: pl.UInt64(), FILE: pl.UInt16(), LINE: pl.UInt64()})  # fmt: skip
        part = folder / f"{name}-{index}.parquet"
        lineage.with_columns(pl.col(RECORD).cast(pl.String).alias("ATENA_NO"), pl.lit("x").alias("SEX")).write_parquet(
            part
        )
        parts.append(part)
        facts.append(FileFacts(f"{name.upper()}{index}.csv", 100 * count, f"{index:064x}", count, count - len(lines)))
    rejects = folder / f"{name}-rejects.parquet"
    rows = [(index, line, "record_fields", "3 fields, 4 columns", b"a,b,c") for index, line in unread]
    pl.DataFrame(rows, schema=UNREAD, orient="row").write_parquet(rejects)
    spec = SourceSpec(name, (f"{name.upper()}*.csv",))
    return Staged(spec, ("ATENA_NO", "SEX"), tuple(facts), tuple(parts), number, rejects)


def write_table(out: Path, folder: str, stem: str, rows: pl.DataFrame, group: str) -> Written:
    """Write rows (with `source` and `#record`) as a run does: CSV, Parquet and lineage."""
    (out / "data" / folder).mkdir(parents=True, exist_ok=True)
    (out / "lineage").mkdir(exist_ok=True)
    csv, parquet = (out / "data" / folder / f"{stem}.{form}" for form in ("csv", "parquet"))
    lineage = out / "lineage" / f"{folder}-{stem}.parquet"
    items = rows.drop("source", RECORD)
    items.write_csv(csv)
    filled = items.select(pl.when(pl.all() != "").then(pl.all()))
    filled.with_columns(pl.col("^年税額$").cast(pl.Int64)).write_parquet(parquet)
    rows.select(pl.col(RECORD), pl.col("source")).write_parquet(lineage)
    numeric = frozenset(name for name in items.columns if name in {"世帯番号", "年税額"})
    return Written(group, tuple(items.columns), lineage, csv, parquet, numeric)


def build_run(base: Path, size: int = 40, *, name: str = "run") -> Made:
    """Make and sign a run folder below `base`."""
    out = base / name
    for folder in ("work", "rejected", "layout"):
        (out / folder).mkdir(parents=True)
    juki = stage(out / "work", "juki", [size // 2 + 1, size - size // 2], [(0, 4)])
    zei = stage(out / "work", "zei", [size], [])
    held = [("juki", None, 0, 4, "rejected", "record_fields", None), ("juki", 2, 0, 3, "rejected", "key_empty", None),
            ("juki", 7, 0, 9, "merged", "row_merged", 6)]  # fmt: skip
    dispositions = pl.DataFrame(held, schema=REJECTED, orient="row")
    dispositions.write_parquet(out / "dispositions.parquet")
    everyone = list(range(1, size + 1))
    fixes = corrections(everyone)
    comparisons = [
        _table(out, "001_juminkihondaicho", RESIDENTS, "住民基本台帳", "juki", everyone, fixes, dispositions),
        _table(out, "001_juminkihondaicho", HOUSEHOLDS, "住民基本台帳", "juki", everyone[::3], fixes, dispositions),
        _table(out, "x08_kojinjuminzei", TAXES, "個人住民税", "zei", everyone, fixes, dispositions),
    ]
    _people_files(out, size, fixes)
    run = Run(_project(base), date(2026, 11, 20), [juki, zei], LAYOUTS, {"checks.code_unknown": "0" * 64}, comparisons)
    home = base / "home"
    write_evidence(out, run, signing_key(home))
    seal(out, signing_key(home))
    return Made(out, home, run)


def _table(
    out: Path, folder: str, group: Group, business: str, source: str, records: list[int],
    fixes: pl.DataFrame, dispositions: pl.DataFrame,
) -> Comparison:  # fmt: skip
    rows = expected(group, source, records)
    gone = dispositions.filter(pl.col("source") == source)[RECORD].drop_nulls().to_list()
    loaded = rows.filter(~pl.col(RECORD).is_in(gone))
    if group is RESIDENTS:
        loaded = loaded.with_columns(pl.col("性別").replace({"１": "1"}))
    written = write_table(out, folder, group.identifier, loaded, f"{business}/{group.name}")
    blocks = [rows.slice(start, 7) for start in range(0, rows.height, 7)]
    return compare_group(written, blocks, fixes, dispositions, base=out)


def _people_files(out: Path, size: int, fixes: pl.DataFrame) -> None:
    found = findings(size)
    found.write_parquet(out / "findings.parquet")
    found.write_csv(out / "findings.csv")
    fixes.write_parquet(out / "corrections.parquet")
    (out / "rejected" / "juki.csv").write_text(
        '理由,レコード\nrecord_fields,"a,b,c"\nkey_empty,",x"\n', encoding="utf-8"
    )
    reasons = pl.DataFrame({"reason": ["record_fields", "key_empty"], "raw": [b"a,b,c", b",x"]})
    reasons.write_parquet(out / "rejected" / "juki.parquet")
    unresolved = "source,column,character,kind,count,first\njuki,SIMEI,U+E0A3,private_use,3,4 9\n"
    (out / "characters.csv").write_text(unresolved, encoding="utf-8-sig")
    (out / "decisions.csv").write_text("id,決定\n", encoding="utf-8")
    (out / "project.toml").write_text(
        '[project]\nname = "見本町 旧システムA"\nmunicipality = "990019"\n', encoding="utf-8"
    )
    (out / "layout" / "SOURCE.toml").write_text('title = "見本"\n', encoding="utf-8")
    (out / "run.json").write_text("{}", encoding="utf-8")


def _project(base: Path) -> Project:
    return Project(
        folder=base, name="見本町 旧システムA", municipality="990019", layout="kihon@2023-09", dump=base,
        write=("csv", "parquet"), sources=(), tables=(), codes={}, dictionary="", cleansing=("half_width_digits",),
        decisions="", as_of=None, options={},
    )  # fmt: skip
