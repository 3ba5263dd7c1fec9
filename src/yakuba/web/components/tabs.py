"""Tabs (タブ): pages beside each other, links with an address of their own; no script is needed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from yakuba.web.components._component import Component


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab. here: the one that is open. count: small number behind the label, None = none."""

    label: str
    href: str
    here: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Tabs(Component):
    """The row of tabs.

    Attributes:
        label: says to a screen reader what they are. parts: with scripts only `<main>` is exchanged, and the focus
            stays on the tab; the views answer with `parts.base(request)`.
    """

    template: ClassVar[str] = "tabs.html"
    label: str
    tabs: list[Tab] = field(default_factory=list)
    parts: bool = False
