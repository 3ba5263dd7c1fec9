"""Which kana a kanji may be read with, as weak evidence about names.

Source: 読み of MJ文字情報一覧表 (catalog/characters/mj), folded by the search rules of `characters.fold`, so that
ガ and カ, オウ and オオ are equal; 々 is read like the character before it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import polars as pl

from yakuba.characters.fold import fold_kana, fold_kana_text, fold_kanji, fold_kanji_text
from yakuba.kernel.discover import catalog_root

_TABLE = ("characters", "mj", "006.02", "mji.csv")
_ITERATION = "々"
_IRREGULAR = {
    "長谷": "ハセ", "大和": "ヤマト", "東海林": "ショウジ", "相良": "サガラ", "鷲見": "スミ", "近江": "オウミ",
    "逸見": "ヘミ", "小鳥遊": "タカナシ", "百目鬼": "ドウメキ", "四月一日": "ワタヌキ", "八月一日": "ホヅミ",
    "月見里": "ヤマナシ", "御手洗": "ミタライ", "一口": "イモアライ", "日下": "クサカ", "日下部": "クサカベ",
    "春日": "カスガ", "飛鳥": "アスカ", "百済": "クダラ", "服部": "ハットリ", "五十嵐": "イガラシ", "東雲": "シノノメ",
    "不知火": "シラヌイ", "神": "ジン",
}  # fmt: skip
"""Surnames whose reading belongs to the whole word (熟字訓)."""
_EVERY = "*"
"""Stands in no reading: what begins with no kana fits nothing."""


@cache
def _readings() -> dict[str, frozenset[str]]:
    """Folded readings of each character of the table, those of its 代表字 included."""
    table = pl.read_csv(catalog_root().joinpath(*_TABLE), columns=["対応するUCS", "読み"], infer_schema=False)
    char = pl.Series(
        "char", [chr(int(code.removeprefix("U+"), base=16)) for code in table["対応するUCS"].fill_null("U+0")]
    )
    bare = pl.col("読み").str.replace_all("[^ぁ-ゖァ-ヺー・]", "").str.split("・")
    readings = (
        table.select(char, bare)
        .explode("読み")
        .select("char", fold_kanji(pl.col("char")).alias("head"), fold_kana(pl.col("読み")).alias("reading"))
        .filter(pl.col("reading").fill_null("") != "")
        .unique()
    )
    heads = readings.select("char", "head").unique().join(readings, left_on="head", right_on="char")
    both = pl.concat([readings.select("char", "reading"), heads.select("char", "reading")])
    return {char: frozenset(found) for char, found in both.group_by("char").agg("reading").iter_rows()}


@cache
def _of(char: str) -> frozenset[str]:
    """Readings of a character; of a kana: itself; of a rare form: those of its 代表字."""
    folded = _folded(char)
    if re.fullmatch("[ァ-ヺ]", folded):
        return frozenset([folded])
    return _readings().get(char) or _readings().get(fold_kanji_text(char), frozenset())


_folded = lru_cache(maxsize=1 << 16)(fold_kana_text)


@cache
def _initials() -> dict[str, str]:
    return {char: "".join(sorted({reading[0] for reading in found})) for char, found in _readings().items()}


@cache
def _kana() -> dict[str, str]:
    letters = [chr(code) for code in (*range(0x3041, 0x3097), *range(0x30A1, 0x30FB))]
    return {letter: fold_kana_text(letter) for letter in letters}


def fits(name: pl.Expr, kana: pl.Expr) -> pl.Expr:
    """Whether the first character of a name has a reading that begins like the kana: cheap, and true for most."""
    letters = name.str.head(1).replace_strict(_initials(), default="", return_dtype=pl.String)
    first = kana.str.head(1).replace_strict(_kana(), default=_EVERY, return_dtype=pl.String)
    return letters.str.contains(first, literal=True)


@lru_cache(maxsize=1 << 16)
def plausible(surname: str, kana: str) -> bool:
    """Whether a surname may be read so, by the rule's definition.

    >>> plausible("町田", "マチダ"), plausible("小鳥遊", "タカナシ"), plausible("佐藤", "ヤマモト")
    (True, True, False)
    """
    read = _folded(kana)
    if read and _folded(_IRREGULAR.get(surname, "")) == read:
        return True
    previous = ""
    for place, char in enumerate(re.sub("[\ufe00-\ufe0f\U000e0100-\U000e01ef 　]", "", surname)):
        current = previous if char == _ITERATION and previous else char
        readings = _of(current)
        if not readings or any(reading[:2] in read for reading in readings):
            return True
        if place == 0 and any(read.startswith(reading[0]) for reading in readings):
            return True
        previous = current
    return False


def is_strange(name: pl.Expr, kana: pl.Expr) -> pl.Expr:
    """`not plausible` for two columns; pairs that come again are remembered."""

    def judged(pairs: pl.Series) -> pl.Series:
        frame = pairs.struct.unnest()
        return pl.Series([not plausible(*pair) for pair in frame.iter_rows()], dtype=pl.Boolean)

    return pl.struct(name.alias("name"), kana.alias("kana")).map_batches(judged, return_dtype=pl.Boolean)
