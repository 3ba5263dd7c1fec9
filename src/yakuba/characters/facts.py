"""Everything the tables know of one MJ character, in the words of the lists.

Source: the tables of catalog/characters, see the SOURCE.toml beside each; 部首 by its number in the Kangxi dictionary.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from yakuba.characters import repertoire, shrink, tables

if TYPE_CHECKING:
    import polars as pl

_CODES = (
    "対応するUCS", "実装したUCS", "IVS", "SVS", "住基ネット統一文字コード", "戸籍統一文字番号", "登記統一文字番号",
    "入管正字コード", "入管外字コード", "X0213", "X0213_包摂区分", "X0213_包摂連番", "X0212",
)  # fmt: skip
_RADICALS = 0x2F00 - 1


@dataclass(frozen=True, slots=True)
class Facts:
    """One MJ character.

    Attributes:
        name: MJ文字図形名. text: as Yakuba writes it; "" for the four that cannot be written.
        codes: code by list, only those it has. strokes: 総画数, 0 = unknown.
        radicals: 部首 and the strokes beside it (`⾡ + 15`). readings: 読み. policy: 常用漢字, 人名用漢字 or "".
        searched_as: the character by which a search finds it. written_in: codes of systems that have it as it is.
        shrunk: what may stand for it in JIS X 0213, best first. choice: what follows from them.
        adobe: Adobe-Japan1 sequences of the same shape.
    """

    name: str
    text: str
    codes: dict[str, str]
    strokes: int
    radicals: tuple[str, ...]
    readings: tuple[str, ...]
    policy: str
    searched_as: str
    written_in: tuple[str, ...]
    shrunk: tuple[shrink.Candidate, ...]
    choice: shrink.Choice
    adobe: tuple[str, ...]


def facts(rows: pl.DataFrame) -> list[Facts]:
    """Facts of each row of MJ文字情報一覧表 (`naming.named`)."""
    return [_of(row) for row in rows.iter_rows(named=True)]


def _of(row: dict[str, Any]) -> Facts:
    name: str = row["MJ文字図形名"]
    text = tables.form_by_name().get(name, "")
    base = tables.base_by_name().get(name, text)
    candidates = shrink.candidates_by_name().get(name, ())
    places = (repertoire.jis0208(), repertoire.jis0213(), repertoire.windows())
    return Facts(
        name=name,
        text=text,
        codes={column: row[column] for column in _CODES if row[column]},
        strokes=int(row["総画数"] or 0),
        radicals=tuple(_radical(pair) for pair in (row["部首.内画数"] or "").split("・") if pair),
        readings=tuple(filter(None, (row["読み"] or "").split("・"))),
        policy=row["漢字施策"] or "",
        searched_as=tables.representatives().get(text if len(text) == 1 else base, base),
        written_in=tuple(place.name for place in places if text and place.holds(text)),
        shrunk=candidates,
        choice=shrink.choose(candidates),
        adobe=tuple(each for each, form in tables.aj1_sequences().items() if form and form == text),
    )


def _radical(pair: str) -> str:
    """`162.15` as ⾡ + 15."""
    number, _, strokes = pair.partition(".")
    return f"{chr(_RADICALS + int(number))} + {strokes}"
