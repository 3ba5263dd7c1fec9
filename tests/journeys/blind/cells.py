"""What a defect of one cell is, and how a cell is spoilt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.journeys.blind.dump import Row
    from tests.journeys.blind.planter import Planter


def live(row: Row) -> bool:
    """The current row of a living resident."""
    return row.get("最新フラグ") == "1" and row.get("住民状態") == "1"


def japanese(row: Row) -> bool:
    """The current row of a living Japanese resident."""
    return live(row) and row.get("住民種別") == "1"


def foreign(row: Row) -> bool:
    """The current row of a living foreign resident."""
    return live(row) and row.get("住民種別") == "2"


def mid_term(row: Row) -> bool:
    """A living foreign resident with a 在留カード."""
    return foreign(row) and row.get("第30条45規定区分") == "1"


def moved_out(row: Row) -> bool:
    """The current row of a person who moved away."""
    return row.get("最新フラグ") == "1" and row.get("住民状態") == "2"


def dead(row: Row) -> bool:
    """The current row of a dead person."""
    return row.get("最新フラグ") == "1" and row.get("住民状態") == "3"


def anything(_: Row) -> bool:
    """Every record will do."""
    return True


def filled(*items: str) -> Callable[[Row], bool]:
    """Records whose items hold something that is not nought."""
    return lambda row: all(row.get(item).strip("0 ") for item in items)


@dataclass(frozen=True)
class Cell:
    """One defect of one cell.

    Attributes:
        value: the new text from the old one and the record.
        fits: which records it can happen to.
        plain: True puts a value of the standard's form (a date, a code) through the old system's form;
            False writes the text as it is.
        wide: whether other records no longer fit once this cell is wrong (a key, a sum, a person's identity).
        forms: the forms of dump that can hold it.
    """

    category: str
    kind: str
    group: str
    item: str
    value: Callable[[str, Row], str]
    fits: Callable[[Row], bool] = anything
    plain: bool = False
    wide: bool = False
    forms: tuple[str, ...] = ("vendor-a", "vendor-c")


def to(text: str) -> Callable[[str, Row], str]:
    """Always the same text."""
    return lambda _old, _row: text


def era_or(seven: str, other: str) -> Callable[[str, Row], str]:
    """Text for cells of era and six digits, or for cells with written dates."""
    return lambda old, _row: seven if len(old) == 7 and old.isdigit() else other


def plus(text: str) -> Callable[[str, Row], str]:
    """The old text with something behind it."""
    return lambda old, _row: old + text


def head(text: str) -> Callable[[str, Row], str]:
    """The first character becomes another one."""
    return lambda old, _row: text + old[1:]


def instead(old: str, new: str) -> Callable[[str, Row], str]:
    """One part of the text becomes another."""
    return lambda text, _row: text.replace(old, new)


def no_zeros(old: str, _row: Row) -> str:
    """What a spreadsheet leaves of a number with leading zeros."""
    return old.lstrip("0")


def swap_digits(old: str, _row: Row) -> str:
    """Two neighbouring digits change places (a typing slip); not 0 and 9, which modulus 9 cannot tell apart."""
    for place in range(len(old) - 3, -1, -1):
        if abs(int(old[place]) - int(old[place + 1])) % 9:
            return old[:place] + old[place + 1] + old[place] + old[place + 2 :]
    return old


def swappable(row: Row) -> bool:
    """Whether a 法人番号 has two digits whose swap can be seen."""
    number = row.get("法人番号")
    return swap_digits(number, row) != number


def last_digit(old: str, _row: Row) -> str:
    """The last digit one higher, or one lower for 9 (modulus 9 does not see 9 become 0)."""
    return old[:-1] + ("8" if old[-1] == "9" else str(int(old[-1]) + 1))


_NARROW = str.maketrans(
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン　",
    "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝ ",
)
_WIDE_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
_NARROW_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


def half_kana(old: str, _row: Row) -> str:
    """Kana in half width."""
    return old.translate(_NARROW)


def wide_digits(old: str, _row: Row) -> str:
    """Digits in full width."""
    return old.translate(_WIDE_DIGITS)


def narrow_digits(old: str, _row: Row) -> str:
    """Digits in half width."""
    return old.translate(_NARROW_DIGITS)


SHARED = {"性別", "住所_町字", "住所_番地号表記", "住所_町字コード"}
"""Items that must agree with the person's other rows or with the household: those may be spoken of as well."""


def plant_cells(planter: Planter, cells: Iterable[Cell], times: int) -> None:
    """Every cell defect, several times where there are records for it."""
    for cell in cells:
        if planter.dump.form not in cell.forms:
            continue
        for _ in range(times):
            row = planter.pick(cell.group, cell.fits)
            if row is not None:
                _spoil(planter, cell, row)


def _spoil(planter: Planter, cell: Cell, row: Row) -> None:
    related = _related(planter, row) if cell.wide or cell.item in SHARED else []
    before = row.cell(cell.item)
    if cell.plain:
        row.put(cell.item, cell.value(row.get(cell.item), row))
    else:
        row.write(cell.item, cell.value(before, row))
    assert row.cell(cell.item) != before, cell.kind
    if cell.category == "C11":  # a slip may make the number of somebody else, who then has a double
        related += [one for one in planter.dump.rows(cell.group) if one.cell(cell.item) == row.cell(cell.item)]
    planter.note(cell.kind, cell.category, [row], related)


def _related(planter: Planter, row: Row) -> list[Row]:
    """Records that stop fitting because a key, a sum or a person's identity was spoilt."""
    names = ("宛名番号", "納税義務者_宛名番号", "世帯番号", "認定番号", "標識番号", "通知書番号", "印鑑登録番号")
    return [
        other
        for name in names
        if row.has(name) and row.cell(name)
        for other in planter.named("宛名番号" if "宛名番号" in name else name, row.cell(name))
    ]
