"""Django's settings of the kiosk listener: the site's, without anything that signs people in or draws screens."""

from __future__ import annotations

import os

from yakuba.site import settings as site

HEADER = "YAKUBA_KIOSK_HEADER"
"""Variable in which `yakuba kiosk serve` hands down the name of the proxy's header."""

for _name in dir(site):
    if _name.isupper():
        globals()[_name] = getattr(site, _name)

MIDDLEWARE = [
    "yakuba.site.middleware.RequestMiddleware",
    "yakuba.site.middleware.HeadersMiddleware",
    # Asked for by its app, which tenancy stands on; without a session it does nothing.
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "yakuba.site.kiosk.urls"
WSGI_APPLICATION = "yakuba.site.kiosk.wsgi.application"
KIOSK_CERTIFICATE_HEADER = os.environ.get(HEADER, "")
