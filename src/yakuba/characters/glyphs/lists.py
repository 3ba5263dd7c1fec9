"""What identification gives as tables (一覧): candidates, the 外字対応表 to be decided, findings. Nothing is decided.

In the 外字対応表 every row that has a candidate is 類似 without 決定者 and 決定日, every other one 該当なし: `vendor`
reads both as undecided. Who decides writes 区分, 決定者, 決定日 and, for another candidate, 文字 and MJ名.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.characters.glyphs.glyph import code_name
from yakuba.characters.vendor import Likeness
from yakuba.kernel.spreadsheet import as_csv

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from yakuba.characters.glyphs.glyph import Glyph
    from yakuba.characters.glyphs.identify import Identified
    from yakuba.characters.glyphs.usage import Usage
    from yakuba.kernel.finding import Finding

MOST = 20
"""Candidates listed for a glyph."""
CANDIDATES = (
    "外字コード", "字形名", "人数", "順位", "文字", "MJ名", "符号", "類似度", "字形の近さ", "使われ方の加点",
    "字形の指紋",
)  # fmt: skip
TABLE = ("外字コード", "文字", "MJ名", "区分", "決定者", "決定日", "人数", "推定した区分", "確かさ", "絵", "字形の指紋")
FINDINGS = ("重要度", "指摘", "ファイル", "字形", "内容", "対応")


def by_people(found: Iterable[Identified], usage: Mapping[str, Usage]) -> list[Identified]:
    """Those that most people wait for first; then by code, those without a code last."""
    return sorted(
        found,
        key=lambda one: (-people(one.glyph, usage), not one.glyph.private, one.glyph.private, one.glyph.name),
    )


def people(glyph: Glyph, usage: Mapping[str, Usage]) -> int:
    """People who use a glyph; 0 where the list does not have it."""
    return usage[glyph.private].people if glyph.private in usage else 0


def picture_name(glyph: Glyph) -> str:
    """File name of a glyph's picture: its code, or the beginning of its digest; never a name from outside."""
    return f"U+{ord(glyph.private):04X}.png" if glyph.private else f"{glyph.digest.replace(':', '-')[:24]}.png"


def codes(text: str) -> str:
    """A character's code points, with spaces between."""
    return " ".join(f"U+{ord(char):04X}" for char in text)


def candidates_csv(found: Sequence[Identified], usage: Mapping[str, Usage]) -> bytes:
    """One row per glyph and candidate, at most 20 a glyph."""
    return as_csv(CANDIDATES, _candidates(found, usage))


def _candidates(found: Sequence[Identified], usage: Mapping[str, Usage]) -> Iterator[list[str]]:
    for one in found:
        code = f"U+{ord(one.glyph.private):04X}" if one.glyph.private else ""
        for rank, each in enumerate(one.candidates[:MOST], start=1):
            scores = (each.similarity, each.shape, each.known)
            yield [
                code, one.glyph.name, str(people(one.glyph, usage)), str(rank), each.form, each.name, codes(each.form),
                *(f"{score:.4f}" for score in scores), one.glyph.digest,
            ]  # fmt: skip


def table_csv(found: Sequence[Identified], usage: Mapping[str, Usage]) -> bytes:
    """The 外字対応表: one row per private code."""
    return as_csv(TABLE, (_row(one, usage) for one in found if one.glyph.private))


def _row(one: Identified, usage: Mapping[str, Usage]) -> list[str]:
    best = one.candidates[0] if one.candidates and one.suggestion is not Likeness.NONE else None
    return [
        f"U+{ord(one.glyph.private):04X}",
        best.form if best else "",
        best.name if best else "",
        Likeness.SIMILAR if best else Likeness.NONE,
        "",
        "",
        str(people(one.glyph, usage)),
        one.suggestion,
        f"{one.sure:.2f}",
        f"pictures/{picture_name(one.glyph)}",
        one.glyph.digest,
    ]


def findings_csv(findings: Iterable[Finding]) -> bytes:
    """What was wrong with the files."""
    return as_csv(
        FINDINGS,
        ([each.severity.japanese, each.code, each.file, each.column, each.value, each.hint_ja] for each in findings),
    )


def title(glyph: Glyph) -> str:
    """A glyph as a heading names it."""
    return code_name(glyph.private) if glyph.private else glyph.name
