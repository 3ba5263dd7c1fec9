"""The queue's name for Django."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Long work: loads, exports, migrations, large outputs."""

    name = "yakuba.registry.job_tables"
    label = "jobs"
    verbose_name = "長い仕事"
    default_auto_field = "django.db.models.BigAutoField"
