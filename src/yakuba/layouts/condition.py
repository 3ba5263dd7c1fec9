"""条件: when a conditional item is required, written over item names of the same group.

    第30条45規定区分 ∈ {1, 2} かつ (除票フラグ = 0 または 氏名 ≠ 空)

`=` and `≠` compare text, `∈` asks for one of a list, `空` is the empty value, `かつ` binds before `または`,
round ASCII brackets group. Words are separated by spaces, because item names may contain または and full-width
brackets. A value with spaces or signs stands in 「」.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

import polars as pl

from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection

EMPTY = "空"
_TOKEN = re.compile(r"「[^」]*」|[=≠∈(){},]|[^\s=≠∈(){},「」]+")
_SIGNS = frozenset("=≠∈(){},")


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison: the item's text is (or is not) one of `values`; the empty value is ""."""

    item: str
    values: tuple[str, ...]
    negated: bool


@dataclass(frozen=True, slots=True)
class Both:
    """かつ (all) or または (any) of its parts."""

    parts: tuple[Condition, ...]
    every: bool


Condition = Comparison | Both


def parse(text: str, items: Collection[str]) -> Condition:
    """Read a condition.

    Args:
        text: see the module's grammar.
        items: item names that may be used.

    Raises:
        UsageError: not understood; the message has the 1-based position in `text`.

    >>> parse("住民種別 = 1", ["住民種別"])
    Comparison(item='住民種別', values=('1',), negated=False)
    """
    return _Parser(text, items).whole()


def names(condition: Condition) -> frozenset[str]:
    """Item names that a condition looks at."""
    if isinstance(condition, Comparison):
        return frozenset([condition.item])
    return frozenset().union(*(names(part) for part in condition.parts))


def expression(condition: Condition) -> pl.Expr:
    """A Polars expression (never null) over string columns named by item; null counts as empty."""
    if isinstance(condition, Comparison):
        found = pl.col(condition.item).fill_null("").is_in(list(condition.values))
        return ~found if condition.negated else found
    parts = [expression(part) for part in condition.parts]
    return pl.all_horizontal(parts) if condition.every else pl.any_horizontal(parts)


class _Parser:
    def __init__(self, text: str, items: Collection[str]) -> None:
        self.text = text
        self.items = items
        self.tokens = [(match.group(), match.start()) for match in _TOKEN.finditer(text)]
        self.at = 0
        covered = sum(len(token) for token, _ in self.tokens) + len(re.findall(r"\s", _TOKEN.sub("", text)))
        if covered != len(text):
            self.refuse("a 「 without 」", text.find("「") if "「" in text else text.find("」"))

    def refuse(self, why: str, position: int | None = None) -> NoReturn:
        if position is None:
            position = self.tokens[self.at][1] if self.at < len(self.tokens) else len(self.text)
        raise UsageError(f"condition {self.text!r}, position {position + 1}: {why}")

    def peek(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        token = self.peek()
        self.at += 1
        return token

    def whole(self) -> Condition:
        condition = self.chain("または")
        if self.peek():
            self.refuse(f"{self.peek()!r} is not expected here")
        return condition

    def chain(self, word: str) -> Condition:
        every = word == "かつ"
        parts = [self.single() if every else self.chain("かつ")]
        while self.peek() == word:
            self.take()
            parts.append(self.single() if every else self.chain("かつ"))
        return parts[0] if len(parts) == 1 else Both(tuple(parts), every)

    def single(self) -> Condition:
        if self.peek() == "(":
            self.take()
            inner = self.chain("または")
            if self.peek() != ")":
                self.refuse(") is missing")
            self.take()
            return inner
        if self.peek() not in self.items:
            self.refuse(f"{self.peek()!r} is no item of this group" if self.peek() else "an item name is missing")
        item, sign = self.take(), self.peek()
        if sign not in ("=", "≠", "∈"):
            self.refuse("=, ≠ or ∈ is missing")
        self.take()
        values = self.braces() if sign == "∈" else (self.value(),)
        return Comparison(item, values, negated=sign == "≠")

    def braces(self) -> tuple[str, ...]:
        if self.take() != "{":
            self.at -= 1
            self.refuse("a list {a, b} is missing")
        values = [self.value()]
        while self.peek() == ",":
            self.take()
            values.append(self.value())
        if self.peek() != "}":
            self.refuse("} is missing")
        self.take()
        return tuple(values)

    def value(self) -> str:
        token = self.peek()
        if not token or token in _SIGNS:
            self.refuse("a value is missing")
        self.take()
        if token.startswith("「"):
            return token[1:-1]
        return "" if token == EMPTY else token
