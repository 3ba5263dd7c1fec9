"""The room's name for Django."""

from __future__ import annotations

from django.apps import AppConfig


class TenancyConfig(AppConfig):
    """Municipalities, staff, rights, audit."""

    name = "yakuba.tenancy"
    label = "tenancy"
    verbose_name = "団体と権限"
    default_auto_field = "django.db.models.BigAutoField"
