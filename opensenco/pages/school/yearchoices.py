"""What the forms of the school year offer to choose from, and what was chosen."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actor import Actor
from opensenco.kernel.refs import short
from opensenco.pages.school import turned
from opensenco.pages.school.classroom import named
from opensenco.people.operations.turning import Decision
from opensenco.people.turning import queries

#: empty lines that are offered besides those that are filled
SPARE = 2


def ways(shown: turned.Preview, given: Mapping[str, Any]) -> dict[str, Any]:
    """Give what the operation takes: only what differs from the proposal is a decision."""
    said = {
        one["key"]: given[one["field"]]
        for one in shown.ways
        if given[one["field"]] != one["into"] or one["decided"]
    }
    return {"version": given["version"], "ways": said}


class Teachers:
    """Who can be put to a class of the new year, and who was."""

    def __init__(self, colleagues: Sequence[Any], one: Any) -> None:
        known = {str(each.person.ref): each for each in colleagues}
        self._people = {ref: each.person for ref, each in known.items()}
        self.people = named(known)
        self._staff = one.staff
        for teach in self._staff:
            ref = str(teach.person.ref)
            if ref not in self._people:
                self._people[ref] = teach.person
                self.people.append((ref, teach.person.name))

    @property
    def lines(self) -> int:
        """How many lines the form has."""
        return len(self._staff) + SPARE

    @property
    def initial(self) -> dict[str, Any]:
        """What the form begins with."""
        found: dict[str, Any] = {}
        for number, teach in enumerate(self._staff, start=1):
            found[f"person_{number}"] = str(teach.person.ref)
            found[f"does_{number}"] = teach.does
            found[f"subject_{number}"] = teach.subject
        return found

    def chosen(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Give what the operation takes."""
        staff = [
            (self._people[given[f"person_{n}"]], given[f"does_{n}"], given[f"subject_{n}"])
            for n in range(1, self.lines + 1)
            if given[f"person_{n}"]
        ]
        return {"version": given["version"], "staff": staff}


class Groups:
    """The groups, and classes that nobody comes into: do they run on?"""

    def __init__(self, plan: Any) -> None:
        self._rows = {
            f"group_{short(one.group.ref)}": (one.group, one.runs_on, one.pupils)
            for one in plan.others
        }
        self._rows |= {
            f"group_{short(one.group.ref)}": (one.group, one.runs_on, None)
            for one in plan.classes
            if one.group is not None and not one.years
        }

    @property
    def labels(self) -> list[tuple[str, str]]:
        """Name of the field and label of each."""
        return [
            (
                name,
                _("%(name)s, a class that nobody comes into yet") % {"name": group.name}
                if pupils is None
                else f"{group.name}, {str(group.get_kind_display()).lower()}",
            )
            for name, (group, _runs, pupils) in self._rows.items()
        ]

    @property
    def initial(self) -> dict[str, str]:
        """What the form begins with."""
        return {name: "on" if runs else "ends" for name, (_g, runs, _p) in self._rows.items()}

    def chosen(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Give what the operation takes: only what differs from the proposal is a decision."""
        said = {
            group: given[name] == "on"
            for name, (group, runs, _pupils) in self._rows.items()
            if (given[name] == "on") != runs
        }
        return {"version": given["version"], "runs_on": said}


class OnePupil:
    """What was decided of one pupil, and what can be."""

    def __init__(self, turn: Any, pupil: Any, parts: Sequence[Any]) -> None:
        self._turn, self._pupil = turn, pupil
        self._parts = {str(one.ref): one for one in parts}

    @property
    def parts(self) -> list[tuple[str, str]]:
        """The parts of the school."""
        return [(ref, one.name) for ref, one in self._parts.items()]

    @cached_property
    def initial(self) -> dict[str, Any]:
        """What the form begins with."""
        known = queries.decision_of(self._turn, self._pupil)
        if known is None:
            return {"goes": ""}
        names = ("goes", "year_group", "into", "leave_on", "left_to")
        part = str(known.part.ref) if known.part else ""
        return {**{name: getattr(known, name) for name in names}, "part": part}

    def chosen(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Give what the operation takes."""
        values = dict(given)
        version = values.pop("version")
        part = self._parts.get(values.pop("part", "") or "")
        return {"version": version, "decision": Decision(part=part, **values)}

    def line(self, actor: Actor) -> list[Any]:
        """Give what becomes of the pupil as it stands now."""
        if self._turn.state != turned.DRAFT:
            return []
        shown = turned.preview(actor, self._turn)
        return shown.lines(one for one in shown.plan.moves if one.pupil == self._pupil.pk)
