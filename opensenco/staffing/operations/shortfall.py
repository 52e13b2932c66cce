"""The head is told once where protected time is short; it is settled when it is there again."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.cases import spine
from opensenco.cases.models import Task
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid
from opensenco.staffing.models import Shortfall, ShortWeeks
from opensenco.staffing.queries.shortfall import Short, short_now
from opensenco.staffing.shortfall_models import MOST_WEEKS

SHORT = "staffing.short"


@operation(Action.STAFF_KEEP, on="org")
def set_short_weeks(*, actor: Actor, org: Organisation, weeks: int) -> ShortWeeks:
    """Say after how many school weeks in a row the head is told; 0 tells nobody.

    Raises:
        Invalid: a number that cannot be.
    """
    if not 0 <= weeks <= MOST_WEEKS:
        raise Invalid("weeks", _("Give a whole number from 0 to 12."))
    row = ShortWeeks(org=org, weeks=weeks, person=actor.person, at=actor.next_moment())
    row.save()
    return row


@operation(Action.STAFF_KEEP, on="org")
def follow_shortfall(*, actor: Actor, org: Organisation) -> list[Shortfall]:
    """Tell the head of a place whose time to co-ordinate is short, and settle what is mended.

    Done again it tells nothing twice.

    Returns:
        What was told just now.
    """
    short = {one.person.pk: one for one in short_now(actor, org)}
    waiting = told_and_open(org.pk)
    for row in waiting:
        if row.who_id not in short:
            spine.settle_task(actor=actor, source=row, kind=SHORT)
    known = {row.who_id for row in waiting}
    return [_tell(actor, org, one) for who, one in short.items() if who not in known]


def told_and_open(org: int) -> list[Shortfall]:
    """Give what was told of a place and is not mended."""
    tasks = Task.objects.filter(
        org=org, kind=SHORT, settled_at__isnull=True, source_label=Shortfall._meta.label
    )
    rows = Shortfall.objects.filter(org=org, ref__in=tasks.values("source_ref"))
    return list(rows.select_related("who").order_by("id"))


def _tell(actor: Actor, org: Organisation, one: Short) -> Shortfall:
    row = Shortfall(
        org=org, who=one.person, found_on=actor.today, at=actor.next_moment(),
        weeks=[[week.first.isoformat(), week.aside, week.spent] for week in one.weeks],
    )  # fmt: skip
    row.save()
    words = ngettext(
        "See to the time of %(who)s to co-ordinate: short for %(num)s week",
        "See to the time of %(who)s to co-ordinate: short for %(num)s weeks",
        len(one.weeks),
    ) % {"who": one.person.name, "num": len(one.weeks)}  # fmt: skip
    spine.open_task(
        actor=actor, org=org, kind=SHORT, words=words, source=row,
        role_action=Action.REPORT_APPROVE,
    )  # fmt: skip
    return row
