"""Writing one row of a book in words that are kept: who looked is written at each request.

Django puts its INSERT together anew each time, which costs more than the database takes for it
(docs/adr/0024). A book is append-only and has no history.
"""

from functools import lru_cache
from typing import Any

from django.db import connection, models
from django.db.models import Field
from django.db.models.sql import InsertQuery

from opensenco.access.managers import KEEPER, NoRight, check_write


def enter(row: models.Model) -> None:
    """Write a new row of a book, with the same checks as a manager's.

    Raises:
        NoScope: no scope is open, or the row is another organisation's.
        NoRight: the scope's role never writes such rows, or they are no book's.
    """
    model = type(row)
    check_write(row, "INSERT")
    if hasattr(model, KEEPER) or not model.tenancy.append_only:  # type: ignore[attr-defined]
        raise NoRight(f"{model._meta.label} is no book: save its rows.")
    sql, fields = _words(model, connection.vendor)
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@lru_cache(maxsize=100)
def _words(model: type[models.Model], vendor: str) -> tuple[str, list[Field[Any, Any]]]:
    """Give the statement and the fields whose values it takes, in their order."""
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    query = InsertQuery(model)
    query.insert_values(fields, [model()])
    compiler: Any = query.get_compiler(connection=connection)
    [(sql, _params)] = compiler.as_sql()
    return sql, fields
