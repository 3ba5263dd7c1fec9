"""The wall around the tokens."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from yakuba.tenancy.database.walls import Wall


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar = [("tokens", "0001_initial")]
    operations: ClassVar = [Wall("tokens_token", "SELECT, INSERT, UPDATE")]
