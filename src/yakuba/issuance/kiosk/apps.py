"""The room's name for Django."""

from __future__ import annotations

from django.apps import AppConfig


class KioskConfig(AppConfig):
    """Sessions at kiosks, cards, hours, the centre's list."""

    name = "yakuba.issuance.kiosk"
    label = "kiosk"
    verbose_name = "コンビニ交付"
    default_auto_field = "django.db.models.BigAutoField"
