"""What was seen in a dump, and what is proposed for it; every proposal carries its reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from yakuba.layouts.model import Group, Layout
    from yakuba.migration.contracts import SourceSpec


@dataclass(frozen=True, slots=True)
class Guess:
    """A proposed value with its reason.

    Attributes:
        value: what to write into the project. reason: why, in one English line.
        doubts: what does not fit, one line each.
    """

    value: Any
    reason: str
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """One column, as far as the sample shows it.

    Attributes:
        name: as intake names it. filled: values that are not empty. distinct: different ones among them.
        unique: every record has a value and no two are equal. longest: characters of the longest value.
        kind: date, postal code, kana, name, number, code, text or empty. form: spelling of the date; "" otherwise.
        values: the most frequent values with their counts, of code-like columns only.
        traits: what cleansing may be wanted for: "half_kana", "outer_space", "full_digits", "zeros" (in front).
    """

    name: str
    filled: int
    distinct: int
    unique: bool
    longest: int
    kind: str
    form: str = ""
    values: tuple[tuple[str, int], ...] = ()
    traits: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ItemMatch:
    """A source column proposed for a standard item.

    Attributes:
        item: official item name. column: source column. score: 0 to 1. reason: why.
        steps: steps of the mapping grammar. codes: proposed code table, old value → new value.
        held: its values do not fit the item until a person writes the code table; until then they go to the reserve.
    """

    item: str
    column: str
    score: float
    reason: str
    steps: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    held: bool = False


@dataclass(frozen=True, slots=True)
class GroupMatch:
    """The group that a source seems to be.

    Attributes:
        items: columns found for its items. reason: why this group.
        constants: keys that no column has and that can be one value throughout, with the value.
        lacking: other keys that no column has; without them the table cannot run.
    """

    layout: Layout
    group: Group
    items: tuple[ItemMatch, ...]
    reason: str
    constants: tuple[tuple[str, str], ...] = ()
    lacking: tuple[str, ...] = ()

    @property
    def target(self) -> str:
        """業務/グループ."""
        return f"{self.layout.business}/{self.group.name}"


@dataclass(frozen=True, slots=True)
class SourceLook:
    """One source: files of one form.

    Attributes:
        spec: what to write as `[[source]]`. files: labels. bytes: of all files.
        records: in the sample. whole: the sample is all of it.
        reasons: proposed setting → why. doubts: what does not fit.
        columns: the columns. match: the group they seem to be, None when none fits.
    """

    spec: SourceSpec
    files: tuple[str, ...]
    bytes: int
    records: int
    whole: bool
    reasons: dict[str, str]
    doubts: tuple[str, ...]
    columns: tuple[ColumnLook, ...]
    match: GroupMatch | None = None


@dataclass(frozen=True, slots=True)
class Dump:
    """All that was seen.

    Attributes:
        sources: in reading order. skipped: label and reason of each file that is no data.
        dictionary: label of the town's address dictionary, "" when there is none.
    """

    sources: tuple[SourceLook, ...]
    skipped: tuple[tuple[str, str], ...]
    dictionary: str
