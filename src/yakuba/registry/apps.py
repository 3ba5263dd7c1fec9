"""The room's name for Django."""

from __future__ import annotations

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Residents, households, records of every business, search."""

    name = "yakuba.registry"
    label = "registry"
    verbose_name = "住民と記録"
    default_auto_field = "django.db.models.BigAutoField"
