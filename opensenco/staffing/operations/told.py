"""Who is told what when somebody stands in; a mail says only that something waits."""

from collections.abc import Iterable, Sequence
from datetime import time

from django.utils.translation import gettext as _

from opensenco.access.actor import Actor
from opensenco.cases import spine
from opensenco.kernel.dates import say
from opensenco.people.models import GroupPupil, GroupStaff
from opensenco.people.policy import on_day
from opensenco.people.states import StaffPart
from opensenco.staffing.models import StandIn


def of_choice(actor: Actor, rows: Sequence[StandIn]) -> None:
    """Tell whoever stands in; and who teaches pupils of what is not held."""
    for first in _firsts(rows):
        if first.person is not None:
            if first.person_id != actor.person.pk:
                spine.tell(
                    actor=actor, org=first.absence.org, person=first.person, source=first,
                    words=_("You stand in for %(name)s on %(day)s%(when)s") % {
                        "name": first.absence.who.name, "day": say(first.on), "when": _when(first),
                    },
                )  # fmt: skip
        else:
            _tell_teachers(actor, first, [r for r in rows if r.together == first.together])


def of_taking_back(actor: Actor, rows: Iterable[StandIn]) -> None:
    """Tell whoever was to stand in that they need not."""
    for first in _firsts(rows):
        if first.person is not None and first.person_id != actor.person.pk:
            spine.tell(
                actor=actor, org=first.org, person=first.person,
                words=_("You need not stand in for %(name)s on %(day)s%(when)s any more") % {
                    "name": first.absence.who.name, "day": say(first.on), "when": _when(first),
                },
            )  # fmt: skip


def teachers_of(rows: Iterable[StandIn]) -> list[GroupStaff]:
    """Give who teaches the pupils of some rows that day, each once."""
    rows = list(rows)
    if not rows:
        return []
    inside = GroupPupil.objects.filter(
        on_day(rows[0].on), pupil__in=[row.pupil_id for row in rows]
    ).values("group")
    found = GroupStaff.objects.filter(on_day(rows[0].on), group__in=inside, does=StaffPart.TEACHES)
    return list({row.person_id: row for row in found.select_related("person")}.values())


def _tell_teachers(actor: Actor, first: StandIn, rows: Iterable[StandIn]) -> None:
    for row in teachers_of(rows):
        if row.person_id != actor.person.pk:
            spine.tell(
                actor=actor, org=first.absence.org, person=row.person, source=first.allocation,
                words=_("A session of your pupils is not held on %(day)s%(when)s") % {
                    "day": say(first.on), "when": _when(first),
                },
            )  # fmt: skip


def _firsts(rows: Iterable[StandIn]) -> list[StandIn]:
    return list({row.together: row for row in reversed(list(rows))}.values())[::-1]


def _when(row: StandIn) -> str:
    if row.starts_at is None or row.ends_at is None:
        return ""
    return _(", %(first)s to %(last)s") % {
        "first": _clock(row.starts_at), "last": _clock(row.ends_at),
    }  # fmt: skip


def _clock(at: time) -> str:
    return f"{at.hour}:{at.minute:02}"
