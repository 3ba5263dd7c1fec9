"""The table's name for Django."""

from __future__ import annotations

from django.apps import AppConfig


class TokensConfig(AppConfig):
    """Tokens of programs that use the JSON API."""

    name = "yakuba.tenancy.tokens"
    label = "tokens"
    verbose_name = "APIの合い言葉"
    default_auto_field = "django.db.models.BigAutoField"
