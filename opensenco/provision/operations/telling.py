"""By when parents are told of what their child is given (IDN-15), where no SEN status says it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine_many
from opensenco.cases.calendar import calendar_of
from opensenco.cases.models import Task
from opensenco.cases.spine_many import Told
from opensenco.kernel.errors import DomainError, Invalid, NotPossible
from opensenco.law.due import Due
from opensenco.law.timetables import tell_parents as law
from opensenco.people.models import Pupil
from opensenco.provision.models import Allocation
from opensenco.provision.states import Layer
from opensenco.support.models import SenStatus
from opensenco.support.operations.status import Telling
from opensenco.support.states import Status
from opensenco.support.states import Told as HowTold
from opensenco.support.words import paragraph

TELL = "provision.tell_parents"


def values(actor: Actor, told: Telling) -> dict[str, object]:
    """Give what a record of telling writes.

    Raises:
        Invalid: a day to come, or no way of telling.
    """
    if told.on > actor.today:
        raise Invalid("told_on", _("This is a day to come. Record it once they have been told."))
    if told.how not in HowTold.values:
        raise Invalid("told_how", _("Choose how the parents were told."))
    return {
        "told_on": told.on,
        "told_how": told.how,
        "told_words": paragraph("told_words", told.words),
        "told_by": actor.person,
    }


def check_stands(allocation: Allocation) -> None:
    """Refuse to go on with what was given in error.

    Raises:
        NotPossible: it was.
    """
    if allocation.in_error:
        raise NotPossible(_("This is marked as made in error. Nothing more can be done with it."))


def ask(actor: Actor, allocations: Sequence[Allocation]) -> None:
    """Keep the dates by which parents are told, and whose turn it is to tell them.

    A pupil on SEN support has this date with the status already; an EHC plan asks for none; what
    every pupil gets is no special provision. Parents are told in one talk: of one pupil one task
    waits, and when it is settled without the others, the next.
    """
    dues = _Dues(allocations)
    found = [(one, dues.of(one)) for one in allocations]
    spine_many.replace_due_dates(of=Allocation, dues=found)
    waits: dict[int, list[Allocation]] = defaultdict(list)
    done = []
    for one, of_one in found:
        if of_one and one.told_on is None:
            waits[one.pupil_id].append(one)
        else:
            done.append(one)
    asked = _asked({one.pupil_id for one in allocations})
    refs = {one.ref for one in done}
    spine_many.settle_tasks(actor=actor, of=Allocation, sources=done, kind=TELL)
    still = {pupil: [one for one in some if one.ref not in refs] for pupil, some in asked.items()}
    settled = {pupil for pupil, some in asked.items() if len(still[pupil]) < len(some)}
    following = _waiting(settled - {pupil for pupil, some in still.items() if some}, actor.today)
    tasks = [_task(some, still.get(pupil, [])) for pupil, some in (following | waits).items()]
    spine_many.open_tasks(
        actor=actor, of=Allocation, kind=TELL, tasks=tasks,
        role_action=Action.PROVISION_ALLOCATE,
    )  # fmt: skip


def waiting_besides(allocation: Allocation, today: date) -> list[Allocation]:
    """Give what else the pupil is given that its parents are to be told of, first day first."""
    waiting = _waiting({allocation.pupil_id}, today).get(allocation.pupil_id, [])
    return [one for one in waiting if one.pk != allocation.pk]


def _waiting(pupils: set[int], today: date) -> dict[int, list[Allocation]]:
    """Give of pupils what their parents are to be told of, first day first."""
    rows = Allocation.objects.filter(
        pupil__in=pupils, in_error_at__isnull=True, told_on__isnull=True
    ).exclude(ends__lt=today)
    every = list(rows.select_related("pupil__org", "provision").order_by("starts", "id"))
    dues, found = _Dues(every), defaultdict(list)
    for one in every:
        if dues.of(one):
            found[one.pupil_id].append(one)
    return found


def _asked(pupils: set[int]) -> dict[int, list[Allocation]]:
    """Give of pupils the allocations whose tasks ask for their parents, first day first."""
    tasks = Task.objects.filter(pupil__in=pupils, kind=TELL, settled_at__isnull=True)
    rows = Allocation.objects.filter(ref__in=tasks.values("source_ref"))
    found: dict[int, list[Allocation]] = defaultdict(list)
    for one in rows.select_related("pupil__org", "provision").order_by("starts", "id"):
        found[one.pupil_id].append(one)
    return found


def _task(waits: list[Allocation], asked: list[Allocation]) -> Told:
    """Give the one task of a pupil: it stays with what asks already."""
    others = [one for one in asked if [one.pk] != [wait.pk for wait in waits]]
    source = others[0] if others else waits[0]
    alone = not others and len(waits) == 1
    words = (
        _("Tell the parents about %(provision)s, and keep the proof")
        if alone
        else _("Tell the parents about %(provision)s and what else is given, and keep the proof")
    )
    return Told(source, source.starts, words % {"provision": source.provision.name})


def ask_again(actor: Actor, pupil: Pupil) -> None:
    """Make the dates of what a pupil is given again: they hang on the status, which may be another
    since two records were made one or parted.
    """
    waiting = Allocation.objects.filter(
        pupil=pupil, in_error_at__isnull=True, told_on__isnull=True, starts__lte=actor.today
    ).exclude(ends__lt=actor.today)
    ask(actor, list(waiting.select_related("pupil__org", "provision").order_by("id")))


class _Dues:
    """What the law makes of promises; statuses and calendars are asked for once."""

    def __init__(self, allocations: Sequence[Allocation]) -> None:
        self._statuses: dict[int, list[SenStatus]] = defaultdict(list)
        self._made: dict[tuple[Any, ...], tuple[Due, ...]] = {}
        pupils = {one.pupil_id for one in allocations}
        statuses = SenStatus.objects.filter(pupil__in=pupils, in_error_at__isnull=True)
        for status in statuses.order_by("-starts", "-id"):
            self._statuses[status.pupil_id].append(status)

    def of(self, one: Allocation) -> tuple[Due, ...]:
        """Give the dates of one promise; none where nothing is asked."""
        if one.in_error or one.provision.layer == Layer.UNIVERSAL:
            return ()
        code = self._code(one)
        if code == Status.SEN_SUPPORT:
            return ()
        key = one.org_id, one.starts, one.told_on, code
        if key not in self._made:
            self._made[key] = _dues(one, code)
        return self._made[key]

    def _code(self, one: Allocation) -> str:
        for status in self._statuses[one.pupil_id]:
            if status.starts <= one.starts and (not status.ends or status.ends >= one.starts):
                return status.code
        return Status.NO_SEN


def _dues(allocation: Allocation, code: str) -> tuple[Due, ...]:
    facts = law.TellParentsFacts(
        starts=allocation.starts, told=allocation.told_on, ehc_plan=code == Status.EHC_PLAN
    )
    calendar = calendar_of(allocation.org_id, allocation.starts).calendar
    try:
        return (*law.timetable(facts=facts), *law.alert(facts=facts, calendar=calendar))
    except DomainError:
        # The alert is a custom; a calendar that does not reach must not stop the legal date.
        return law.timetable(facts=facts)
