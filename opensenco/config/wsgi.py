"""What the web server runs."""

import gc
import os

import django
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest
from django.urls import ResolverMatch

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opensenco.config.settings")
django.setup(set_prefix=False)

from django.core.management.base import BaseCommand  # noqa: E402
from django.db import connection  # noqa: E402
from django.urls import get_resolver  # noqa: E402

from opensenco.access.walls import refuse_strong_login  # noqa: E402 (the apps come first)


class Application(WSGIHandler):
    """Django's own, which looks up once where an address leads that names no record.

    There are as many of these as there are pages. Django tries two hundred patterns each time.
    """

    def __init__(self) -> None:
        super().__init__()
        self._plain: dict[str, ResolverMatch] = {}

    def resolve_request(self, request: HttpRequest) -> ResolverMatch:
        """Give the view of a request, and what its address says to it."""
        known = self._plain.get(request.path_info)
        if known is None:
            known = super().resolve_request(request)
            if not known.args and not known.kwargs:
                self._plain[request.path_info] = known
        request.resolver_match = known
        return known


application = Application()
# Every page is loaded now, and not while the first person waits for theirs.
get_resolver().url_patterns  # noqa: B018
BaseCommand().check()

# A server whose login steps over the walls would look well and keep nobody apart.
refuse_strong_login()
connection.close()

# What was made until here stays: collecting garbage needs not walk through it at each request.
# A page of thousands of rows made it begin a hundred times, and walk through everything once: 50 of
# its 190 milliseconds. Seldom is enough, since what a request made goes with it.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)
