"""Rows that nobody ordered come in any order, as a database may give them."""

import random
from typing import Any

from django.db.models import QuerySet


def shuffle_unordered() -> None:
    """Shuffle what a queryset without an order fetched; pytest-randomly's seed repeats it."""
    fetch: Any = QuerySet._fetch_all

    def fetch_in_disorder(self: Any) -> None:
        fetched_before = self._result_cache is not None
        fetch(self)
        if not fetched_before and not self.ordered and not self.query.is_sliced:
            random.shuffle(self._result_cache)

    QuerySet._fetch_all = fetch_in_disorder  # type: ignore[method-assign]
