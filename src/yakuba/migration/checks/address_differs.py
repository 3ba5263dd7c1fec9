"""The 住所 in a running record of another business that is not the register's (住民票) address of that resident.

A seal's record follows the resident record. Its address is one text, so it must hold the 町字 and after it the numbers
of the 番地; how the numbers are joined (丁目, 番地, 番, 号, －) does not matter, nor does the 方書.
Not this rule: members of one household at two addresses (`household_differs`); addresses of a past day (賦課期日住所),
of people who have moved out, or outside the register.

Source: 印鑑登録証明事務処理要領 (the record follows the resident record).

Example: 印鑑登録原票 住所 "見本県見本郡見本町本町１番１号" of somebody who lives in 東町.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.characters.fold import fold_kanji
from yakuba.kernel.finding import Severity
from yakuba.migration.checks._items import meaning
from yakuba.migration.checks._rows import PERSON, STATE, filled, gathered, refused, resident_groups
from yakuba.migration.checks._running import ends, register_rows, running

if TYPE_CHECKING:
    from yakuba.migration.rules import Context, Tables

CATEGORY = "C7"
SEVERITY = Severity.WARNING
HINT_JA = "住民票の住所と違います。転居が反映されているか確かめてください。"
HINT_EN = "Not the address of the register: see whether a move has been entered."

_ADDRESS, _AREA, _BLOCK = "住所", "住所_町字", "住所_番地号表記"
_TO_ASCII = {chr(ord("０") + digit): str(digit) for digit in range(10)}
_ONES = ("", *"一二三四五六七八九")
_TENS = ("", "十", "二十", "三十")
_BLOCKS = {f"{_TENS[n // 10]}{_ONES[n % 10]}丁目": f"{n}丁目" for n in range(39, 0, -1)}
"""丁目 in kanji → in digits, the longer names first."""
_LAST = "[0-9]+丁目$"


def rows(tables: Tables, context: Context) -> pl.LazyFrame:
    """Running rows of residents whose address is another than the register's."""
    return gathered(
        _elsewhere(tables, name, context)
        for name, group in tables.groups.items()
        if ends(name) and {PERSON, _ADDRESS} <= group.by_name.keys()
    )


def _elsewhere(tables: Tables, name: str, context: Context) -> pl.LazyFrame:
    live = {code for _, group in resident_groups(tables) for code in meaning(group, context, STATE, "住民")}
    records = running(tables, name, context, [PERSON, _ADDRESS]).filter(pl.col(_ADDRESS) != "")
    records = records.collect(engine="streaming").lazy()
    known = register_rows(tables, [STATE, _AREA, _BLOCK], records.select(PERSON))
    known = known.filter(pl.col(STATE).is_in(list(live)), filled([_AREA, _BLOCK]))
    both = records.join(known.select(PERSON, _AREA, _BLOCK), on=PERSON).with_columns(
        pl.concat_str(_AREA, _BLOCK).alias("#place")
    )
    # Most texts hold the register's as it stands; only the others are taken apart.
    plain = pl.col(_ADDRESS).str.contains(pl.col("#place"), literal=True)
    suspects = both.filter(~plain).collect(engine="streaming")
    if suspects.is_empty():
        return gathered(())
    text, area, block = (_plain(item) for item in (_ADDRESS, _AREA, _BLOCK))
    suspects = suspects.with_row_index("#row").with_columns(
        text.alias("#text"),
        area.str.replace(_LAST, "").alias("#area"),
        (area.str.extract(f"({_LAST})").fill_null("") + block).alias("#block"),
    )
    # The name of the 町字 may stand in that of the town too, so what follows any of its places may be the number.
    after = suspects.with_columns(pl.col("#text").str.split(pl.col("#area")).list.slice(1).alias("#after"))
    at_once = pl.col("#after").str.contains("^[0-9]") | ~pl.col("#block").str.contains("^[0-9]")
    same = _numbers("#after").str.starts_with(_numbers("#block"))
    right = after.explode("#after", empty_as_null=False).filter(at_once, same)
    wrong = suspects.join(right, on="#row", how="anti")
    # Who has two current rows (another rule's matter) lives where either says.
    several = known.group_by(PERSON).len("#rows").filter(pl.col("#rows") > 1)
    return refused(wrong.lazy().join(several, on=PERSON, how="anti"), name, _ADDRESS)


def _plain(item: str) -> pl.Expr:
    """A text without blanks, with its 異体字 folded and ２丁目 and 二丁目 written alike."""
    digits = fold_kanji(pl.col(item).str.replace_all("[ 　]", "")).str.replace_many(_TO_ASCII)
    return digits.str.replace_many(_BLOCKS, leftmost=True)


def _numbers(column: str) -> pl.Expr:
    """The numbers of a text, joined by "-" and closed by one, so that 1 is not the beginning of 12."""
    return pl.col(column).str.extract_all("[0-9]+").list.join("-") + "-"
