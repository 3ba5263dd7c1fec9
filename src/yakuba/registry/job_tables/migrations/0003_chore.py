"""The schedule of nightly work. It belongs to no municipality."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

from yakuba.tenancy.database.walls import Open


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar = [("jobs", "0002_walls")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Chore",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="名称")),
                ("done_for", models.DateField(null=True, verbose_name="済んだ日")),
                ("done_at", models.DateTimeField(null=True, verbose_name="終了日時")),
                ("result", models.JSONField(default=dict, verbose_name="結果")),
                ("failed_at", models.DateTimeField(null=True, verbose_name="失敗日時")),
                ("error", models.CharField(blank=True, max_length=80, verbose_name="失敗の種類")),
            ],
            options={"verbose_name": "日次処理", "ordering": ("name",)},
        ),
        Open("jobs_chore", "SELECT, INSERT, UPDATE"),
    ]
