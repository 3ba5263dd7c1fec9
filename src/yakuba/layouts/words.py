"""Headings and values of official workbooks and what they are called in the catalog."""

from __future__ import annotations

import re
import unicodedata

from yakuba.layouts.model import DataType, Output

ITEM_WORDS = {
    "項目ID": ("データ項目ID", "項目ID", "項目番号"),
    "項目名": ("データ項目", "データ項目名", "データ項目名称", "項目名", "項目名称"),
    "識別名": ("データ項目（ローマ字）", "ローマ字", "項目名ローマ字", "識別名"),
    "グループ": ("グループ名称", "グループ名", "グループ", "移行ファイル名称"),
    "主キー": ("グループ主キー", "主キー"),
    "外部キー": ("グループ外部キー", "外部キー"),
    "型": ("データ型", "型", "属性"),
    "桁数": ("桁数", "データ長"),
    "コード": ("コード", "コードID"),
    "繰り返し": ("繰り返し", "繰返し"),
    "出力条件": ("データ出力条件", "出力条件"),
    "外字": ("外字使用", "外字"),
    "定義": ("項目定義", "定義"),
    "説明": ("項目説明", "説明"),
    "サンプル": ("サンプル値", "サンプル"),
}
"""Our column in items.csv → headings that mean it."""

ITEM_REQUIRED = ("項目名", "型", "桁数", "グループ")
CODE_WORDS = {
    "コードID": ("コードID", "コード番号"),
    "コード名": ("コード名", "コード名称"),
    "値": ("コード値", "値"),
    "内容": ("コード値の内容", "コード内容", "内容"),
    "備考": ("備考",),
}
CODE_REQUIRED = ("コードID", "値", "内容")

_TYPES = {"N": DataType.FULL, "全角": DataType.FULL, "半角": DataType.HALF, "数値": DataType.INTEGER} | {
    "日付": DataType.DATE,
    "時刻": DataType.TIME,
    "年": DataType.YEAR,
    "画像": DataType.BLOB,
}
_MARKS = frozenset("○〇◯●◎")
_DASHES = ("", "-", "－", "―", "ー")


def half_width(text: str) -> str:
    """ASCII letters, digits and signs in half width (ids, romaji, digits; never names)."""
    return "".join(unicodedata.normalize("NFKC", char) if "！" <= char <= "～" else char for char in text).strip()


def data_type(text: str) -> DataType | None:
    """The data type a workbook means; None when it is unknown.

    >>> data_type("９Ｖ"), data_type("N").name, data_type("?")
    (<DataType.DECIMAL: '9V'>, 'FULL', None)
    """
    word = half_width(text).upper()
    if word in _TYPES:
        return _TYPES[word]
    try:
        return DataType(word)
    except ValueError:
        return None


def digits(text: str, kind: DataType) -> str | None:
    """桁数 as the catalog writes it: `n`, `n,m` for 9V, empty for a dash; None when it is neither.

    >>> digits("３．２", DataType.DECIMAL), digits("－", DataType.BLOB), digits("5", DataType.DECIMAL)
    ('3,2', '', None)
    """
    word = "".join(half_width(text).split()).replace(".", ",")
    if kind is DataType.DECIMAL:
        return word if re.fullmatch(r"[0-9]+,[0-9]+", word) else None
    return "" if word in _DASHES else (word if re.fullmatch(r"[0-9]+", word) else None)


def output(text: str) -> Output | None:
    """The output condition a workbook means; an empty cell is 任意; None when it is unknown."""
    word = "".join(text.split())
    if word in _MARKS:
        return Output.REQUIRED
    if word in _DASHES:
        return Output.OPTIONAL
    try:
        return Output(word.replace("条件付必須", Output.CONDITIONAL))
    except ValueError:
        return None


def mark(text: str) -> str:
    """○ for any of the circles that editors use, else empty."""
    return "○" if text in _MARKS or text in ("有", "有り") else ""
