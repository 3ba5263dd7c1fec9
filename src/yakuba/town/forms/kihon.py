"""Standard files of 基本データリスト: one CSV per group, columns named as in the catalog; the mapping is identity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.town.forms._auto import standard_file
from yakuba.town.forms._field import Form

if TYPE_CHECKING:
    from yakuba.town._frames import Records


def form(records: Records) -> Form:
    """The form of 基本データリスト, for the groups that the records have."""
    files = [standard_file("kihon", group, group, frame, {}) for group, frame in records.items()]
    return Form(title="見本町 基本データリスト", files=files, encoding="utf-8", newline="\n")
