"""Fields (欄) of a kind: what certificate.toml says about one cell of the paper."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Where = tuple[tuple[str, str | tuple[str, ...]], ...]
"""Items of a row and the value, or one of the values, they must have."""
JAPANESE, FOREIGN = "japanese", "foreign"
WIDTH = 174.0
"""Millimetres between the left and right edge of every table: A4 less two margins of 18 mm."""
_HALF = 0.05
"""Millimetres by which a row may miss `WIDTH`, from adding decimal fractions."""


@dataclass(frozen=True, slots=True)
class Part:
    """Where a piece of text comes from.

    Attributes:
        items: official item names; the form says how several become one text.
        form: name of the way from raw values to printed text, see `forms`.
        table: group the items are in; empty = the person's own row. `household` = what belongs to the household.
        where: (item, value or values) that a row of the table must have; `$year` = the choice `year`.
        many: every fitting row is printed, not the first only.
        choice: printed only if this choice is on. choice_off: only if this one is off.
    """

    items: tuple[str, ...] = ()
    form: str = "text"
    table: str = ""
    where: Where = ()
    many: bool = False
    choice: str = ""
    choice_off: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One cell with its label.

    Attributes:
        name: name within the kind. label: what is printed before the value; `/` breaks the line.
        parts: what makes up the text; none in a heading, which has a label and no width.
        row: number of its row. label_width, width, height: millimetres. sizes: points, first choice first.
        label_height: height of the row of labels, of a column.
        who: printed for "japanese" or "foreign" people only; empty = for everybody.
        choice: printed only if this choice is on, else `omitted`.
        only, unless: the cell is there at all only if, or only if not, this choice is on.
        required: must not be empty. spill: what does not fit goes on a continuation sheet (続紙).
        same: must be equal for everybody on the paper (住所 of a household).
        blank_if: items of the same row; when one holds the same value the cell stays blank.
        when: (item, value): blank unless the person's row has it.
        align: start, center or end. once: items; a row equal to the row above in all of them stays blank here.
        between: what parts and rows are joined with. picture: the cell holds the picture of its item.
        total: the column is summed up. fill: printed where nothing is recorded (＊＊＊, so that nothing can be added).
    """

    name: str
    label: str
    parts: tuple[Part, ...]
    row: int = 0
    label_width: float = 0.0
    width: float = 0.0
    height: float = 6.0
    label_height: float = 7.0
    sizes: tuple[float, ...] = (9, 8, 7, 6)
    who: str = ""
    choice: str = ""
    omitted: str = "【省略】"
    only: str = ""
    unless: str = ""
    required: bool = False
    spill: bool = False
    same: bool = False
    blank_if: tuple[str, ...] = ()
    when: tuple[tuple[str, str], ...] = ()
    align: str = "start"
    once: tuple[str, ...] = ()
    total: bool = False
    fill: str = ""
    between: str = "\u3000"
    picture: bool = False

    @property
    def items(self) -> tuple[str, ...]:
        """Official item names the field prints."""
        return tuple(item for part in self.parts for item in part.items)

    @property
    def is_tall(self) -> bool:
        """Whether the words begin at the top of their cell, with some air above."""
        return self.height >= _TALL and self.align == "start"

    @property
    def room(self) -> float:
        """Millimetres of height that the words have."""
        return self.height - _TALL_AIR if self.is_tall else self.height

    @property
    def is_single(self) -> bool:
        """Whether the words stand on one line: a broken day or amount is easily misread."""
        return len(self.parts) == 1 and self.parts[0].form in _SINGLE


@dataclass(frozen=True, slots=True)
class Choice:
    """What the requester may choose (記載事項の選択).

    Attributes:
        identifier: name in `Order.choices`. label: in Japanese. default: when nothing is said.
        values: what may be chosen instead of yes and no; `*` = any text (年度). mark: printed beside the title.
        secret: the item is 個人番号 or 住民票コード, never for third parties.
    """

    identifier: str
    label: str
    default: bool | str = False
    values: tuple[str, ...] = ()
    mark: str = ""
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that is printed in its real size (印影).

    Attributes:
        item: name in `Record.images`. table: group whose row says how large it is.
        width, height: items in millimetres. resolution: item in dots per inch, used where these are empty.
    """

    item: str
    table: str
    width: str
    height: str
    resolution: str


_TALL, _TALL_AIR = 20.0, 2.0
"""Millimetres from which a cell is tall, and kept free in it."""
_SINGLE = frozenset(
    {"date", "western", "amount", "count", "grouped", "fiscal_year", "income_year", "not_due", "overdue"}
)
"""Forms whose words are never broken: a day or an amount stands on one line."""
_PART = {one.name for one in fields(Part)}
_FIELD = {one.name for one in fields(Field)} - {"parts"}


def read_field(raw: Mapping[str, Any], library: Mapping[str, Any], path: object) -> Field:
    """A field as certificate.toml writes it: with `parts`, or with the keys of its only part.

    Args:
        raw: its keys; `like` takes those of a shared field first, whose name it then has unless it has its own.
        library: shared fields by name.

    Raises:
        UsageError: a key is not known or a part is missing.
    """
    like = raw.get("like")
    if like is not None and like not in library:
        raise UsageError(f"{path}: there is no shared field {like!r}", remedy="see page/fields.toml")
    given = {"name": like, **library[like], **raw} if like else dict(raw)
    given.pop("like", None)
    own = {key: given.pop(key) for key in list(given) if key in _PART - {"choice", "choice_off"}}
    parts = given.pop("parts", None) or [own]
    unknown = set(given) - _FIELD
    if unknown or (own and parts != [own]):
        raise UsageError(
            f"{path}: field {raw.get('name')!r} says {sorted(unknown | set(own))}, which is not known here"
        )
    try:
        made = tuple(Part(**{key: _frozen(value) for key, value in part.items()}) for part in parts)
        return Field(parts=made, **{key: _frozen(value) for key, value in given.items()})
    except TypeError as error:
        raise UsageError(f"{path}: field {raw.get('name')!r}: {error}", remedy="see another kind's file") from error


def _frozen(value: Any) -> Any:
    """A value of TOML as one that never changes: what is cached by its fields must be hashable."""
    if isinstance(value, dict):
        return tuple((key, _frozen(inner)) for key, inner in value.items())
    return tuple(value) if isinstance(value, list) else value


def rows_of(found: Iterable[Field], who: str) -> list[list[Field]]:
    """The fields of a Japanese or a foreign person, row by row."""
    rows: dict[int, list[Field]] = {}
    for each in found:
        if each.who in ("", who):
            rows.setdefault(each.row, []).append(each)
    return [rows[number] for number in sorted(rows)]


def present(found: Iterable[Field], is_on: Callable[[str], object]) -> tuple[Field, ...]:
    """The fields that are there at all.

    Args:
        is_on: says of a choice whether it is on.
    """
    return tuple(one for one in found if (not one.only or is_on(one.only)) and not (one.unless and is_on(one.unless)))


def frozen_where(raw: Mapping[str, Any]) -> Where:
    """`where` of a table of certificate.toml."""
    return tuple((item, _frozen(value)) for item, value in raw.items())


def check_widths(rows: Iterable[list[Field]], path: object) -> None:
    """Every row fills the width of the paper.

    Raises:
        UsageError: one does not.
    """
    for row in rows:
        whole = sum(one.label_width + one.width for one in row)
        if abs(whole - WIDTH) > _HALF:
            names = "、".join(one.name for one in row)
            raise UsageError(f"{path}: row {names} is {whole:g} mm wide", remedy=f"make it {WIDTH:g} mm")
