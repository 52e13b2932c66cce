"""A pupil was put where they do not belong: it is put right, with a reason, and nothing is lost."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.cases import spine
from opensenco.cases.joining.rows import movable
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.dates import say
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.people.models import GroupPupil, Pupil
from opensenco.people.operations.identity import refuse_taken
from opensenco.people.operations.rolls import class_again
from opensenco.people.states import GroupKind

ONE_DAY = timedelta(days=1)
FEWEST_WORDS = 2
#: with such rows a record is somebody's work, and not only a slip
WORK = ("concerns.", "support.", "provision.", "network.")


def _why(reason: str) -> str:
    why = " ".join(reason.split())
    if len(why.split()) < FEWEST_WORDS:
        raise Invalid("reason", _("Say in a few words what was wrong."))
    return why


@operation(Action.PUPIL_EDIT, on="pupil")
def correct_first_day(
    *, actor: Actor, pupil: Pupil, version: int | None, joined_on: date | None, reason: str
) -> Pupil:
    """Correct the first day of the stay on the roll. Leaving, and taking it back, is not a
    correction: `provision.operations.leaving.leave` ends or brings back what goes with it.

    Raises:
        Invalid: no reason, a day after the last, or the day that stands already.
        Stale: somebody else changed the details in between.
    """
    why = _why(reason)
    if joined_on and pupil.left_on and pupil.left_on < joined_on:
        raise Invalid("joined_on", _("The first day must be the last day or before."))
    if joined_on == pupil.joined_on:
        raise Invalid("joined_on", _("This is the day that the record has."))
    row = change(pupil, version=version, joined_on=joined_on)
    spine.add_fact(
        actor=actor, pupil=row, kind="roll.corrected", on=actor.today,
        words=_("First day on the roll corrected: %(why)s") % {"why": why},
        source=row, reader=Action.PUPIL_VIEW,
    )  # fmt: skip
    return row


@operation(Action.PUPIL_EDIT, on="pupil")
def move_to_part(
    *,
    actor: Actor,
    pupil: Pupil,
    version: int | None,
    part: Organisation | None,
    reason: str,
) -> Pupil:
    """Move a pupil to another part of the setting, or to none. From then on its staff see them.

    Raises:
        Invalid: no reason, a part of another setting, or the one that stands already.
        Stale: somebody else changed the details in between.
    """
    why = _why(reason)
    if part is not None and part.parent_id != pupil.org_id:
        raise Invalid("part", _("Choose a part of this setting."))
    if (part.pk if part else None) == pupil.part_id:
        raise Invalid("part", _("This is the part that the record has."))
    row = change(pupil, version=version, part=part)
    name = part.name if part else _("none")
    spine.add_fact(
        actor=actor, pupil=row, kind="part.corrected", on=actor.today, source=row,
        words=_("Part of the school now: %(part)s. %(why)s") % {"part": name, "why": why},
        reader=Action.PUPIL_VIEW,
    )  # fmt: skip
    return row


@operation(Action.CLASS_EDIT, on="group_pupil")
def never_in_group(
    *, actor: Actor, group_pupil: GroupPupil, version: int | None, reason: str
) -> GroupPupil:
    """Take a place in a class or group back that was a mistake from its first day on.

    No day has it any more; of a class, the one that they left for it goes on. What was written
    meanwhile stays, and the history keeps who was in which class by mistake.

    Raises:
        Invalid: no reason.
        NotPossible: it has been taken back already.
        Stale: somebody else changed it in between.
    """
    why = _why(reason)
    if group_pupil.withdrawn:
        raise NotPossible(_("This has been taken back already."))
    first = group_pupil.starts
    row = change(group_pupil, version=version, ends=first - ONE_DAY, withdrawn=True)
    if row.group.kind == GroupKind.CLASS:
        class_again(row)
    spine.add_fact(
        actor=actor, pupil=row.pupil, kind="place.corrected", on=actor.today, source=row,
        words=_("Was never in %(group)s, where the record had them from %(day)s: %(why)s")
        % {"group": row.group.name, "day": say(first), "why": why},
        reader=Action.PUPIL_VIEW,
    )  # fmt: skip
    return row


@operation(Action.RECORDS_MEND, on="pupil")
def take_off_record(*, actor: Actor, pupil: Pupil, version: int | None, reason: str) -> Pupil:
    """Say that a pupil was added in error: of another setting, or of nobody. They can be put back.

    Raises:
        Invalid: no reason.
        NotPossible: somebody has worked with the record; then it is no slip.
        Stale: somebody else changed the details in between.
    """
    why = _why(reason)
    if worked_with(pupil):
        raise NotPossible(
            _(
                "Concerns, support or provision stand in this record. Make it one with the right "
                "record of the child, or mark what is wrong in it first."
            )
        )
    places = GroupPupil.objects.filter(pupil=pupil, withdrawn=False, group__ended_on__isnull=True)
    for place in places.order_by("id"):
        if place.starts >= actor.today:
            change(place, version=None, ends=place.starts - ONE_DAY, withdrawn=True)
        elif place.ends is None or place.ends >= actor.today:
            change(place, version=None, ends=actor.today - ONE_DAY)
    return change(
        pupil, version=version, in_error_at=actor.at, in_error_by=actor.person, in_error_reason=why
    )


def worked_with(pupil: Pupil) -> bool:
    """Tell whether a record holds work that stands: a concern, a status, a plan, provision."""
    for model in movable():
        if not model._meta.label.startswith(WORK):
            continue
        rows = model._default_manager.filter(pupil=pupil)
        if any(field.name == "in_error_at" for field in model._meta.concrete_fields):
            rows = rows.filter(in_error_at__isnull=True)
        if rows.exists():
            return True
    return False


@operation(Action.RECORDS_MEND, on="org")
def put_back_on_record(*, actor: Actor, org: Organisation, pupil: Pupil, reason: str) -> Pupil:
    """Put a pupil back who was marked as added in error. Classes are chosen anew.

    Raises:
        Invalid: no reason, or a number that another pupil here has by now.
        NotPossible: they are on the record, are of another setting, or were made one with another.
    """
    why = _why(reason)
    if pupil.org_id != org.pk or not pupil.in_error:
        raise NotPossible(_("This pupil is on the record."))
    if pupil.same_as_id is not None:
        raise NotPossible(_("This record was made one with another. Part the two instead."))
    refuse_taken(pupil, pupil.upn)
    row = change(pupil, version=None, in_error_at=None, in_error_by=None, in_error_reason="")
    spine.add_fact(
        actor=actor, pupil=row, kind="record.put_back", on=actor.today, source=row,
        words=_("Put back on the record: %(why)s") % {"why": why}, reader=Action.PUPIL_VIEW,
    )  # fmt: skip
    return row
