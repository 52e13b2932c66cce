"""A list that gives pupils a last day: what ends with it is shown before, done, and traced."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Q

from opensenco.access.models import Person
from opensenco.exchange.kinds.kind import Beside, Change, Work, change
from opensenco.exchange.kinds.pupils.values import PLACES, PROMISES
from opensenco.exchange.models import ImportRow
from opensenco.people.models import Assignment, GroupPupil, Pupil
from opensenco.provision.models import Allocation
from opensenco.provision.operations import leaving


def with_what_ends(found: Sequence[Beside]) -> list[Beside]:
    """Give rows beside the record with what ends where they give a pupil another last day."""
    days = {
        one.pupil: day
        for one in found
        if one.pupil is not None and (day := _last_day(one.changes)) is not None
    }
    if not days:
        return list(found)
    ends = _what_ends(days)
    return [
        replace(one, changes=[*one.changes, *ends.get(one.pupil or 0, [])]) if one.pupil else one
        for one in found
    ]


def _last_day(changes: Sequence[Change]) -> tuple[str | None, str] | None:
    """Give the last day that was said before, and the one that a row gives; None for none."""
    told = next((one for one in changes if one["field"] == "left_on" and one["after"]), None)
    return (told["before"], told["after"]) if told else None


def _what_ends(days: Mapping[int, tuple[str | None, str]]) -> dict[int, list[Change]]:
    stands = Q(pupil__in=days)
    places = GroupPupil.objects.filter(stands, withdrawn=False).order_by("group__name", "id")
    adults = list(Assignment.objects.filter(stands).order_by("id"))
    people = Person.objects.in_bulk({row.person_id for row in adults})
    promises = Allocation.objects.filter(stands, in_error_at__isnull=True)
    several: tuple[tuple[str, Any], ...] = (
        (PLACES, places.values_list("pupil", "group__name", "ends")),
        (PLACES, [(a.pupil_id, people[a.person_id].name, a.ends) for a in adults]),
        (
            PROMISES,
            promises.order_by("provision__name", "id").values_list(
                "pupil", "provision__name", "ends"
            ),
        ),
    )
    named: dict[tuple[int, str], list[str]] = defaultdict(list)
    for field, rows in several:
        for pupil, name, ends in rows:
            before, on = days[pupil]
            last = ends.isoformat() if ends else None
            if last is None or last > on or last == before:
                named[pupil, field].append(name)
    found: dict[int, list[Change]] = defaultdict(list)
    for (pupil, field), names in named.items():
        found[pupil].append(change(field, list(dict.fromkeys(names)), days[pupil][1]))
    return found


def end_with_last_days(work: Work, pupils: Mapping[int, Pupil]) -> None:
    """Let what pupils have end with the last day that a list has given them, and trace it."""
    rows: dict[int, ImportRow] = {}
    before: list[date | None] = []
    for row in work.changing:
        if told := _last_day(row.changes):
            rows[row.subject or 0] = row
            before.append(date.fromisoformat(told[0]) if told[0] else None)
    if not rows:
        return
    ended = leaving.end_with_last_day(
        actor=work.actor, pupils=[pupils[pk] for pk in rows], before=before
    )
    for one in ended:
        work.changed(
            rows[one.row.pupil_id],
            one.row,
            [change(name, was, _plain(getattr(one.row, name))) for name, was in one.before.items()],
        )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
