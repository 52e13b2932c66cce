"""The turn of a school year is prepared: what is decided stays until it is applied or given up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership, Organisation, Person
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotFound, NotPossible
from opensenco.kernel.refs import short
from opensenco.law.calendar.years import AcademicYear
from opensenco.people.models import Group, Pupil, TurnMove, YearTurn
from opensenco.people.states import Goes, StaffPart, TurnState
from opensenco.people.turning.moves import HIGHEST_OF_ALL, LOWEST_OF_ALL
from opensenco.people.turning.plan import short_key

#: how far from 1 September the first day may lie
AROUND = timedelta(days=45)
LONGEST_NAME = 80


@dataclass(frozen=True)
class Decision:
    """What is decided of one pupil.

    Args:
        goes: one of `Goes`.
        year_group: for `Goes.YEAR`. into: the name of a class, where it is not that of the others.
        leave_on, left_to: of a leaver, where they differ from everybody's.
    """

    goes: str
    year_group: int | None = None
    into: str = ""
    part: Organisation | None = None
    leave_on: date | None = None
    left_to: str = ""


@operation(Action.YEAR_TURN, on="org")
def prepare_turn(
    *,
    actor: Actor,
    org: Organisation,
    year: AcademicYear,
    first_day: date,
    leave_on: date,
    highest: int | None,
) -> YearTurn:
    """Begin to prepare a school year. Nothing changes in the record until it is applied.

    Args:
        first_day: classes and year groups are the new ones from this day.
        leave_on: the last day on the roll of those who leave.
        highest: the year group whose pupils leave; None where nobody leaves by age.

    Raises:
        Invalid: days that do not go together, or a year group that there is not.
        NotPossible: this year is prepared or in the record already.
    """
    _check_days(year, first_day, leave_on, highest)
    if standing(org, year) is not None:
        raise NotPossible(_("This school year is being prepared already. Open it and go on."))
    row = YearTurn(
        org=org, starts=year.starts, first_day=first_day, leave_on=leave_on, highest=highest,
        begun=actor.at, begun_by=actor.person,
    )  # fmt: skip
    row.save()
    return row


def standing(org: Organisation, year: AcademicYear) -> YearTurn | None:
    """Give the turn of a year that is prepared or in the record."""
    rows = YearTurn.objects.filter(org=org, starts=year.starts)
    return rows.filter(state__in=[TurnState.DRAFT, TurnState.APPLIED]).first()


@operation(Action.YEAR_TURN, on="turn")
def change_turn(
    *,
    actor: Actor,
    turn: YearTurn,
    version: int | None,
    first_day: date,
    leave_on: date,
    highest: int | None,
) -> YearTurn:
    """Change the days of a turn that is prepared, or who leaves by age.

    Raises:
        Invalid: as for `prepare_turn`.
        NotPossible: it is not being prepared any more.
        Stale: somebody else changed it in between.
    """
    refuse_settled(turn)
    _check_days(AcademicYear(turn.starts), first_day, leave_on, highest)
    return change(turn, version=version, first_day=first_day, leave_on=leave_on, highest=highest)


@operation(Action.YEAR_TURN, on="turn")
def set_ways(
    *,
    actor: Actor,
    turn: YearTurn,
    version: int | None,
    ways: Mapping[tuple[Group, int | None], str],
) -> YearTurn:
    """Say into which class the pupils of each class and year go.

    Args:
        ways: name of the class by class and year group of this year; one of no name is made.

    Raises:
        Invalid: a name that is too long.
        NotFound: a class of another school.
        NotPossible: it is not being prepared any more.
        Stale: somebody else changed it in between.
    """
    refuse_settled(turn)
    said = dict(turn.ways)
    for (group, year), name in ways.items():
        if group.org_id != turn.org_id:
            raise NotFound
        if len(name.strip()) > LONGEST_NAME:
            raise Invalid("ways", _("The name of a class has at most 80 letters."))
        said[f"{short(group.ref)}/{'' if year is None else year}"] = name.strip()
    return change(turn, version=version, ways=said)


@operation(Action.YEAR_TURN, on="turn")
def set_teachers(
    *,
    actor: Actor,
    turn: YearTurn,
    version: int | None,
    name: str,
    staff: Sequence[tuple[Person, str, str]],
) -> YearTurn:
    """Say who works with a class from the first day of the new year: nobody, one or several.

    Args:
        name: of the class. staff: who, what they do (`StaffPart`), and the subject if one.

    Raises:
        Invalid: somebody without a role here, or the same twice.
        NotPossible: it is not being prepared any more.
        Stale: somebody else changed it in between.
    """
    refuse_settled(turn)
    here = set(
        Membership.objects.filter(
            org=turn.org_id, withdrawn=False, person__in=[who for who, _d, _s in staff]
        ).values_list("person", flat=True)
    )
    rows = []
    for who, does, subject in staff:
        if who.pk not in here or does not in StaffPart.values:
            raise Invalid("person", _("Choose somebody who has a role here."))
        one = [str(who.ref), does, subject.strip()]
        if one in rows:
            raise Invalid("person", _("You chose the same person twice. Choose each once."))
        rows.append(one)
    return change(turn, version=version, teachers={**turn.teachers, short_key(name): rows})


@operation(Action.YEAR_TURN, on="turn")
def set_groups(
    *, actor: Actor, turn: YearTurn, version: int | None, runs_on: Mapping[Group, bool]
) -> YearTurn:
    """Say which classes and groups run on, and which end on the eve of the first day.

    Raises:
        NotFound: a group of another school.
        NotPossible: it is not being prepared any more.
        Stale: somebody else changed it in between.
    """
    refuse_settled(turn)
    if any(group.org_id != turn.org_id for group in runs_on):
        raise NotFound
    said = {short(group.ref): on for group, on in runs_on.items()}
    return change(turn, version=version, runs_on={**turn.runs_on, **said})


@operation(Action.YEAR_TURN, on="turn")
def decide_pupil(
    *,
    actor: Actor,
    turn: YearTurn,
    version: int | None,
    pupil: Pupil,
    decision: Decision | None,
) -> YearTurn:
    """Say where one pupil goes who does not go with the others; None lets them go with them.

    Raises:
        Invalid: a year group that there is not, or a day that cannot be.
        NotFound: a pupil of another school, or one who was added in error.
        NotPossible: it is not being prepared any more.
        Stale: somebody else changed it in between.
    """
    refuse_settled(turn)
    if pupil.org_id != turn.org_id or pupil.in_error:
        raise NotFound
    known = TurnMove.objects.filter(turn=turn, pupil=pupil).first()
    values = _decided(turn, pupil, decision)
    if known is not None:
        change(known, version=None, **values)
    elif decision is not None:
        TurnMove(org_id=turn.org_id, turn=turn, pupil=pupil, **values).save()
    return change(turn, version=version, starts=turn.starts)


def _decided(turn: YearTurn, pupil: Pupil, decision: Decision | None) -> dict[str, object]:
    """Give what is kept of a decision; of none, that the pupil goes with their class."""
    wanted = decision or Decision("")
    if wanted.goes not in ("", *Goes.values):
        raise Invalid("goes", _("Choose where the pupil goes."))
    year = wanted.year_group if wanted.goes == Goes.YEAR else None
    if wanted.goes == Goes.YEAR and (year is None or not LOWEST_OF_ALL <= year <= HIGHEST_OF_ALL):
        raise Invalid("year_group", _("Choose the year group that the pupil goes into."))
    if wanted.part is not None and wanted.part.parent_id != turn.org_id:
        raise Invalid("part", _("Choose a part of this setting."))
    leaves = wanted.goes == Goes.LEAVES
    if leaves and wanted.leave_on:
        if pupil.joined_on and wanted.leave_on < pupil.joined_on:
            raise Invalid("leave_on", _("This pupil joined after that day. Choose a later day."))
        if abs(wanted.leave_on - turn.first_day) > timedelta(days=366):
            raise Invalid("leave_on", _("Choose a day within a year of the first day."))
    return {
        "goes": wanted.goes,
        "year_group": year,
        "into": "" if leaves else wanted.into.strip()[:LONGEST_NAME],
        "part": None if leaves else wanted.part,
        "leave_on": wanted.leave_on if leaves else None,
        "left_to": wanted.left_to.strip() if leaves else "",
    }


@operation(Action.YEAR_TURN, on="turn")
def drop_turn(*, actor: Actor, turn: YearTurn, version: int | None) -> YearTurn:
    """Give up a turn that is being prepared. Nothing of it was ever in the record.

    Raises:
        NotPossible: it is in the record, or was given up.
        Stale: somebody else changed it in between.
    """
    refuse_settled(turn)
    return change(
        turn, version=version, state=TurnState.DROPPED, undone_at=actor.at, undone_by=actor.person
    )


def refuse_settled(turn: YearTurn) -> None:
    """Refuse a turn that is not being prepared any more.

    Raises:
        NotPossible: it is in the record, was taken back or given up.
    """
    if turn.state != TurnState.DRAFT:
        raise NotPossible(_("This school year is not being prepared any more. Read it again."))


def _check_days(year: AcademicYear, first_day: date, leave_on: date, highest: int | None) -> None:
    if abs(first_day - year.first) > AROUND:
        raise Invalid("first_day", _("Choose a day around the beginning of September."))
    if not year.first - timedelta(days=100) <= leave_on < first_day:
        raise Invalid(
            "leave_on", _("Choose a day of this summer, before the first day of the new year.")
        )
    if highest is not None and not LOWEST_OF_ALL <= highest <= HIGHEST_OF_ALL:
        raise Invalid("highest", _("Choose a year group."))
