"""What pupils were given by a map, and what came into the library with it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from opensenco.exchange.states import Deed
from opensenco.exchange.undoing import leaving
from opensenco.exchange.undoing.thing import (
    Thing,
    Undoing,
    Verdict,
    field_by_field,
    who_changed,
)
from opensenco.kernel.words import mark, sentence
from opensenco.people.models import GroupPupil
from opensenco.provision.models import Allocation, Provision, Session
from opensenco.provision.operations import giving, library, taking_back

LOGGED = mark("Sessions have been logged for it.")
GIVEN = mark("It is given to somebody who did not come with the file.")


REASON = "ended_reason"


def _fields(changes: Sequence[dict[str, Any]]) -> set[str]:
    return {one["field"] for one in changes}


class Allocations(Thing):
    """A promise that was made is marked as made in error; one that was ended goes on.

    What ended with the last day of a pupil says so by its reason, and goes on with the pupil.
    """

    label = "provision.Allocation"
    order = 5
    related = ("pupil__org", "provision")

    def judge(self, undoing: Undoing, verdicts: Sequence[Verdict]) -> None:
        """A promise for which a session was logged stays, and so does one that was changed."""
        made = [one for one in verdicts if one.trace.deed == Deed.MADE]
        logged = set(
            Session.objects.filter(allocation__in=[one.row.pk for one in made]).values_list(
                "allocation_id", flat=True
            )
        )
        stay: set[int] = set()
        for one in made:
            if one.row.pk in logged:
                one.why.append(sentence(LOGGED))
            elif one.row.in_error or one.row.version > 1:
                one.why.append(who_changed(one))
            if one.kept:
                stay.add(one.trace.row_id)
        field_by_field(verdicts)
        for one in verdicts:
            if one.trace.deed == Deed.CHANGED and one.trace.row_id in stay and not one.kept:
                # what was promised in its place stays, and two at once would be one too many
                one.back.clear()
                one.why.append(sentence(LOGGED))
        self._trace_places(undoing, [one.row for one in made if not one.kept])

    def _trace_places(self, undoing: Undoing, rows: Sequence[Allocation]) -> None:
        """Let a group be ended whose places came with what goes back."""
        groups = {row.group_id for row in rows if row.group_id}
        days = {(row.group_id, row.pupil_id, row.starts, row.ends) for row in rows}
        for place in GroupPupil.objects.filter(group__in=groups, withdrawn=False):
            if (place.group_id, place.pupil_id, place.starts, place.ends) in days:
                undoing.traced.add(place.ref)

    def take_back(self, undoing: Undoing, verdicts: Sequence[Verdict]) -> None:
        """Mark what was given in error first, then let what was before go on."""
        made = [one.row for one in verdicts if one.trace.deed == Deed.MADE and not one.kept]
        if made:
            giving.mark_each_in_error(actor=undoing.actor, allocations=made, reason=undoing.reason)
        gone = [one for one in verdicts if one.back and REASON in _fields(one.trace.changes)]
        leaving.go_on(undoing.actor, gone)
        back = [
            (one.row, one.back[0]["before"]) for one in verdicts if one.back and one not in gone
        ]
        if back:
            taking_back.give_last_days_back(
                actor=undoing.actor,
                allocations=[row for row, _before in back],
                ends=[date.fromisoformat(day) if day else None for _row, day in back],
            )


class Provisions(Thing):
    """What came into the library goes out of it, where nobody else is given it."""

    label = "provision.Provision"
    order = 45

    def judge(self, undoing: Undoing, verdicts: Sequence[Verdict]) -> None:
        """An entry stays that was changed, or is given beside the file."""
        traced = undoing.traced
        kept = undoing.kept
        given: dict[int, set[Any]] = defaultdict(set)
        running = Allocation.objects.filter(
            provision__in=[one.row.pk for one in verdicts], in_error_at__isnull=True
        ).exclude(ends__lt=undoing.actor.today)
        for provision, ref in running.values_list("provision_id", "ref"):
            given[provision].add(ref)
        for one in verdicts:
            row: Provision = one.row
            if any(ref not in traced or ref in kept for ref in given[row.pk]):
                one.why.append(sentence(GIVEN))
            elif row.version > 1 or row.ended_on:
                one.why.append(who_changed(one))

    def take_back(self, undoing: Undoing, verdicts: Sequence[Verdict]) -> None:
        """Take them out of the library."""
        for one in verdicts:
            if not one.kept:
                library.end_provision(actor=undoing.actor, provision=one.row)
