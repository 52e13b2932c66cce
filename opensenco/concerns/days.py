"""The numbers of school days that a place has set itself, as the law's rulebook takes them."""

from collections.abc import Iterable
from datetime import date, timedelta

from opensenco.concerns.models import OwnDays
from opensenco.law.numbers.practice import CONCERN_REPLY, FIRST_PLAN_DAYS
from opensenco.law.parameters import SHIPPED, Origin, Overlay, Parameter, Parameters

#: the numbers that a place can set here, by the name that they have in its form
SETTABLE: dict[str, Parameter[int]] = {"reply": CONCERN_REPLY, "first_plan": FIRST_PLAN_DAYS}
ONE = timedelta(days=1)


def own_days(org: int) -> Parameters:
    """Give the law's numbers with those that a place has set itself."""
    rows = OwnDays.objects.filter(org=org).order_by("which", "first", "id")
    overlays = list(_overlays(rows))
    return Parameters(overlays) if overlays else SHIPPED


def _overlays(rows: Iterable[OwnDays]) -> Iterable[Overlay]:
    """Each holds until the day before the next of its kind; of two of one day the later counts."""
    standing: dict[tuple[str, date], OwnDays] = {(row.which, row.first): row for row in rows}
    ordered = list(standing.values())
    for place, row in enumerate(ordered):
        after = next((one for one in ordered[place + 1 :] if one.which == row.which), None)
        last = after.first - ONE if after else None
        yield Overlay(row.which, row.first, last, row.days, row.because, Origin.SCHOOL)


def history_of(org: int) -> list[OwnDays]:
    """Give what a place has set, the newest first."""
    rows = OwnDays.objects.filter(org=org).select_related("person")
    return list(rows.order_by("-first", "-id")[:40])


def in_force(org: int, day: date) -> dict[str, int]:
    """Give the numbers that hold on a day, by their names in the form."""
    own = own_days(org)
    return {name: own.use(one, day).value for name, one in SETTABLE.items()}
