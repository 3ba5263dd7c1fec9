"""What the kiosk listener runs: `yakuba.site.kiosk.wsgi:application`."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "yakuba.site.kiosk.settings"
application = get_wsgi_application()
