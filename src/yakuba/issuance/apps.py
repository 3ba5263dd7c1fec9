"""The room's name for Django."""

from __future__ import annotations

from django.apps import AppConfig


class IssuanceConfig(AppConfig):
    """Certificates: ledger, fees, approval, stop."""

    name = "yakuba.issuance"
    label = "issuance"
    verbose_name = "証明書の交付"
    default_auto_field = "django.db.models.BigAutoField"
