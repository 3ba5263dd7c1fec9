"""Stepper (手順): where a piece of work stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from yakuba.web.components._component import Component


@dataclass(frozen=True)
class Stepper(Component):
    """Steps by name; `now` counts from 0, len(steps) = all done."""

    template: ClassVar[str] = "stepper.html"
    steps: tuple[str, ...]
    now: int
