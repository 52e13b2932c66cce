"""Managers that know no rows outside a scope, and write only what the scope's role may.

PostgreSQL repeats all of it by roles and policies. SQLite has neither, so here the same declaration
(access/tenancy.py) is asked before each write.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Generic, TypeVar, cast

from django.db import models, transaction

from opensenco.access.scope import NoScope, Scope, current, current_or_none

M = TypeVar("M", bound=models.Model)
#: what a model with history has under this name is called for rows written many at once
KEEPER = "keep_versions"
#: rows in one statement; more would pass the number of parameters that databases take
MANY = 500


class NoRight(RuntimeError):
    """A row was written in a way that no role of the open scope ever may."""


class ScopedQuerySet(models.QuerySet[M]):
    """A queryset pinned to the scope it was made in.

    Without the pin, SQLite would answer a lazy queryset after its scope has closed, while
    PostgreSQL answers with no rows. Pinned, both refuse.
    """

    _pin: Scope | None = None
    _keeping = False

    def pinned(self, scope: Scope | None) -> "ScopedQuerySet[M]":
        """Give this queryset, bound to a scope."""
        self._pin = scope
        return self

    def _check(self) -> None:
        if current_or_none() != self._pin:
            raise NoScope(
                f"A list of {self.model._meta.verbose_name_plural} was read outside its scope."
            )

    def _clone(self) -> "ScopedQuerySet[M]":
        clone = cast("ScopedQuerySet[M]", super()._clone())  # type: ignore[misc]
        clone._pin, clone._keeping = self._pin, self._keeping
        return clone

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self._check()
        super()._fetch_all()

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        """Become part of another query within the scope only."""
        self._check()
        return super().resolve_expression(*args, **kwargs)

    resolve_expression.queryset_only = True  # type: ignore[attr-defined]

    def _merge_sanity_check(self, other: models.QuerySet[M]) -> None:
        self._check_other(other)
        super()._merge_sanity_check(other)  # type: ignore[misc]

    def _combinator_query(self, combinator: str, *others: Any, all: bool = False) -> Any:
        for other in others:
            self._check_other(other)
        return super()._combinator_query(combinator, *others, all=all)  # type: ignore[misc]

    def _check_other(self, other: Any) -> None:
        if getattr(other, "_pin", self._pin) != self._pin:
            raise NoScope("Lists of two scopes are never put together.")

    def explain(self, *args: Any, **kwargs: Any) -> str:
        """Explain within the scope."""
        self._check()
        return super().explain(*args, **kwargs)

    def iterator(self, chunk_size: int | None = None) -> Iterator[M]:
        """Iterate within the scope."""
        self._check()
        return super().iterator(chunk_size)

    def count(self) -> int:
        """Count within the scope."""
        self._check()
        return super().count()

    def exists(self) -> bool:
        """Tell whether there is a row within the scope."""
        self._check()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Aggregate within the scope."""
        self._check()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        """Change rows within the scope; a row never changes its organisation.

        Raises:
            NoRight: the scope's role never changes such rows, or they keep a history, which this
                would pass by (a claimed version alone is allowed: gate/rows.py).
        """
        self._check()
        if {"org", "org_id"} & set(kwargs):
            raise NoScope("A row never moves to another organisation.")
        if hasattr(self.model, KEEPER) and not self._keeping and set(kwargs) != {"version"}:
            raise NoRight("These rows keep a history: save them one by one, or by bulk_update.")
        need_columns(self.model, kwargs)
        return models.QuerySet.update(self._changeable("UPDATE"), **kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete rows within the scope: drafts and the like, never the record itself."""
        self._check()
        return models.QuerySet.delete(self._changeable("DELETE"))

    def remove_for_good(self) -> int:
        """Remove rows of any kind, append-only ones too, and give how many: for disposal alone.

        Nothing follows from it: what points at these rows has to be gone before, or the database
        refuses. Only the worker's system scope has the right.

        Raises:
            NoRight: the open scope is another.
        """
        self._check()
        here = current_or_none()
        if here is None or here.kind != "system":
            raise NoRight("Only the worker removes rows for good, in its system scope.")
        need_right(self.model, "DELETE")
        # Django gives nothing where it sees beforehand that there is no row
        return int(self._raw_delete(self.db) or 0)

    def _changeable(self, right: str) -> "ScopedQuerySet[M]":
        """Give the rows of this list that may be changed."""
        need_right(self.model, right)
        here = current_or_none()
        tenancy = self.model.tenancy  # type: ignore[attr-defined]
        condition = tenancy.change_condition(here) if here and here.kind != "system" else None
        return self if condition is None else self.filter(condition)

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        """Create rows, each of an organisation of the scope, with their first versions."""
        rows = list(objs)
        for row in rows:
            check_write(row, "INSERT")
        over = kwargs.get("update_conflicts") or kwargs.get("ignore_conflicts")
        if over and hasattr(self.model, KEEPER):
            raise NoRight(
                "Rows with a history clash aloud: a version is of a row that was written."
            )
        if not hasattr(self.model, KEEPER):
            return super().bulk_create(rows, *args, **kwargs)
        with transaction.atomic():
            made = super().bulk_create(rows, *args, **kwargs)
            self._keep_versions(made, "+")
        return made

    def bulk_update(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> int:
        """Change rows, each of an organisation of the scope, with their new versions."""
        self._check()
        rows = list(objs)
        for row in rows:
            check_write(row, "UPDATE")
        need_columns(self.model, args[0] if args else kwargs["fields"])
        keeping = self._chain()  # type: ignore[attr-defined]
        keeping._keeping = True
        with transaction.atomic():
            count = models.QuerySet.bulk_update(keeping, rows, *args, **kwargs)
            if count != len(rows):
                raise NoScope("Some of these rows are outside the open scope.")
            self._keep_versions(rows, "~")
        return count

    def write_alike(self, objs: Sequence[M], **values: Any) -> None:
        """Write the same values to rows of an organisation of the scope, and their new versions.

        One statement for many rows, where `bulk_update` says each value of each row.

        Raises:
            NoScope: some of the rows are outside the scope, or have gone.
        """
        self._check()
        for row in objs:
            check_write(row, "UPDATE")
        keeping = self._chain()  # type: ignore[attr-defined]
        keeping._keeping = True
        with transaction.atomic():
            for start in range(0, len(objs), MANY):
                ids = [row.pk for row in objs[start : start + MANY]]
                written = keeping.filter(pk__in=ids).update(
                    **values, version=models.F("version") + 1
                )
                if written != len(ids):
                    raise NoScope("Some of these rows are outside the open scope.")
            for row in objs:
                row.version += 1  # type: ignore[attr-defined]
                for name, value in values.items():
                    setattr(row, name, value)
            self._keep_versions(objs, "~")

    def _keep_versions(self, rows: Sequence[M], kind: str) -> None:
        keep: Callable[[Sequence[M], str], None] | None = getattr(self.model, KEEPER, None)
        if keep is not None and rows:
            keep(rows, kind)


class ScopedManager(models.Manager[M], Generic[M]):
    """Gives only what the model's tenancy lets the open scope see."""

    def get_queryset(self) -> ScopedQuerySet[M]:
        """Give the rows of the open scope.

        Raises:
            NoScope: no scope is open, and the model is not one that signing in needs.
        """
        return cast("ScopedQuerySet[M]", _of_scope(self.model, self._db, current_or_none()).all())


@lru_cache(maxsize=4_000)
def _of_scope(
    model: type[models.Model], using: str | None, here: Scope | None
) -> ScopedQuerySet[Any]:
    """Give the rows of a scope, put together once: the condition is the same at each asking.

    Raises:
        NoScope: there is none, and the model is not one that signing in needs.
    """
    tenancy = model.tenancy  # type: ignore[attr-defined]
    queryset: ScopedQuerySet[Any] = ScopedQuerySet(model=model, using=using)
    if here is None and tenancy.before_scope:
        return queryset.pinned(None)
    here = here or current()
    if here.kind != "system":
        condition = tenancy.condition(here)
        if condition is not None:
            queryset = queryset.filter(condition)
    return queryset.pinned(here)


def need_right(model: type[models.Model], right: str) -> None:
    """Refuse what the role of the open scope may not do with a table, as its grants do.

    Raises:
        NoScope: none is open, and the table is not one that signing in writes.
        NoRight: the role has no such right on it.
    """
    tenancy = model.tenancy  # type: ignore[attr-defined]
    here = current_or_none()
    if here is None and tenancy.before_scope:
        return
    if right not in tenancy.rights(here or current()):
        raise NoRight(f"{right} on {model._meta.label} is not for anybody in a scope of this kind.")


def need_columns(model: type[models.Model], names: Iterable[str] | None) -> None:
    """Refuse to change columns that never change once a row is made, as the grants do.

    Args:
        names: the columns to be written, None for all of the row.

    Raises:
        NoRight: one of them is fixed.
    """
    changeable = model.tenancy.changeable  # type: ignore[attr-defined]
    here = current_or_none()
    if changeable is None or (here is not None and here.kind == "system"):
        return
    if names is None or set(names) - set(changeable):
        raise NoRight(f"What {model._meta.label} says never changes once it is made.")


def check_write(row: models.Model, right: str) -> None:
    """Refuse to write a row of an organisation outside the open scope.

    Raises:
        NoScope: there is no scope, or the row belongs elsewhere.
        NoRight: the role of the scope never writes such rows.
    """
    need_right(type(row), right)
    here = current_or_none()
    writer = row.tenancy.writer_of(right)  # type: ignore[attr-defined]
    if here is None or here.kind == "system" or writer is None:
        return
    if getattr(row, writer) not in here.orgs:
        raise NoScope("This row belongs to an organisation outside the open scope.")
