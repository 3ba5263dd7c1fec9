"""Timeline (履歴): what happened, newest first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from yakuba.web.components._component import Component


@dataclass(frozen=True, slots=True)
class Moment:
    """One event. title: what. when: as printed. text: more. href: e.g. the view as of that day. here: shown now."""

    title: str
    when: str
    text: str = ""
    href: str = ""
    here: bool = False


@dataclass(frozen=True)
class Timeline(Component):
    """The events in the order given."""

    template: ClassVar[str] = "timeline.html"
    moments: list[Moment] = field(default_factory=list)
