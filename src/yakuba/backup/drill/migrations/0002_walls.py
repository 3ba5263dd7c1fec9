"""Walls around the room's tables; rows are only ever added."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from yakuba.tenancy.database.walls import Wall


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar = [("drill", "0001_initial"), ("tenancy", "0002_walls")]
    operations: ClassVar = [Wall("drill_drill", "SELECT, INSERT")]
