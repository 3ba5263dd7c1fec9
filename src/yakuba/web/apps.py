"""The room's name for Django."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Screens: templates and static files."""

    name = "yakuba.web"
    label = "web"
    verbose_name = "画面"
