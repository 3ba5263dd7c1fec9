"""Reading the argument of a step: a short value or a table, checked, with a one-line remedy when it is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

PARTS = "\0"
"""What stands between the columns of `from = [ … ]` when a step gets them as one text; no source may hold it."""


def options(step: str, argument: Any, *, short: str, known: Collection[str]) -> Mapping[str, Any]:
    """The argument as a table; a single value stands for `{short = value}`.

    Raises:
        UsageError: the table holds a word that the step does not know.
    """
    if not isinstance(argument, dict):
        return {short: argument}
    if unknown := sorted(set(argument) - set(known)):
        raise UsageError(f"step {step}: unknown option {unknown[0]!r}", remedy=f"use {', '.join(sorted(known))}")
    return argument


def text(step: str, given: Mapping[str, Any], name: str, *, among: Collection[str] = (), default: str = "") -> str:
    """A text option; `among` lists what it may be.

    Raises:
        UsageError: it is no text or not among them.
    """
    value = given.get(name, default)
    if not isinstance(value, str):
        raise UsageError(f"step {step}: {name} = {value!r} is no text", remedy=f'write {name} = "…"')
    if among and value not in among:
        raise UsageError(f"step {step}: {name} = {value!r} is unknown", remedy=f"use one of {', '.join(among)}")
    return value


def number(step: str, given: Mapping[str, Any], name: str, *, least: int, default: int | None = None) -> int:
    """A whole number of at least `least`.

    Raises:
        UsageError: it is missing without a default, no whole number, or too small.
    """
    value = given.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        said = "is missing" if value is None else f"= {value!r} is no whole number from {least}"
        raise UsageError(f"step {step}: {name} {said}", remedy=f"write {name} = {max(least, 1)} or more")
    return value


def flag(step: str, given: Mapping[str, Any], name: str) -> bool:
    """A yes/no option, no when not given.

    Raises:
        UsageError: it is something else.
    """
    value = given.get(name, False)
    if not isinstance(value, bool):
        raise UsageError(f"step {step}: {name} = {value!r} is no yes or no", remedy=f"write {name} = true")
    return value


def texts(step: str, given: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """One text or a list of at least one text.

    Raises:
        UsageError: it is something else.
    """
    value = given.get(name)
    found = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else ()
    if not found or not all(isinstance(each, str) for each in found):
        raise UsageError(f"step {step}: {name} = {value!r} is no list of texts", remedy=f'write {name} = ["…"]')
    return found
