"""How often a token is used, and when it was refused."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar = [("tokens", "0002_walls")]
    operations: ClassVar = [
        migrations.AddField("token", "refused_on", models.DateField(null=True, verbose_name="拒否した日")),
        migrations.AddField("token", "minute", models.BigIntegerField(default=0, verbose_name="分")),
        migrations.AddField("token", "uses", models.IntegerField(default=0, verbose_name="その分の回数")),
    ]
