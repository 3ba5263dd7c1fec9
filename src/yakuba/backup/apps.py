"""The room's name for Django."""

from __future__ import annotations

from django.apps import AppConfig


class BackupConfig(AppConfig):
    """Plans, generations, checks and alarms of the backup centre."""

    name = "yakuba.backup"
    label = "backup"
    verbose_name = "バックアップセンター"
    default_auto_field = "django.db.models.BigAutoField"
