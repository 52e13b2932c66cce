"""Several pupils of the register at once: who is chosen, and what can be done for each."""

import uuid
from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.participation.rounds_open import asked_since
from opensenco.people.days import on_roll
from opensenco.people.models import Pupil
from opensenco.people.queries import attach_classes
from opensenco.support.queries.choosing import open_cycles
from opensenco.support.queries.having_read import (
    is_of,
    newest_reads,
    reminders,
    staff_with,
    versions,
)
from opensenco.support.states import Stage
from opensenco.ui.words import day_short

#: chosen at once; a longer list is nobody's to look through
MOST = 200


class Left(NamedTuple):
    """A pupil for whom it cannot be done, and why."""

    pupil: Pupil
    why: str


class Doable(NamedTuple):
    """For whom it can be done, and for whom not."""

    can: list[Pupil]
    cannot: list[Left]


def pupils_chosen(actor: Actor, refs: Iterable[uuid.UUID]) -> list[Pupil]:
    """Give the pupils of these references on this person's register, by surname."""
    wanted = list(dict.fromkeys(refs))[:MOST]
    rows = visible(actor, Action.REGISTER_VIEW, Pupil).filter(on_roll(actor.today), ref__in=wanted)
    found = list(rows.select_related("org").order_by("sort_key", "id"))
    attach_classes(found, actor.today)
    return found


def to_ask(actor: Actor, pupils: list[Pupil]) -> Doable:
    """Sort out about whom people can be asked: somebody works with them, and no round is open.

    The number of questions does not grow with the pupils; nor do those below.
    """
    ids = [pupil.pk for pupil in pupils]
    near, since = staff_with(pupils, actor.today), asked_since(actor, ids)

    def why(pupil: Pupil) -> str:
        if pupil.pk in since:
            words = _("People are asked already, since %(on)s")
            return words % {"on": day_short(since[pupil.pk])}
        others = [one for one in near.get(pupil.pk, []) if one != actor.person]
        return "" if others else _("Nobody else is recorded as working with this pupil")

    return _sorted_out(pupils, {pupil.pk: why(pupil) for pupil in pupils})


def to_remind(actor: Actor, pupils: list[Pupil]) -> Doable:
    """Sort out whose adults can be reminded to read what helps."""
    ids = [pupil.pk for pupil in pupils]
    near, now, read = staff_with(pupils, actor.today), versions(ids), newest_reads(ids)
    told = set(reminders(ids).values_list("pupil_id", "person_id"))

    def why(pupil: Pupil) -> str:
        if pupil.pk not in now:
            return _("Nothing is written about what helps")
        waits = [
            one
            for one in near.get(pupil.pk, [])
            if one != actor.person and not is_of(read.get((pupil.pk, one.pk)), now[pupil.pk])
        ]
        if not waits:
            return _("Everybody who works with this pupil has read it")
        left = [one for one in waits if (pupil.pk, one.pk) not in told]
        return "" if left else _("Whoever has not read it was reminded before")

    return _sorted_out(pupils, {pupil.pk: why(pupil) for pupil in pupils})


def to_set_review(pupils: list[Pupil]) -> tuple[Doable, int]:
    """Sort out for whom the day of the review can be set, and how many plans are agreed already."""
    ids = [pupil.pk for pupil in pupils]
    stages = dict(open_cycles().filter(pupil__in=ids).values_list("pupil_id", "stage"))
    left = {pupil.pk for pupil in pupils if pupil.left_on is not None}

    def why(pupil: Pupil) -> str:
        stage = stages.get(pupil.pk)
        if stage is None:
            return _("There is no plan under way")
        if stage == Stage.REVIEWED:
            return _("The plan has been reviewed. Start the next cycle first")
        return _("The pupil leaves") if pupil.pk in left else ""

    doable = _sorted_out(pupils, {pupil.pk: why(pupil) for pupil in pupils})
    return doable, sum(stages[pupil.pk] == Stage.DO for pupil in doable.can)


def to_print_profiles(pupils: list[Pupil]) -> Doable:
    """Sort out of whom there is something to print of what helps."""
    now = versions([pupil.pk for pupil in pupils])
    nothing = _("Nothing is written about what helps")
    why = {pupil.pk: "" if pupil.pk in now else nothing for pupil in pupils}
    return _sorted_out(pupils, why)


def _sorted_out(pupils: Collection[Pupil], why: dict[int, str]) -> Doable:
    return Doable(
        [pupil for pupil in pupils if not why[pupil.pk]],
        [Left(pupil, why[pupil.pk]) for pupil in pupils if why[pupil.pk]],
    )
