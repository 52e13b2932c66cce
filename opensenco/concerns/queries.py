"""Reading concerns: one, the list with whose turn, who could look after one."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership, Person
from opensenco.access.registry import may, visible
from opensenco.cases.models import DueDate, Task
from opensenco.concerns.models import Concern
from opensenco.concerns.policy import grants, memberships_here, my_turn
from opensenco.concerns.said import quoted
from opensenco.concerns.states import (
    HANDS,
    OUTCOME_WORDS,
    WAITING,
    ConcernState,
    Hands,
    Verb,
    allows,
)
from opensenco.gate.rows import find
from opensenco.law.due import Due, State, state
from opensenco.law.stored import from_data
from opensenco.law.timetables.concern import FIRST_PLAN, REPLY
from opensenco.people.models import Assignment, GroupPupil, GroupStaff, Pupil
from opensenco.people.policy import on_day
from opensenco.people.queries import attach_classes

PAGE = 50
#: views of the list: what waits for oneself, what is open, what is settled
VIEWS = ("yours", "open", "settled")


@dataclass(frozen=True)
class ConcernRow:
    """One concern in a list, with whose turn it is."""

    concern: Concern
    class_name: str
    who: str
    yours: bool
    days: int | None
    reply_on: date | None
    plan_on: date | None

    @property
    def stands(self) -> str:
        """How it stands, in words."""
        return self.concern.get_state_display()

    @property
    def noticed(self) -> str:
        """The beginning of what was noticed."""
        return quoted(self.concern.noticed)


@dataclass(frozen=True)
class ConcernList:
    """A page of a view of the list, and how many each view holds."""

    rows: list[ConcernRow]
    counts: dict[str, int]


@dataclass(frozen=True)
class Standing:
    """How one concern stands: whose turn, since when, the reply date, and what one may do."""

    who: str
    yours: bool
    days: int | None
    outcome: str
    reply: Due | None
    reply_state: State | None
    plan: Due | None
    plan_state: State | None
    may_decide: bool
    may_try: bool
    may_pass_on: bool
    may_settle: bool
    may_mark_in_error: bool
    mine: bool


def concern(actor: Actor, ref: uuid.UUID, action: Action = Action.CONCERN_VIEW) -> Concern:
    """Give the concern of a reference that this actor may do that to, its pupil with a class.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    row = find(
        actor, action, Concern, ref,
        "org", "pupil", "pupil__org", "raised_by", "owner", "decided_by", "in_error_by",
    )  # fmt: skip
    attach_classes([row.pupil], actor.today)
    return row


def concerns(actor: Actor, view: str, page: int = 1, size: int = PAGE) -> ConcernList:
    """Give a page of 50 of one view of the list, what has waited longest first.

    Args:
        view: "yours", "open" or "settled"; another word is taken as "open".
        page: from 1. size: rows on a page; a list for a file takes all at once.
    """
    rows = visible(actor, Action.CONCERN_VIEW, Concern).filter(in_error_at__isnull=True)
    waits, mine = Q(state__in=WAITING), my_turn(actor)
    counted = rows.aggregate(
        yours=Count("pk", filter=_begun(actor) & mine & waits),
        open=Count("pk", filter=waits),
        settled=Count("pk", filter=~waits),
    )
    shown = rows.annotate(
        is_mine=Case(When(mine & waits, then=Value(True)), default=Value(False)),
        since=_task_value("since"),
        reply_day=_waited_for(REPLY),
        plan_day=_waited_for(FIRST_PLAN),
    ).select_related("pupil", "owner", "org", "raised_by")
    start = (max(page, 1) - 1) * size
    found = list(_of_view(shown, view, actor)[start : start + size])
    attach_classes([row.pupil for row in found], actor.today)
    return ConcernList([_row(actor, row) for row in found], counted)


def _begun(actor: Actor) -> Q:
    """Leave out what its owner looks at again on a later day."""
    return Q(until__isnull=True) | Q(until__lte=actor.today)


def _task_value(name: str) -> Subquery:
    tasks = Task.objects.filter(source_ref=OuterRef("ref"), settled_at__isnull=True)
    return Subquery(tasks.order_by("since", "id").values(name)[:1])


def _waited_for(step: str) -> Subquery:
    kept = DueDate.objects.filter(source_ref=OuterRef("ref"), done_on__isnull=True, step=step)
    return Subquery(kept.order_by("on", "id").values("on")[:1])


def _of_view(rows: QuerySet[Concern], view: str, actor: Actor) -> QuerySet[Concern]:
    if view == "settled":
        return rows.exclude(state__in=WAITING).order_by("-raised_on", "-id")
    rows = rows.filter(state__in=WAITING)
    if view == "yours":
        rows = rows.filter(_begun(actor) & my_turn(actor))
    return rows.order_by(F("since").asc(nulls_last=True), "raised_on", "id")


def _row(actor: Actor, row: Concern) -> ConcernRow:
    since: date | None = getattr(row, "since", None)
    waits = since is not None and since <= actor.today
    return ConcernRow(
        concern=row,
        class_name=getattr(row.pupil, "class_name", ""),
        who=who_has(row),
        yours=waits and bool(getattr(row, "is_mine", False)),
        days=(actor.today - since).days if since is not None and waits else None,
        reply_on=getattr(row, "reply_day", None),
        plan_on=getattr(row, "plan_day", None),
    )


def of_mine(actor: Actor, most: int) -> tuple[list[ConcernRow], int]:
    """Give what this person raised and still waits, newest first, and how many there are."""
    mine = visible(actor, Action.CONCERN_VIEW, Concern).filter(
        raised_by=actor.person, in_error_at__isnull=True, state__in=WAITING
    )
    shown = mine.annotate(
        is_mine=Case(When(my_turn(actor), then=Value(True)), default=Value(False)),
        since=_task_value("since"),
        reply_day=_waited_for(REPLY),
        plan_day=_waited_for(FIRST_PLAN),
    )
    found = list(
        shown.select_related("pupil", "owner", "org", "raised_by").order_by("-raised_on", "-id")[
            :most
        ]
    )
    attach_classes([row.pupil for row in found], actor.today)
    rows = [_row(actor, row) for row in found]
    return rows, len(rows) if len(rows) < most else mine.count()


def who_has(row: Concern) -> str:
    """Say whose turn it is, as this place calls them; nothing where it waits for nobody."""
    hands = HANDS[ConcernState(row.state)]
    if row.in_error or hands is Hands.NOBODY:
        return ""
    if hands is Hands.OWNER and row.owner is not None:
        return row.owner.name
    return row.org.senco_word


def standing(actor: Actor, row: Concern) -> Standing:
    """Tell how a concern stands, and what this actor may do with it now."""
    task = Task.objects.filter(source_ref=row.ref, settled_at__isnull=True).first()
    begun = task is not None and task.since <= actor.today
    kept = {one.step: from_data(one.data) for one in DueDate.objects.filter(source_ref=row.ref)}
    due, plan = kept.get(REPLY), kept.get(FIRST_PLAN)
    decides = not row.in_error and may(actor, Action.CONCERN_TRIAGE, row)
    carries = not row.in_error and may(actor, Action.CONCERN_CARRY, row)
    outcome = OUTCOME_WORDS.get(ConcernState(row.outcome), "") if row.outcome else ""
    return Standing(
        who=who_has(row),
        yours=begun and _is_mine(actor, row, decides=decides),
        days=(actor.today - task.since).days if task is not None and begun else None,
        outcome=str(outcome),
        reply=due,
        reply_state=state(due, actor.today) if due else None,
        plan=plan,
        plan_state=state(plan, actor.today) if plan else None,
        may_decide=decides and allows(row.state, Verb.TRIAGE),
        may_try=carries and allows(row.state, Verb.TAKE_UP) and _tries(actor, row),
        may_pass_on=carries and allows(row.state, Verb.PASS_ON),
        may_settle=carries and allows(row.state, Verb.SETTLE),
        may_mark_in_error=not row.in_error and may(actor, Action.RECORD_INVALIDATE, row),
        mine=row.raised_by_id == actor.person.pk,
    )


def _is_mine(actor: Actor, row: Concern, *, decides: bool) -> bool:
    hands = HANDS[ConcernState(row.state)]
    return row.owner_id == actor.person.pk if hands is Hands.OWNER else decides


def _tries(actor: Actor, row: Concern) -> bool:
    """Whoever decides about concerns decides; trying is offered to the teacher and the owner."""
    mine = actor.person.pk in (row.owner_id, row.raised_by_id)
    return mine and (row.state != ConcernState.RAISED or not may(actor, Action.CONCERN_TRIAGE, row))


@dataclass(frozen=True)
class Candidates:
    """Who could look after a concern: those who work with the pupil, and other staff."""

    near: list[Person]
    others: list[Person]

    def named(self, ref: str) -> Person | None:
        """Give the one of a reference, None where it is not among them."""
        return next((p for p in (*self.near, *self.others) if str(p.ref) == ref), None)


def candidates(actor: Actor, row: Concern) -> Candidates:
    """Give who could look after a concern, by surname."""
    today = actor.today
    rows = Membership.objects.filter(memberships_here(row.org_id, today)).select_related(
        "person", "local_role"
    )
    staff = {m.person_id: m.person for m in rows if grants(m, Action.CONCERN_CARRY)}
    groups = GroupPupil.objects.filter(on_day(today), pupil=row.pupil_id).values("group")
    near = set(
        GroupStaff.objects.filter(on_day(today), group__in=groups).values_list(
            "person_id", flat=True
        )
    )
    named = Assignment.objects.filter(on_day(today), pupil=row.pupil_id)
    near |= {*named.values_list("person_id", flat=True), row.raised_by_id, actor.person.pk}
    ordered = sorted(staff.values(), key=lambda p: (p.last_name, p.first_name, p.pk))
    return Candidates(
        [p for p in ordered if p.pk in near], [p for p in ordered if p.pk not in near]
    )


def about_pupil(actor: Actor, pupil: Pupil) -> list[Concern]:
    """Give the concerns about a pupil that this actor may read, newest first."""
    return list(
        visible(actor, Action.CONCERN_VIEW, Concern)
        .filter(pupil=pupil, in_error_at__isnull=True)
        .select_related("raised_by", "owner", "org")
        .order_by("-raised_on", "-id")
    )
