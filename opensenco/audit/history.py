"""History: every version of what people edit, with our actor and our clock.

django-simple-history does the copying. We give it three things it has not: the organisation's wall
on its tables and managers, the acting person from the operation, and the operation's moment.
"""

from datetime import date, datetime, time
from typing import Any, ClassVar, cast

from django.db import models
from simple_history.manager import HistoricalQuerySet, HistoryManager
from simple_history.models import HistoricalRecords

from opensenco.access.managers import ScopedManager, ScopedQuerySet, check_org
from opensenco.access.scope import current
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.acting import acting
from opensenco.kernel.clock import LONDON


class OrgOwnedHistory(models.Model):
    """The base of every historical table: same organisation, same wall, never changed."""

    tenancy: ClassVar[Tenancy] = Org(append_only=True)

    objects = ScopedManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the version, refused outside the open scope."""
        check_org(self)
        super().save(*args, **kwargs)


class _ScopedHistoricalQuerySet(HistoricalQuerySet, ScopedQuerySet[Any]):  # type: ignore[misc]
    """History, pinned to the scope it was asked in."""


class ScopedHistoryManager(HistoryManager):  # type: ignore[misc]
    """History within the open scope only; the library's own manager would show all."""

    def get_super_queryset(self) -> Any:
        """Give the versions that the open scope may see."""
        here = current()
        queryset = super().get_super_queryset()
        if here.kind != "system":
            queryset = queryset.filter(self.model.tenancy.condition(here))
        return queryset.pinned(here)


class History(HistoricalRecords):  # type: ignore[misc]
    """Declared as `history = History()` on a model that people edit."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            bases=[OrgOwnedHistory],
            history_manager=ScopedHistoryManager,
            historical_queryset=_ScopedHistoricalQuerySet,
            **options,
        )

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        """Keep Django's own ways to a row (keys, refreshing) inside the wall as well."""
        options = cast("dict[str, Any]", super().get_meta_options(model))
        return options | {"base_manager_name": "objects", "default_manager_name": "objects"}

    def create_historical_record(
        self, instance: models.Model, history_type: str, using: str | None = None
    ) -> None:
        """Copy the row, in the name of whoever acts and at their moment."""
        actor = acting()
        instance._history_user = actor.person  # type: ignore[attr-defined]
        instance._history_date = actor.next_moment()  # type: ignore[attr-defined]
        try:
            super().create_historical_record(instance, history_type, using=using)
        finally:
            del instance._history_user, instance._history_date  # type: ignore[attr-defined]


def end_of(day: date) -> datetime:
    """Give the last moment of a day in England: "as it stood on" means at its end."""
    return datetime.combine(day, time.max, LONDON)


def as_of(model: type[models.Model], day: date) -> models.QuerySet[Any]:
    """Give the rows of a model as they stood at the end of a day, within the open scope."""
    return cast("models.QuerySet[Any]", model.history.as_of(end_of(day)))  # type: ignore[attr-defined]
