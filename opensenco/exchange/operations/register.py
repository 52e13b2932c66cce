"""The national register, taken over from a file: one verb, one transaction."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.exchange.beside import Beside
from opensenco.exchange.models import Establishment, EstablishmentPast, RegisterReading
from opensenco.exchange.operations.beside import BATCH, batches, write_beside
from opensenco.exchange.operations.groups import bring_memberships
from opensenco.exchange.readers.establishment import Quarantined
from opensenco.exchange.register import COLUMNS, Prepared
from opensenco.gate.operation import operation
from opensenco.kernel.errors import NotPossible

#: what is kept as history where a file says something else of it
PAST = (
    "name", "status", "opened_on", "closed_on", "type_name", "phase", "la_code", "number",
)  # fmt: skip
WRITTEN = [*COLUMNS.values(), "rest", "search_key", "digest", "last_read_on"]


@operation(Action.REGISTER_TAKE)
def take_over_register(
    *,
    actor: Actor,
    prepared: Prepared,
    besides: Sequence[Beside] = (),
    partly: bool = False,
) -> RegisterReading:
    """Write what a file of the register says that the record does not say yet.

    An establishment, link or group that is not in its file stays as it is.

    Args:
        besides: files of links, groups and members that came with it.
        partly: take the rows that can be read even where more than a tenth cannot.

    Raises:
        NotPossible: more than a tenth of the rows of a file were set aside; another file was taken
            over since this one was compared.
    """
    files: list[Prepared | Beside] = [prepared, *besides]
    for file in files:
        if file.broken and not partly:
            raise NotPossible(
                _("%(bad)s of %(all)s rows cannot be read, more than a tenth. Nothing was applied.")
                % {"bad": len(file.quarantined), "all": file.read}
            )
    if last_reading() != prepared.last_reading:
        raise NotPossible(
            _("Another file of the register was applied meanwhile. Run the command again.")
        )
    reading = _reading(actor, prepared, besides)
    reading.save()
    for batch in batches(prepared.waiting(), BATCH):
        _write(batch, actor.today, reading)
    _mark_present(prepared.present, actor.today)
    for beside in besides:
        write_beside(beside, actor.today)
    if besides:
        bring_memberships(actor=actor)
    return reading


def _reading(actor: Actor, prepared: Prepared, besides: Sequence[Beside]) -> RegisterReading:
    return RegisterReading(
        number=prepared.last_reading + 1,
        at=actor.at,
        read_on=actor.today,
        digest=prepared.digest,
        read=prepared.read,
        new=prepared.new,
        changed=prepared.changed,
        unchanged=prepared.unchanged,
        missing=prepared.missing,
        quarantine=[told(row) for row in prepared.quarantined],
        besides={
            one.name: {
                **one.counts(),
                "digest": one.digest,
                "quarantine": [told(row) for row in one.quarantined],
            }
            for one in besides
        },
    )


def last_reading() -> int:
    """Give the number of the last reading of the register, 0 before the first."""
    return RegisterReading.objects.aggregate(last=Max("number"))["last"] or 0


def told(row: Quarantined) -> dict[str, Any]:
    """Give a row that was set aside as programs read it."""
    return {
        "line": row.line,
        "last_line": row.last_line,
        "urn": row.urn,
        "reason": str(row.reason),
    }


def _write(batch: Sequence[dict[str, Any]], today: date, reading: RegisterReading) -> None:
    """Add and change a batch of rows, and keep what the changed ones said before."""
    rows = [Establishment(**_dated(values), last_read_on=today) for values in batch]
    stored = {
        one.urn: one for one in Establishment.objects.filter(urn__in=[row.urn for row in rows])
    }
    EstablishmentPast.objects.bulk_create(
        EstablishmentPast(
            establishment=stored[row.urn],
            until=today,
            reading=reading,
            **{name: getattr(stored[row.urn], name) for name in PAST},
        )
        for row in rows
        if row.urn in stored
        and any(getattr(stored[row.urn], name) != getattr(row, name) for name in PAST)
    )
    Establishment.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["urn"],
        update_fields=[name for name in WRITTEN if name != "urn"],
    )


def _dated(values: dict[str, Any]) -> dict[str, Any]:
    for name in ("opened_on", "closed_on"):
        if values[name]:
            values[name] = date.fromisoformat(values[name])
    return values


def _mark_present(urns: Sequence[str], today: date) -> None:
    """Note the day on those that the file has and that were not written just now."""
    for batch in batches(iter(urns), BATCH):
        Establishment.objects.filter(urn__in=batch, last_read_on__lt=today).update(
            last_read_on=today
        )
