"""Links, groups and members of the register, written within the verb that takes the register over.

They are no verbs of their own: with the register they are applied, or nothing is.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any, TypeVar

from django.db.models import Model

from opensenco.exchange.beside import GROUP_COLUMNS, Beside
from opensenco.exchange.models import EstablishmentLink, RegisterGroup, RegisterSpan

T = TypeVar("T")
BATCH = 1_000
WRITTEN: dict[str, tuple[Any, tuple[str, ...]]] = {
    "links": (EstablishmentLink, ("other_name", "since")),
    "groups": (RegisterGroup, GROUP_COLUMNS),
    "members": (RegisterSpan, ("joined_on", "left_on", "left_seen")),
}


def write_beside(found: Beside, today: date) -> None:
    """Write what one of these files says that the record does not say yet."""
    model, columns = WRITTEN[found.name]
    RegisterGroup.objects.bulk_create(found.made, batch_size=BATCH)
    # What ends stands before what begins: the same school in the next group.
    for rows in batches(iter(found.changed), BATCH):
        model.objects.bulk_update(rows, [*columns, "last_read_on"])
    model.objects.bulk_create(found.new, batch_size=BATCH)
    mark_present(model, found.present, today)


def mark_present(model: type[Model], ids: Sequence[int], today: date) -> None:
    """Note the day on stored rows that a file has and that stay as they are."""
    rows: Any = model._default_manager
    for batch in batches(iter(ids), BATCH):
        rows.filter(pk__in=batch, last_read_on__lt=today).update(last_read_on=today)


def batches(rows: Iterator[T], size: int) -> Iterator[list[T]]:
    """Give rows in lists of at most `size`."""
    while batch := list(islice(rows, size)):
        yield batch
