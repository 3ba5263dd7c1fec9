"""Signs that a cell's characters were not carried over whole, each as an expression over a string column.

All give a Boolean per cell; null stays null. `suspects` is the cheap gate: where it is false, every other
expression here is false too; where it is true, ask them which.

Source: 住基ネット統一文字 facts and 外字 practice (shared with `convert`); mojibake is worked out from the
encodings themselves.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from yakuba.characters import patterns

if TYPE_CHECKING:
    import polars as pl

_JUKI = r"[\x{A000}-\x{A4CF}\x{AAA1}-\x{D7AF}]"
_HALF_KANA = r"[\x{FF61}-\x{FF9F}]"
_IDEOGRAPHIC_SELECTOR = r"[\x{E0100}-\x{E01EF}]"
# Bytes 80–9F as Windows-1252 shows them, less the quotation marks and dashes that people do write.
_CP1252_LEADS = "ƒ‚ˆ‰Š‹Œ˜š›œŽžŸ"
_CP1252 = _CP1252_LEADS + "–—‘’“”„†‡•…€™"


def private_use(expr: pl.Expr) -> pl.Expr:
    """外字: a private-use character, which means something in one system only."""
    return expr.str.contains(patterns.PRIVATE_USE)


def juki_unconverted(expr: pl.Expr) -> pl.Expr:
    """A Hangul or Yi letter, or one between: an unconverted 住基ネット統一文字コード (AAA1–C18B are such).

    Names of Korean residents are registered in 漢字, kana or Latin letters, so no name has one by right.
    """
    return expr.str.contains(_JUKI)


def replacement(expr: pl.Expr) -> pl.Expr:
    """U+FFFD: a decoder met bytes it could not read; the character is lost here, look in the source file."""
    return expr.str.contains("\ufffd", literal=True)


def geta(expr: pl.Expr) -> pl.Expr:
    """〓 (げた): a printer's stand-in for a character that was not at hand."""
    return expr.str.contains("〓", literal=True)


def halfwidth_kana(expr: pl.Expr) -> pl.Expr:
    """Half-width kana or its punctuation, in an item that is full-width (Ｎ)."""
    return expr.str.contains(_HALF_KANA)


def aj1_ivs(expr: pl.Expr) -> pl.Expr:
    """A variation sequence of Adobe-Japan1 (葛 + U+E0100), which the MJ font lacks and draws as its base."""
    return expr.str.contains(patterns.aj1_sequence())


def mojibake(expr: pl.Expr) -> pl.Expr:
    """文字化け: text read in another encoding than it was written in.

    Seen: UTF-8 read as CP932 (繧 縺 繝, 螻ｱ逕ｰ) or as Latin-1 (å±±), CP932 read as Latin-1 or Windows-1252
    (a control U+0080–009F, ƒ„), EUC-JP read as Latin-1 (»³ÅÄ). Not seen: EUC-JP read as CP932, which is a
    run of half-width kana (see `halfwidth_kana`).
    """
    return expr.str.contains(_mojibake())


def suspects(expr: pl.Expr) -> pl.Expr:
    """The gate: true wherever another expression here may be true. A sequence of MJ also opens it."""
    single = f"{patterns.PRIVATE_USE}|{_JUKI}|[\ufffd〓]|{_HALF_KANA}|{_IDEOGRAPHIC_SELECTOR}"
    return expr.str.contains(f"{single}|{_mojibake()}")


@cache
def _mojibake() -> str:
    """One alternation of the patterns above.

    UTF-8 of kana starts with E3 81–83, of kanji with E4–E9; as CP932 these bytes lead a kanji (`lead`).
    A name of two kanji shows two of them with a half-width kana or a broken character between.
    """
    pairs = (bytes((first, second)) for first in range(0xE3, 0xEA) for second in range(0x80, 0xC0))
    lead = patterns.character_class(char for pair in pairs for char in pair.decode("cp932", "ignore"))
    broken = r"[\x{FF61}-\x{FF9F}\x{F8F0}-\x{F8F3}・]"
    return "|".join(
        (
            r"[縺繝]|繧(?:[^\p{Han}\s]|.?[縺繧繝])",
            f"[{lead}].?{broken}.{{0,2}}[{lead}]",
            f"[{lead}].{{0,2}}\ufffd",
            r"[\x{80}-\x{9F}]",
            rf"[ã-é][\x{{A0}}-\x{{BF}}{_CP1252}]",
            "ï[¼½¾]",
            rf"[{_CP1252_LEADS}][!-~\x{{A1}}-\x{{FF}}]",
            r"[\x{A1}-\x{FF}]{4}",
        )
    )
