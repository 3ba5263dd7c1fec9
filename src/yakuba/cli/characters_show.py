"""`yakuba characters show`: everything the tables know of a character, on one screen."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from yakuba.cli._console import STDOUT, print_json, table

if TYPE_CHECKING:
    from yakuba.characters.facts import Facts

_CANDIDATES = 8
"""Candidates shown; the most that a character has."""


@click.command(epilog="\b\nExample:  yakuba characters show 邉\n          yakuba characters show MJ026193")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="All of it as JSON.")
def command(name: str, as_json: bool) -> None:
    """一文字を調べる Show a character: 邉, MJ026193, J+AD1D, U+9089, 戸籍 349920, JIS 1-78-21."""
    from yakuba.characters.facts import facts
    from yakuba.characters.naming import named

    found = facts(named(name))
    if as_json:
        print_json([asdict(one) for one in found])
    elif len(found) == 1:
        _one(found[0])
    else:
        _several(name, found)


def _one(one: Facts) -> None:
    codes = "　".join(f"{_SHORT.get(column, column)} {code}" for column, code in one.codes.items())
    lines = {
        "文字": f"{one.text or '（符号がなく書けない）'}　{one.name}　{one.policy}",
        "符号": codes,
        "画数・部首": f"{one.strokes} 画　{'　'.join(one.radicals)}",
        "読み": "・".join(one.readings),
        "検索": f"{one.searched_as} として見つかる",
        "そのまま書ける": "・".join(one.written_in) or "（JIS X 0213 にも CP932 にもない）",
        "同じ字形のAdobe-Japan1": "　".join(_codes(sequence) for sequence in one.adobe),
        "縮退": _WORDS[one.choice.state],
    }
    for heading, words in lines.items():
        if words:
            STDOUT.print(f"{heading}: {words}", markup=False)
    rows = [(each.text, _codes(each.text), each.ground.certainty, each.ground.title) for each in one.shrunk]
    if rows:
        table("", ("候補", "符号", "種別", "根拠"), rows)


def _several(name: str, found: list[Facts]) -> None:
    rows = [
        (
            one.text,
            one.name,
            _codes(one.text),
            one.strokes or "",
            one.codes.get("住基ネット統一文字コード", ""),
            one.codes.get("戸籍統一文字番号", ""),
            "・".join(one.written_in),
            " ".join(one.choice.texts[:_CANDIDATES]),
        )
        for one in found
    ]
    table(f"{name}: {len(found)} MJ文字", ("文字", "MJ名", "符号", "画数", "住基", "戸籍", "書ける", "縮退候補"), rows)
    STDOUT.print(f"詳しく: yakuba characters show {found[0].name}", markup=False)


def _codes(text: str) -> str:
    return " ".join(f"U+{ord(char):04X}" for char in text)


_SHORT = {
    "住基ネット統一文字コード": "住基",
    "戸籍統一文字番号": "戸籍",
    "登記統一文字番号": "登記",
    "対応するUCS": "UCS",
}
_WORDS = {
    "decided": "決まる",
    "ambiguous": "候補が複数か、法令の根拠がない（人が決める）",
    "undecided": "候補がない（人が決める）",
}
