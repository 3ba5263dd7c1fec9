"""Walls around the room's tables. Records are only ever added: the application has no right to change or delete one."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from yakuba.tenancy.database.walls import Wall


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar = [("registry", "0001_initial"), ("tenancy", "0002_walls")]
    operations: ClassVar = [
        Wall("registry_load", "SELECT, INSERT"),
        Wall("registry_record", "SELECT, INSERT"),
        Wall("registry_resident"),
    ]
