"""What a standard layout is: one 業務 in one edition, its groups (output files), items and code lists.

The same words serve both families: `kihon` (基本データリスト) and `chukan` (中間標準レイアウト).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yakuba.kernel.source import Source


class DataType(StrEnum):
    """Data types (データ型) of the legend of 基本データリスト. Values are the letters printed there."""

    HALF = "X"
    """半角文字列: ASCII printable characters."""
    FULL = "Ｎ"
    """全角文字列: anything that is not half width."""
    INTEGER = "9"
    """整数."""
    DECIMAL = "9V"
    """小数点付き実数; digits are (whole, fraction)."""
    SIGNED = "S9"
    """符号付き整数; "-" when negative."""
    BLOB = "BLOB"
    """画像: name of an image file beside the table."""
    YEAR = "YEAR"
    """YYYY."""
    DATE = "DATE"
    """YYYY-MM-DD; open ends 0000-01-01 and 9999-12-31."""
    TIME = "TIME"
    """HH:MM:SS, seconds may be left out."""


class Output(StrEnum):
    """データ出力条件: when an item must be given."""

    REQUIRED = "必須"
    CONDITIONAL = "条件付き必須"
    OPTIONAL = "任意"


@dataclass(frozen=True, slots=True)
class Item:
    """One item (項目).

    Attributes:
        id: official 8-digit データ項目ID; empty when it is not known.
        name: official item name, unique within its group.
        identifier: romaji name (Hepburn), unique within its group; the field name of the API.
        group: name of its group.
        key: part of the primary key (主キー) of its group.
        foreign: "業務/グループ.項目" that it points to; empty when it points nowhere.
        type: see `DataType`.
        digits: most characters (code points that people perceive as one count as one); None = no limit.
        fraction: digits after the point (9V only).
        codes: name of its code list in this layout; empty when it has none.
        repeat: how often it may repeat (1 = once).
        output: see `Output`.
        condition: when a conditional item is required, e.g. `住民種別 = 1` (grammar: layouts/condition.py);
            empty when the condition is known in words only.
        gaiji: characters outside JIS may appear (外字使用).
        unknown_date: 不詳日 and impossible-but-legal dates are allowed here.
        definition: 項目定義. note: 項目説明. sample: サンプル値. origin: where this row comes from.
    """

    id: str
    name: str
    identifier: str
    group: str
    key: bool
    foreign: str
    type: DataType
    digits: int | None
    fraction: int
    codes: str
    repeat: int
    output: Output
    condition: str
    gaiji: bool
    unknown_date: bool
    definition: str
    note: str
    sample: str
    origin: str


@dataclass(frozen=True, slots=True)
class CodeList:
    """One code list (コード一覧): value → meaning, in printed order."""

    id: str
    name: str
    values: dict[str, str]


@dataclass(frozen=True)
class Group:
    """One group (グループ) = one output file with one key set.

    Attributes:
        name: official name; identifier: romaji, used for file names; note: what one row is.
        items: in printed order.
    """

    name: str
    identifier: str
    note: str
    items: tuple[Item, ...]

    @cached_property
    def keys(self) -> tuple[Item, ...]:
        """Items of the primary key, in order."""
        return tuple(item for item in self.items if item.key)

    @cached_property
    def by_name(self) -> dict[str, Item]:
        """Item by official name."""
        return {item.name: item for item in self.items}


@dataclass(frozen=True)
class Layout:
    """One 業務 in one edition.

    Attributes:
        family: "kihon" or "chukan". edition: folder name, a date ("2023-09").
        code: business code as printed (001); "x…" when the official code is not known.
        business: official business name (住民基本台帳). identifier: romaji of it.
        source: where it comes from and whether it is official or reconstructed.
    """

    family: str
    edition: str
    code: str
    business: str
    identifier: str
    source: Source
    groups: tuple[Group, ...]
    codes: dict[str, CodeList] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """`kihon/2023-09/001_juminkihondaicho`, the folder below catalog/standards."""
        return f"{self.family}/{self.edition}/{self.code}_{self.identifier}"

    @cached_property
    def by_name(self) -> dict[str, Group]:
        """Group by official name."""
        return {group.name: group for group in self.groups}
