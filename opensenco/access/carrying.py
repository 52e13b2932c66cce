"""Writing rows that come from another installation as they stand: their versions come with them."""

from collections.abc import Sequence
from typing import TypeVar

from django.db import models

from opensenco.access.managers import MANY, NoRight
from opensenco.access.scope import current

M = TypeVar("M", bound=models.Model)


def carry(rows: Sequence[M]) -> list[M]:
    """Write new rows of one model with their moments and numbers of versions, and nothing beside.

    An operation that makes a row also makes its first version, in the name of whoever acts. A row
    that is carried has its versions already: they are rows of their own and carried as such.

    Raises:
        NoRight: the whole record is not open; nobody in a role of their own writes so.
    """
    if current().kind != "system":
        raise NoRight("Rows are carried by commands alone, with the whole record open.")
    if not rows:
        return []
    everything = type(rows[0])._default_manager.all()
    # past our own `bulk_create`, which would begin a history for each
    return models.QuerySet.bulk_create(everything, rows, batch_size=MANY)
