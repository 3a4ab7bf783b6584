"""The room by itself, to look at its gallery: `HEARTH_DEBUG=1 DJANGO_SETTINGS_MODULE=tests.rooms.ui.small_settings
PYTHONPATH=src:. python -m django runserver`, then open /gallery/. No database is needed."""

import os
from pathlib import Path

SECRET_KEY = "only for tests of this room"
DEBUG = bool(os.environ.get("HEARTH_DEBUG"))
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["hearth.ui", "django.contrib.messages", "django.contrib.sessions", "django.contrib.staticfiles"]
MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "tests.rooms.ui.small_urls.with_landlord",
]
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
ROOT_URLCONF = "tests.rooms.ui.small_urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "hearth.ui.environment.environment",
            "context_processors": ["hearth.ui.context.page"],
        },
    }
]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STATIC_URL = "/static/"
STATIC_ROOT = Path(__file__).parent / "nowhere"
CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"default-src": ["'self'"], "img-src": ["'self'", "data:"]}}
TIME_ZONE = "Europe/London"
USE_TZ = True
LANGUAGE_CODE = "en-gb"
HEARTH_NAVIGATION = "tests.rooms.ui.small_urls.navigation"
HEARTH_FOOTER_LINKS = "tests.rooms.ui.small_urls.footer_links"
