"""The room's name for Django."""

from __future__ import annotations

from django.apps import AppConfig


class DrillConfig(AppConfig):
    """Records of restore drills."""

    name = "yakuba.backup.drill"
    label = "drill"
    verbose_name = "復元訓練"
    default_auto_field = "django.db.models.BigAutoField"
