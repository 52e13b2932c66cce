"""What people of a school said of a file's columns, remembered for files with the same headings."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace

from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.exchange.kinds.kind import Kind, Reading
from opensenco.exchange.models import FileImport, Mapping
from opensenco.exchange.readers.cells import squeezed
from opensenco.exchange.readers.lists import Opened, read_table
from opensenco.exchange.readers.values import NameOrder
from opensenco.gate.rows import change


def fingerprint(headings: Iterable[str]) -> str:
    """Give what tells files of one source from others: their headings, whatever the order."""
    keys = sorted({squeezed(heading) for heading in headings} - {""})
    return hashlib.sha256(json.dumps(keys).encode()).hexdigest()


def recalled(org: Organisation, kind: Kind, opened: Opened, reading: Reading) -> Reading:
    """Give how a file is read: as the person says now, else as somebody said of such files."""
    if reading.columns is not None:
        return reading
    kept = {row.fingerprint: row for row in Mapping.objects.filter(org=org, kind=kind.code)}
    if not kept:
        return reading
    table = read_table(opened, kind.fields, None, reading.sheet, lenient=True)
    known = kept.get(fingerprint(table.header))
    if known is None:
        return reading
    order = known.reading.get("name_order") or NameOrder.SURNAME_COMMA
    return replace(
        reading,
        columns=known.columns,
        blank_sen_is_none=reading.blank_sen_is_none or bool(known.reading.get("blank_sen_is_none")),
        name_order=reading.name_order
        if reading.name_order is not NameOrder.SURNAME_COMMA
        else NameOrder(order),
    )


def remember(actor: Actor, file: FileImport, reading: Reading) -> None:
    """Keep what was said of a file's columns."""
    if reading.columns is None:
        return
    key = fingerprint(file.header)
    values = {
        "columns": dict(reading.columns),
        "reading": reading.stored() | {"columns": None, "sheet": "", "once": {}},
        "at": actor.at,
        "by": actor.person,
    }
    row = Mapping.objects.filter(org=file.org, kind=file.kind, fingerprint=key).first()
    if row is None:
        Mapping(org=file.org, kind=file.kind, fingerprint=key, **values).save()
    else:
        change(row, version=None, **values)
