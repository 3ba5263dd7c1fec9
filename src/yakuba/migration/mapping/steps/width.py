"""`width` (全角・半角): `width = "half"` or "full"; `width = { to = "half", only = ["digits", "ascii"] }`.

Classes: digits 0–9, ascii (letters, marks and the space), kana (katakana with 。「」、・ー and voicing marks).
Without `only` all three. Only these change: names keep every kanji, and nothing is normalised behind one's
back. Katakana without a half-width form (ヰ, ヮ, ヵ …) and hiragana stay.

Inverse: none, a text that was of that width already looks the same afterwards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yakuba.kernel.errors import UsageError
from yakuba.migration.mapping.arguments import options, text, texts
from yakuba.migration.mapping.step import Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from yakuba.migration.mapping.step import StepContext

_HALF_KANA = "｡｢｣､･ｦｧｨｩｪｫｬｭｮｯｰｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝﾞﾟ"
_FULL_KANA = (
    "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサ"
    "シスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜"
)
_VOICED = dict(
    zip("カキクケコサシスセソタチツテトハヒフヘホウワヲ", "ガギグゲゴザジズゼゾダヂヅデドバビブベボヴヷヺ", strict=True)
)
_HALF_VOICED = dict(zip("ハヒフヘホ", "パピプペポ", strict=True))


def _kana() -> dict[str, str]:
    """Half-width → full-width, voiced pairs included."""
    single = dict(zip(_HALF_KANA, _FULL_KANA, strict=True))
    half = {full: each for each, full in single.items()}
    voiced = {half[base] + "ﾞ": full for base, full in _VOICED.items()}
    return {**voiced, **{half[base] + "ﾟ": full for base, full in _HALF_VOICED.items()}, **single}


_TO_FULL = {
    "digits": {digit: chr(ord(digit) + 0xFEE0) for digit in "0123456789"},
    "ascii": {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F) if not chr(code).isdigit()} | {" ": "\u3000"},
    "kana": _kana(),
}


def prepare(argument: Any, _context: StepContext) -> Step:
    """Check width and classes.

    Raises:
        UsageError: an unknown width or class.
    """
    given = options("width", argument, short="to", known={"to", "only"})
    to = text("width", given, "to", among=("half", "full"))
    classes = texts("width", given, "only") if "only" in given else tuple(_TO_FULL)
    if unknown := [name for name in classes if name not in _TO_FULL]:
        raise UsageError(f"step width: no class {unknown[0]!r}", remedy=f"use {', '.join(_TO_FULL)}")
    full_by_half = {half: full for name in classes for half, full in _TO_FULL[name].items()}
    if to == "full":
        return _step(full_by_half)
    return _step({full: half for half, full in full_by_half.items()})


def _step(changes: Mapping[str, str]) -> Step:
    """Pairs (ｶﾞ) are changed before single characters, or ｶ would be taken out of them."""
    pairs = {old: new for old, new in changes.items() if len(old) > 1}
    single = {old: new for old, new in changes.items() if len(old) == 1}
    table = str.maketrans(single)

    def scalar(old: str) -> str:
        for pair, new in pairs.items():
            old = old.replace(pair, new)
        return old.translate(table)

    def expr(column: pl.Expr) -> pl.Expr:
        paired = column.str.replace_many(list(pairs), list(pairs.values())) if pairs else column
        return paired.str.replace_many(list(single), list(single.values()))

    return Step(scalar, "a text that had this width already looks the same afterwards", expr)
