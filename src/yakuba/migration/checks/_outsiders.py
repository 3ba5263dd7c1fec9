"""Persons and bodies outside the register (住登外者): where they are, and by what two of them are compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.characters.fold import fold_kanji

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.migration.rules import Tables

NAME = "氏名"
WHO = (NAME, "生年月日", "性別")
"""What tells one person from another; the name comes first."""
LINK = "名寄せ先宛名番号"
"""The addressee that this one is known to be."""
_OUTSIDE, _PERSON = "住登外者", "宛名番号"


def outsider_groups(tables: Tables) -> Iterator[str]:
    """Basic groups of 住登外者 with a name: those that 宛名番号 is a key of."""
    return (
        name
        for name, group in tables.groups.items()
        if group.name.startswith(_OUTSIDE)
        and set(WHO) <= group.by_name.keys()
        and any(item.name == _PERSON for item in group.keys)
    )


def folded_name() -> pl.Expr:
    """氏名 to compare by: without blanks and selectors, each 異体字 as its 代表字."""
    return fold_kanji(pl.col(NAME).str.replace_all("[ 　]", ""))
