"""What is true of pupils and groups on a day, as conditions: nothing is changed at midnight."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Case, F, Q, SmallIntegerField, When


def on_roll(day: date, prefix: str = "") -> Q:
    """Give the condition for pupils who are on the roll on a day: come, and not yet left.

    Of those who left and came back, it knows the last stay.

    Args:
        prefix: the way to the pupil, as "pupil__".
    """
    return came(day, prefix) & stays(day, prefix)


def came(day: date, prefix: str = "") -> Q:
    """Give the condition for pupils who have begun by a day; of some no first day is known."""
    return Q(**{f"{prefix}joined_on__isnull": True}) | Q(**{f"{prefix}joined_on__lte": day})


def stays(day: date, prefix: str = "") -> Q:
    """Give the condition for pupils who have not left before a day, begun or not."""
    return Q(**{f"{prefix}left_on__isnull": True}) | Q(**{f"{prefix}left_on__gte": day})


def holding(day: date) -> Q:
    """Give the condition for health alerts that hold on a day: no mistake, and not over."""
    over = Q(ended_on__isnull=True) | Q(ended_on__gt=day)
    return over & Q(in_error_at__isnull=True)


def turned(day: date, prefix: str = "") -> Q:
    """Give the condition for pupils whose next year group and part hold on a day."""
    return Q(**{f"{prefix}next_from__isnull": False, f"{prefix}next_from__lte": day})


def in_parts(day: date, parts: Iterable[int]) -> Q:
    """Give the condition for pupils who are in one of these parts of a setting on a day."""
    wanted = list(parts)
    return (turned(day) & Q(next_part__in=wanted)) | (~turned(day) & Q(part__in=wanted))


def year_on(day: date, prefix: str = "") -> Case:
    """Give the year group on a day, to sort, choose and count by in the database.

    Args:
        prefix: the way to the pupil, as "pupil__".
    """
    return Case(
        When(turned(day, prefix), then=F(f"{prefix}next_year_group")),
        default=F(f"{prefix}year_group"),
        output_field=SmallIntegerField(),
    )


def running(day: date, prefix: str = "") -> Q:
    """Give the condition for classes and groups that run on a day, or will."""
    return Q(**{f"{prefix}ended_on__isnull": True}) | Q(**{f"{prefix}ended_on__gt": day})
