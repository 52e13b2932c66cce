"""History: every version of what people edit, with our actor and our clock.

django-simple-history does the copying. We give it three things it has not: the organisation's wall
on its tables and managers, the acting person from the operation, and the operation's moment.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, ClassVar, cast

from django.db import models
from django.db.models import Exists, OuterRef, Q
from simple_history.manager import HistoricalQuerySet, HistoryManager
from simple_history.models import HistoricalRecords

from opensenco.access.managers import KEEPER, ScopedManager, ScopedQuerySet, check_write
from opensenco.access.scope import current
from opensenco.access.tenancy import Org, Tenancy
from opensenco.audit.acting import acting
from opensenco.kernel.clock import end_of_day, london_date

#: versions that are put together at once: twenty thousand would need the memory for all of them
BATCH = 500


class OrgOwnedHistory(models.Model):
    """The base of every historical table: same organisation, same wall, never changed."""

    tenancy: ClassVar[Tenancy] = Org(append_only=True)

    objects = ScopedManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the version, refused outside the open scope."""
        new = self._state.adding or self.pk is None
        check_write(self, "INSERT" if new else "UPDATE")
        super().save(*args, **kwargs)


class _ScopedHistoricalQuerySet(HistoricalQuerySet, ScopedQuerySet[Any]):  # type: ignore[misc]
    """History, pinned to the scope it was asked in."""

    def latest_of_each(self) -> Any:
        """Give the last version of each row. The library's own gives two where moments are equal.

        The one written last counts, whatever its moment: a job writes with the moment at which it
        began, and the clock of a machine can be put back.
        """
        later = Q(history_id__gt=OuterRef("history_id"))
        return self.filter(~Exists(self.filter(later, **{self._pk_attr: OuterRef(self._pk_attr)})))


class ScopedHistoryManager(HistoryManager):  # type: ignore[misc]
    """History within the open scope only; the library's own manager would show all."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class: Any, class_name: str | None = None) -> Any:
        """Give the manager's class for such lists: made once, and not anew for every version."""
        return super().from_queryset(queryset_class, class_name)

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

    def finalize(self, sender: type[models.Model], **kwargs: Any) -> None:
        """Also keep the versions of rows that are written many at once."""
        super().finalize(sender, **kwargs)
        if sender is self.cls:
            setattr(sender, KEEPER, staticmethod(keep_versions))

    def add_extra_methods(self, cls: type[models.Model]) -> None:
        """Leave out the library's way of saving without a version."""

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


def keep_versions(rows: Sequence[models.Model], kind: str) -> None:
    """Copy rows that were written many at once, in the name of whoever acts.

    Args:
        rows: of one model.
        kind: "+" for rows that were made, "~" for rows that were changed.
    """
    actor = acting()
    version = type(rows[0]).history.model  # type: ignore[attr-defined]
    names = [field.attname for field in version.tracked_fields]
    for start in range(0, len(rows), BATCH):
        version.objects.bulk_create(
            version(
                history_date=actor.next_moment(),
                history_user=actor.person,
                history_type=kind,
                **{name: getattr(row, name) for name in names},
            )
            for row in rows[start : start + BATCH]
        )


def end_of(day: date) -> datetime:
    """Give the last moment of a day in England: "as it stood on" means at its end."""
    return end_of_day(day)


def marked_since(rows: Iterable[models.Model]) -> dict[int, date]:
    """Give on which day rows as they stood were marked as made in error since, by their ids.

    Args:
        rows: of one model, as `as_of` gives them. One question, none where there are no rows.
    """
    then = list(rows)
    if not then:
        return {}
    marked = type(then[0])._default_manager.filter(
        pk__in=[row.pk for row in then], in_error_at__isnull=False
    )
    return {pk: london_date(at) for pk, at in marked.values_list("pk", "in_error_at")}


def last_written(
    kinds: Iterable[type[models.Model]], pupils: Iterable[int], until: datetime
) -> tuple[datetime, str] | None:
    """Give when rows about a pupil were last written, and by whom; None where there are none.

    Args:
        kinds: models whose rows have a pupil; each is asked once.
        until: what was written after that moment does not count.
    """
    found = []
    for model in kinds:
        versions = model.history.filter(  # type: ignore[attr-defined]
            pupil_id__in=list(pupils), history_date__lte=until
        )
        last = versions.select_related("history_user").order_by("-history_date", "-history_id")
        found += [(one.history_date, one.history_user.name) for one in last[:1]]
    return max(found, default=None)


def as_of(model: type[models.Model], day: date) -> models.QuerySet[Any]:
    """Give the rows of a model as they stood at the end of a day, within the open scope."""
    return cast("models.QuerySet[Any]", model.history.as_of(end_of(day)))  # type: ignore[attr-defined]
