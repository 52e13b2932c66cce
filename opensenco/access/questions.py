"""Questions to the record that are put together once and asked again and again.

Most of what a page used to cost was Django putting its questions together: conditions by reach,
scopes and joins, turned into the same SQL for the same person each time (ADR 0011). A question is a
function that gives a queryset. What it becomes is kept for as long as it is the same question: the
same scope, person, hat, day and arguments, all of them part of the key. What differs from one
asking to the next, such as the pupils of a page, is told when it is asked (`Told`, `Among`).

    @question
    def needs_among(actor: Actor) -> QuerySet[Need]:
        return standing_needs().filter(Among("pupil", "pupils")).order_by("rank")

    needs_among.ask(actor, pupils=[1, 2, 3])

Only the words of a question are kept and never an answer. The database hears the same words in the
same scope as it would have heard without, so row-level security sees no difference.
"""

import json
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from threading import Lock
from types import SimpleNamespace
from typing import Any, Generic, NoReturn, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Count, Expression, F, Field, Model, QuerySet
from django.db.models.query import FlatValuesListIterable
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.constants import CURSOR

from opensenco.access.scope import current_or_none

T = TypeVar("T")
#: how many are kept in a process; the one not asked for longest goes first
MOST = 2_000
_keeps: ContextVar[bool] = ContextVar("opensenco_keeps_questions", default=True)
_kept: "OrderedDict[Hashable, _Words]" = OrderedDict()
_lock = Lock()


class Shaped:
    """What a question is asked for, such as an actor: it says all that the question may hang on."""

    @property
    def identity(self) -> Hashable:
        """All that a question may know of this, as a part of its key."""
        raise NotImplementedError

    def to_ask(self) -> "Shaped":
        """Give this as questions know it, with nothing that differs from asking to asking."""
        raise NotImplementedError


@dataclass(frozen=True)
class _Blank:
    """Where a value told later stands among the parameters, and how the database wants it."""

    name: str
    put: Callable[[Any, BaseDatabaseWrapper], Any]


class Told(Expression):
    """A value that is told when the question is asked, by this name."""

    def __init__(self, name: str, field: Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Leave a blank."""
        field = self.output_field
        return "%s", [_Blank(self.name, lambda value, db: field.get_db_prep_value(value, db))]


class _OneParameter(Expression):
    """A condition on a column whose many values are one parameter, so the words stay short.

    PostgreSQL also plans a statement of a hundred parameters anew each time it is asked.
    """

    #: the type of the column, as PostgreSQL names it
    kind = ""

    def __init__(self, column: str) -> None:
        super().__init__(output_field=BooleanField())
        self.column: Any = F(column)

    def get_source_expressions(self) -> list[Any]:
        """Give the column, so that Django finds its table."""
        return [self.column]

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        """Take the column with its table."""
        [self.column] = exprs

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Leave one place for all values."""
        column, params = compiler.compile(self.column)
        listed = [*params, self.parameter(connection.vendor == "postgresql")]
        if connection.vendor == "postgresql":
            return f"{column} = ANY(%s::{self.kind}[])", listed
        return f"{column} IN (SELECT value FROM json_each(%s))", listed  # noqa: S608 (a column)

    def parameter(self, array: bool) -> Any:
        """Give all values: as an array where the database has them, else as JSON."""
        raise NotImplementedError


class Among(_OneParameter):
    """The condition that a key is among ids that are told when the question is asked."""

    kind = "bigint"

    def __init__(self, column: str, name: str) -> None:
        super().__init__(column)
        self.name = name

    def parameter(self, array: bool) -> _Blank:
        """Leave a blank."""
        return _Blank(self.name, _as_array if array else _as_json)


class OneOf(_OneParameter):
    """The condition that a text is one of these."""

    kind = "text"

    def __init__(self, column: str, texts: Sequence[str]) -> None:
        super().__init__(column)
        self.texts = tuple(texts)

    def parameter(self, array: bool) -> list[str] | str:
        """Give the texts."""
        return list(self.texts) if array else json.dumps(self.texts)


def _as_array(ids: Sequence[int], _db: BaseDatabaseWrapper) -> list[int]:
    return [int(one) for one in ids]


def _as_json(ids: Sequence[int], _db: BaseDatabaseWrapper) -> str:
    return json.dumps([int(one) for one in ids])


@dataclass(frozen=True)
class _Words:
    """A question in the database's language. `sql` is empty where nothing can be the answer."""

    sql: str
    params: tuple[Any, ...] = ()
    blanks: tuple[tuple[int, _Blank], ...] = ()
    query: Any = None
    iterable: Any = None
    fields: Any = None
    shape: Mapping[str, Any] | None = None

    def filled(self, told: Mapping[str, Any]) -> tuple[Any, ...]:
        """Give the parameters, with what was told in the blanks."""
        names = {blank.name for _place, blank in self.blanks}
        if names != set(told) and self.sql:
            raise TypeError(f"this question is told {sorted(names)}, not {sorted(told)}")
        if not self.blanks:
            return self.params
        params = list(self.params)
        for place, blank in self.blanks:
            params[place] = blank.put(told[blank.name], connection)
        return tuple(params)


#: what a compiler finds out while it puts a question into words, and needs for reading the rows
_SHAPE = ("select", "klass_info", "annotation_col_map", "col_count", "has_extra_select")


class _Asking(SQLCompiler):
    """A compiler that has nothing left to compile, and reads all rows at once."""

    def __init__(self, words: _Words, params: tuple[Any, ...], db: BaseDatabaseWrapper) -> None:
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
        cursor = super().execute_sql(CURSOR)
        try:
            rows: list[Any] = cursor.fetchall()
        finally:
            cursor.close()
        return [row[: self.col_count] for row in rows] if self.has_extra_select else rows

    def results_iter(
        self, results: Any = None, tuple_expected: bool = False, *_args: Any, **_options: Any
    ) -> Iterator[Any]:
        """Give the rows with their values as Python has them."""
        rows = self.execute_sql() if results is None else results
        converters = self._converters()
        if converters:
            rows = self.apply_converters(rows, converters)
        return map(tuple, rows) if tuple_expected else iter(rows)

    def _converters(self) -> dict[int, Any]:
        """Give what turns values of the database into Python's, found out once a connection."""
        known: dict[int, tuple[_Words, dict[int, Any]]]
        known = vars(self.connection).setdefault("opensenco_converters", {})
        words, found = known.get(id(self._words), (None, {}))
        if words is not self._words:
            found = self.get_converters([one[0] for one in self.select[: self.col_count]])
            if len(known) > MOST:
                known.clear()
            known[id(self._words)] = self._words, found
        return found


class _AskedQuery:
    """Stands where the rows of a queryset look for its query."""

    def __init__(self, query: Query, asking: _Asking) -> None:
        self._query, self._asking = query, asking

    def get_compiler(self, using: str | None = None) -> _Asking:
        """Give the compiler that has the words."""
        return self._asking

    def __getattr__(self, name: str) -> Any:
        return getattr(self._query, name)


class Question(Generic[T]):
    """A function that gives a queryset, asked in the words it had before where it is the same."""

    def __init__(self, build: Callable[..., QuerySet[Any, T]]) -> None:
        self._build = build
        self.__doc__ = build.__doc__

    def ask(self, *given: Any, **told: Any) -> list[T]:
        """Ask in the open scope.

        Args:
            given: what the function takes: an actor, and values that are the same in many askings.
            told: what fills the blanks of `Told` and `Among`.

        Raises:
            NoScope: none is open.
            TypeError: a blank was not told, or something else was.
        """
        words = self._words(given)
        params = words.filled(told)
        if not words.sql:
            return []
        db = connections[DEFAULT_DB_ALIAS]
        asked: Any = SimpleNamespace(
            query=_AskedQuery(words.query, _Asking(words, params, db)),
            db=db.alias,
            _known_related_objects={},
            _fields=words.fields,
        )
        return list(words.iterable(asked))

    def _words(self, given: tuple[Any, ...]) -> _Words:
        if not _keeps.get():
            return _put(self._build(*given))
        key = (self._build, connection.vendor, current_or_none(), *map(_key, given))
        with _lock:
            known = _kept.get(key)
            if known is not None:
                _kept.move_to_end(key)
                return known
        with connection.execute_wrapper(_refuse):
            words = _put(self._build(*(g.to_ask() if isinstance(g, Shaped) else g for g in given)))
        with _lock:
            _kept[key] = words
            while len(_kept) > MOST:
                _kept.popitem(last=False)
        return words


def question(build: Callable[..., QuerySet[Any, T]]) -> Question[T]:
    """Make a function that gives a queryset a question."""
    return Question(build)


def counted(queryset: QuerySet[Any, Any]) -> QuerySet[Any, int]:
    """Give a queryset whose one row is how many another has, for questions that count.

    No row comes back where the database need not be asked: take the `sum` of the answer.

    Raises:
        TypeError: the other is a part of a list, or is grouped: count what it is made of.
    """
    rows: Any = queryset.order_by()
    query = rows.query
    if query.is_sliced or query.distinct or query.combinator or query.group_by is not None:
        raise TypeError("only a plain list is counted so")
    query.select_related, query.select, query.default_cols = False, (), False
    query.add_annotation(Count("*"), "how_many")
    query.set_annotation_mask({"how_many"})
    rows._iterable_class, rows._fields = FlatValuesListIterable, ("how_many",)
    narrowed: QuerySet[Any, int] = rows
    return narrowed


def _key(given: Any) -> Hashable:
    """Give all of an argument that a question can hang on."""
    if isinstance(given, Shaped):
        return given.identity
    if isinstance(given, Model):
        raise TypeError("give the id of a row, which says all that a question may know of it")
    hash(given)
    found: Hashable = given
    return found


def _put(queryset: QuerySet[Any, T]) -> _Words:
    """Put a queryset into words."""
    loose: Any = queryset
    if loose._prefetch_related_lookups or loose._known_related_objects:
        raise TypeError("a question gives rows of one kind: ask for what belongs to them apart")
    compiler = queryset.query.get_compiler(connection=connection)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return _Words("")
    blanks = tuple((n, one) for n, one in enumerate(params) if isinstance(one, _Blank))
    shape = {name: getattr(compiler, name) for name in _SHAPE}
    return _Words(
        sql, tuple(params), blanks, queryset.query, loose._iterable_class, loose._fields, shape
    )


def _refuse(*_args: Any) -> NoReturn:
    raise LookupError("A question is put together without asking the database: tell it by an `ask`")


@contextmanager
def put_anew() -> Iterator[None]:
    """Keep no words within this block: for tests that hold kept questions against fresh ones."""
    before = _keeps.set(False)
    try:
        yield
    finally:
        _keeps.reset(before)


def forget() -> None:
    """Forget every question's words."""
    with _lock:
        _kept.clear()
