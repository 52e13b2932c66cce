"""Settings of OpenSENCO: one file, from the environment alone."""

import os
from pathlib import Path

from opensenco.config import environment, mail

environment.refuse_unknown(os.environ)

ROOT = environment.ROOT
DATA = Path(os.environ.get("OPENSENCO_DATA", ROOT / "data")).resolve()
DEMO = os.environ.get("OPENSENCO_DEMO") == "1"
HTTPS = os.environ.get("OPENSENCO_HTTPS", "0" if DEMO else "1") == "1"
FROZEN_TODAY = os.environ.get("OPENSENCO_TODAY", "")

SECRET_KEY = environment.secret_key(os.environ, DATA)
DEBUG = False
ALLOWED_HOSTS = [
    host
    for host in os.environ.get("OPENSENCO_HOSTS", "127.0.0.1,localhost").split(",")
    if host.strip()
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "simple_history",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "opensenco.ui",
    "opensenco.access",
    "opensenco.audit",
    "opensenco.gate",
    "opensenco.people",
    "opensenco.documents",
    "opensenco.notices",
    "opensenco.cases",
    "opensenco.participation",
    "opensenco.meetings",
    "opensenco.concerns",
    "opensenco.threads",
    "opensenco.support",
    "opensenco.provision",
    "opensenco.network",
    "opensenco.letters",
    "opensenco.exchange",
    "opensenco.ops",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "opensenco.ui.middleware.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "opensenco.config.urls"
WSGI_APPLICATION = "opensenco.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [ROOT / "opensenco" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "opensenco.ui.jinja.environment"},
    },
    # allauth asks for Django's own language by name; our Jinja2 pages of the same name come first.
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
            ]
        },
    },
]

DATABASES = {"default": environment.database(os.environ, DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.Person"
AUTHENTICATION_BACKENDS = ["opensenco.access.sessions.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "opensenco.pages.account.adapter.Adapter"
ACCOUNT_FORMS = {
    "login": "opensenco.pages.account.forms.SignIn",
    "change_password": "opensenco.pages.account.forms.ChangePassword",
    "set_password": "opensenco.pages.account.forms.SetPassword",
    "reset_password": "opensenco.pages.account.forms.AskForPassword",
    "reset_password_from_key": "opensenco.pages.account.forms.NewPassword",
    "reauthenticate": "opensenco.pages.account.forms.SameAgain",
}
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_PREVENT_ENUMERATION = True
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

SESSION_ENGINE = "opensenco.access.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 60 * 60 * 10
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "opensenco.gate.errors.csrf_failed"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
LOCALE_PATHS = [ROOT / "opensenco" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"

STATIC_URL = "static/"
STATICFILES_DIRS: list[Path] = []
WHITENOISE_USE_FINDERS = True

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "opensenco_cache",
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

MAIL = mail.read(os.environ, DATA, demo=DEMO)
#: where people open OpenSENCO, as mail says it; pages know it from the request
ADDRESS = MAIL.address
EMAIL_BACKEND = MAIL.backend
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.tls, MAIL.ssl
EMAIL_TIMEOUT = mail.TIMEOUT
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL.sender
ANYMAIL = MAIL.anymail

# A text of 100,000 characters must be refused by a sentence, not by a cut.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000

FILES = DATA / "files"
# how far the worker is with a list, beside a database that has one writer at a time
PROGRESS = DATA / "progress"
LARGEST_FILE = environment.largest_file(os.environ)
SCANNER = environment.scanner(os.environ)
# What is too large for any of our forms is refused by the length it claims, before it is read.
FILE_UPLOAD_HANDLERS = [
    "opensenco.gate.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
#: bytes and files in one form: a heap of papers comes in one go
LARGEST_FORM = 20 * LARGEST_FILE
DATA_UPLOAD_MAX_NUMBER_FILES = 210

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "opensenco.kernel.logs.Reticent",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    # what these say of a refusal can repeat an address
    "loggers": {name: {"level": "ERROR"} for name in ("notifications_python_client", "urllib3")},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
