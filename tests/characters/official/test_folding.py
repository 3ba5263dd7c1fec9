# Oracle: 住民記録システム標準仕様書 2.1.2, the pairs it names; and 親字・正字 of the family registers.
from __future__ import annotations

import pytest

from yakuba.characters.fold import fold_kana_text, fold_kanji_text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("カワダ", "カワタ"),  # 清音・濁音
        ("ハヤシバラ", "ハヤシパラ"),  # 濁音・半濁音
        ("チヂワ", "チジワ"),
        ("オオツヅ", "オオツズ"),
        ("カワ", "カハ"),
        ("ヴァン", "バン"),
        ("ヴィ", "ビ"),
        ("ヴ", "ブ"),
        ("ヲダ", "オダ"),
        ("ハットリ", "ハツトリ"),  # 促音
        ("ショウジ", "シヨウジ"),  # 拗音
        ("ヤマダ　タロウ", "ヤマダタロウ"),
        ("ローラ", "ロラ"),
        ("ローラ", "ロ－ラ"),
        ("ロ‐ラ", "ロ−ラ"),
        ("コウノ", "コオノ"),
        ("ﾔﾏﾀﾞ ﾀﾛｳ", "ヤマダ　タロウ"),
        ("ｳﾞｧﾝ", "ヴァン"),
        ("やまだ", "ヤマダ"),
        ("か\u3099", "ガ"),
        ("Ａ", "A"),
    ],
)
def test_kana_that_are_found_together(one: str, other: str) -> None:
    assert fold_kana_text(one) == fold_kana_text(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("オオノ", "オノ"), ("サトウ", "カトウ"), ("ウノ", "オノ"), ("ユキ", "ユウキ"), ("マリ", "マリア")],
)
def test_kana_that_stay_apart(one: str, other: str) -> None:
    assert fold_kana_text(one) != fold_kana_text(other)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("渡邊", "渡辺"),
        ("渡邉", "渡辺"),
        ("渡邉\U000e010f", "渡辺"),
        ("髙橋", "高橋"),
        ("山﨑", "山崎"),
        ("𠮷田", "吉田"),
        ("齋藤", "斎藤"),
        ("齊藤", "斉藤"),
        ("濵﨑", "浜崎"),
        ("廣澤", "広沢"),
        ("國嶋", "国島"),
        ("桒原", "桑原"),
        ("葛\U000e0102城", "葛城"),
        ("神", "神"),
    ],
)
def test_variants_of_a_name(name: str, key: str) -> None:
    assert fold_kanji_text(name) == key


def test_two_everyday_characters_are_never_one() -> None:
    everyday = "斎斉辺高崎吉沢浜広国島桑売殻玉王奴侮某梅著箸着"
    assert [fold_kanji_text(char) for char in everyday] == list(everyday)
