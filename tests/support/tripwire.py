"""A question about an organisation's rows that does not say which organisation stops the test.

SQLite has no row-level security: there the managers are the only wall. This is what PostgreSQL
does by its policies, as a tripwire under every test: each statement is read, and one that names a
table of organisations without a condition on whose rows it wants is refused.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import Any

from django.db import connection

from opensenco.access.keys import all_models
from opensenco.access.scope import current_or_none
from opensenco.access.tenancy import Between, Org, PersonRows

NAMED = re.compile(r'\b(?:FROM|JOIN|UPDATE)\s+"(\w+)"')
#: a condition on the organisation, or on the person whose own rows these are
CONDITION = re.compile(r'"(?:org_id|from_org_id|person_id)"\s*(?:=|IN\b)')
ASKS = re.compile(r"\s*(?:SELECT|UPDATE|DELETE)\b", re.IGNORECASE)
WORDS = re.compile(r"'(?:[^']|'')*'")


class Unwalled(AssertionError):
    """A statement went past the managers."""


@cache
def walled_tables() -> frozenset[str]:
    """Give the tables whose rows belong to organisations or persons."""
    return frozenset(
        model._meta.db_table
        for model in all_models()
        if isinstance(model.tenancy, Org | PersonRows | Between)  # type: ignore[attr-defined]
    )


def blocks(statement: str) -> Iterator[str]:
    """Give each SELECT, UPDATE or DELETE of a statement by itself, inner ones taken out."""
    open_at: list[list[str]] = [[]]
    for piece in re.split(r"([()])", WORDS.sub("''", statement)):
        if piece == "(":
            open_at.append([])
        elif piece == ")" and len(open_at) > 1:
            inner = "".join(open_at.pop())
            if ASKS.match(inner):
                yield inner
            else:
                open_at[-1].append(f"({inner})")
        else:
            open_at[-1].append(piece)
    outer = "".join(open_at[0])
    if ASKS.match(outer):
        yield outer


@lru_cache(maxsize=20_000)
def unwalled(statement: str) -> frozenset[str]:
    """Give the tables of organisations that a statement asks without saying whose rows."""
    found: set[str] = set()
    for block in blocks(statement):
        tables = walled_tables().intersection(NAMED.findall(block))
        _, _, where = block.partition(" WHERE ")
        if tables and not CONDITION.search(where):
            found |= tables
    return frozenset(found)


def trip(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    """Refuse an unwalled statement, unless the whole record is open with a reason."""
    here = current_or_none()
    if (here is None or here.kind != "system") and (tables := unwalled(sql)):
        raise Unwalled(f"{', '.join(sorted(tables))} asked past the managers: {sql[:300]}")
    return execute(sql, params, many, context)


@contextmanager
def taken_up() -> Iterator[None]:
    """Have no wire under an upgrade that runs in this process: its owner's process has none."""
    laid = trip in connection.execute_wrappers
    if laid:
        connection.execute_wrappers.remove(trip)
    try:
        yield
    finally:
        if laid:
            connection.execute_wrappers.append(trip)


def lay() -> None:
    """Lay the wire under every statement of this process's connection."""
    connection.execute_wrappers.append(trip)
