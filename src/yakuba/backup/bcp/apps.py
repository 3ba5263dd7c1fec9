"""The room's name for Django."""

from __future__ import annotations

from django.apps import AppConfig


class BcpConfig(AppConfig):
    """Events taken on paper while the office is down."""

    name = "yakuba.backup.bcp"
    label = "bcp"
    verbose_name = "業務継続"
    default_auto_field = "django.db.models.BigAutoField"
