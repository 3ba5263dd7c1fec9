"""Markup: HTML and SVG built from functions, so that every text is escaped unless it was built here."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_VOID = frozenset({"meta", "br", "hr", "link"})


class Markup(str):
    """Text that is markup already and must not be escaped again."""

    __slots__ = ()


Part = str | int | None
"""What can stand inside an element: text (escaped), Markup, a whole number (with thousands separators), nothing."""


def join(parts: Iterable[Part]) -> Markup:
    """Parts one after the other."""
    return Markup("".join(_text(part) for part in parts))


def _text(part: Part) -> str:
    if part is None:
        return ""
    if isinstance(part, int):
        return f"{part:,}"
    return part if isinstance(part, Markup) else escape(part)


def _part(value: object) -> Part:
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"{type(value).__name__} cannot stand in a page")


def tag(name: str, /, *parts: Part, **attributes: str | float | None) -> Markup:
    """One element.

    Args:
        name: element name.
        parts: what is inside.
        attributes: `class_` is class, `_` elsewhere is `-`; None leaves the attribute out.

    >>> tag("p", "1 < 2", class_="x")
    '<p class="x">1 &lt; 2</p>'
    """
    written = "".join(
        f' {_attribute(key)}="{escape(str(value))}"' for key, value in attributes.items() if value is not None
    )
    if name in _VOID:
        return Markup(f"<{name}{written}>")
    return Markup(f"<{name}{written}>{join(parts)}</{name}>")


def _attribute(key: str) -> str:
    return "viewBox" if key == "viewBox" else key.rstrip("_").replace("_", "-")


def table(
    heads: Iterable[str],
    rows: Sequence[Iterable[object]],
    numbers: frozenset[int] = frozenset(),
    *,
    total: bool = False,
) -> Markup:
    """A table; columns whose index is in `numbers` are right-aligned figures; `total` sets off the last row."""
    head = join(tag("th", text, scope="col", class_="n" if at in numbers else None) for at, text in enumerate(heads))
    last = len(rows) - 1 if total else -1
    body = join(
        tag("tr", join(tag("td", _part(part), class_="n" if at in numbers else None) for at, part in enumerate(row)),
            class_="total" if number == last else None)
        for number, row in enumerate(rows)
    )  # fmt: skip
    return tag("div", tag("table", tag("thead", tag("tr", head)), tag("tbody", body)), class_="scroll")
