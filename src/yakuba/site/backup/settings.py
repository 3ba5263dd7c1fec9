"""Django's settings of the backup centre's listener."""

from __future__ import annotations

from yakuba.site.mutual.settings import settings_of

globals().update(settings_of("yakuba.site.backup"))
