"""Settings of OpenSENCO: one file, from the environment alone."""

import os
from pathlib import Path

from opensenco.access.elsewhere.providers import as_allauth
from opensenco.config import elsewhere, environment, mail

environment.refuse_unknown(os.environ)

ROOT = environment.ROOT
DATA = Path(os.environ.get("OPENSENCO_DATA", ROOT / "data")).resolve()
DEMO = os.environ.get("OPENSENCO_DEMO") == "1"
HTTPS = os.environ.get("OPENSENCO_HTTPS", "0" if DEMO else "1") == "1"
FROZEN_TODAY = os.environ.get("OPENSENCO_TODAY", "")
#: seconds by which the time of day of a frozen clock is moved
FROZEN_SHIFT = int(os.environ.get("OPENSENCO_TEST_SHIFT", "0"))

SECRET_KEY = environment.secret_key(os.environ, DATA)
DEBUG = False
ALLOWED_HOSTS = environment.hosts(os.environ)
#: proxies that are believed when they say who asks, and by which way
PROXIES = environment.proxies(os.environ)
# The address of whoever asks stands in REMOTE_ADDR by then; nobody else reads the headers.
ALLAUTH_TRUSTED_PROXY_COUNT = 0

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
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
    "opensenco.costing",
    "opensenco.staffing",
    "opensenco.ehc",
    "opensenco.handover",
    "opensenco.network",
    "opensenco.letters",
    "opensenco.reports",
    "opensenco.exchange",
    "opensenco.protection",
    "opensenco.ops",
]

MIDDLEWARE = [
    "opensenco.gate.proxies.Proxies",
    "opensenco.gate.counting.Counting",
    "django.middleware.security.SecurityMiddleware",
    "opensenco.ui.middleware.NothingKept",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "opensenco.ui.middleware.ContentSecurityPolicy",
    "opensenco.gate.halting.Gate",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "opensenco.access.events.TriesStopped",
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
    {"NAME": "opensenco.access.passwords.EasilyGuessedValidator"},
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
MFA_ADAPTER = "opensenco.pages.account.factors.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# clocks of phones differ: the code before and the code after count too
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
# nobody signs up by themselves, so no address waits to be verified
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "opensenco.pages.account.forms.Code",
    "reauthenticate": "opensenco.pages.account.forms.CodeAgain",
    "activate_totp": "opensenco.pages.account.forms.FirstCode",
    "deactivate_totp": "opensenco.pages.account.forms.RemoveApp",
    "generate_recovery_codes": "opensenco.pages.account.forms.NewCodes",
    "add_webauthn": "opensenco.pages.account.forms.NewPasskey",
    "edit_webauthn": "opensenco.pages.account.forms.PasskeyName",
    "authenticate_webauthn": "opensenco.pages.account.forms.PasskeyStep",
    "login_webauthn": "opensenco.pages.account.forms.PasskeyIn",
    "reauthenticate_webauthn": "opensenco.pages.account.forms.PasskeyAgain",
}
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key",
                       "manage_email": "5/h/user", "tablet": "30/m/ip"}  # fmt: skip
ACCOUNT_PREVENT_ENUMERATION = True
# how many seconds it counts that somebody has just shown that it is them (gate/strength.py)
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
# People sign in by an account they have elsewhere where the environment names one (docs/adr/0029).
SIGN_IN_PROVIDERS = elsewhere.read(os.environ)
SOCIALACCOUNT_PROVIDERS = as_allauth(SIGN_IN_PROVIDERS)
SOCIALACCOUNT_ADAPTER = "opensenco.gate.elsewhere.Adapter"
# a link and no form: the policy would forbid a form that leads away, and nothing is written yet
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

SESSION_ENGINE = "opensenco.access.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_TRUSTED_ORIGINS = environment.origins(ALLOWED_HOSTS) if HTTPS else []
# Such a name a browser takes from this host alone, by https, for all of it.
HOST_COOKIE = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{HOST_COOKIE}sessionid"
CSRF_COOKIE_NAME = f"{HOST_COOKIE}csrftoken"
# Scripts read the key from the form they send.
CSRF_COOKIE_HTTPONLY = True
# What was done is told on the next page, perhaps with a name: kept by us and not by the browser.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_AGE = 60 * 60 * 10
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# A sign-in that nobody uses for so many seconds has ended (access/sessions.py).
IDLE = environment.idle(os.environ)
# Whoever opens more children's records than this in ten minutes shows again that it is them.
CHILDREN = environment.children(os.environ)
CSRF_FAILURE_VIEW = "opensenco.gate.errors.csrf_failed"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
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
# Copies of whole places that somebody asked for; each is removed after some hours.
COPIES = DATA / "copies"
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

LOG = environment.log_format(os.environ)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "opensenco.kernel.logs.Reticent",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
        "json": {"()": "opensenco.kernel.logs.Lines"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG}},
    # what these say of a refusal can repeat an address
    "loggers": {
        **{name: {"level": "ERROR"} for name in ("notifications_python_client", "urllib3")},
        # signing in and out, and tries that were stopped: see docs/security/controls.md
        "opensenco.security": {"level": "INFO"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
