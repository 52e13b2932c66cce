"""A pupil is to move to another part of the setting on a day: planned, and taken back."""

from datetime import date

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.law.calendar.years import AcademicYear
from opensenco.people.models import Pupil


@operation(Action.PUPIL_EDIT, on="pupil")
def plan_move(
    *, actor: Actor, pupil: Pupil, part: Organisation, on: date, version: int | None
) -> Pupil:
    """Say to which part of the setting a pupil moves, and on which day.

    Until that day nothing changes but that both sides know of it. One planned before is replaced.

    Raises:
        Invalid: no part of this setting, the one the pupil is in, or a day that is over or belongs
            to another school year.
        NotPossible: the turn of the year has said already where the pupil goes.
        Stale: somebody else changed the pupil in between.
    """
    if part.parent_id != pupil.org_id or part.kind != Organisation.Kind.PART:
        raise Invalid("part", _("Choose one of the answers shown."))
    if part.pk == pupil.part_on(actor.today):
        raise Invalid("part", _("The pupil is in this part already."))
    if on < actor.today:
        raise Invalid("on", _("This day is over. Choose today or a day to come."))
    if on > AcademicYear.of(actor.today).last:
        raise Invalid("on", _("Moves with the new school year are said in the turn of the year."))
    _refuse_turned(actor, pupil)
    year, now = pupil.year_on(actor.today), pupil.part_on(actor.today)
    return change(
        pupil, version=version, year_group=year, part_id=now, next_from=on, next_year_group=year,
        next_part=part,
    )  # fmt: skip


@operation(Action.PUPIL_EDIT, on="pupil")
def take_back_move(*, actor: Actor, pupil: Pupil, version: int | None) -> Pupil:
    """Say that a planned move does not take place.

    Raises:
        NotPossible: none is planned, or the turn of the year planned it.
        Stale: somebody else changed the pupil in between.
    """
    if not planned_move(pupil, actor.today):
        raise NotPossible(_("No move to another part is planned."))
    return change(pupil, version=version, next_from=None, next_year_group=None, next_part=None)


def planned_move(pupil: Pupil, today: date) -> bool:
    """Tell whether somebody planned a move to another part that is still to come.

    What the turn of a year says changes the year group as well, and is taken back there.
    """
    ahead = pupil.next_from is not None and pupil.next_from > today
    same_year = pupil.next_year_group == pupil.year_group
    return ahead and same_year and pupil.next_part_id != pupil.part_id


def _refuse_turned(actor: Actor, pupil: Pupil) -> None:
    ahead = pupil.next_from is not None and pupil.next_from > actor.today
    if ahead and not planned_move(pupil, actor.today):
        raise NotPossible(_("The turn of the year has said already where this pupil goes."))
