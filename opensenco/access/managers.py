"""Managers that know no rows outside a scope."""

from collections.abc import Iterable, Iterator
from typing import Any, Generic, TypeVar, cast

from django.db import models

from opensenco.access.scope import NoScope, Scope, current, current_or_none

M = TypeVar("M", bound=models.Model)


class ScopedQuerySet(models.QuerySet[M]):
    """A queryset pinned to the scope it was made in.

    Without the pin, SQLite would answer a lazy queryset after its scope has closed, while
    PostgreSQL answers with no rows. Pinned, both refuse.
    """

    _pin: Scope | None = None

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
        clone._pin = self._pin
        return clone

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self._check()
        super()._fetch_all()

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
        """Change rows within the scope; a row never changes its organisation."""
        self._check()
        if {"org", "org_id"} & set(kwargs):
            raise NoScope("A row never moves to another organisation.")
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete rows within the scope: drafts and the like, never the record itself."""
        self._check()
        return super().delete()

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        """Create rows, each of an organisation of the scope."""
        rows = list(objs)
        for row in rows:
            check_org(row)
        return super().bulk_create(rows, *args, **kwargs)

    def bulk_update(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> int:
        """Change rows, each of an organisation of the scope."""
        rows = list(objs)
        for row in rows:
            check_org(row)
        return super().bulk_update(rows, *args, **kwargs)


class ScopedManager(models.Manager[M], Generic[M]):
    """Gives only what the model's tenancy lets the open scope see."""

    def get_queryset(self) -> ScopedQuerySet[M]:
        """Give the rows of the open scope.

        Raises:
            NoScope: no scope is open, and the model is not one that signing in needs.
        """
        tenancy = self.model.tenancy  # type: ignore[attr-defined]
        queryset: ScopedQuerySet[M] = ScopedQuerySet(model=self.model, using=self._db)
        here = current_or_none()
        if here is None and tenancy.before_scope:
            return queryset.pinned(None)
        here = here or current()
        if here.kind != "system":
            condition = tenancy.condition(here)
            if condition is not None:
                queryset = queryset.filter(condition)
        return queryset.pinned(here)


def check_org(row: models.Model) -> None:
    """Refuse to write a row of an organisation outside the open scope.

    Raises:
        NoScope: there is no scope, or the row belongs elsewhere.
    """
    field = getattr(type(row), "tenancy", None)
    writer = getattr(field, "writer", None)
    if writer is None:
        return
    here = current()
    if here.kind != "system" and getattr(row, writer) not in here.orgs:
        raise NoScope("This row belongs to an organisation outside the open scope.")
