"""The addresses of a journey, passed by at once where none of them begins as what is asked for.

There are forty journeys with some four hundred addresses, and Django tries each in turn. The first
word of an address says of nearly all that they are not meant.
"""

from functools import cached_property
from typing import Any

from django.urls import Resolver404, URLResolver, include
from django.urls.resolvers import RoutePattern


class Journey(URLResolver):
    """The addresses of one journey, from the first word on."""

    def resolve(self, path: Any) -> Any:
        """Find the view of an address.

        Raises:
            Resolver404: this journey has none.
        """
        if self._first_words and str(path).partition("/")[0] not in self._first_words:
            raise Resolver404({"path": path, "tried": []})
        return super().resolve(path)

    @cached_property
    def _first_words(self) -> frozenset[str]:
        """How the addresses begin; none where one of them can begin with any word."""
        words = {str(one.pattern).partition("/")[0] for one in self.url_patterns}
        return frozenset() if any("<" in word for word in words) else frozenset(words)


def journey(urls: str) -> Journey:
    """Give the addresses of a module, which says its own `app_name`."""
    module, app_name, namespace = include(urls)
    return Journey(
        RoutePattern("", is_endpoint=False), module, app_name=app_name, namespace=namespace
    )
