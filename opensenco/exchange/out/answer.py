"""A page's list given as a file instead of as a page, through the same door."""

from collections.abc import Iterable, Mapping

from django.db.models import Model

from opensenco.access.actor import Actor
from opensenco.exchange.out import csv_file, workbook
from opensenco.exchange.out.about import about
from opensenco.exchange.out.table import Kind, Table
from opensenco.gate.answer import Answer, Listed

_TYPES = {
    Kind.CSV: "text/csv; charset=utf-8",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def asked(query: Mapping[str, str]) -> Kind | None:
    """Give the kind of file that an address asks for by `file`, None where it wants the page."""
    wanted = query.get("file", "")
    return Kind(wanted) if wanted in set(Kind) else None


def as_file(
    actor: Actor,
    kind: Kind,
    name: str,
    table: Table,
    *,
    wanted: str = "",
    chosen: str = "",
    search: bool = False,
    opened: Iterable[Model] = (),
) -> Answer:
    """Give a list as a file; the log of looks gets one entry with the filter and the count.

    Args:
        name: the file's name without its ending: what the list is, never of whom.
        chosen: the same in words, for whoever reads the file.
        wanted: what was asked for, for the log. search: whether somebody was looked for.
        opened: the pupils whose own list this is; then each is logged, and no list.
    """
    write = {Kind.CSV: csv_file.written, Kind.XLSX: workbook.written}[kind]
    table.about = about(actor, table, chosen, filtered=bool(wanted))
    pupils = list(opened)
    listed = Listed(len(table.rows), f"{kind} file {wanted}".strip(), search)
    return Answer(
        content=write(table),
        content_type=_TYPES[kind],
        filename=f"{name}.{kind}",
        opened=pupils,
        listed=None if pupils else listed,
    )
