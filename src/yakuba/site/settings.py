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
from yakuba.site import logs

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
        # Asked at every request, for some hundredths of a millisecond: a database that was restarted costs no answer.
        "CONN_HEALTH_CHECKS": True,
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
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django_htmx",
    "yakuba.tenancy",
    "yakuba.tenancy.tokens",
    "yakuba.registry",
    "yakuba.registry.job_tables",
    "yakuba.issuance",
    "yakuba.issuance.kiosk",
    "yakuba.identification",
    "yakuba.backup",
    "yakuba.backup.bcp",
    "yakuba.backup.drill",
    "yakuba.web",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
MIDDLEWARE = [
    "yakuba.site.middleware.RequestMiddleware",
    "yakuba.site.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "yakuba.tenancy.signin.middleware.ActingMiddleware",
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
LOGGING = logs.configuration(env.LOG_LEVEL.one_of("DEBUG", "INFO", "WARNING", "ERROR"))
LOGGING_CONFIG = "logging.config.dictConfig"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
if PRODUCTION:
    # A browser takes a cookie of this name from nobody but this very host over TLS.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
SECURE_SSL_REDIRECT = PRODUCTION
# A watcher on this machine asks without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Uploads: yakuba.web.migration.upload holds them; Django itself would answer the file too many with a bare refusal.
UPLOAD_BYTES, UPLOAD_FILES = env.UPLOAD_MB.number * 1024**2, env.UPLOAD_FILES.number
UPLOAD_KINDS = [kind.lower().removeprefix(".") for kind in env.UPLOAD_KINDS.words]
DATA_UPLOAD_MAX_NUMBER_FILES = UPLOAD_FILES + 1

# Nightly work: yakuba.registry.jobs.chores.
NIGHT_HOUR = int(env.NIGHT_HOUR.one_of(*(str(hour) for hour in range(24))))
ATTEMPT_DAYS, OUTPUT_DAYS = env.ATTEMPT_DAYS.number, env.OUTPUT_DAYS.number

# Sign-in: yakuba.tenancy.signin says how; nobody registers, nobody resets a password by mail.
AUTHENTICATION_BACKENDS = ["yakuba.tenancy.signin.backend.WalledBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("login", "name")}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]  # fmt: skip
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
IDLE_MINUTES = env.IDLE_MINUTES.number
LOCK_FAILURES, LOCK_MINUTES = env.LOCK_FAILURES.number, env.LOCK_MINUTES.number
ADDRESS_FAILURES, PROXIES = env.ADDRESS_FAILURES.number, env.PROXIES.networks
API_PER_MINUTE = env.API_PER_MINUTE.number
SECOND_FACTOR = PRODUCTION or env.SECOND_FACTOR.on
SESSION_COOKIE_AGE = env.SESSION_HOURS.number * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
ACCOUNT_ADAPTER = "yakuba.tenancy.signin.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_TIMEOUT = 300
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_RATE_LIMITS = False
SOCIALACCOUNT_ADAPTER = "yakuba.tenancy.signin.identity.ProviderAdapter"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_AUTO_SIGNUP = False
# A form that ends up at another site would be stopped by our own content security policy (form-action).
SOCIALACCOUNT_LOGIN_ON_GET = True
MFA_ADAPTER = "yakuba.tenancy.signin.factors.FactorAdapter"
MFA_FORMS = {
    "authenticate": "yakuba.tenancy.signin.factors.CodeForm",
    "reauthenticate": "yakuba.tenancy.signin.factors.CodeAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "役場"
MFA_TOTP_TOLERANCE = 1

# Listeners for machines (yakuba.site.mutual): the proxy's header with their certificate, "" = none.
CERTIFICATE_HEADER = ""
CERTIFICATE_PROXIES = env.PROXIES.words
# At kiosks every refusal takes as long.
KIOSK_REFUSAL_SECONDS = 0.25
