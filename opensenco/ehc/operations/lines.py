"""The outcomes and the provision of an EHC plan, typed in from the paper row by row."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.ehc import checking as check
from opensenco.ehc.models import EhcLine, EhcPlan, EhcTie
from opensenco.ehc.operations.giving import untie
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import NotPossible

MOST = 100


@operation(Action.EHC_KEEP, on="plan")
def add_line(*, actor: Actor, plan: EhcPlan, section: str, given: Mapping[str, Any]) -> EhcLine:
    """Add an outcome of section E, or a provision of section F.

    Args:
        given: words and number; of a provision also who, how_much and how_often.

    Raises:
        Invalid: it says nothing, or is too long.
        NotPossible: the card was made in error or the plan has ended, or it has too many rows.
    """
    if not plan.stands:
        raise NotPossible(_("This plan has ended. Its card stays as it was."))
    if EhcLine.objects.filter(plan=plan, section=section, in_error_at__isnull=True).count() >= MOST:
        raise NotPossible(_("A card holds a hundred rows of each section."))
    values = check.lines(section, given)
    row = EhcLine(org_id=plan.org_id, pupil=plan.pupil, plan=plan, section=section, **values)
    row.save()
    return row


@operation(Action.EHC_KEEP, on="line")
def put_line_right(
    *, actor: Actor, line: EhcLine, given: Mapping[str, Any], version: int | None
) -> EhcLine:
    """Put a row right, or write how an amended plan words it; what stood stays in its history.

    Raises:
        Invalid: it says nothing, or is too long.
        NotPossible: it was marked as made in error, or the plan has ended.
        Stale: somebody else changed it in between.
    """
    if line.in_error or not line.plan.stands:
        raise NotPossible(_("This row does not stand any more. It stays as it was."))
    return change(line, version=version, **check.lines(line.section, given))


@operation(Action.RECORD_INVALIDATE, on="line")
def line_in_error(*, actor: Actor, line: EhcLine, version: int | None, reason: str) -> EhcLine:
    """Mark a row as made in error, or as no longer in the plan, with a reason.

    Raises:
        Invalid: no reason.
        NotPossible: it is marked already.
        Stale: somebody else changed it in between.
    """
    why = check.reason(reason)
    if line.in_error:
        raise NotPossible(_("This is marked as an error already."))
    row = change(
        line, version=version, in_error_at=actor.at, in_error_by=actor.person, in_error_reason=why
    )
    # what gave it is free to give the row that an amended plan has in its place
    untie(actor, list(EhcTie.objects.filter(line=line, in_error_at__isnull=True).order_by("id")))
    return row
