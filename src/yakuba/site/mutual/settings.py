"""Django's settings of a listener for machines: the site's, without anything that signs people in or draws screens."""

from __future__ import annotations

import os

from yakuba.site import settings as site

HEADER = "YAKUBA_CERTIFICATE_HEADER"
"""Variable in which `yakuba … serve` hands down the name of the proxy's header."""


def settings_of(package: str) -> dict[str, object]:
    """All settings by name. package: where the listener's `urls` and `wsgi` are."""
    return {name: getattr(site, name) for name in dir(site) if name.isupper()} | {
        "MIDDLEWARE": [
            "yakuba.site.middleware.RequestMiddleware",
            "yakuba.site.middleware.HeadersMiddleware",
            # Asked for by its app, which tenancy stands on; without a session it does nothing.
            "allauth.account.middleware.AccountMiddleware",
        ],
        "ROOT_URLCONF": f"{package}.urls",
        "WSGI_APPLICATION": f"{package}.wsgi.application",
        "CERTIFICATE_HEADER": os.environ.get(HEADER, ""),
    }
