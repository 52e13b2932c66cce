"""What one chooses from when giving something: pupils, group, who, how often, until when."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.concerns import queries as concerns
from opensenco.concerns.states import ConcernState
from opensenco.kernel.errors import Invalid, NotFound
from opensenco.kernel.refs import RefConverter, short
from opensenco.pages.provision import hours_said
from opensenco.pages.provision.forms import GiveForm
from opensenco.people import queries as people
from opensenco.provision import queries
from opensenco.provision.operations import giving, timetables
from opensenco.provision.operations.because import give_programme
from opensenco.provision.operations.giving import Terms
from opensenco.provision.queries.timetables import rooms
from opensenco.support.operations.status import Telling
from opensenco.ui.listing import Pick


@dataclass
class Choice:
    """What can be chosen, and what is chosen before anybody touches it."""

    pupils: list[Any]
    groups: list[tuple[Any, int]]
    people: list[tuple[Any, str]]
    outcomes: list[Any]
    initial: dict[str, Any]
    #: one pupil alone, where one came from that pupil's page
    alone: Any = None
    #: the group whose pupils are shown
    inside: Any = None
    #: the concern because of which a short programme is given
    concern: Any = None
    rooms: list[Any] = field(default_factory=list)
    #: what is at the same hour, once the form was sent
    clashes: list[str] = field(default_factory=list)

    @property
    def places(self) -> list[Pick]:
        """Whose pupils can be shown: those with a status, or all of one group."""
        every = Pick(_("Pupils with SEN status"), "?", self.inside is None)
        return [
            every,
            *(
                Pick(group.name, f"?in={short(group.ref)}", group == self.inside, count)
                for group, count in self.groups
            ),
        ]

    def form(self, **given: Any) -> GiveForm:
        """Make the form."""
        return GiveForm(
            pupils=[(short(p.ref), _listed(p)) for p in self.pupils],
            groups=[(short(g.ref), g.name) for g, count in self.groups],
            people=[(short(p.ref), f"{p.name}, {role}") for p, role in self.people],
            outcomes=[(short(o.ref), o.text) for o in self.outcomes],
            rooms=[(short(one.ref), one.name) for one in self.rooms],
            measured=self.concern is not None,
            **given,
        )

    def chosen(self, given: dict[str, Any]) -> dict[str, Any]:
        """Give what the operation takes, from what the form gave."""
        terms = Terms(
            times_a_week=given["times_a_week"],
            minutes=given["minutes"],
            starts=given["starts"],
            ends=given["ends"],
            group=_one([g for g, count in self.groups], given["group"]),
            person=_one([p for p, role in self.people], given["person"]),
        )
        ticked = [p for p in self.pupils if short(p.ref) in given["pupils"]]
        outcome = _one(self.outcomes, given.get("outcome", ""))
        return {"pupils": ticked, "terms": terms, "outcome": outcome}

    def give(self, actor: Actor, row: Any, given: dict[str, Any]) -> Any:
        """Give it: as a short programme where a concern ended in one."""
        chosen = self.chosen(given)
        if given.get("hours"):
            return self._give_at(actor, row, given, chosen)
        if self.concern is None:
            return giving.allocate(actor=actor, provision=row, **chosen)
        return give_programme(
            actor=actor, provision=row, concern=self.concern, measure=given["measure"],
            entry=given["entry"], **chosen,
        )  # fmt: skip

    def _give_at(
        self, actor: Actor, row: Any, given: dict[str, Any], chosen: dict[str, Any]
    ) -> Any:
        """Give it and say when it is; what clashes is said in words beside the refusal."""
        room = _one(self.rooms, given["room"])
        hours = [timetables.At(hour, room) for hour in given["hours"]]
        try:
            return timetables.give_at(
                actor=actor, provision=row, hours=hours, because=given["because"], **chosen
            )
        except timetables.Clashing as fault:
            self.clashes = hours_said.clashes(fault.found)
            raise

    def leads_to(self, rows: list[Any]) -> str:
        """Give the page to go to: the one promise, or the provision where there are several."""
        if self.concern is not None:
            return reverse("concerns:show", args=[self.concern.ref])
        if len(rows) == 1:
            return reverse("provision:allocation", args=[rows[0].ref])
        return reverse("provision:show", args=[rows[0].provision.ref])


def choice(actor: Actor, row: Any, asked: Mapping[str, str]) -> Choice:
    """Give what can be chosen for a provision.

    Args:
        asked: the address's own words: `pupil` (and `outcome`) for one pupil, `in` for a group.
    """
    alone = None
    if ref := reference(asked.get("pupil", "")):
        alone = people.pupil(actor, ref, Action.PROVISION_ALLOCATE)
        people.attach_classes([alone], actor.today)
    groups = queries.groups_to_choose(actor)
    inside = _one([g for g, count in groups], asked.get("in", ""))
    pupils = [alone] if alone else queries.pupils_to_choose(actor, inside)
    outcomes = queries.outcomes_to_choose(actor, alone) if alone else []
    initial = _initial(actor, row)
    if alone or inside:
        initial["pupils"] = [short(p.ref) for p in pupils]
    if inside is not None and inside.kind != "class":
        initial["group"] = short(inside.ref)
    if concern := _because(actor, alone, asked.get("concern", "")):
        initial |= {"ends": concern.until, "measure": row.entry_measure}
    if asked.get("outcome"):
        initial["outcome"] = asked["outcome"]
    return Choice(
        pupils, groups, queries.deliverers(actor), outcomes, initial, alone=alone, inside=inside,
        concern=concern, rooms=[] if concern else rooms(actor),
    )  # fmt: skip


def _because(actor: Actor, alone: Any, text: str) -> Any:
    """Give the concern that ended in a short programme for this pupil, where one is named."""
    ref = reference(text)
    if ref is None or alone is None:
        return None
    row = concerns.concern(actor, ref, Action.CONCERN_CARRY)
    ends_so = row.state == ConcernState.SHORT_INTERVENTION and not row.in_error
    return row if row.pupil == alone and ends_so else None


def _initial(actor: Actor, row: Any) -> dict[str, Any]:
    usual = queries.usual_deliverer(actor, row)
    return {
        "times_a_week": row.times_a_week,
        "minutes": row.minutes,
        "starts": actor.today,
        "ends": last_day(actor.today, row.weeks),
        "person": short(usual.ref) if usual else "",
    }


def last_day(first: date, weeks: int | None) -> date | None:
    """Give the Friday that ends so many weeks, this one counted; None where there is no end."""
    if weeks is None:
        return None
    monday = first - timedelta(days=first.weekday())
    return max(first, monday + timedelta(days=7 * weeks - 3))


def telling(given: dict[str, Any]) -> Telling:
    """Give what a form says of telling the parents."""
    return Telling(given["told_on"], given["told_how"], given["told_words"])


def reference(text: str) -> uuid.UUID | None:
    """Read a reference from the address; None where there is none.

    Raises:
        NotFound: something that is no reference of ours.
    """
    if not text:
        return None
    try:
        return RefConverter().to_python(text)
    except ValueError as fault:
        raise NotFound from fault


def _one(rows: list[Any], ref: str) -> Any:
    if not ref:
        return None
    found = next((row for row in rows if short(row.ref) == ref), None)
    if found is None:
        raise Invalid("pupils")
    return found


def _listed(pupil: Any) -> str:
    return f"{pupil.register_name}, {pupil.class_name}" if pupil.class_name else pupil.register_name
