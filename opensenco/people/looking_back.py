"""The record as it stood at the end of a day: by the permissions of today.

What somebody may not read now they do not read of then, whatever they could read at the time.
"""

from datetime import date
from typing import Any

from django.db.models import Model, Q, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.audit.history import as_of, end_of
from opensenco.people.days import holding
from opensenco.people.models import CareStatus, Contact, HealthAlert, Joining, Pupil
from opensenco.people.policy import on_day

STANDING = Q(in_error_at__isnull=True)


def reads_then(actor: Actor, row: Pupil, *actions: Action) -> bool:
    """Tell whether this actor may look back at a pupil, and has these verbs over them today.

    Of a record that was made one with another, the rights over that other count.

    Args:
        row: the pupil as the record stands now.
    """
    stands = row.same_as_id or row.pk
    return all(
        visible(actor, action, Pupil).filter(pk=stands).exists()
        for action in (Action.PUPIL_HISTORY, *actions)
    )


def records_then(row: Pupil, day: date) -> list[int]:
    """Give the ids of a pupil's record and of those that had been made one with it by a day."""
    joined = Joining.objects.filter(pupil=row, at__lte=end_of(day), parted_at__isnull=True)
    return [row.pk, *joined.order_by("id").values_list("other", flat=True)]


def rows_then(model: type[Model], row: Pupil, day: date) -> QuerySet[Any]:
    """Give rows about a pupil as they stood at the end of a day; who may read them is asked apart.

    Left out is what turned out to be another child's: two records had been made one, and have been
    parted again since.
    """
    stands = row.same_as_id or row.pk
    ours = Pupil.objects.filter(Q(pk=stands) | Q(same_as=stands)).values("pk")
    still = model._default_manager.filter(pupil__in=ours).values("pk")
    return as_of(model, day).filter(pupil_id=row.pk, id__in=still)


def contacts_as_stood(actor: Actor, row: Pupil, day: date) -> list[Contact]:
    """Give a pupil's contacts as they stood at the end of a day."""
    if not reads_then(actor, row, Action.CONTACT_VIEW):
        return []
    return list(rows_then(Contact, row, day).filter(STANDING).order_by("id"))


def alerts_as_stood(actor: Actor, row: Pupil, day: date) -> list[HealthAlert]:
    """Give a pupil's health alerts as they stood at the end of a day."""
    if not reads_then(actor, row, Action.HEALTH_VIEW):
        return []
    return list(rows_then(HealthAlert, row, day).filter(holding(day)).order_by("id"))


def care_as_stood(actor: Actor, row: Pupil, day: date) -> list[CareStatus]:
    """Give the care status that held on a day, as the record stood at its end."""
    if not reads_then(actor, row, Action.CARE_VIEW):
        return []
    rows = rows_then(CareStatus, row, day).filter(on_day(day), STANDING)
    return list(rows.order_by("-starts", "id"))
