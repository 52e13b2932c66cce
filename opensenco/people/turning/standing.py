"""What of a turn still stands as it was written, and what somebody has changed since."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from opensenco.kernel.clock import london_date
from opensenco.people.models import Group, GroupPupil, GroupStaff, Pupil, TurnDeed, YearTurn
from opensenco.people.states import GroupKind, Wrote
from opensenco.ui import words

PLACES = ("people.GroupPupil", "people.GroupStaff", "people.Assignment")
#: what is judged apart of a pupil: a year group changed by hand does not keep them from coming back
BUNDLES = (
    ("year_group", "part_id", "next_from", "next_year_group", "next_part_id"),
    ("left_on", "left_to"),
)


@dataclass
class Verdict:
    """One deed: what of it goes back.

    Args:
        back: the values that go back, by field; of a row that was made, whether it is taken back.
        why: a sentence for people, where something of it stays.
    """

    deed: TurnDeed
    row: Any
    back: dict[str, Any] = field(default_factory=dict)
    goes: bool = False
    why: str = ""


def judged(turn: YearTurn, labels: Sequence[str]) -> list[Verdict]:
    """Say of each deed on rows of these models what goes back; the same few questions always."""
    deeds = list(TurnDeed.objects.filter(turn=turn, thing__in=labels).order_by("id"))
    rows: dict[str, dict[int, Any]] = {}
    for label in labels:
        ids = [deed.thing_id for deed in deeds if deed.thing == label]
        rows[label] = apps.get_model(label)._default_manager.in_bulk(ids) if ids else {}
    found = [Verdict(one, rows[one.thing].get(one.thing_id)) for one in deeds]
    for one in found:
        _judge(one)
    _keep_classes_together(found)
    _keep_groups_in_use(turn, found)
    _explain(found)
    return found


def plain(value: Any) -> Any:
    """Give a value as a deed holds it."""
    return value.isoformat() if isinstance(value, date) else value


def _judge(one: Verdict) -> None:
    deed, row = one.deed, one.row
    if row is None:
        one.why = _("It is not in the record any more.")
    elif deed.wrote == Wrote.MADE:
        one.goes = _same(one, deed.after)
    elif isinstance(row, Pupil):
        for names in BUNDLES:
            if any(deed.before[name] != deed.after[name] for name in names):
                if _same(one, names) and not row.in_error:
                    one.back.update({name: deed.before[name] for name in names})
                else:
                    one.why = _("It was changed since.")
        one.goes = bool(one.back)
    elif _same(one, deed.after):
        one.back, one.goes = dict(deed.before), True
    if not one.goes and not one.why:
        one.why = _("It was changed since.")


def _same(one: Verdict, names: Any) -> bool:
    return all(plain(getattr(one.row, name)) == one.deed.after[name] for name in names)


def _keep_classes_together(found: Sequence[Verdict]) -> None:
    """Where a pupil's new class stays, the old one does not come back: one class at a time."""
    places = [one for one in found if isinstance(one.row, GroupPupil)]
    groups = Group.objects.in_bulk({one.row.group_id for one in places})
    classes = [one for one in places if groups[one.row.group_id].kind == GroupKind.CLASS]
    moved = {one.row.pupil_id for one in classes if one.deed.wrote == Wrote.MADE and not one.goes}
    moved |= _elsewhere(classes)
    for one in classes:
        if one.row.pupil_id in moved and one.deed.wrote == Wrote.CHANGED and one.goes:
            one.goes, one.back, one.why = False, {}, _("It was changed since.")


def _elsewhere(classes: Sequence[Verdict]) -> set[int]:
    """Pupils who have another class, which the turn did not make, on days that would come back."""
    mine = {one.row.pk for one in classes}
    since = {one.row.pupil_id: one.row.ends for one in classes if one.back and one.row.ends}
    others = GroupPupil.objects.filter(
        pupil__in=since, group__kind=GroupKind.CLASS, withdrawn=False
    ).exclude(pk__in=mine)
    return {one.pupil_id for one in others if one.starts > since[one.pupil_id]}


def _keep_groups_in_use(turn: YearTurn, found: Sequence[Verdict]) -> None:
    """A class that was made stays while somebody is in it whom the turn did not put there, or who
    stays; one that ended comes back where nothing else has its name."""
    taken = {
        (type(one.row), one.row.pk) for one in found if one.goes and one.deed.wrote == Wrote.MADE
    }
    groups = [one for one in found if isinstance(one.row, Group)]
    made = [one.row.pk for one in groups if one.deed.wrote == Wrote.MADE]
    used = {
        row.group_id
        for model in (GroupPupil, GroupStaff)
        for row in model.objects.filter(group__in=made, withdrawn=False)
        if (model, row.pk) not in taken
    }
    names = set(
        Group.objects.filter(org=turn.org_id, ended_on__isnull=True).values_list("name", flat=True)
    )
    for one in groups:
        if one.row.pk in used:
            one.goes, one.why = False, _("Somebody else is in this class now.")
        elif one.deed.wrote == Wrote.CHANGED and one.goes and one.row.name in names:
            one.goes, one.back = False, {}
            one.why = _("Another class or group has its name now.")


def _explain(found: Sequence[Verdict]) -> None:
    """Say on which day what stays was changed, from its history."""
    changed = _("It was changed since.")
    for one in found:
        history = getattr(type(one.row), "history", None) if one.row is not None else None
        if one.why != changed or history is None:
            continue
        last = history.filter(id=one.row.pk).order_by("history_id").last()
        if last is not None and last.history_user is not None:
            one.why = _("%(name)s changed it on %(day)s.") % {
                "name": last.history_user.name,
                "day": words.day(london_date(last.history_date)),
            }
