"""The file that the benchmarks read: N fictitious residents × 40 columns as an old vendor's CP932 dump, and as UTF-8.

Every thousandth row or so carries an error that the rules must find, so that the finding path is measured too.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from yakuba.town._draw import table

if TYPE_CHECKING:
    from pathlib import Path

BLOCK = 250_000
"""Residents made and written at a time."""
TODAY = "2026-04-01"

CONSTANTS = {"DANTAI": "990019", "EDA": "0", "SAISHIN": "1", "SHUBETSU": "1", "JOTAI": "1", "JOHYO": "0", "SAKUJO": "0"}


def write(folder: Path, residents: int) -> Path:
    """Write dump.csv (CP932), dump.utf8.csv and project.toml; gives back the project. Kept when it is there."""
    project = folder / "project.toml"
    if project.exists():
        return project
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "dump.csv").open("wb") as old, (folder / "dump.utf8.csv").open("wb") as new:
        for start in range(0, residents, BLOCK):
            frame = block(start, min(BLOCK, residents - start))
            raw = frame.write_csv(include_header=start == 0).encode()
            new.write(raw)
            old.write(raw.decode().encode("cp932"))
    columns = "\n".join(f'"{item}" = {_toml(spec)}' for item, spec in MAPPING.items())
    project.write_text(_project("dump.csv", "cp932", columns, MORE), encoding="utf-8")
    return project


def block(start: int, count: int) -> pl.DataFrame:
    """Residents start … start + count − 1; households of two, head and child."""
    rng = np.random.default_rng(start)
    surnames, given = (table("names", file) for file in ("surnames.csv", "given.csv"))
    towns = table("places", "towns.csv")
    number = np.arange(start, start + count)
    home = number // 2
    head = number % 2 == 0
    sur = np.random.default_rng(start + 1).integers(0, len(surnames), count // 2 + 1)[(home - start // 2)]
    own = rng.integers(0, len(given), count)
    heads = np.where(head, own, np.roll(own, 1))
    town = rng.integers(0, len(towns), count // 2 + 1)[(home - start // 2)]
    family = pl.Series([row["氏"] for row in surnames]).gather(sur)
    family_kana = pl.Series([row["フリガナ"] for row in surnames]).gather(sur)
    first = pl.Series([row["名"] for row in given])
    first_kana = pl.Series([row["フリガナ"] for row in given])
    sex = pl.Series(["M" if row["性別"] == "1" else "F" for row in given]).gather(own)
    born = _days(rng, head, count)
    lots = rng.integers(1, 900, count // 2 + 1)[(home - start // 2)]
    moved = _since(rng, born).dt.strftime("%Y%m%d")
    frame = pl.DataFrame(
        {
            "ATENA": _digits(number + 1, 10),
            "RIREKI": pl.repeat("1", count, eager=True),
            "SETAI": _digits(home + 1, 10),
            **{name: pl.repeat(value, count, eager=True) for name, value in CONSTANTS.items()},
            "JUMINHYO": _digits(number + 10_000_000_000, 11),
            "SEI": family,
            "MEI": first.gather(own),
            "SEIKANA": family_kana,
            "MEIKANA": first_kana.gather(own),
            "SEX": sex,
            "UMARE": _era7(born),
            "ZOKU": pl.Series(np.where(head, "02", "20")),
            "ZOKUNA": pl.Series(np.where(head, "世帯主", "子")),
            "NUSHI": family + "　" + first.gather(heads),
            "YUBIN": pl.Series([row["郵便番号"] for row in towns]).gather(town),
            "AZACD": pl.Series([row["町字コード"] for row in towns]).gather(town),
            "KEN": pl.repeat("見本県", count, eager=True),
            "SHI": pl.repeat("見本郡見本町", count, eager=True),
            "AZA": pl.Series([row["町字"] for row in towns]).gather(town),
            "BANCHI": _full_width(lots) + "番地",
            "KATAGAKI": pl.Series(np.where(rng.random(count) < 0.3, "見本荘２０１", "")),
            "JUNIN": moved,
            "JUTEI": moved,
            "IDOBI": moved,
            "TODOKE": moved,
            "JIYU": pl.repeat("11", count, eager=True),
            "KISAIJIYU": pl.repeat("11", count, eager=True),
            "HONSEKI": "見本県見本郡見本町" + _full_width(lots) + "番地",
            "HITTO": family + "　" + first.gather(heads),
            "JUNI": pl.Series(np.where(head, "1", "2")),
            "SHORI": moved,
            "SOSASHA": pl.repeat("0000123456", count, eager=True),
            "SOSABI": moved,
            "SOSAJI": pl.repeat("09:00:00", count, eager=True),
        }
    )
    return _with_errors(frame, number)


def _with_errors(frame: pl.DataFrame, number: np.ndarray[tuple[int], np.dtype[np.int64]]) -> pl.DataFrame:
    """A wrong code, an impossible date, an empty item and a full-width postal code, each in about 1 row of 4,000."""
    kind = pl.Series(number % 4_001)
    return frame.with_columns(
        SEX=pl.when(kind == 7).then(pl.lit("Z")).otherwise("SEX"),
        SHORI=pl.when(kind == 11).then(pl.lit("20230231")).otherwise("SHORI"),
        SOSASHA=pl.when(kind == 13).then(pl.lit("")).otherwise("SOSASHA"),
        YUBIN=pl.when(kind == 17)
        .then(_full_width_digits(pl.col("YUBIN")).str.replace("^(.{3}).", "$1－"))
        .otherwise("YUBIN"),
    )


def _days(rng: np.random.Generator, head: np.ndarray, count: int) -> pl.Series:
    ages = np.where(head, rng.integers(14_000, 30_000, count), rng.integers(30, 8_000, count))
    return pl.Series(np.datetime64(TODAY) - ages.astype("timedelta64[D]")).cast(pl.Date)


def _since(rng: np.random.Generator, born: pl.Series) -> pl.Series:
    """The day somebody became a resident: between birth and today."""
    age = (np.datetime64(TODAY) - born.to_numpy()).astype("int64")
    return pl.Series(born.to_numpy() + (age * rng.random(len(born))).astype("timedelta64[D]")).cast(pl.Date)


def _era7(day: pl.Series) -> pl.Series:
    """Era digit and YYMMDD, as old systems store birth dates."""
    eras = [(5, 2018, "2019-05-01"), (4, 1988, "1989-01-08"), (3, 1925, "1926-12-25")]
    text = pl.lit(None, dtype=pl.String)
    for digit, before, first in reversed(eras):
        year = (pl.col("d").dt.year() - before).cast(pl.String).str.zfill(2)
        made = pl.lit(str(digit)) + year + pl.col("d").dt.strftime("%m%d")
        text = pl.when(pl.col("d") >= pl.lit(first).str.to_date()).then(made).otherwise(text)
    return day.to_frame("d").select(text.alias("UMARE"))["UMARE"]


def _digits(number: np.ndarray, width: int) -> pl.Series:
    return pl.Series(number).cast(pl.String).str.zfill(width)


def _full_width(number: np.ndarray) -> pl.Series:
    texts = pl.Series("n", number).cast(pl.String).to_frame()
    return texts.select(_full_width_digits(pl.col("n"))).to_series()


def _full_width_digits(text: pl.Expr) -> pl.Expr:
    return text.str.replace_many([str(digit) for digit in range(10)], [chr(ord("０") + digit) for digit in range(10)])


GROUP = "住民基本台帳/住民情報"
STANDARD = "住民情報.csv"
PLANTED = {"性別": "code", "処理年月日": "pattern", "操作者ID": "required", "続柄表記": "length"}
"""Item → kind of the error that `standard` plants in one row of 4,001; one more row repeats a key."""


def standard(folder: Path, residents: int) -> Path:
    """The same residents as a standard-layout file of the mapped items, with planted errors, and a project for it.

    Returns:
        the project; standard/住民情報.csv lies beside it. Kept when it is there.
    """
    project = folder / "standard" / "project.toml"
    if not project.exists():
        project.parent.mkdir(parents=True, exist_ok=True)
        with (project.parent / STANDARD).open("wb") as stream:
            for start in range(0, residents, BLOCK):
                frame = _standard_block(start, min(BLOCK, residents - start))
                stream.write(frame.write_csv(include_header=start == 0).encode())
        same = "\n".join(f'"{item}" = "{item}"' for item in MAPPING)
        project.write_text(_project(STANDARD, "utf-8", same, ""), encoding="utf-8")
    return project


def _standard_block(start: int, count: int) -> pl.DataFrame:
    rows = block(start, count)
    made = {item: _item(spec) for item, spec in MAPPING.items()}
    number = pl.int_range(start, start + count)
    kind = number % 4_001

    def planted(item: str, at: int, value: pl.Expr) -> pl.Expr:
        return pl.when(kind == at).then(value).otherwise(made[item])

    # The row after number 4001k + 22 takes its number: a key that stands twice.
    made["処理年月日"] = planted("処理年月日", 11, pl.lit("2023-13-31"))
    made["続柄表記"] = planted("続柄表記", 19, pl.lit("続" * 300))
    made["宛名番号"] = planted("宛名番号", 23, number.cast(pl.String).str.zfill(10))
    made["住所_郵便番号"] = pl.when(kind == 17).then(pl.lit("0000001")).otherwise(made["住所_郵便番号"])
    empty_is_nothing = [pl.when(value != "").then(value).alias(item) for item, value in made.items()]
    return rows.select(empty_is_nothing)


def _item(spec: str | dict[str, Any]) -> pl.Expr:
    """An item as the standard has it, made without Yakuba's own mapping."""
    if isinstance(spec, str):
        return pl.col(spec)
    if "join" in spec:
        return pl.concat_str(spec["from"], separator=spec["join"])
    value = pl.col(spec["from"])
    if "codes" in spec:
        return value.replace({"M": "1", "F": "2"})
    if spec["date"] == "yyyymmdd":
        return pl.concat_str(value.str.slice(0, 4), value.str.slice(4, 2), value.str.slice(6, 2), separator="-")
    era = value.str.slice(0, 1).replace_strict({"3": 1925, "4": 1988, "5": 2018}, return_dtype=pl.Int64)
    year = (era + value.str.slice(1, 2).cast(pl.Int64)).cast(pl.String)
    return pl.concat_str(year, value.str.slice(3, 2), value.str.slice(5, 2), separator="-")


MAPPING: dict[str, Any] = {
    "市区町村コード": "DANTAI",
    "宛名番号": "ATENA",
    "個人履歴番号": "RIREKI",
    "個人履歴番号_枝番号": "EDA",
    "最新フラグ": "SAISHIN",
    "世帯番号": "SETAI",
    "住民種別": "SHUBETSU",
    "住民状態": "JOTAI",
    "住民票コード": "JUMINHYO",
    "異動年月日": {"from": "IDOBI", "date": "yyyymmdd"},
    "異動届出年月日": {"from": "TODOKE", "date": "yyyymmdd"},
    "異動事由": "JIYU",
    "氏名": {"from": ["SEI", "MEI"], "join": "　"},
    "氏_日本人": "SEI",
    "名_日本人": "MEI",
    "氏名_フリガナ": {"from": ["SEIKANA", "MEIKANA"], "join": "　"},
    "氏_日本人_フリガナ": "SEIKANA",
    "名_日本人_フリガナ": "MEIKANA",
    "性別": {"from": "SEX", "codes": "sex"},
    "生年月日": {"from": "UMARE", "date": "era7"},
    "続柄コード1": "ZOKU",
    "続柄表記": "ZOKUNA",
    "世帯主氏名": "NUSHI",
    "住所_市区町村コード": "DANTAI",
    "住所_町字コード": "AZACD",
    "住所_都道府県": "KEN",
    "住所_市区郡町村名": "SHI",
    "住所_町字": "AZA",
    "住所_番地号表記": "BANCHI",
    "住所_方書": "KATAGAKI",
    "住所_郵便番号": "YUBIN",
    "住民となった年月日": {"from": "JUNIN", "date": "yyyymmdd"},
    "記載の事由": "KISAIJIYU",
    "本籍": "HONSEKI",
    "戸籍_筆頭者": "HITTO",
    "住所を定めた年月日": {"from": "JUTEI", "date": "yyyymmdd"},
    "記載順位": "JUNI",
    "除票フラグ": "JOHYO",
    "処理年月日": {"from": "SHORI", "date": "yyyymmdd"},
    "削除フラグ": "SAKUJO",
    "操作者ID": "SOSASHA",
    "操作年月日": {"from": "SOSABI", "date": "yyyymmdd"},
    "操作時刻": "SOSAJI",
}
"""Item → column or { from, step … }, as in a project file."""


def _toml(spec: object) -> str:
    if isinstance(spec, dict):
        return (
            "{ " + ", ".join(f"{word} = {json.dumps(value, ensure_ascii=False)}" for word, value in spec.items()) + " }"
        )
    return json.dumps(spec, ensure_ascii=False)


MORE = """[codes.sex]
M = "1"
F = "2"
[cleansing]
rules = ["half_width_digits"]
"""


def _project(file: str, encoding: str, columns: str, more: str) -> str:
    return f"""[project]
name = "bench"
municipality = "990019"
as_of = 2026-11-20
[target]
layout = "kihon@2023-09"
[[source]]
name = "juki"
files = ["{file}"]
encoding = "{encoding}"
[[table]]
group = "{GROUP}"
from = "juki"
[table.columns]
{columns}
{more}"""
