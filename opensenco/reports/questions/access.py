"""The actions of the accessibility plan, as they stand in the register of adjustments."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from opensenco.kernel.dates import say
from opensenco.reports.document import Cell, Line, Table
from opensenco.reports.questions import Asking
from opensenco.support.models import AccessDecision
from opensenco.support.queries import access
from opensenco.support.queries.figures import check
from opensenco.support.states import AccessAim


def _of(aim: AccessAim) -> Callable[[Asking], Table]:
    def asked(asking: Asking) -> Table:
        check(asking.actor, asking.org.pk)
        rows = [
            row for row in access.plan_actions(asking.actor).get(aim, [])
            if row.org_id == asking.org.pk
        ]  # fmt: skip
        lines = tuple(
            Line(row.barrier, (Cell(row.words), Cell(_seen_to(row)), Cell(_stands(row))))
            for row in rows
        )
        heads = (_("What is in the way"), _("What is done"), _("Who, by when"), _("How it stands"))
        return Table(str(aim.label), heads, lines)

    return asked


def _seen_to(row: AccessDecision) -> str:
    when = say(row.by) if row.by else ""
    return ", ".join(one for one in (row.who, when) if one)


def _stands(row: AccessDecision) -> str:
    words = {
        "in-place": _("In place"),
        "planned": _("Planned"),
        "ended": _("Ended"),
        "open": _("Not decided yet"),
    }.get(row.state, "")
    since = _("%(state)s, %(day)s") % {"state": words, "day": say(row.starts)} if row.starts else ""
    helped = str(row.get_helped_display()) if row.helped else ""
    return ". ".join(one for one in (since or words, helped) if one)


QUESTIONS = {
    "access_curriculum": _of(AccessAim.CURRICULUM),
    "access_building": _of(AccessAim.BUILDING),
    "access_information": _of(AccessAim.INFORMATION),
}
