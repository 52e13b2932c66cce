"""Groups and who works with them, roles of colleagues, and the days of a school's year."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from opensenco.access.models import Invitation, Membership
from opensenco.cases.models import CalendarYear
from opensenco.cases.operations.everyday import take_back_term_dates
from opensenco.exchange.kinds.terms import enter_again, entries_of
from opensenco.exchange.states import Deed
from opensenco.exchange.undoing.thing import (
    CHANGED_BY,
    Thing,
    Undoing,
    Verdict,
    field_by_field,
    who_changed,
)
from opensenco.kernel.clock import london_date
from opensenco.kernel.words import mark, sentence
from opensenco.law.calendar.years import AcademicYear
from opensenco.people.models import Group, GroupPupil, GroupStaff
from opensenco.people.operations import groups, joining, staff, taking_back

IN_USE = mark("Somebody is in this group who did not come with the file.")
HAS_COME = mark("This colleague has come through their link.")
ENDED = mark("The role ended since.")


class Groups(Thing):
    """A group that was made is ended, where nobody else is in it."""

    label = "people.Group"
    order = 50

    def judge(self, undoing: Undoing, verdicts: Sequence[Verdict]) -> None:
        """A group stays into which others have been put."""
        traced = undoing.traced
        for one in verdicts:
            if any(ref not in traced for ref in _inside(one.row, undoing.actor.today)):
                one.why.append(sentence(IN_USE))
            elif one.row.ended_on:
                one.why.append(who_changed(one))

    def take_back(self, undoing: Undoing, verdicts: Sequence[Verdict]) -> None:
        """End the groups."""
        for one in verdicts:
            if not one.kept and not _inside(one.row, undoing.actor.today):
                groups.end_group(
                    actor=undoing.actor, group=one.row, version=None, on=undoing.actor.today
                )


def _inside(group: Group, today: date) -> list[object]:
    """Give the references of all places in a group that go on after today."""
    running = Q(group=group, withdrawn=False) & (Q(ends__isnull=True) | Q(ends__gt=today))
    return [
        ref
        for model in (GroupPupil, GroupStaff)
        for ref in model.objects.filter(running).values_list("ref", flat=True)
    ]


class Adults(Thing):
    """An adult's place in a group is withdrawn."""

    label = "people.GroupStaff"
    order = 20

    def judge(self, undoing: Undoing, verdicts: Sequence[Verdict]) -> None:
        """A place that somebody has ended since stays."""
        for one in verdicts:
            if one.row.ends or one.row.withdrawn:
                one.why.append(who_changed(one))

    def take_back(self, undoing: Undoing, verdicts: Sequence[Verdict]) -> None:
        """Withdraw the places."""
        for one in verdicts:
            if not one.kept:
                taking_back.take_back_staff(actor=undoing.actor, group=one.row.group, place=one.row)


class Invitations(Thing):
    """A role that nobody has come for is taken back with its link."""

    label = "access.Invitation"
    order = 10

    def judge(self, undoing: Undoing, verdicts: Sequence[Verdict]) -> None:
        """A colleague who has come stays."""
        for one in verdicts:
            row: Invitation = one.row
            if row.taken_at:
                one.why.append(sentence(HAS_COME))
            elif row.withdrawn_at:
                one.why.append(sentence(ENDED))

    def take_back(self, undoing: Undoing, verdicts: Sequence[Verdict]) -> None:
        """Take the roles back."""
        for one in verdicts:
            if not one.kept:
                joining.take_back(actor=undoing.actor, invitation=one.row, version=one.row.version)


class Roles(Thing):
    """A role that was given to a colleague of ours ends today; a last day goes back."""

    label = "access.Membership"
    order = 10

    def judge(self, undoing: Undoing, verdicts: Sequence[Verdict]) -> None:
        """A role that has ended since stays so."""
        for one in verdicts:
            row: Membership = one.row
            if row.withdrawn or (row.ends and row.ends < undoing.actor.today):
                one.why.append(sentence(ENDED))
        field_by_field([one for one in verdicts if not one.kept])

    def take_back(self, undoing: Undoing, verdicts: Sequence[Verdict]) -> None:
        """End roles, or give them their last day back."""
        for one in verdicts:
            row, actor = one.row, undoing.actor
            if one.trace.deed == Deed.MADE and not one.kept:
                staff.end_role(
                    actor=actor,
                    membership=row,
                    version=row.version,
                    on=max(actor.today, row.starts),
                )
            elif one.back:
                before = one.back[0]["before"]
                taking_back.set_last_day(
                    actor=actor,
                    membership=row,
                    version=row.version,
                    ends=date.fromisoformat(before) if before else None,
                )


class Years(Thing):
    """A school year is entered as it was before."""

    label = "cases.CalendarYear"
    order = 10

    def judge(self, undoing: Undoing, verdicts: Sequence[Verdict]) -> None:
        """A year that somebody has entered since stays."""
        for one in verdicts:
            row: CalendarYear = one.row
            change = one.trace.changes[0]
            if entries_of(row.org, AcademicYear(row.starts)) == change["after"]:
                one.back.append(change)
            else:
                day = london_date(row.at)
                one.why.append(sentence(CHANGED_BY, name=row.by.name, day=day))

    def take_back(self, undoing: Undoing, verdicts: Sequence[Verdict]) -> None:
        """Enter the years as they were."""
        for one in verdicts:
            row: CalendarYear = one.row
            if one.back and one.back[0]["before"]:
                enter_again(undoing.actor, row.org, row, one.back[0]["before"])
            elif one.back:
                take_back_term_dates(
                    actor=undoing.actor, org=row.org, year=AcademicYear(row.starts)
                )
