# Oracle: the encodings themselves; each text is written in one and read in another.
from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from yakuba.characters import scan

if TYPE_CHECKING:
    from collections.abc import Callable

CLEAN = [
    "甲野　太郎",
    "渡邉\U000e010f　髙﨑",
    "𠮷田（葛\U000e0102城）",
    "ＪＯＳＥ　Ａ．",
    "JOSÉ GARCÍA",
    "西新宿二丁目８番１号　ヴィラ・甲 １０１",
    "蘆邊　藪　鷺ノ宮",
    "第３・四半期「〇〇」…※",
    "",
]
NAMES = ["甲野　太郎", "山田　花子", "ヤマダ　タロウ", "やまだ", "東京都千代田区永田町一丁目"]


def _hits(kind: Callable[[pl.Expr], pl.Expr], values: list[str]) -> list[bool]:
    return pl.DataFrame({"a": values}).select(kind(pl.col("a"))).to_series().to_list()


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (scan.private_use, ["甲\ue000", "\uf8ff", "\U000f0000", "\U00100000"]),
        (scan.juki_unconverted, ["佐\uad1d木", "ꀀ", "\uaaa1", "\uc18b"]),
        (scan.replacement, ["甲\ufffd"]),
        (scan.geta, ["〓野"]),
        (scan.halfwidth_kana, ["ﾔﾏﾀﾞ", "甲野ﾞ"]),
        (scan.aj1_ivs, ["葛\U000e0100城", "葛\U000e0101", "辻\U000e0100", "辻\U000e0101"]),
    ],
)
def test_each_kind_sees_its_own_and_no_clean_value(kind: Callable[[pl.Expr], pl.Expr], values: list[str]) -> None:
    assert all(_hits(kind, values))
    assert not any(_hits(kind, CLEAN))
    assert all(_hits(scan.suspects, values))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("utf-8", "cp932"),
        ("utf-8", "latin-1"),
        ("cp932", "latin-1"),
        ("euc_jp", "latin-1"),
    ],
)
def test_text_read_in_another_encoding_is_seen(written: str, read: str) -> None:
    broken = [name.encode(written).decode(read, "replace") for name in NAMES]
    assert all(_hits(scan.mojibake, broken))
    assert all(_hits(scan.suspects, broken))


def test_clean_text_is_no_mojibake() -> None:
    assert not any(_hits(scan.mojibake, CLEAN + NAMES))
    assert not any(_hits(scan.suspects, [value for value in CLEAN if "\U000e010f" not in value][2:] + NAMES))
