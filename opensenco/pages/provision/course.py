"""How one pupil fares with one provision, as the page shows it: points, aim line, words."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.kernel.dates import say
from opensenco.law.rulebook.graduated import APD_05
from opensenco.pages.provision.point_forms import PointForm
from opensenco.provision.in_words import in_words, lines, said
from opensenco.provision.operations.exits import is_due
from opensenco.provision.progress import EXIT_AFTER, EXIT_BEFORE, plain
from opensenco.provision.queries.points import course_of, norm_of
from opensenco.provision.usual import expected
from opensenco.provision.usual_words import what_is_usual


def course(actor: Actor, row: Any) -> dict[str, Any]:
    """Give what the page of a promise shows of its points, and the form for one more."""
    found = course_of(actor, row)
    logs = not row.in_error and may(actor, Action.SESSION_LOG, row)
    gives = not row.in_error and may(actor, Action.PROVISION_ALLOCATE, row)
    return {
        "course": found,
        "lines": lines(found),
        "chart": [(one.on, float(one.score)) for one in found.journey.marks],
        "aim": (found.aim.by, float(found.aim.score)) if found.line and found.aim else None,
        "said": said(found),
        "usual": _usual_line(found),
        "usual_words": what_is_usual(found.usual) if found.usual else "",
        "range": in_words(found.scale) if found.scale else "",
        "point_form": PointForm(scale=found.scale) if logs and found.scale else None,
        "sets_scale": gives and not found.points,
        "measures": logs,
        "plain": plain,
        "exit_due": _exit_due(actor, row, found.points),
    }


def _usual_line(found: Any) -> Any:
    """Give day and score to which a line of what is usual runs from the first point."""
    marks = found.journey.marks
    if found.usual is None or not marks:
        return None
    until = max(marks[-1].on, found.aim.by if found.line and found.aim else marks[-1].on)
    score = expected(norm_of(found.usual), found.journey, until)
    return None if score is None else (until, float(score))


def exit_due(actor: Actor, row: Any) -> dict[str, Any] | None:
    """Say that a pupil is to be measured at the end, by when and why; None where it is not time."""
    return _exit_due(actor, row, course_of(actor, row).points)


def _exit_due(actor: Actor, row: Any, points: Sequence[Any]) -> dict[str, Any] | None:
    if not is_due(row, points) or actor.today < row.ends - EXIT_BEFORE:
        return None
    days = {"before": EXIT_BEFORE.days, "after": EXIT_AFTER.days, "day": say(row.ends)}
    worked = _(
        "Its last day is %(day)s. A measure from %(before)s days before it to %(after)s days "
        "after it tells where the pupil ended; without one no gain is counted."
    )
    rows = [
        (_("The rule"), _(APD_05.text)),
        (_("Worked out"), worked % days),
        (_("Source"), _("%(provision)s; our rule %(rule)s")
         % {"provision": str(APD_05.provision), "rule": APD_05.id}),
    ]  # fmt: skip
    late = actor.today > row.ends + EXIT_AFTER
    return {"by": row.ends, "rows": rows, "strength": str(APD_05.strength), "late": late}
