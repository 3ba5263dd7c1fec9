"""Sheets (保管者の用紙): what a custodian locks away, a page of text for any printer; read back when it is needed."""

from __future__ import annotations

from dataclasses import dataclass

from yakuba.vault.custodians import join, split

_COLUMNS = 3
_LINE = "=" * 64


@dataclass(frozen=True)
class About:
    """What a sheet says beside its words.

    Attributes:
        label: whose vault ("見本町 990019"). recipient: the public part of the key (age1…). day: when it was split.
    """

    label: str
    recipient: str
    day: str


def sheets(identity: str, k: int, n: int, about: About) -> list[str]:
    """One sheet a custodian. They have been joined again, as text, before they are returned.

    Raises:
        UsageError, CannotContinueError: as for `split`.
    """
    made = [_sheet(words, number, k, n, about) for number, words in enumerate(split(identity, k, n), start=1)]
    assert join(words_of(sheet) for sheet in made[-k:]) == identity.strip()
    return made


def words_of(text: str) -> str:
    """The words on a sheet; a text without its frame (typed by hand) is taken whole."""
    inside = text.split(_LINE)
    return inside[1] if len(inside) == 3 else text  # noqa: PLR2004 - a line above and a line below


def _sheet(words: str, number: int, k: int, n: int, about: About) -> str:
    return f"""保管庫の鍵の分散保管  用紙 {number} / {n}

団体           {about.label}
公開鍵         {about.recipient}
分割した日     {about.day}
復元に要る枚数 {k}（{n} 枚のうち）

{_LINE}
{_grid(words.split())}
{_LINE}

・この用紙 1 枚からは何も読めません。{k} 枚そろうと、この団体の全住民のデータを開けられます。
・封筒に入れて封をし、他の保管者の用紙とは別の建物の、鍵のかかる場所にしまってください。
・写真に撮らない、コピーしない、電子メールで送らないでください。
・復元するとき: 33 語を 1 枚ずつファイルに打ち込み、yakuba vault keys join 用紙1.txt 用紙2.txt … --out identity.txt
・語は SLIP-39 の一覧のものです。Yakuba が無くても、SLIP-39 の道具で鍵に戻せます（age の X25519 秘密鍵、32 バイト）。

保管者の氏名 ______________________  受領日 ______________
"""


def _grid(words: list[str]) -> str:
    """Words with their numbers, in rows, so that the order of the text is the order of the words."""
    cells = [f"{at:>2} {word:<16}" for at, word in enumerate(words, start=1)]
    rows = (cells[at : at + _COLUMNS] for at in range(0, len(cells), _COLUMNS))
    return "\n".join("  ".join(row).rstrip() for row in rows)
