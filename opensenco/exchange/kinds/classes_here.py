"""The classes and groups of a place while a file is applied: found by name, made where missing."""

from collections.abc import Sequence

from opensenco.exchange.kinds.kind import Work, change
from opensenco.exchange.models import ImportRow
from opensenco.people.days import running
from opensenco.people.models import Group, GroupPupil, Pupil
from opensenco.people.operations import groups, rolls
from opensenco.people.policy import on_day
from opensenco.people.states import GroupKind


class Classes:
    """Finds classes by name, whatever its case, and puts pupils into them."""

    def __init__(self, work: Work) -> None:
        self._work = work
        groups_now = Group.objects.filter(running(work.actor.today), org=work.org)
        self._known = {(group.kind, group.name.casefold()): group for group in groups_now}

    def called(self, row: ImportRow, name: str, kind: str = GroupKind.CLASS) -> Group:
        """Give the group of a name; it is made where there is none.

        Raises:
            Invalid: a group of another kind has the name.
        """
        key = (kind, name.casefold())
        if key not in self._known:
            group = groups.add_group(
                actor=self._work.actor, org=self._work.org, name=name, kind=kind
            )
            self._known[key] = group
            self._work.made(row, group, [change("name", None, name)])
        return self._known[key]

    def kind_of(self, name: str) -> str:
        """Give the kind of the group of a name; empty where there is none."""
        key = name.casefold()
        return next((kind for kind, known in self._known if known == key), "")

    def put(self, rows: Sequence[ImportRow], pupils: Sequence[Pupil], names: Sequence[str]) -> None:
        """Put each pupil into the class of a name from today; the class before ends yesterday."""
        if not rows:
            return
        classes = [self.called(row, name) for row, name in zip(rows, names, strict=True)]
        today = self._work.actor.today
        before = {
            one.pupil_id: one
            for one in GroupPupil.objects.filter(
                on_day(today), pupil__in=pupils, group__kind=GroupKind.CLASS
            ).order_by("id")
        }
        made = rolls.put_pupils_in_classes(
            actor=self._work.actor, pupils=pupils, classes=classes, starts=today
        )
        after = GroupPupil.objects.in_bulk([one.pk for one in before.values()])
        for row, one, name in zip(rows, made, names, strict=True):
            old = before.get(one.pupil_id)
            if old is not None:
                ended = after[old.pk].ends
                self._work.changed(row, old, [change("ends", _iso(old.ends), _iso(ended))])
            place = [change("group", None, name), change("ends", None, _iso(one.ends))]
            self._work.made(row, one, place)


def _iso(day: object) -> str | None:
    return day.isoformat() if day else None  # type: ignore[attr-defined]
