"""What was accepted together is known, so that it can be taken back together."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar = [("identification", "0003_the_towns_day")]
    operations: ClassVar = [
        migrations.AddField("step", "together", models.UUIDField(null=True, verbose_name="一度に受け入れた組")),
    ]
