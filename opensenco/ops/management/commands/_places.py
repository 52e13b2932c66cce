"""Which place a command means."""

from django.core.management.base import CommandError
from django.db.models import Q

from opensenco.access.models import Organisation


def place_of(number: str) -> Organisation:
    """Give the place that a command names by one of its public numbers, or by its name.

    Raises:
        CommandError: there is none, or there are several.
    """
    wanted = " ".join(number.split())
    by_number = Q(urn=wanted) | Q(la_code=wanted) | Q(group_uid=wanted) | Q(ofsted_urn=wanted)
    rows = list(Organisation.objects.filter(by_number).order_by("id")) if wanted else []
    rows = rows or list(Organisation.objects.filter(name__iexact=wanted).order_by("id"))
    if not rows:
        raise CommandError(f"No place with the number or name {wanted} is here.")
    if len(rows) > 1:
        names = ", ".join(f"{row.name} ({row.get_kind_display()})" for row in rows)
        raise CommandError(f"{wanted} could be several: {names}. Give another number of it.")
    return rows[0]
