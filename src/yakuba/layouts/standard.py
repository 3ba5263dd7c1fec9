"""Standard (標準): a set of layouts that are used together, one edition per business."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING

from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.kernel.source import Standing
    from yakuba.layouts.model import Group, Layout


@dataclass(frozen=True)
class Standard:
    """Layouts chosen by a selector.

    Attributes:
        selector: what was asked for: "kihon", "kihon@2023-09", a layout's id.
        layouts: one per business, in the order of their codes.
    """

    selector: str
    layouts: tuple[Layout, ...]

    @cached_property
    def by_business(self) -> dict[str, Layout]:
        """Layout by official business name."""
        return {layout.business: layout for layout in self.layouts}

    @cached_property
    def standing(self) -> dict[str, Standing]:
        """Whether each business is official or reconstructed, by business name. Reports repeat it."""
        return {layout.business: layout.source.standing for layout in self.layouts}

    def __iter__(self) -> Iterator[tuple[Layout, Group]]:
        """All groups of all businesses."""
        return ((layout, group) for layout in self.layouts for group in layout.groups)

    def group(self, reference: str) -> tuple[Layout, Group]:
        """The group `業務/グループ`.

        Raises:
            UsageError: there is none; the message names near ones.
        """
        business, _, name = reference.partition("/")
        layout = self.by_business.get(business)
        if layout and name in layout.by_name:
            return layout, layout.by_name[name]
        known = [f"{layout.business}/{group.name}" for layout, group in self]
        near = get_close_matches(reference, known, n=3, cutoff=0.4)
        raise UsageError(
            f"no group {reference!r} in {self.selector}",
            remedy=f"did you mean {'、'.join(near)}?" if near else "see `yakuba layouts list`",
        )
