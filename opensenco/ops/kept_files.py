"""Which kept files the record names, in whatever table."""

import uuid
from collections.abc import Iterator

from django.apps import apps

from opensenco.exchange.leaving.what import WITH_FILES

Named = tuple[uuid.UUID, str, int | None]


def named_files() -> Iterator[Named]:
    """Give the place, the digest and the size of each file that a row names, in an open scope.

    The size is None where a table does not hold it. A file that several rows name comes again.
    """
    for label in WITH_FILES:
        model = apps.get_model(label)
        sized = any(field.name == "size" for field in model._meta.fields)
        rows = model._default_manager.exclude(digest="").order_by()
        for ref, digest, *size in rows.values_list("org__ref", "digest", *["size"] * sized):
            yield ref, digest, size[0] if sized else None
