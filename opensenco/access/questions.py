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
import re
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from threading import Lock
from typing import Any, Generic, NoReturn, TypeVar, cast
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Count, Expression, F, Field, Model, QuerySet, TextField
from django.db.models.functions import Cast
from django.db.models.query import FlatValuesListIterable
from django.db.models.sql.compiler import SQLCompiler

from opensenco.access.scope import braces, current_or_none
from opensenco.access.wording import Blank, Words, answered, put

T = TypeVar("T")
#: how many are kept in a process; the one not asked for longest goes first
MOST = 2_000
_keeps: ContextVar[bool] = ContextVar("opensenco_keeps_questions", default=True)
_kept: "OrderedDict[Hashable, Words]" = OrderedDict()
_lock = Lock()
#: what a verb, a state or a role is called in our code
_NAME = re.compile(r"[A-Za-z0-9_.:-]+")


@lru_cache(maxsize=MOST)
def one_and_the_same(key: T) -> T:
    """Give the first key that was equal to this one, so that a key is compared whole only once.

    A page asks a dozen questions for one actor, and a hat has a hundred grants.
    """
    return key


class Shaped:
    """What a question is asked for, such as an actor: it says all that the question may hang on."""

    @property
    def identity(self) -> Hashable:
        """All that a question may know of this, as a part of its key."""
        raise NotImplementedError

    def to_ask(self) -> "Shaped":
        """Give this as questions know it, with nothing that differs from asking to asking."""
        raise NotImplementedError


class Told(Expression):
    """A value that is told when the question is asked, by this name."""

    def __init__(self, name: str, field: Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Leave a blank."""
        field = self.output_field
        return "%s", [Blank(self.name, lambda value, db: field.get_db_prep_value(value, db))]


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
        array = connection.vendor == "postgresql"
        listed = [*params, self.parameter(array)]
        if array:
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

    def parameter(self, array: bool) -> Blank:
        """Leave a blank."""
        return Blank(self.name, _as_array if array else _as_json)


class AmongRefs(Among):
    """The condition that a reference is among references told when the question is asked: as they
    are, or as `as_text` of the same database gave them."""

    kind = "uuid"

    def parameter(self, array: bool) -> Blank:
        """Leave a blank."""
        return Blank(self.name, _refs_as_array if array else _refs_as_json)


def as_text(column: str) -> Cast:
    """Give a column as text: of thousands of rows most say the same day, which is read once
    (`kernel.dates.iso_day`), where the driver or Django would read it for each."""
    return Cast(column, TextField())


class OneOf(_OneParameter):
    """The condition that a text is one of these: verbs and the like, which stand in our code.

    They are said outright, so that a plan knows them and no driver writes them each time.

    Raises:
        ValueError: one of them is no name from our code.
    """

    def __init__(self, column: str, texts: Sequence[str]) -> None:
        super().__init__(column)
        self.texts = tuple(texts)
        if odd := [text for text in self.texts if not _NAME.fullmatch(text)]:
            raise ValueError(f"{odd} are no names from our code: tell them")

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Say the texts. None of them is every row's fault: nothing is one of nothing."""
        column, params = compiler.compile(self.column)
        named = ", ".join(f"'{text}'" for text in self.texts) or "NULL"
        return f"{column} IN ({named})", list(params)


def _as_array(ids: Sequence[int], _db: BaseDatabaseWrapper) -> str:
    # As the database reads one: writing a list costs its driver more than asking.
    return braces(ids)


def _as_json(ids: Sequence[int], _db: BaseDatabaseWrapper) -> str:
    return f"[{','.join(str(int(one)) for one in ids)}]"


def _refs_as_array(refs: Iterable[UUID | str], _db: BaseDatabaseWrapper) -> str:
    return "{" + ",".join(map(str, refs)) + "}"


def _refs_as_json(refs: Iterable[UUID | str], _db: BaseDatabaseWrapper) -> str:
    # as SQLite holds them
    return json.dumps([ref if isinstance(ref, str) else ref.hex for ref in refs])


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
        # found once: the proxy for the connection looks into the storage of the thread each time
        db = connections[DEFAULT_DB_ALIAS]
        words = self._words(given, db.vendor)
        params = words.filled(told, db)
        return answered(words, params, db) if words.sql else []

    def _words(self, given: tuple[Any, ...], vendor: str) -> Words:
        if not _keeps.get():
            return put(self._build(*given))
        key = (self._build, vendor, current_or_none(), *map(_key, given))
        with _lock:
            known = _kept.get(key)
            if known is not None:
                _kept.move_to_end(key)
                return known
        with connection.execute_wrapper(_refuse):
            words = put(self._build(*(g.to_ask() if isinstance(g, Shaped) else g for g in given)))
        with _lock:
            _kept[key] = words
            while len(_kept) > MOST:
                _kept.popitem(last=False)
        return words


_lists: "OrderedDict[Hashable, QuerySet[Any, Any]]" = OrderedDict()
S = TypeVar("S", bound=Shaped)
L = TypeVar("L", bound=QuerySet[Any, Any])


def put_together(name: Hashable, asker: S, build: Callable[[S], L]) -> L:
    """Give a list that nobody has asked yet, put together once for the same asker and scope.

    Args:
        name: says, with the asker, all that the list hangs on.

    Raises:
        LookupError: it cannot be put together without the moment, or without asking the database.
    """
    if not _keeps.get():
        return build(asker)
    key = (name, connection.vendor, current_or_none(), asker.identity)
    with _lock:
        rows = _lists.get(key)
        if rows is not None:
            _lists.move_to_end(key)
            return cast("L", rows.all())
    with connection.execute_wrapper(_refuse):
        made = build(cast("S", asker.to_ask()))
    with _lock:
        _lists[key] = made
        while len(_lists) > MOST:
            _lists.popitem(last=False)
    return made.all()


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
        _lists.clear()
