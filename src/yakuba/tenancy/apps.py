"""The room's name for Django."""

from __future__ import annotations

from django.apps import AppConfig


class TenancyConfig(AppConfig):
    """Municipalities, staff, rights, audit."""

    name = "yakuba.tenancy"
    label = "tenancy"
    verbose_name = "団体と権限"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what sign-in tells."""
        from yakuba.tenancy.signin import noticed

        noticed.listen()
