"""Django's settings. Everything that differs between installations comes from `site.environment`."""

from __future__ import annotations

import os
import secrets
from typing import Any
from urllib.parse import urlsplit

from psycopg.conninfo import conninfo_to_dict

from yakuba.kernel.errors import UsageError
from yakuba.kernel.home import yakuba_home
from yakuba.site import environment as env

PRODUCTION = env.PRODUCTION.on
DEBUG = False
HOME = yakuba_home()


def _secret_key() -> str:
    """From the environment, or made once and kept beside the data."""
    if env.SECRET_KEY.text:
        return env.SECRET_KEY.text
    if PRODUCTION:
        raise UsageError(f"{env.SECRET_KEY.name} is not set", remedy="set it to 50 or more random characters")
    path = HOME / "secret-key"
    if not path.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text("ascii")
        with os.fdopen(descriptor, "w") as stream:
            stream.write(secrets.token_urlsafe(64))
    return path.read_text("ascii")


def _database(url: str, *, pool: bool) -> dict[str, Any]:
    """Django's form of a connection address."""
    if urlsplit(url).scheme not in ("postgresql", "postgres", ""):
        raise UsageError(
            f"{env.DATABASE_URL.name} is no PostgreSQL address", remedy="postgresql://user:password@host/name"
        )
    known = conninfo_to_dict(url)
    options: dict[str, Any] = {"pool": {"min_size": 1, "max_size": env.POOL.number, "timeout": 10}} if pool else {}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": known.pop("dbname", ""),
        "USER": known.pop("user", ""),
        "PASSWORD": known.pop("password", ""),
        "HOST": known.pop("host", ""),
        "PORT": known.pop("port", ""),
        "OPTIONS": options | known,
        "CONN_HEALTH_CHECKS": not pool,
    }


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.HOSTS.words
DATABASES = {
    "default": _database(env.DATABASE_URL.text, pool=True),
    "owner": _database(env.DATABASE_OWNER_URL.text, pool=False),
}
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "yakuba.tenancy",
    "yakuba.registry",
    "yakuba.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
ROOT_URLCONF = "yakuba.site.urls"
WSGI_APPLICATION = "yakuba.site.wsgi.application"
AUTH_USER_MODEL = "tenancy.Staff"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LANGUAGE_CODE = "ja"
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
