"""Make catalog/characters/ from the npm package `@mandel59/mojidata` (its SQLite file `moji.db`).

    .venv/bin/python tools/catalog_characters.py            # needs npm and the npm registry
    .venv/bin/python tools/catalog_characters.py moji.db    # from a database that is already here

Four tables come out; the same database always gives the same bytes:

* mj/006.02/mji.csv              MJ文字情報一覧表, the columns that conversion and search need
* aj1_mj/2022-09-13/aj1_mj.csv   every Adobe-Japan1 sequence and the MJ form of the same glyph, or nothing
* shrink/1.2.0/shrink.csv        MJ縮退マップ: every candidate of every ground, strongest ground first
* variant/1.2.0/variant.csv      異体字 and the character they are searched by, from the same map

The SOURCE.toml beside each and shrink/1.2.0/grounds.csv are written by hand; all else here is this program's.
"""

from __future__ import annotations

import argparse
import csv
import sqlite3
import subprocess
import tarfile
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PACKAGE = "@mandel59/mojidata@1.8.1"
CATALOG = Path(__file__).resolve().parent.parent / "catalog" / "characters"
SHRINK_HEADER = ("MJ文字図形名", "縮退文字", "根拠", "順位", "ホップ数")
AJ1_HEADER = ("列", "字形", "MJ文字図形名", "文字", "根拠")
VARIANT_HEADER = ("異体字", "代表字", "根拠")
MJI_HEADER = (
    "MJ文字図形名",
    "文字",
    "対応するUCS",
    "実装したUCS",
    "IVS",
    "SVS",
    "戸籍統一文字番号",
    "住基ネット統一文字コード",
    "X0213",
    "X0213_包摂区分",
    "総画数",
    "部首.内画数",
    "読み",
    "同一字形",
    "登記統一文字番号",
    "入管正字コード",
    "入管外字コード",
    "漢字施策",
    "X0213_包摂連番",
    "X0212",
)
MJI_QUERY = """
select m."MJ文字図形名", m."対応するUCS", m."実装したUCS", m."実装したMoji_JohoコレクションIVS",
       d."重複実装したMoji_JohoコレクションIVS", m."実装したSVS", m."戸籍統一文字番号",
       m."住基ネット統一文字コード", m."X0213", m."X0213_包摂区分", m."総画数", m."備考",
       (select group_concat(b, '・') from (select "部首" || '.' || "内画数" as b from mji_rsindex r
          where r."MJ文字図形名" = m."MJ文字図形名" order by r.rowid)) as "部首",
       (select group_concat(y, '・') from (select "読み" as y from mji_reading r
          where r."MJ文字図形名" = m."MJ文字図形名" order by r.rowid)) as "読み",
       m."登記統一文字番号", m."入管正字コード", m."入管外字コード", m."漢字施策", m."X0213_包摂連番", m."X0212"
from mji m left join mji_duplicated_ivs d using ("MJ文字図形名")
order by m."MJ文字図形名"
"""
SAME_SHAPE = "同一字形であり、字義も同一"


def fetch(folder: Path) -> Path:
    """Get the package with the npm client, unpack its database into `folder`, return the path."""
    subprocess.run(["npm", "pack", PACKAGE, "--silent"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    archive = next(folder.glob("*.tgz"))
    with tarfile.open(archive) as tar:
        tar.extract("package/dist/moji.db", folder, filter="data")
    return folder / "package" / "dist" / "moji.db"


def code(text: str | None) -> str:
    """A character as `U+845B`."""
    return f"U+{ord(text):04X}" if text else ""


def sequence(text: str | None) -> str:
    """A variation sequence as `845B_E0102`, the way the official list prints it."""
    return "_".join(f"{ord(char):04X}" for char in text) if text else ""


def twin(name: str, remark: str | None) -> str:
    """The MJ name which the remarks call the same shape and meaning as `name`, or nothing."""
    if not remark or SAME_SHAPE not in remark:
        return ""
    names = remark.split("は、")[0].split("・")
    return next((other for other in names if other != name), "")


def mji_rows(database: sqlite3.Connection) -> Iterable[Sequence[object]]:
    """Rows of mji.csv. 文字 = the code point when the MJ font has one for this shape, else its IVS."""
    for row in database.execute(MJI_QUERY):
        own, ivs, second = row["実装したUCS"], row[3], row[4]
        yield (
            row["MJ文字図形名"],
            own or ivs or "",
            code(row["対応するUCS"]),
            code(own),
            " ".join(filter(None, (sequence(ivs), sequence(second)))),
            sequence(row["実装したSVS"]),
            row["戸籍統一文字番号"],
            row["住基ネット統一文字コード"],
            row["X0213"],
            row["X0213_包摂区分"],
            row["総画数"],
            row["部首"],
            row["読み"],
            twin(row["MJ文字図形名"], row["備考"]) if not (own or ivs) else "",
            *(row[name] for name in MJI_HEADER[14:]),
        )


class Glyphs:
    """What moji.db says about shapes, arranged to compare Adobe-Japan1 with MJ.

    Attributes:
        new: CID that the JIS X 0213:2004 character map gives a bare code point.
        old: CID that the JIS X 0208:1990 character map gives it.
        elsewhere: compatibility ideographs that the 2004 map draws with a CID.
        own: MJ row drawn for a bare code point by the MJ font.
        exact: MJ rows whose shape is the JIS X 0213 example of a code point (包摂区分 0).
        shapes: how many MJ characters correspond to a code point.
        juki: MJ row of a 住基ネット統一文字コード.
        ja: MJ name of the shape registered as JIS X 0208 position `kkkk` of a base (Hanyo-Denshi `JAkkkk`).
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self.new: dict[str, int] = {}
        self.old: dict[str, int] = {}
        self.elsewhere: dict[int, list[str]] = defaultdict(list)
        for row in database.execute('select * from aj1 where not vertical order by "UCS", "CID"'):
            if row["UniJIS2004"]:
                self.new.setdefault(row["UCS"], row["CID"])
                if "\uf900" <= row["UCS"] <= "\ufaff" or row["UCS"] >= "\U0002f800":
                    self.elsewhere[row["CID"]].append(row["UCS"])
            if row["UniJIS"]:
                self.old.setdefault(row["UCS"], row["CID"])
        self.own: dict[str, sqlite3.Row] = {}
        self.juki: dict[str, sqlite3.Row] = {}
        self.shapes: Counter[str] = Counter()
        self.exact: dict[str, list[sqlite3.Row]] = defaultdict(list)
        for row in database.execute('select * from mji order by "MJ文字図形名"'):
            self.shapes[row["対応するUCS"]] += 1
            if row["実装したUCS"]:
                self.own[row["実装したUCS"]] = row
            if row["住基ネット統一文字コード"]:
                self.juki[row["住基ネット統一文字コード"]] = row
            if row["X0213_包摂区分"] == 0:
                self.exact[row["対応するUCS"]].append(row)
        self.ja: dict[str, dict[str, str]] = defaultdict(dict)
        query = (
            'select h."IVS" as ivs, h.code as position, m.code as name from "ivs_Hanyo-Denshi" h '
            "join \"ivs_Moji_Joho\" m using (IVS) where h.code like 'JA%'"
        )
        for row in database.execute(query):
            self.ja[row["ivs"][0]][row["position"][2:]] = row["name"]

    def same(self, base: str, cid: int) -> tuple[sqlite3.Row | None, str]:
        """MJ row of the glyph `cid` of `base` and the ground for saying so; (None, "") when there is none."""
        if self.new.get(base) == cid:
            return self._standard(base)
        if self.old.get(base) == cid:
            return self._before_2004(base)
        for other in self.elsewhere[cid]:
            row = self.own.get(other)
            if row is not None and row["X0213_包摂区分"] == 0:
                return row, "互換漢字"
        return None, ""

    def _standard(self, base: str) -> tuple[sqlite3.Row | None, str]:
        own = self.own.get(base)
        if own is not None and own["X0213_包摂区分"] == 0:
            return own, "JIS X 0213:2004"
        if len(self.exact[base]) == 1:
            return self.exact[base][0], "JIS X 0213:2004"
        if own is not None and own["X0212"] and not own["X0213"] and self.shapes[base] == 1:
            return own, "JIS X 0212"
        return None, ""

    def _before_2004(self, base: str) -> tuple[sqlite3.Row | None, str]:
        witness = self.juki.get(f"J+{ord(base):04X}")
        if witness is None or not witness["X0213"]:
            return None, ""
        position = witness["X0213"][2:].replace("-", "")
        agrees = self.ja[base].get(position) == witness["MJ文字図形名"]
        return (witness, "JIS X 0208:1990") if agrees else (None, "")


def aj1_rows(database: sqlite3.Connection) -> Iterable[Sequence[object]]:
    """Rows of aj1_mj.csv: every Adobe-Japan1 sequence; MJ columns empty where no ground was found."""
    glyphs = Glyphs(database)
    for row in database.execute('select "IVS", "CID" from "ivs_Adobe-Japan1" order by "IVS"'):
        mj, ground = glyphs.same(row["IVS"][0], row["CID"])
        form = (mj["実装したUCS"] or mj["実装したMoji_JohoコレクションIVS"]) if mj else ""
        yield sequence(row["IVS"]), f"CID+{row['CID']}", mj["MJ文字図形名"] if mj else "", form, ground


SHRINK_QUERY = """
select "MJ文字図形名" as name, "縮退UCS" as target, "表" as "table", "順位" as "rank", "ホップ数" as hops from mjsm
"""


def shrink_rows(database: sqlite3.Connection) -> Iterable[Sequence[object]]:
    """Rows of shrink.csv: a ground is its 符号 in grounds.csv, whose order of lines is the order of candidates.

    Raises:
        KeyError: the map has a table that grounds.csv does not know.
    """
    with (CATALOG / "shrink" / "1.2.0" / "grounds.csv").open(encoding="utf-8", newline="") as file:
        grounds = {row["表"]: (place, row["符号"]) for place, row in enumerate(csv.DictReader(file))}
    rows = [(*row, *grounds[row["table"]]) for row in database.execute(SHRINK_QUERY)]
    rows.sort(key=lambda row: (row[0], row[5], row[3] or 0, row[4] or 0, row[1]))
    for name, target, _, rank, hops, _, mark in rows:
        yield name, target, mark, rank, hops


VARIANT_QUERY = """
select coalesce(m."実装したUCS", m."対応するUCS") as variant,
       s."縮退UCS" as target, s."縮退X0213" as position, s."表" as ground,
       s."ホップ数" as hops, m."実装したUCS" is null as indirect
from mjsm s join mji m using ("MJ文字図形名")
where s."表" in ('JIS包摂規準UCS統合規則', '戸籍統一文字情報_親字正字') and m."対応するUCS" is not null
order by variant, indirect, hops, target
"""


def nearest(candidates: Sequence[sqlite3.Row], everyday: set[str]) -> sqlite3.Row:
    """The candidate a name is looked up by: fewest steps, then 常用漢字, then JIS position."""
    return min(
        candidates,
        key=lambda row: (row["indirect"], row["hops"] or 0, row["target"] not in everyday, row["position"]),
    )


def follow(start: str, step: dict[str, sqlite3.Row]) -> str:
    """The end of the way from `start`; of characters that name each other, the one first in JIS X 0213."""
    way = [start]
    while way[-1] in step and (target := step[way[-1]]["target"]) not in way:
        way.append(target)
    if way[-1] not in step:
        return way[-1]
    circle = way[way.index(step[way[-1]]["target"]) :]
    positions = {step[char]["target"]: step[char]["position"] for char in circle}
    return min(circle, key=positions.__getitem__)


def variant_rows(database: sqlite3.Connection) -> Iterable[Sequence[object]]:
    """Rows of variant.csv: 異体字 → 代表字, followed to the end. A 常用漢字 stands for itself, always."""
    everyday = {row["漢字"] for row in database.execute('select distinct "漢字" from joyo')}
    candidates: dict[str, list[sqlite3.Row]] = defaultdict(list)
    for row in database.execute(VARIANT_QUERY):
        if row["variant"] != row["target"] and row["variant"] not in everyday:
            candidates[row["variant"]].append(row)
    step = {variant: nearest(rows, everyday) for variant, rows in candidates.items()}
    for variant in sorted(step):
        end = follow(variant, step)
        if end != variant:
            yield variant, end, step[variant]["ground"]


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write one table: UTF-8, LF, no value quoted that need not be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        count = 0
        for row in rows:
            out.writerow(["" if cell is None else cell for cell in row])
            count += 1
    print(f"{path.relative_to(CATALOG)}: {count} rows, {path.stat().st_size:,} bytes")


def main() -> None:
    """Write the four tables."""
    parser = argparse.ArgumentParser(description="Make catalog/characters/ from moji.db.")
    parser.add_argument("database", nargs="?", type=Path, help="moji.db; fetched with npm when left out")
    chosen: Path | None = parser.parse_args().database
    with tempfile.TemporaryDirectory() as folder:
        database = sqlite3.connect(chosen or fetch(Path(folder)))
        database.row_factory = sqlite3.Row
        write(CATALOG / "mj" / "006.02" / "mji.csv", MJI_HEADER, mji_rows(database))
        write(CATALOG / "aj1_mj" / "2022-09-13" / "aj1_mj.csv", AJ1_HEADER, aj1_rows(database))
        write(CATALOG / "shrink" / "1.2.0" / "shrink.csv", SHRINK_HEADER, shrink_rows(database))
        write(CATALOG / "variant" / "1.2.0" / "variant.csv", VARIANT_HEADER, variant_rows(database))
        database.close()


if __name__ == "__main__":
    main()
