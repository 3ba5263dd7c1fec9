"""The operators of a group see its members by the town's day."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from yakuba.tenancy.database.walls import OF_MEMBERS, Also


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar = [("registry", "0005_first_load"), ("tenancy", "0004_the_towns_day")]
    operations: ClassVar = [
        Also("registry_statistic", OF_MEMBERS),
    ]
