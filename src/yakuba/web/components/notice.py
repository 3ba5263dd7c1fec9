"""Notice (お知らせ・警告): something that must not be overlooked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from yakuba.web.components._component import Component


@dataclass(frozen=True)
class Notice(Component):
    """A box in a colour, whose meaning is also in words.

    Attributes:
        title: what it is about, bold. text: what to know or to do. kind: "info", "ok", "warn" or "stop" (must not go
            on unread). href, link: where to go from here.
    """

    template: ClassVar[str] = "notice.html"
    title: str
    text: str = ""
    kind: str = "info"
    href: str = ""
    link: str = ""

    @property
    def role(self) -> str:
        """`alert` is read out at once by a screen reader."""
        return "alert" if self.kind == "stop" else "status"
