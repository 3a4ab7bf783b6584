"""The door through which gunicorn comes in: always as the web role."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearth.config.settings")
os.environ.setdefault("HEARTH_CONNECT_AS", "web")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
