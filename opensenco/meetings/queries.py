"""Reading meetings: one, a person's week, a pupil's, and on which days parents were met."""

import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor, held
from opensenco.access.models import Membership, Organisation, Person
from opensenco.access.registry import may, visible
from opensenco.access.roles import BY_CODE
from opensenco.gate.rows import find
from opensenco.kernel.clock import london_date
from opensenco.law.due import Due
from opensenco.meetings import when
from opensenco.meetings.models import (
    CalendarFeed,
    Given,
    Meeting,
    MeetingAction,
    MeetingMember,
    MeetingPaper,
    MeetingSlot,
    SlotAnswer,
)
from opensenco.meetings.policy import mine
from opensenco.meetings.starter import Kind, kind_of
from opensenco.meetings.states import COMING, TOOK_PLACE, MeetingState, Verb, allows
from opensenco.people.classes import Colleague
from opensenco.people.models import Assignment, GroupPupil, GroupStaff, Pupil
from opensenco.people.policy import come, on_day
from opensenco.people.queries import attach_classes


def meeting(actor: Actor, ref: uuid.UUID, action: Action = Action.MEETING_VIEW) -> Meeting:
    """Give the meeting of a reference that this actor may do that to, its pupil with a class.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    row = find(
        actor, action, Meeting, ref,
        "org", "pupil", "pupil__org", "organiser", "recorded_by", "in_error_by",
    )  # fmt: skip
    _with_class(actor, row.pupil)
    return row


def _with_class(actor: Actor, *pupils: Pupil | None) -> None:
    """Give pupils their class; a meeting about a place has none."""
    attach_classes([one for one in pupils if one is not None], actor.today)


@dataclass(frozen=True)
class Slot:
    """An offered day, with who can and who cannot."""

    row: MeetingSlot
    can: list[str]
    cannot: list[str]


@dataclass(frozen=True)
class Around:
    """What belongs to one meeting, as far as this actor may see it."""

    meeting: Meeting
    kind: Kind | None
    members: list[MeetingMember]
    slots: list[Slot]
    papers: list[MeetingPaper]
    dues: tuple[Due, ...]
    own: MeetingMember | None
    actions: list[MeetingAction] = field(default_factory=list)
    given: list[Given] = field(default_factory=list)
    waiting_for_it: list[MeetingMember] = field(default_factory=list)
    others_of_series: list[Meeting] = field(default_factory=list)
    may_read: bool = False
    may_plan: bool = False
    may_record: bool = False
    may_mark_in_error: bool = False

    def can(self, verb: Verb) -> bool:
        """Tell whether the meeting can take a verb as it stands."""
        return not self.meeting.in_error and allows(self.meeting.state, verb)


def around(actor: Actor, row: Meeting) -> Around:
    """Gather what belongs to a meeting."""
    members = members_of(row)
    given = list(Given.objects.filter(meeting=row).select_related("member", "by").order_by("id"))
    first = min((one.on for one in given), default=None)
    day = london_date(row.starts) if row.starts else None
    kind = kind_of(row.kind)
    reads = may(actor, Action.MEETING_READ, row)
    return Around(
        meeting=row,
        kind=kind,
        members=members,
        slots=slots_of(row),
        papers=list(_papers(row)),
        dues=when.notice(kind, day, sent=row.notice_sent_on, given=first)
        if day and not row.cancelled_reason
        else (),
        own=next((one for one in members if one.person_id == actor.person.pk), None),
        actions=actions_of(row) if reads else [],
        given=given if reads else [],
        waiting_for_it=waiting_for_it(row) if row.edition else [],
        others_of_series=_series(actor, row),
        may_read=reads,
        may_plan=may(actor, Action.MEETING_PLAN, row),
        may_record=may(actor, Action.MEETING_RECORD, row),
        may_mark_in_error=not row.in_error and may(actor, Action.RECORD_INVALIDATE, row),
    )


def _papers(row: Meeting) -> QuerySet[MeetingPaper]:
    return MeetingPaper.objects.filter(meeting=row, taken_off_on__isnull=True).order_by("id")


def _series(actor: Actor, row: Meeting) -> list[Meeting]:
    if row.series is None:
        return []
    rows = visible(actor, Action.MEETING_VIEW, Meeting).filter(series=row.series)
    return list(rows.exclude(pk=row.pk).order_by("starts", "id"))


def waiting_for_it(row: Meeting) -> list[MeetingMember]:
    """Give those of the family who do not have the newest edition of the record.

    Not those who have been barred, or taken off the record, since they were invited.
    """
    have = Given.objects.filter(meeting=row, edition=row.edition).values("member_id")
    rows = MeetingMember.objects.filter(
        meeting=row, contact__isnull=False, taken_off_on__isnull=True, contact__barred=False,
        contact__in_error_at__isnull=True,
    )  # fmt: skip
    return list(rows.exclude(pk__in=have).order_by("id"))


def members_of(row: Meeting) -> list[MeetingMember]:
    """Give who is invited, in the order in which they were."""
    rows = MeetingMember.objects.filter(meeting=row, taken_off_on__isnull=True)
    return list(rows.select_related("person", "contact").order_by("id"))


def actions_of(row: Meeting) -> list[MeetingAction]:
    """Give what was promised at a meeting, what is due first."""
    rows = MeetingAction.objects.filter(meeting=row).select_related("owner")
    return list(rows.order_by("due", "id"))


def slots_of(row: Meeting) -> list[Slot]:
    """Give the offered days of a meeting with the answers; two questions."""
    slots = list(MeetingSlot.objects.filter(meeting=row).order_by("starts"))
    if not slots:
        return []
    answers = SlotAnswer.objects.filter(
        slot__in=[slot.pk for slot in slots], member__taken_off_on__isnull=True
    ).select_related("member")
    by_slot: dict[int, dict[bool, list[str]]] = {}
    for one in answers.order_by("member_id"):
        by_slot.setdefault(one.slot_id, {}).setdefault(one.can, []).append(one.member.name)
    return [
        Slot(slot, by_slot.get(slot.pk, {}).get(True, []), by_slot.get(slot.pk, {}).get(False, []))
        for slot in slots
    ]


def chosen_slots(member: MeetingMember) -> set[uuid.UUID]:
    """Give the offered days on which a member said that they can come."""
    rows = SlotAnswer.objects.filter(member=member, can=True)
    return set(rows.values_list("slot__ref", flat=True))


@dataclass(frozen=True)
class Candidates:
    """Colleagues who could be invited: those who teach and work with the pupil, and all others."""

    near: list[Colleague]
    others: list[Colleague]

    def named(self, refs: Collection[str]) -> list[Colleague]:
        """Give those of some references, in order."""
        return [one for one in (*self.near, *self.others) if str(one.person.ref) in refs]


def candidates(actor: Actor, pupil: Pupil) -> Candidates:
    """Give the colleagues who could be invited to a meeting about a pupil, by surname."""
    groups = GroupPupil.objects.filter(on_day(actor.today), pupil=pupil).values("group")
    teach = GroupStaff.objects.filter(on_day(actor.today), group__in=groups)
    named = Assignment.objects.filter(on_day(actor.today), pupil=pupil)
    near = {
        actor.person.pk,
        *teach.values_list("person_id", flat=True),
        *named.values_list("person_id", flat=True),
    }
    staff = list(_colleagues(pupil.org_id, actor.today))
    return Candidates(
        [one for one in staff if one.person.pk in near],
        [one for one in staff if one.person.pk not in near],
    )


def colleagues_here(org: Organisation, today: date) -> Candidates:
    """Give the colleagues who could be invited to a meeting about a place, by surname."""
    return Candidates(list(_colleagues(org.pk, today)), [])


def places_to_plan(actor: Actor) -> list[Organisation]:
    """Give the places for which one plans meetings about no pupil, by name."""
    return list(visible(actor, Action.MEETING_PLAN, Organisation).order_by("name", "pk"))


def _colleagues(org_id: int, today: date) -> Iterator[Colleague]:
    """Give who has a role here today with which they may be invited, each once, by surname."""
    rows = Membership.objects.filter(
        come(), on_day(today), org_id=org_id, withdrawn=False, person__is_active=True
    ).select_related("person", "local_role", "org")
    seen: set[int] = set()
    for row in rows.order_by("person__last_name", "person__first_name", "person_id", "id"):
        role, (called, grants) = BY_CODE.get(row.role), held(row)
        staff = role is not None and not role.guest and Action.MEETING_VIEW in grants
        if staff and row.person_id not in seen:
            seen.add(row.person_id)
            yield Colleague(row.person, called, row.ref)


def may_be_invited(org_id: int, person: Person, today: date) -> bool:
    """Tell whether somebody has a role here today with which they see what they are invited to."""
    return any(one.person.pk == person.pk for one in _colleagues(org_id, today))


def member(actor: Actor, ref: uuid.UUID, action: Action = Action.MEETING_PLAN) -> MeetingMember:
    """Give the member of a reference that this actor may do that to."""
    row = find(
        actor, action, MeetingMember, ref,
        "meeting", "meeting__pupil", "meeting__org", "meeting__organiser", "pupil", "org", "person",
    )  # fmt: skip
    _with_class(actor, row.meeting.pupil)
    return row


def paper(actor: Actor, ref: uuid.UUID) -> MeetingPaper:
    """Give the paper of a reference that this actor may take off."""
    return find(actor, Action.MEETING_PLAN, MeetingPaper, ref, "meeting", "pupil")


def action_of(actor: Actor, ref: uuid.UUID) -> MeetingAction:
    """Give what was promised, for whoever may settle it."""
    row = find(
        actor, Action.MEETING_ANSWER, MeetingAction, ref,
        "meeting", "meeting__org", "meeting__organiser", "meeting__pupil", "pupil", "org", "owner",
    )  # fmt: skip
    _with_class(actor, row.meeting.pupil)
    return row


def of_pupil(actor: Actor, pupil: Pupil) -> list[Meeting]:
    """Give the meetings about a pupil that this actor may see, the newest first."""
    rows = visible(actor, Action.MEETING_VIEW, Meeting).filter(
        pupil=pupil, in_error_at__isnull=True
    )
    return list(rows.select_related("organiser").order_by("-starts", "-id"))


def next_of_pupil(actor: Actor, pupil: Pupil) -> Meeting | None:
    """Give the next planned meeting about a pupil to which one of the family is invited.

    It stands on what the family is given; of meetings without them they are not told.
    """
    family = MeetingMember.objects.filter(
        meeting=OuterRef("pk"), contact__isnull=False, taken_off_on__isnull=True
    )
    rows = visible(actor, Action.MEETING_VIEW, Meeting).filter(
        Exists(family), pupil=pupil, in_error_at__isnull=True, state=MeetingState.PLANNED,
        starts__gte=when.at(actor.today, time(0)),
    )  # fmt: skip
    return rows.order_by("starts", "id").first()


@dataclass(frozen=True)
class Mine:
    """A meeting of one's own, with whether one has still to answer."""

    meeting: Meeting
    unanswered: bool


def in_week(actor: Actor, monday: date) -> list[Mine]:
    """Give one's own meetings of the seven days from a Monday on, in order."""
    first, end = when.at(monday, time(0)), when.at(monday + timedelta(days=7), time(0))
    rows = own_meetings(actor).filter(starts__gte=first, starts__lt=end)
    return _marked(actor, rows.order_by("starts", "id"))


def to_choose(actor: Actor) -> list[Mine]:
    """Give one's own meetings for which days are offered and none is settled."""
    rows = own_meetings(actor).filter(state=MeetingState.OFFERED)
    return _marked(actor, rows.order_by("planned_at", "id"))


def own_meetings(actor: Actor) -> QuerySet[Meeting]:
    """Give the meetings that one called, or to which one is invited."""
    rows = visible(actor, Action.MEETING_VIEW, Meeting).filter(mine(actor))
    return rows.filter(in_error_at__isnull=True).select_related("pupil", "org", "organiser")


def _marked(actor: Actor, rows: QuerySet[Meeting]) -> list[Mine]:
    found = list(rows)
    waiting = MeetingMember.objects.filter(
        meeting__in=[row.pk for row in found], person=actor.person, replied_on__isnull=True,
        taken_off_on__isnull=True,
    )  # fmt: skip
    unanswered = set(waiting.values_list("meeting_id", flat=True)) if found else set()
    _with_class(actor, *(row.pupil for row in found))
    return [Mine(row, row.state in COMING and row.pk in unanswered) for row in found]


def days_parents_were_met(
    pupils: Collection[int], first: date, last: date
) -> dict[int, list[date]]:
    """Give by pupil the days on which one of the family came to a meeting (APD-08)."""
    rows = (
        MeetingMember.objects.filter(
            meeting__starts__gte=when.at(first, time(0)),
            meeting__starts__lt=when.at(last + timedelta(days=1), time(0)),
            meeting__state__in=TOOK_PLACE, meeting__in_error_at__isnull=True,
            meeting__pupil__in=list(pupils), contact__isnull=False, came=True,
            taken_off_on__isnull=True,
        )
        .order_by("meeting__starts")
        .values_list("meeting__pupil_id", "meeting__starts")
    )  # fmt: skip
    found: dict[int, list[date]] = {}
    for pupil, starts in rows:
        if starts is not None:
            found.setdefault(pupil, []).append(london_date(starts))
    return found


def days_planned(pupils: Collection[int], since: date) -> dict[int, date]:
    """Give by pupil the day of the next meeting to which one of the family is invited."""
    rows = (
        MeetingMember.objects.filter(
            meeting__starts__gte=when.at(since, time(0)), meeting__state=MeetingState.PLANNED,
            meeting__in_error_at__isnull=True, meeting__pupil__in=list(pupils),
            contact__isnull=False, taken_off_on__isnull=True,
        )
        .order_by("-meeting__starts")
        .values_list("meeting__pupil_id", "meeting__starts")
    )  # fmt: skip
    return {pupil: london_date(starts) for pupil, starts in rows if starts is not None}


def own_feed(actor: Actor) -> CalendarFeed | None:
    """Give one's own calendar feed in the role that one wears, ended or not."""
    rows = visible(actor, Action.MEETING_ANSWER, CalendarFeed).filter(org__in=actor.hat.orgs)
    return rows.select_related("org").order_by("id").first()


def feed_place(actor: Actor) -> Organisation:
    """Give the place after which one's feed is named: one of those of the role, always the same."""
    feed = own_feed(actor)
    return feed.org if feed else Organisation.objects.get(pk=min(actor.hat.orgs))
