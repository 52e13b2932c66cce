"""Pupils, their places in groups, their SEN status and needs, and their contacts."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from opensenco.exchange.kinds.pupils.values import as_python
from opensenco.exchange.states import Deed
from opensenco.exchange.undoing.thing import (
    Thing,
    Undoing,
    Verdict,
    field_by_field,
    plain,
    who_changed,
    worked_with,
)
from opensenco.people.models import Pupil
from opensenco.people.operations import pupils as pupil_operations
from opensenco.people.operations import rolls, taking_back
from opensenco.people.states import WhyFormer
from opensenco.support.models import Need
from opensenco.support.operations import mistakes, needs


class Pupils(Thing):
    """A pupil who was added is marked as added in error; a detail gets its earlier value."""

    label = "people.Pupil"
    order = 60

    def judge(self, undoing: Undoing, verdicts: Sequence[Verdict]) -> None:
        """A pupil with whose record somebody has worked since stays; a record that was made one
        with another, or set aside, is not changed any more.
        """
        made = [one for one in verdicts if one.trace.deed == Deed.MADE]
        busy = worked_with(undoing, [one.row.pk for one in made])
        for one in made:
            if one.row.pk in busy:
                one.why.append(busy[one.row.pk])
        gone = [one for one in verdicts if one.row.in_error]
        for one in gone:
            if not one.why:
                one.why.append(who_changed(one))
        today = undoing.actor.today
        field_by_field(
            [one for one in verdicts if not one.row.in_error],
            lambda row, name: row.year_on(today) if name == "year_group" else getattr(row, name),
        )

    def take_back(self, undoing: Undoing, verdicts: Sequence[Verdict]) -> None:
        """Mark pupils in error, and give others their values back."""
        made = [one.row for one in verdicts if one.trace.deed == Deed.MADE and not one.kept]
        if made:
            taking_back.take_back_pupils(
                actor=undoing.actor, pupils=_fresh(made), reason=undoing.reason
            )
        changed = [one for one in verdicts if one.back]
        if changed:
            rolls.change_pupils(
                actor=undoing.actor,
                pupils=_fresh([one.row for one in changed]),
                values=[_before(one) for one in changed],
                # what a wrong file called them was never their name
                why=WhyFormer.MISTAKE,
            )


def _before(one: Verdict) -> dict[str, Any]:
    values = {change["field"]: change["before"] for change in one.back}
    if values.get("sex", "") is None or values.get("sex") == "":
        values["sex"] = "U"
    return as_python(values)


def _fresh(rows: Sequence[Pupil]) -> list[Pupil]:
    """Give pupils as they stand now: what was taken back before may have changed them."""
    found = Pupil.objects.select_related("org").in_bulk([row.pk for row in rows])
    return [found[row.pk] for row in rows]


class Places(Thing):
    """A place in a group is withdrawn, and the place before goes on."""

    label = "people.GroupPupil"
    order = 20

    def judge(self, undoing: Undoing, verdicts: Sequence[Verdict]) -> None:
        """A place that somebody has ended since stays, and so does the one before it."""
        kept = set()
        for one in verdicts:
            if one.trace.deed == Deed.MADE and _ended_since(one):
                one.why.append(who_changed(one))
                kept.add(one.trace.row_id)
        for one in verdicts:
            if one.trace.deed != Deed.CHANGED:
                continue
            change = one.trace.changes[0]
            if one.trace.row_id in kept or plain(one.row.ends) != change["after"]:
                one.why.append(who_changed(one))
            else:
                one.back.append(change)

    def take_back(self, undoing: Undoing, verdicts: Sequence[Verdict]) -> None:
        """Withdraw the places and open the ones before, all at once."""
        made = [one.row for one in verdicts if one.trace.deed == Deed.MADE and not one.kept]
        before = [(one.row, _day(one.back[0]["before"])) for one in verdicts if one.back]
        ids = {row.pupil_id for row in (*made, *(row for row, _day in before))}
        if ids:
            taking_back.take_back_places(
                actor=undoing.actor,
                pupils=list(Pupil.objects.filter(pk__in=ids).order_by("id")),
                places=made,
                before=before,
            )


def _ended_since(one: Verdict) -> bool:
    """Whether a place has another last day than the file gave it."""
    given = next((each["after"] for each in one.trace.changes if each["field"] == "ends"), None)
    return bool(one.row.withdrawn or plain(one.row.ends) != given)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


class Statuses(Thing):
    """A status is marked as made in error; the one before gets its days back."""

    label = "support.SenStatus"
    order = 40
    related = ("pupil",)

    def judge(self, undoing: Undoing, verdicts: Sequence[Verdict]) -> None:
        """A status after which another was set stays."""
        for one in verdicts:
            if one.row.in_error or one.row.ends:
                one.why.append(who_changed(one))

    def take_back(self, undoing: Undoing, verdicts: Sequence[Verdict]) -> None:
        """Mark them in error."""
        rows = [one.row for one in verdicts if not one.kept]
        if rows:
            mistakes.mark_statuses_in_error(
                actor=undoing.actor, statuses=rows, reason=undoing.reason
            )


class Needs(Thing):
    """Needs are ranked as they were."""

    label = "support.Need"
    order = 30

    def judge(self, undoing: Undoing, verdicts: Sequence[Verdict]) -> None:
        """Needs that somebody has ranked since stay."""
        standing: dict[int, list[str]] = {}
        rows = Need.objects.filter(
            pupil__in=[one.trace.pupil_id for one in verdicts], ended_on__isnull=True
        ).order_by("rank")
        for pupil, code in rows.values_list("pupil_id", "code"):
            standing.setdefault(pupil, []).append(code)
        for one in verdicts:
            change = one.trace.changes[0]
            if standing.get(one.trace.pupil_id or 0, []) == change["after"]:
                one.back.append(change)
            else:
                one.why.append(who_changed(one))

    def take_back(self, undoing: Undoing, verdicts: Sequence[Verdict]) -> None:
        """Rank them as they were."""
        for one in verdicts:
            if one.back:
                pupil = Pupil.objects.select_related("org").get(pk=one.row.pupil_id)
                before = one.back[0]["before"] or []
                needs.rank_needs(actor=undoing.actor, pupil=pupil, codes=before)


class Contacts(Thing):
    """A contact who was added is marked as made in error; a detail gets its earlier value."""

    label = "people.Contact"
    order = 10

    def judge(self, undoing: Undoing, verdicts: Sequence[Verdict]) -> None:
        """A contact whom somebody has changed since stays."""
        for one in verdicts:
            if one.trace.deed == Deed.MADE and (one.row.version > 1 or one.row.in_error):
                one.why.append(who_changed(one))
        field_by_field(verdicts)

    def take_back(self, undoing: Undoing, verdicts: Sequence[Verdict]) -> None:
        """Mark contacts in error, and give others their values back."""
        made = [one.row for one in verdicts if one.trace.deed == Deed.MADE and not one.kept]
        if made:
            taking_back.take_back_contacts(
                actor=undoing.actor, contacts=made, reason=undoing.reason
            )
        for one in verdicts:
            if one.back:
                values = {change["field"]: change["before"] for change in one.back}
                pupil_operations.change_contact(
                    actor=undoing.actor, contact=one.row, version=one.row.version, **values
                )
