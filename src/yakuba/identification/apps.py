"""The room's name for Django."""

from __future__ import annotations

from django.apps import AppConfig


class IdentificationConfig(AppConfig):
    """Glyphs of a town, what was decided about them, and the ledger that all towns share."""

    name = "yakuba.identification"
    label = "identification"
    verbose_name = "文字同定"
    default_auto_field = "django.db.models.BigAutoField"
