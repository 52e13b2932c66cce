"""Somebody says on which weekdays they are where, and how colleagues reach them there."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership, Organisation
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid
from opensenco.people.policy import on_day
from opensenco.staffing.models import SiteDay
from opensenco.staffing.site_models import DAYS_OF_A_WEEK, MOST_REACH
from opensenco.support.words import line

#: how far ahead it can be said
AHEAD = timedelta(days=366)


@dataclass(frozen=True)
class At:
    """One stretch of a day at one place.

    Args:
        from_at, until_at: both empty for the whole day.
        reach: how colleagues reach them there: a work phone, an extension, the office.
    """

    place: Organisation
    from_at: time | None = None
    until_at: time | None = None
    reach: str = ""


@operation(Action.ON_SITE_SAY, on="roles")
def say_days(
    *,
    actor: Actor,
    roles: Sequence[Membership],
    weekdays: Collection[int],
    first: date,
    stretches: Sequence[At],
) -> list[SiteDay]:
    """Say where somebody is on some weekdays from a day on. Each place of theirs keeps its own row.

    Args:
        roles: of one person, one for each place that is told.
        weekdays: Monday is 0.
        stretches: in the order of the day, at most two; none where they do not work then.

    Raises:
        Invalid: no weekday, a day that has gone by or is too far off, a place that is not theirs,
            times that cannot be.
    """
    days = sorted(set(weekdays))
    if not days or any(day not in range(DAYS_OF_A_WEEK) for day in days):
        raise Invalid("weekdays", _("Choose at least one weekday."))
    if not actor.today <= first <= actor.today + AHEAD:
        raise Invalid("first", _("Choose today, or a day within a year."))
    who = roles[0].person
    if any(role.person_id != who.pk for role in roles):
        raise Invalid("weekdays", _("Say it of one colleague at a time."))
    _check_places(who.pk, first, stretches)
    _check_times(stretches)
    held = [(one, line(_field(number, "reach"), one.reach, MOST_REACH))
            for number, one in enumerate(stretches)]  # fmt: skip
    said, made = uuid.uuid4(), []
    for org in {role.org_id: role.org for role in roles}.values():
        for day in days:
            common = {"org": org, "who": who, "weekday": day, "first": first, "said": said,
                      "person": actor.person, "at": actor.at}  # fmt: skip
            rows = [
                SiteDay(**common, place=one.place, from_at=one.from_at, until_at=one.until_at,
                        reach=reach)
                for one, reach in held
            ] or [SiteDay(**common)]  # fmt: skip
            for row in rows:
                row.save()
            made += rows
    return made


def _check_places(who: int, first: date, stretches: Sequence[At]) -> None:
    """Refuse a place at which they hold no role: what one school writes names no stranger."""
    wanted = {one.place.pk for one in stretches}
    held = Membership.objects.filter(on_day(first), person=who, org__in=wanted, withdrawn=False)
    if wanted - set(held.values_list("org_id", flat=True)):
        raise Invalid("place", _("Choose a school where they work on that day."))


def _check_times(stretches: Sequence[At]) -> None:
    for number, one in enumerate(stretches):
        if one.from_at and one.until_at and one.until_at <= one.from_at:
            raise Invalid(
                _field(number, "until_at"),
                _("It must end later than it begins. Write times like 13:30."),
            )
    if len(stretches) > 1:
        before, after = stretches[0], stretches[1]
        if before.until_at is None or after.from_at is None or after.from_at < before.until_at:
            raise Invalid(
                "then_from_at",
                _("Say until when you are at the first place, and from when at the second."),
            )


def _field(number: int, name: str) -> str:
    return f"then_{name}" if number else name
