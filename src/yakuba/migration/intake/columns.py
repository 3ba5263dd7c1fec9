"""Names of a source's columns: one rule for headers as they really come, so that no two columns share a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.kernel.errors import CannotContinueError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SHOWN = 8


def column_names(header: Iterable[str]) -> tuple[str, ...]:
    """Unique names for header cells, in order.

    A name is kept as it is. An empty one becomes its place (列3), a second NAME becomes NAME(2), and one that begins
    with "#" gets a "_" before it because such names are ours.

    >>> column_names(["A", "", "A", "#no"])
    ('A', '列2', 'A(2)', '_#no')
    """
    taken: set[str] = set()
    names = []
    for place, cell in enumerate(header, 1):
        plain = "_" + cell if cell.startswith("#") else cell or f"列{place}"
        name, count = plain, 1
        while name in taken:
            count += 1
            name = f"{plain}({count})"
        taken.add(name)
        names.append(name)
    return tuple(names)


def numbered(count: int) -> tuple[str, ...]:
    """Names for a file without header: 列1, 列2 and so on."""
    return tuple(f"列{place}" for place in range(1, count + 1))


def check_same(expected: Sequence[str], found: Sequence[str], file: str) -> None:
    """Refuse a header whose set of columns is not the expected one; their order may differ.

    Raises:
        CannotContinueError: columns are missing or are too many; the message names them.
    """
    missing = [name for name in expected if name not in found]
    extra = [name for name in found if name not in expected]
    parts = [f"{word} {_some(names)}" for word, names in (("missing", missing), ("not expected", extra)) if names]
    if parts:
        raise CannotContinueError(
            f"{file}: line 1: columns of the header differ: {'; '.join(parts)}",
            remedy="set `columns` of the source to this header, or give files of another form their own [[source]]",
        )


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
