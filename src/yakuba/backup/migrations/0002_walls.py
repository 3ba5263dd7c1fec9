"""Walls around the room's tables. Entries and checks are only ever added; of an entry only the centre's findings change."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from yakuba.backup.access import LINK
from yakuba.tenancy.database.walls import GROUP, Wall

_OF_MEMBERS = (
    f"municipality IN (SELECT member_id FROM tenancy_membership WHERE joined_on <= current_date"  # noqa: S608 - ours
    f" AND (left_on IS NULL OR left_on > current_date)"
    f" AND group_id = nullif(current_setting('{GROUP}', true), '')::bigint)"
)
"""Numbers and digests are for the operators of the group too, as long as the municipality is in it."""
_KNOCKS = f"link = nullif(current_setting('{LINK}', true), '')"
_FOUND = "SELECT, INSERT, UPDATE (verified_at, good, replicated_at, swept_at)"


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar = [("backup", "0001_initial")]
    operations: ClassVar = [
        Wall("backup_plan", "SELECT, INSERT, UPDATE", also=f"{_OF_MEMBERS} OR {_KNOCKS}"),
        Wall("backup_entry", _FOUND, also=_OF_MEMBERS),
        Wall("backup_check", "SELECT, INSERT", also=_OF_MEMBERS),
        Wall("backup_alarm", "SELECT, INSERT, UPDATE", also=_OF_MEMBERS),
    ]
