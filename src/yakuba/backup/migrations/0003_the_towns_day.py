"""The operators of a group see its members by the town's day."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from yakuba.backup.access import LINK
from yakuba.tenancy.database.walls import OF_MEMBERS, Also

_KNOCKS = f"link = nullif(current_setting('{LINK}', true), '')"


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar = [("backup", "0002_walls"), ("tenancy", "0004_the_towns_day")]
    operations: ClassVar = [
        Also("backup_plan", f"{OF_MEMBERS} OR {_KNOCKS}"),
        Also("backup_entry", OF_MEMBERS),
        Also("backup_check", OF_MEMBERS),
        Also("backup_alarm", OF_MEMBERS),
    ]
