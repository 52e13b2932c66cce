"""By when parents are told of what their child is given (IDN-15), where no SEN status says it."""

from datetime import date

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine
from opensenco.cases.calendar import calendar_of
from opensenco.cases.models import Task
from opensenco.kernel.errors import DomainError, Invalid, NotPossible
from opensenco.law.due import Due
from opensenco.law.timetables import tell_parents as law
from opensenco.people.models import Pupil
from opensenco.people.policy import on_day
from opensenco.provision.models import Allocation
from opensenco.provision.states import Layer
from opensenco.support.models import SenStatus
from opensenco.support.operations.status import Telling
from opensenco.support.states import Status, Told
from opensenco.support.words import paragraph

TELL = "provision.tell_parents"


def values(actor: Actor, told: Telling) -> dict[str, object]:
    """Give what a record of telling writes.

    Raises:
        Invalid: a day to come, or no way of telling.
    """
    if told.on > actor.today:
        raise Invalid("told_on", _("This is a day to come. Record it once they have been told."))
    if told.how not in Told.values:
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


def ask(actor: Actor, allocation: Allocation) -> None:
    """Keep the date by which the parents are told, and whose turn it is to tell them.

    A pupil on SEN support has this date with the status already; an EHC plan asks for none; what
    every pupil gets is no special provision. Parents are told in one talk: of one pupil one task
    waits, and when it is settled without the others, the next.
    """
    dues = _dues(allocation)
    spine.replace_due_dates(actor=actor, pupil=allocation.pupil, source=allocation, dues=dues)
    if not dues or allocation.told_on is not None:
        if spine.settle_task(actor=actor, source=allocation, kind=TELL):
            _ask_for_the_next(actor, allocation.pupil)
        return
    asked = _asked_with(allocation)
    _open(actor, asked or allocation, alone=asked is None)


def waiting_besides(allocation: Allocation, today: date) -> list[Allocation]:
    """Give what else the pupil is given that its parents are to be told of, first day first."""
    others = Allocation.objects.filter(
        pupil=allocation.pupil, in_error_at__isnull=True, told_on__isnull=True
    ).exclude(ends__lt=today)
    rows = others.exclude(pk=allocation.pk).select_related("pupil__org", "provision")
    return [one for one in rows.order_by("starts", "id") if _dues(one)]


def _asked_with(allocation: Allocation) -> Allocation | None:
    """Give the allocation whose task asks for the parents of this pupil already."""
    tasks = Task.objects.filter(pupil=allocation.pupil, kind=TELL, settled_at__isnull=True)
    refs = tasks.exclude(source_ref=allocation.ref).values("source_ref")
    found = Allocation.objects.filter(ref__in=refs).select_related("pupil__org", "provision")
    return found.order_by("starts", "id").first()


def _ask_for_the_next(actor: Actor, pupil: Pupil) -> None:
    gone = Allocation(pupil=pupil)
    waiting = waiting_besides(gone, actor.today)
    if waiting:
        _open(actor, waiting[0], alone=len(waiting) == 1)


def _open(actor: Actor, allocation: Allocation, *, alone: bool) -> None:
    words = (
        _("Tell the parents about %(provision)s, and keep the proof")
        if alone
        else _("Tell the parents about %(provision)s and what else is given, and keep the proof")
    )
    spine.open_task(
        actor=actor,
        org=allocation.pupil.org,
        kind=TELL,
        words=words % {"provision": allocation.provision.name},
        source=allocation,
        pupil=allocation.pupil,
        role_action=Action.PROVISION_ALLOCATE,
        due=allocation.starts,
    )


def ask_again(actor: Actor, pupil: Pupil) -> None:
    """Make the dates of what a pupil is given again: they hang on the status, which may be another
    since two records were made one or parted.
    """
    waiting = Allocation.objects.filter(
        pupil=pupil, in_error_at__isnull=True, told_on__isnull=True, starts__lte=actor.today
    ).exclude(ends__lt=actor.today)
    for allocation in waiting.select_related("pupil__org", "provision").order_by("id"):
        ask(actor, allocation)


def _dues(allocation: Allocation) -> tuple[Due, ...]:
    if allocation.in_error or allocation.provision.layer == Layer.UNIVERSAL:
        return ()
    status = (
        SenStatus.objects.filter(
            on_day(allocation.starts), pupil=allocation.pupil, in_error_at__isnull=True
        )
        .order_by("-starts", "-id")
        .first()
    )
    code = status.code if status else Status.NO_SEN
    if code == Status.SEN_SUPPORT:
        return ()
    facts = law.TellParentsFacts(
        starts=allocation.starts, told=allocation.told_on, ehc_plan=code == Status.EHC_PLAN
    )
    calendar = calendar_of(allocation.org_id, allocation.starts).calendar
    try:
        return (*law.timetable(facts=facts), *law.alert(facts=facts, calendar=calendar))
    except DomainError:
        # The alert is a custom; a calendar that does not reach must not stop the legal date.
        return law.timetable(facts=facts)
