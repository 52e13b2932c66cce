"""What a kept question says to the database, and how its answer is read (access/questions.py)."""

import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from types import SimpleNamespace
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, QuerySet
from django.db.models.query import FlatValuesListIterable, ValuesListIterable
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler

T = TypeVar("T")
#: what a compiler finds out while it puts a question into words, and needs for reading the rows
_SHAPE = ("select", "klass_info", "annotation_col_map", "col_count", "has_extra_select")
#: a place for a parameter as Django writes it, and the sign itself
_PLACE = re.compile(r"%([%s])")
#: questions whose converters a connection remembers at most
MOST = 2_000


class Once(Func):
    """Something that is the same for all rows, worked out once for a question and not for each.

    SQLite would call its Python function for the day in England with every row.
    """

    template = "(SELECT %(expressions)s)"
    arity = 1


@dataclass(frozen=True)
class Blank:
    """Where a value told later stands among the parameters, and how the database wants it."""

    name: str
    put: Callable[[Any, BaseDatabaseWrapper], Any]


@dataclass(frozen=True, eq=False)
class Words:
    """A question in the database's language. `sql` is empty where nothing can be the answer.

    Args:
        direct: the same as the driver itself wants it, which need not write it anew each time.
        names: of the blanks.
        compiler: has nothing left to compile, and knows how rows become what was asked for.
    """

    sql: str
    params: tuple[Any, ...] = ()
    direct: str = ""
    blanks: tuple[tuple[int, Blank], ...] = ()
    names: frozenset[str] = frozenset()
    query: Any = None
    iterable: Any = None
    fields: Any = None
    shape: Mapping[str, Any] | None = None

    def filled(self, told: Mapping[str, Any], db: BaseDatabaseWrapper) -> tuple[Any, ...]:
        """Give the parameters, with what was told in the blanks.

        Raises:
            TypeError: a blank was not told, or something else was.
        """
        if self.names != told.keys() and self.sql:
            raise TypeError(f"this question is told {sorted(self.names)}, not {sorted(told)}")
        if not self.blanks:
            return self.params
        params = list(self.params)
        for place, blank in self.blanks:
            params[place] = blank.put(told[blank.name], db)
        return tuple(params)


def put(queryset: QuerySet[Any, Any]) -> Words:
    """Put a queryset into words."""
    loose: Any = queryset
    if loose._prefetch_related_lookups or loose._known_related_objects:
        raise TypeError("a question gives rows of one kind: ask for what belongs to them apart")
    compiler = queryset.query.get_compiler(connection=connection)
    try:
        sql, given = compiler.as_sql()
    except EmptyResultSet:
        return Words("")
    sql, params = _said_outright(sql, tuple(given))
    blanks = tuple((n, one) for n, one in enumerate(params) if isinstance(one, Blank))
    return Words(
        sql=sql,
        params=params,
        direct=_as_driver(sql),
        blanks=blanks,
        names=frozenset(blank.name for _place, blank in blanks),
        query=queryset.query,
        iterable=loose._iterable_class,
        fields=loose._fields,
        shape={name: getattr(compiler, name) for name in _SHAPE},
    )


def _said_outright(sql: str, params: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]]:
    """Say states and days in the words themselves, so that a plan made once knows them.

    They come from our own code and clock, and are the same for everybody on that day; ids and
    whatever people write stay parameters.
    """
    left: list[Any] = []
    given = iter(params)

    def said(found: re.Match[str]) -> str:
        if found[1] == "%":
            return "%%"
        one = next(given)
        if isinstance(one, Enum) and isinstance(one.value, str) and one.value.isidentifier():
            return f"'{one.value}'"
        if connection.vendor == "postgresql" and type(one) is date:
            return f"'{one.isoformat()}'::date"
        left.append(one)
        return "%s"

    return _PLACE.sub(said, sql), tuple(left)


def _as_driver(sql: str) -> str:
    """Write the places of parameters as the driver has them: ?, or $1, $2 and so on."""
    numbers = itertools.count(1)
    numbered = connection.vendor == "postgresql"

    def place(found: re.Match[str]) -> str:
        if found[1] == "%":
            return "%"
        return f"${next(numbers)}" if numbered else "?"

    return _PLACE.sub(place, sql)


def answered(words: Words, params: tuple[Any, ...], db: BaseDatabaseWrapper) -> list[Any]:
    """Ask, and give the rows as what the queryset would have given."""
    asking = _Asking(words, params, db)
    if words.iterable is ValuesListIterable:
        return list(asking.results_iter(tuple_expected=True))
    if words.iterable is FlatValuesListIterable:
        return [row[0] for row in asking.results_iter()]
    asked: Any = SimpleNamespace(
        query=_AskedQuery(words.query, asking),
        db=db.alias,
        _known_related_objects={},
        _fields=words.fields,
    )
    return list(words.iterable(asked))


class _Asking(SQLCompiler):
    """A compiler that has nothing left to compile, and reads all rows at once."""

    def __init__(self, words: Words, params: tuple[Any, ...], db: BaseDatabaseWrapper) -> None:
        # Not Django's own beginning: it would look at the query for what `shape` holds already.
        vars(self).update(words.shape or {})
        self.query, self.connection, self.using = words.query, db, db.alias
        self._words, self._params = words, params

    def as_sql(
        self, with_limits: bool = True, with_col_aliases: bool = False
    ) -> tuple[str, tuple[Any, ...]]:
        """Give the words that were kept."""
        return self._words.sql, self._params

    def execute_sql(self, *_args: Any, **_options: Any) -> Any:
        """Ask, and give the rows as the database has them."""
        rows = _fetched(self._words, self._params, self.connection)
        return [row[: self.col_count] for row in rows] if self.has_extra_select else rows

    def results_iter(
        self, results: Any = None, tuple_expected: bool = False, *_args: Any, **_options: Any
    ) -> Iterator[Any]:
        """Give the rows with their values as Python has them."""
        rows = self.execute_sql() if results is None else results
        converters = self._converters()
        if not converters:
            # both drivers give tuples
            return iter(rows)
        rows = self.apply_converters(rows, converters)
        return map(tuple, rows) if tuple_expected else iter(rows)

    def _converters(self) -> dict[int, Any]:
        """Give what turns values of the database into Python's, found out once a connection."""
        known: dict[int, tuple[Words, dict[int, Any]]]
        known = vars(self.connection).setdefault("opensenco_converters", {})
        words, found = known.get(id(self._words), (None, {}))
        if words is not self._words:
            found = self.get_converters([one[0] for one in self.select[: self.col_count]])
            if len(known) > MOST:
                known.clear()
            known[id(self._words)] = self._words, found
        return found


def _fetched(words: Words, params: tuple[Any, ...], db: BaseDatabaseWrapper) -> list[Any]:
    """Ask as Django's own cursor does, but for writing the marks of parameters anew each time."""
    rows: list[Any]
    if db.execute_wrappers or db.queries_logged:
        with db.cursor() as cursor:
            cursor.execute(words.sql, params)
            rows = cursor.fetchall()
        return rows
    db.close_if_health_check_failed()
    db.ensure_connection()
    db.validate_thread_sharing()
    db.validate_no_broken_transaction()
    with db.wrap_database_errors:
        rows = _line(db).execute(words.direct, params).fetchall()
    return rows


def _line(db: Any) -> Any:
    if db.vendor != "postgresql":
        return db.connection
    from psycopg import RawCursor  # where SQLite is, its driver is not loaded

    return RawCursor(db.connection)


class _AskedQuery:
    """Stands where the rows of a queryset look for its query."""

    def __init__(self, query: Query, asking: _Asking) -> None:
        self._query, self._asking = query, asking

    def get_compiler(self, using: str | None = None) -> _Asking:
        """Give the compiler that has the words."""
        return self._asking

    def __getattr__(self, name: str) -> Any:
        return getattr(self._query, name)
