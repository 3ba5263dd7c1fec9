"""Walls around the room's tables. Rows are only added. The ledger is read by all and written inside one's own wall."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from yakuba.tenancy.database.walls import GROUP, Wall

_OF_MEMBERS = (
    f"municipality IN (SELECT member_id FROM tenancy_membership WHERE joined_on <= current_date"  # noqa: S608 - ours
    f" AND (left_on IS NULL OR left_on > current_date)"
    f" AND group_id = nullif(current_setting('{GROUP}', true), '')::bigint)"
)
"""Shapes and counts are for the operators of the group too, as long as the municipality is in it; names are not."""
_ADDED = "SELECT, INSERT"


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar = [("identification", "0001_initial")]
    operations: ClassVar = [
        Wall("identification_collection", _ADDED, also=_OF_MEMBERS),
        Wall("identification_aside", _ADDED, also=_OF_MEMBERS),
        Wall("identification_glyph", _ADDED, also=_OF_MEMBERS),
        Wall("identification_spelling", _ADDED),
        Wall("identification_decision", _ADDED, also="true"),
        Wall("identification_step", _ADDED, also=_OF_MEMBERS),
    ]
