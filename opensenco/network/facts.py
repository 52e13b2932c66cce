"""The few facts of a pack that a receiver's record can take over as they are, beside its words.

They say the same as the words of the parts they belong to, in the form in which lists hold them. A
part that was not chosen, or that the sender may not see, gives none; a blind pack never any.
"""

from collections.abc import Collection
from typing import Any, TypeAlias

from opensenco.access.actor import Actor
from opensenco.network.states import Part
from opensenco.people import queries as people
from opensenco.people.models import Pupil
from opensenco.support import queries as support

#: pupil: names, birth date, number, year, last day at the sender’s; sen: status and ranked needs;
#: contacts: who they are
Facts: TypeAlias = dict[str, Any]


def facts_of(actor: Actor, pupil: Pupil, parts: Collection[Part], *, blind: bool) -> Facts:
    """Give the facts of the chosen parts, as the record stands now."""
    if blind or Part.ABOUT not in parts:
        return {}
    found: Facts = {"pupil": _pupil(actor, pupil)}
    if Part.NEEDS in parts:
        found["sen"] = _sen(actor, pupil)
    if Part.FAMILY in parts:
        found["contacts"] = _contacts(actor, pupil)
    return found


def _pupil(actor: Actor, pupil: Pupil) -> Facts:
    year = pupil.year_on(actor.today)
    return {
        "last_name": pupil.last_name,
        "first_name": pupil.first_name,
        "known_as": pupil.known_as,
        "birth_date": pupil.birth_date.isoformat(),
        "upn": pupil.upn,
        "year_group": year,
        "home_language": pupil.home_language,
        "left_on": pupil.left_on.isoformat() if pupil.left_on else "",
    }


def _sen(actor: Actor, pupil: Pupil) -> Facts:
    held = support.status_of(actor, pupil)
    return {
        "status": held.code if held else "",
        "since": held.starts.isoformat() if held else "",
        "needs": [need.code for need in support.needs_of(actor, pupil)],
    }


def _contacts(actor: Actor, pupil: Pupil) -> list[Facts]:
    return [
        {
            "name": one.name,
            "relation": one.relation,
            "phone": one.phone,
            "email": one.email,
            "language": one.language,
            "parental_responsibility": one.parental_responsibility,
            "barred": one.barred,
            "restriction": one.restriction,
        }
        for one in people.contacts_of(actor, pupil)
    ]
