"""What the forms about our own place offer to choose from, and what was chosen."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import WORDS
from opensenco.access.actor import Actor, held
from opensenco.access.roles import BY_CODE, combined
from opensenco.access.roles_in_words import roles_of_tier, spelled
from opensenco.cases.operations.tablets import ROLES as ON_TABLETS
from opensenco.people import staffing
from opensenco.people.joining import role_name

Pairs = list[tuple[str, str]]


class _Places:
    """The schools of a hat: one is usual, several are asked for."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self._places = staffing.places(actor)
        self._several = len(self._places) > 1

    def places(self) -> Pairs:
        """Give the schools to choose from."""
        return [(str(place.ref), place.name) for place in self._places]

    def place(self, given: dict[str, Any]) -> Any:
        """Give the school that was chosen, or the only one."""
        wanted = given.pop("place", None)
        return next((p for p in self._places if str(p.ref) == wanted), self._places[0])

    @property
    def word(self) -> str:
        """How the first school spells the role."""
        return self._places[0].senco_word

    def _named(self, name: str, place: str) -> str:
        return f"{name} ({place})" if self._several else name


class ForStaff(_Places):
    """What is offered when somebody is added, and what was chosen."""

    def __init__(self, actor: Actor) -> None:
        super().__init__(actor)
        self._own = {str(row.ref): row for row in staffing.local_roles(actor)}
        self._parts = {str(row.ref): row for row in staffing.parts(actor)}
        self._names = {place.pk: place.name for place in self._places}

    def roles(self) -> Pairs:
        """Give the shipped roles of this tier, then the school's own."""
        shipped = [(role.code, role.label(self.word)) for role in staffing.staff_roles(self.actor)]
        own = [(ref, self._named(row.name, row.org.name)) for ref, row in self._own.items()]
        return [*shipped, *own]

    def parts(self) -> Pairs:
        """Give the parts of the schools."""
        return [
            (ref, self._named(row.name, self._names.get(row.parent_id or 0, "")))
            for ref, row in self._parts.items()
        ]

    def chosen(self, given: dict[str, Any]) -> dict[str, Any]:
        """Give what the operation takes."""
        values = dict(given)
        values["org"] = self.place(values)
        values["part"] = self._parts.get(values.get("part", ""))
        own = self._own.get(values["role"])
        if own is not None:
            values["role"], values["local_role"] = own.combines[0], own
        return values


class ForRoles(_Places):
    """What is offered when a school shapes a role of its own."""

    def roles(self) -> Pairs:
        """Give the shipped roles, each with its sentence."""
        return [
            (role.code, f"{role.label(self.word)}. {spelled(role.says, self.word)}")
            for role in staffing.staff_roles(self.actor)
        ]

    def verbs(self) -> Pairs:
        """Give every verb that one of these roles has, in the order of the list of verbs."""
        codes = {r.code for place in self._places for r in roles_of_tier(place.kind)}
        given = combined(codes, [])
        return [(a.value, spelled(words, self.word)) for a, words in WORDS.items() if a in given]

    def chosen(self, given: dict[str, Any]) -> dict[str, Any]:
        """Give what the operation takes."""
        values = dict(given)
        values["org"] = self.place(values)
        return values


def roles_on_tablets() -> Pairs:
    """Give the roles whose people may use a shared tablet."""
    return [(code, str(BY_CODE[code].name)) for code in ON_TABLETS]


def roles_in_words(codes: Sequence[str]) -> str:
    """Say roles by their names."""
    return ", ".join(str(BY_CODE[code].name) for code in codes if code in BY_CODE)


def called(row: Any) -> str:
    """Say a role that somebody holds, with its part and place."""
    return _described(held(row)[0], row.part.name if row.part else "", row.org.name)


def waits(row: Any) -> str:
    """Say a role that waits for somebody, with its part and place."""
    return _described(role_name(row, row.org), row.part.name if row.part else "", row.org.name)


def _described(role: str, part: str, place: str) -> str:
    where = f"{part}, {place}" if part else place
    return _("%(role)s, %(where)s") % {"role": role, "where": where}


def end_of(row: Any) -> dict[str, Any]:
    """Give what the form to end a role shows when somebody else changed it."""
    return {"on": row.ends, "version": row.version}
