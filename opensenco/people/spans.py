"""Constraints of what holds from a day to a day."""

from django.db import models
from django.db.models import F, Q


def ends_after_start(name: str) -> models.CheckConstraint:
    """Give the constraint that a span does not end before it starts."""
    return models.CheckConstraint(
        condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name=name
    )


def no_day_if_withdrawn(name: str) -> models.CheckConstraint:
    """Give the same for spans that can be taken back: such a one ends before it starts."""
    return models.CheckConstraint(
        condition=Q(withdrawn=False, ends__isnull=True)
        | Q(withdrawn=False, ends__gte=F("starts"))
        | Q(withdrawn=True, ends__lt=F("starts")),
        name=name,
    )
