"""The operators of a group see its members by the town's day."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from yakuba.tenancy.database.walls import OF_MEMBERS, Also


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar = [("identification", "0002_walls"), ("tenancy", "0004_the_towns_day")]
    operations: ClassVar = [
        Also("identification_collection", OF_MEMBERS),
        Also("identification_aside", OF_MEMBERS),
        Also("identification_glyph", OF_MEMBERS),
        Also("identification_step", OF_MEMBERS),
    ]
