"""What the backup centre's listener runs: `yakuba.site.backup.wsgi:application`."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "yakuba.site.backup.settings"
application = get_wsgi_application()
