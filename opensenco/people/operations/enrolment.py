"""Coming onto the roll, leaving it and coming back; being on another setting's roll as well."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.people.models import Assignment, DualRegistration, GroupPupil, Pupil, RollSpell
from opensenco.people.operations.rolls import ONE_DAY
from opensenco.people.states import Registration

#: how far ahead a leaving or a coming back is entered
AHEAD = timedelta(days=550)
Span = GroupPupil | Assignment


@dataclass(frozen=True, slots=True)
class Leaving:
    """A pupil whose last day is another now: the one that was said before, and the new one."""

    pupil: Pupil
    before: date | None
    on: date | None


@operation(Action.PUPIL_EDIT, on="pupil")
def record_leaving(
    *, actor: Actor, pupil: Pupil, version: int | None, on: date | None, to: str = ""
) -> Pupil:
    """Say that a pupil leaves, or stays after all. The record stays; who taught them sees it no
    more by that from the day after.

    Args:
        on: the last day on the roll, in the past or to come; None where they do not leave.
        to: where they go, as far as it is known.

    Raises:
        Invalid: a day before they joined, or far ahead.
        NotPossible: they never were to leave.
        Stale: somebody else changed the pupil in between.
    """
    before = pupil.left_on
    if on is None and before is None:
        raise NotPossible(_("This pupil is not leaving. There is nothing to take back."))
    if on is not None and pupil.joined_on is not None and on < pupil.joined_on:
        raise Invalid("on", _("This pupil joined after that day. Choose a later day."))
    if on is not None and on > actor.today + AHEAD:
        raise Invalid("on", _("Choose a day within the next year and a half. Check the year."))
    change(pupil, version=version, left_on=on, left_to=to.strip()[:160] if on else "")
    move_ends([Leaving(pupil, before, on)])
    return pupil


def move_ends(leaving: Sequence[Leaving]) -> list[tuple[Span, date | None]]:
    """Let places in groups and adults by name end with the last day of their pupils, or go on
    with it.

    Returns:
        What was written, each with the last day that it had before.
    """
    by_pupil = {one.pupil.pk: one for one in leaving}
    rows: list[Span] = [
        *GroupPupil.objects.filter(pupil__in=by_pupil, withdrawn=False).order_by("id"),
        *Assignment.objects.filter(pupil__in=by_pupil).order_by("id"),
    ]
    moved = []
    for row in rows:
        had, new = row.ends, _moved(row, by_pupil[row.pupil_id])
        if new:
            moved.append((change(row, version=None, **new), had))
    return moved


def _moved(row: Span, one: Leaving) -> dict[str, Any]:
    """Give what is written into a place; nothing where it stays as it is."""
    on = one.on
    if one.before is not None and row.ends == one.before:
        back = _agreed(row, one.pupil)
        if on is None or (back is not None and back <= on):
            return {"ends": back}
        if row.starts <= on:
            return {"ends": on}
        return {}
    if on is None:
        return {}
    if row.starts > on:
        if isinstance(row, GroupPupil):
            return {"ends": row.starts - ONE_DAY, "withdrawn": True}
        return {"ends": row.starts}
    return {"ends": on} if row.ends is None or row.ends > on else {}


def _agreed(row: Any, pupil: Pupil) -> date | None:
    """Give the last day that a place had before it ended with one that was said of the pupil."""
    said = Pupil.history.filter(id=pupil.pk, left_on__isnull=False).values_list("left_on")
    versions = type(row).history.filter(id=row.pk)
    known = versions.exclude(ends__in={day for (day,) in said}).order_by("history_id").last()
    return known.ends if known is not None else None


@operation(Action.PUPIL_EDIT, on="pupil")
def come_back(
    *,
    actor: Actor,
    pupil: Pupil,
    version: int | None,
    on: date,
    year_group: int | None = None,
) -> Pupil:
    """Take a pupil who left onto the roll again: the same record goes on, both stays are kept.

    Args:
        on: the first day, in the past or to come. year_group: theirs from then; None as it was.

    Raises:
        Invalid: a day before they had left, or far ahead.
        NotPossible: they have not left.
        Stale: somebody else changed the pupil in between.
    """
    if pupil.left_on is None:
        raise NotPossible(_("This pupil has not left. Change the first day in the details."))
    if on <= pupil.left_on:
        raise Invalid("on", _("Choose a day after the one on which the pupil left."))
    if on > actor.today + AHEAD:
        raise Invalid("on", _("Choose a day within the next year and a half. Check the year."))
    RollSpell(
        org_id=pupil.org_id, pupil=pupil, joined_on=pupil.joined_on, left_on=pupil.left_on,
        left_to=pupil.left_to,
    ).save()  # fmt: skip
    year = year_group if year_group is not None else pupil.year_on(on)
    return change(
        pupil, version=version, joined_on=on, left_on=None, left_to="", year_group=year,
        part_id=pupil.part_on(on), next_from=None, next_year_group=None, next_part=None,
    )  # fmt: skip


@operation(Action.PUPIL_EDIT, on="pupil")
def withdraw_joiner(*, actor: Actor, pupil: Pupil, version: int | None, reason: str) -> Pupil:
    """Say that a pupil who was to come does not. One who was here before has left as they had.

    Raises:
        Invalid: no reason that says anything.
        NotPossible: they have begun.
        Stale: somebody else changed the pupil in between.
    """
    if len(reason.split()) < 2:
        raise Invalid("reason", _("Say in a few words why the pupil does not come."))
    if pupil.joined_on is None or pupil.joined_on <= actor.today:
        raise NotPossible(_("This pupil has begun. Say when they left instead."))
    places = GroupPupil.objects.filter(
        Q(ends__isnull=True) | Q(ends__gte=pupil.joined_on), pupil=pupil, withdrawn=False
    )
    for row in places.order_by("id"):
        change(row, version=None, ends=row.starts - ONE_DAY, withdrawn=True)
    marked = {
        "in_error_at": actor.at, "in_error_by": actor.person, "in_error_reason": reason.strip(),
    }  # fmt: skip
    spell = (
        RollSpell.objects.filter(pupil=pupil, in_error_at__isnull=True).order_by("-left_on").first()
    )
    if spell is None:
        return change(pupil, version=version, **marked)
    change(spell, version=None, **marked)
    return change(
        pupil, version=version, joined_on=spell.joined_on, left_on=spell.left_on,
        left_to=spell.left_to,
    )  # fmt: skip


@operation(Action.PUPIL_EDIT, on="pupil")
def register_dually(
    *,
    actor: Actor,
    pupil: Pupil,
    registration: str,
    other_name: str,
    other_urn: str = "",
    starts: date,
    ends: date | None = None,
) -> DualRegistration:
    """Record that a pupil is on the roll of another setting as well, from a day.

    Args:
        registration: what we are to the pupil, `Registration`. A pupil has one main setting.

    Raises:
        Invalid: no name, a number that is no URN, days that cannot be, or a second main setting.
    """
    name, urn = other_name.strip(), other_urn.strip()
    if registration not in Registration.values:
        raise Invalid("registration", _("Choose what this setting is to the pupil."))
    if not name:
        raise Invalid("other_name", _("Enter the name of the other setting."))
    if urn and not (urn.isascii() and urn.isdigit() and len(urn) == 6):
        raise Invalid("other_urn", _("A URN has six digits, like 123456. Leave it out if unsure."))
    if ends and ends < starts:
        raise Invalid("ends", _("The last day must be the first day or later."))
    known = DualRegistration.objects.filter(
        Q(ends__isnull=True) | Q(ends__gte=starts), pupil=pupil, in_error_at__isnull=True
    )
    if ends:
        known = known.filter(starts__lte=ends)
    for one in known:
        both_subsidiary = Registration.SUBSIDIARY in (one.registration, registration)
        if one.other_name.casefold() == name.casefold() or both_subsidiary:
            raise Invalid(
                "starts", _("Another registration holds on some of these days. End that first.")
            )
    row = DualRegistration(
        org_id=pupil.org_id, pupil=pupil, registration=registration, other_name=name,
        other_urn=urn, starts=starts, ends=ends,
    )  # fmt: skip
    row.save()
    return row


@operation(Action.PUPIL_EDIT, on="dual")
def end_dual_registration(
    *, actor: Actor, dual: DualRegistration, version: int | None, on: date
) -> DualRegistration:
    """Say until which day a pupil is on the roll of the other setting as well.

    Raises:
        Invalid: the day is before its first.
        NotPossible: it was made in error.
        Stale: somebody else changed it in between.
    """
    if dual.in_error:
        raise NotPossible(_("This is marked as made in error already."))
    if on < dual.starts:
        raise Invalid("on", _("The last day must be the first day or later."))
    return change(dual, version=version, ends=on)
