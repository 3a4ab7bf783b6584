"""Everything that differs from place to place comes from the environment; nothing secret stands here."""

import hashlib
import hmac
from pathlib import Path
from urllib.parse import quote

import environ

env = environ.Env()
ROOT = Path(__file__).resolve().parents[3]

DEBUG = env.bool("HEARTH_DEBUG", default=False)
SECRET_KEY = env.str("HEARTH_SECRET_KEY", default="")
HEARTH_DATA = Path(env.str("HEARTH_DATA", default=str(ROOT / ".hearth")))
if not SECRET_KEY:
    _kept = HEARTH_DATA / "secret"
    SECRET_KEY = _kept.read_text().strip() if _kept.exists() else "only for commands that open no connection"
ALLOWED_HOSTS = env.list("HEARTH_HOSTS", default=["localhost", "127.0.0.1", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = env.list("HEARTH_ORIGINS", default=[])
HTTPS = env.bool("HEARTH_HTTPS", default=False)
HEARTH_ADDRESS = env.str("HEARTH_ADDRESS", default="http://localhost:8000")  # what stands in letters and emails

INSTALLED_APPS = [
    "hearth.db",
    "hearth.ui",
    "hearth.audit",
    "hearth.landlords",
    "hearth.accounts",
    "hearth.documents",
    "hearth.notifications",
    "hearth.register",
    "hearth.actions",
    "hearth.equality",
    "hearth.policies",
    "hearth.surveys",
    "hearth.reviews",
    "hearth.performance",
    "hearth.desk",
    "hearth.public",
    "hearth.config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "hearth.config.middleware.WithinLandlord",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hearth.config.middleware.DenyByDefault",
]

ROOT_URLCONF = "hearth.config.urls"
WSGI_APPLICATION = "hearth.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "hearth.ui.environment.environment",
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "hearth.ui.context.page",
            ],
        },
    },
    # Only for the few templates that libraries bring along (e-mail texts of sign-in).
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True},
]

_owner = env.db_url("DATABASE_URL", default="postgresql://localhost/hearth")
_owner["ENGINE"] = "django.db.backends.postgresql"
_owner["OPTIONS"] = {**_owner.get("OPTIONS", {}), "application_name": "hearth"}
_owner["CONN_MAX_AGE"] = 60
_owner["CONN_HEALTH_CHECKS"] = True
_owner["DISABLE_SERVER_SIDE_CURSORS"] = True  # so that a pooler in transaction mode may stand between
CONNECT_AS = env.str("HEARTH_CONNECT_AS", default="owner")
if CONNECT_AS == "web" and "HEARTH_WEB_DATABASE_URL" in env.ENVIRON:
    _default = {**_owner, **env.db_url("HEARTH_WEB_DATABASE_URL"), "OPTIONS": _owner["OPTIONS"]}
elif CONNECT_AS == "web":
    # The same derivation as hearth.db.wall, which creates the role; settings cannot import it.
    _password = hmac.new(SECRET_KEY.encode(), b"hearth web role", hashlib.sha256).hexdigest()
    _default = {**_owner, "USER": f"{_owner['NAME'][:50]}_web", "PASSWORD": _password}
else:
    _default = _owner
DATABASES = {"default": _default}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "django_cache"}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["name", "email"]},
    },
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "public:home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# Within one landlord an address has one account (one_account_an_email); two landlords may know the same person.
# The library asks for this word and applies it to a table of its own, which stays empty here.
ACCOUNT_UNIQUE_EMAIL = True
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # the address is unique within the landlord whose wall the request is inside
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are opened by invitation, which proves the address
ACCOUNT_TEMPLATE_EXTENSION = "jinja"
ACCOUNT_ADAPTER = "hearth.config.accounts.Adapter"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/15m/key", "login": "60/m/ip"}
ACCOUNT_SESSION_REMEMBER = False  # the session ends with the browser, or after an hour without a click
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no letters to whoever a stranger names
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 - a name
ACCOUNT_FORMS = {
    "login": "hearth.accounts.forms.SignIn",
    "reset_password": "hearth.accounts.forms.ForgottenPassword",
    "reset_password_from_key": "hearth.accounts.forms.NewPassword",
    "change_password": "hearth.accounts.forms.ChangePassword",
    "reauthenticate": "hearth.accounts.forms.PasswordAgain",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("HEARTH_PROXIES", default=0)  # proxies in front, for attempts an address
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_TOTP_TOLERANCE = 1  # the code before and after count too: telephones' clocks differ (RFC 6238, 5.2)
MFA_ADAPTER = "hearth.config.accounts.SecondFactor"
MFA_FORMS = {
    "authenticate": "hearth.accounts.forms.Code",
    "reauthenticate": "hearth.accounts.forms.CodeAgain",
    "activate_totp": "hearth.accounts.forms.TurnOnCodes",
    "deactivate_totp": "hearth.accounts.forms.TurnOffCodes",
    "generate_recovery_codes": "hearth.accounts.forms.WriteNewCodes",
    "authenticate_webauthn": "hearth.accounts.forms.UsePasskey",
    "reauthenticate_webauthn": "hearth.accounts.forms.UsePasskeyAgain",
    "add_webauthn": "hearth.accounts.forms.AddPasskey",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG

SESSION_COOKIE_AGE = env.int("HEARTH_SESSION_SECONDS", default=60 * 60)  # an hour without a click
SESSION_SAVE_EVERY_REQUEST = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "hearth.config.errors.csrf"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = HEARTH_DATA / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HEARTH_DATA / "files"},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_MAX_AGE = 31_536_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
HEARTH_UPLOAD_MAX = 20 * 1024 * 1024  # bytes of one uploaded document
HEARTH_BRIEFLY = env.float("HEARTH_BRIEFLY", default=1.0)  # seconds that the busiest pages trust what they have read
# Addresses that work without session, sign-in and messages; each of their views must say that it is `light`.
HEARTH_LIGHT_PATHS = ("/surveys/s/", "/surveys/r/")
HEARTH_SCANNER = env.str("HEARTH_SCANNER", default="")  # host:port of clamd; empty: files are marked "not scanned"

# Without a mail server, letters are written to a folder, where whoever tries Hearth can read them.
EMAIL_CONFIG = env.email_url("EMAIL_URL", default=f"filemail:///{quote(str(HEARTH_DATA.absolute() / 'letters'))}")
EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_FILE_PATH = EMAIL_CONFIG.get("EMAIL_FILE_PATH") or None
EMAIL_HOST = EMAIL_CONFIG.get("EMAIL_HOST", "")
EMAIL_PORT = EMAIL_CONFIG.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = EMAIL_CONFIG.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = EMAIL_CONFIG.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = EMAIL_CONFIG.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL_CONFIG.get("EMAIL_USE_SSL", False)
DEFAULT_FROM_EMAIL = env.str("HEARTH_FROM", default="hearth@localhost")

# Text messages are written to a folder too, until a gateway is named.
HEARTH_TEXTS_URL = env.str("HEARTH_TEXTS_URL", default="")
HEARTH_TEXTS_TOKEN = env.str("HEARTH_TEXTS_TOKEN", default="")
HEARTH_TEXTS = f"hearth.config.texts.{'to_gateway' if HEARTH_TEXTS_URL else 'to_folder'}"

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_ON_APP_READY = "hearth.config.schedule.ready"

HEARTH_ROLES = "hearth.config.roles.ROLES"
HEARTH_LISTENERS = "hearth.config.listeners.LISTENERS"
HEARTH_DATED_SETTINGS = "hearth.config.dated.KINDS"
HEARTH_NAVIGATION = "hearth.config.navigation.navigation"
HEARTH_FOOTER_LINKS = "hearth.config.navigation.footer"
HEARTH_SUBJECTS = "hearth.config.subjects.SUBJECTS"
HEARTH_CITERS = "hearth.config.citers.CITERS"
HEARTH_DATA_SUBJECT = "register.Person"
HEARTH_RETAINED = "hearth.config.retained.RETAINED"
HEARTH_OWN_PAGES = "hearth.config.navigation.OWN_PAGES"
HEARTH_MARGINS = "hearth.config.margins.margins"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("HEARTH_LOG", default="WARNING")},
}
