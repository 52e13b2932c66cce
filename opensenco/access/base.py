"""What every row of an organisation is made of."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models.constraints import BaseConstraint

from opensenco.access.managers import ScopedManager, check_write, need_columns
from opensenco.access.tenancy import Org, Tenancy


class Referenced(models.Model):
    """Has a random reference for addresses: a sequence would tell counts, a version 7 the time."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row, refused where the open scope may not."""
        new = self._state.adding or self.pk is None
        check_write(self, "INSERT" if new else "UPDATE")
        if not new:
            need_columns(type(self), kwargs.get("update_fields"))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Remove the row: drafts and the like, never the record itself."""
        check_write(self, "DELETE")
        return super().delete(*args, **kwargs)


class OrgOwned(Referenced):
    """A row of one organisation, for ever. Children carry `org` themselves."""

    tenancy: ClassVar[Tenancy] = Org()

    org = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"
        default_manager_name = "objects"
        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(fields=["org", "id"], name="%(app_label)s_%(class)s_org")
        ]


class Versioned(models.Model):
    """What people edit: `version` lets the second of two writers be told."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class Invalidable(models.Model):
    """A record made in error is marked so, with a reason; it is never removed."""

    in_error_at = models.DateTimeField(null=True, blank=True, editable=False)
    in_error_by = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    in_error_reason = models.TextField(blank=True, default="")

    class Meta:
        abstract = True
        constraints: ClassVar[list[BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(
                    in_error_at__isnull=True, in_error_by__isnull=True, in_error_reason=""
                )
                | (
                    models.Q(in_error_at__isnull=False, in_error_by__isnull=False)
                    & ~models.Q(in_error_reason="")
                ),
                name="%(app_label)s_%(class)s_in_error",
            )
        ]

    @property
    def in_error(self) -> bool:
        """Tell whether this was made in error."""
        return self.in_error_at is not None
