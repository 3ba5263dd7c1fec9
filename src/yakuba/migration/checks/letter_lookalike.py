"""A letter that no register has: a 部首 that looks like the ideograph, a Cyrillic letter or Hangul in a name, an emoji.

Radicals (U+2E80 to U+2FD5) come from PDF files and converters; they are other characters than the ideographs they
resemble, so no search finds the name and no 文字情報基盤 has them. Proposed: the ideograph, where there is exactly one.
Names are written in kanji, kana or Latin letters; Greek letters in a 方書 (コーポα) are meant, so other scripts are
judged in names and readings only, emoji everywhere.
Not this rule: characters of no meaning (`private_use`), 異体字, which are letters of their own.

Source: Unicode, blocks Kangxi Radicals and CJK Radicals Supplement (UnicodeData, decompositions); 戸籍法 50条.

Example: 氏名 "⾼橋　花子", whose first letter is U+2FBC.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._text import full_width_items, unusual

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C9"
SEVERITY = Severity.ERROR
HINT_JA = "台帳に使わない文字（部首・外国の文字・絵文字）があります。正しい文字に直してください。"
HINT_EN = "A radical, a letter of another script or an emoji: put the right character."

_RADICALS = range(0x2E80, 0x2FD6)
_OTHER_SCRIPT = r"[\p{Cyrillic}\p{Greek}\p{Hangul}\p{Arabic}\p{Hebrew}\p{Thai}\p{Devanagari}\p{Armenian}]"
_ALWAYS = r"[\x{2E80}-\x{2FD5}\p{Emoji_Presentation}]"
_NAME = re.compile("氏名|^氏|^名|通称|旧氏|筆頭者|世帯主名|名称|名義人")


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Texts with a radical or an emoji; names with a letter of a script that no name has here."""
    for item in full_width_items(group):
        value = pl.col(item.name)
        wrong = f"{_ALWAYS}|{_OTHER_SCRIPT}" if _NAME.search(item.name) else _ALWAYS
        mended = value.str.replace_many(_ideographs())
        proposal = pl.when(~mended.str.contains(wrong)).then(mended)
        yield Gated(item.name, value.str.contains(wrong), proposal=proposal, gate=unusual(item.name))


@cache
def _ideographs() -> dict[str, str]:
    """Radical → ideograph, for the radicals that Unicode says are one."""
    return {
        chr(code): decomposed
        for code in _RADICALS
        if (decomposed := unicodedata.normalize("NFKD", chr(code))) != chr(code)
    }
