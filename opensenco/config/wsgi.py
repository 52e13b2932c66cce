"""What the web server runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opensenco.config.settings")
application = get_wsgi_application()

from django.db import connection  # noqa: E402

from opensenco.access.walls import refuse_strong_login  # noqa: E402 (the apps come first)

# A server whose login steps over the walls would look well and keep nobody apart.
refuse_strong_login()
connection.close()
