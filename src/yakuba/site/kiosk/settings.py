"""Django's settings of the kiosk listener."""

from __future__ import annotations

from yakuba.site.mutual.settings import settings_of

globals().update(settings_of("yakuba.site.kiosk"))
