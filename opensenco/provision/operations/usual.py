"""Saying what progress is usual for what is measured, and where that comes from (APD-05)."""

from decimal import Decimal

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.provision.models import Provision, Scale, Usual
from opensenco.provision.operations.measuring import HUNDREDTH
from opensenco.provision.queries.points import scale_for
from opensenco.provision.states import UsualKind
from opensenco.provision.usual_models import MOST_SOURCE
from opensenco.support.words import line


@operation(Action.PROVISION_ALLOCATE, on="provision")
def set_usual(
    *,
    actor: Actor,
    provision: Provision,
    kind: str,
    gain: Decimal | None = None,
    error: Decimal | None = None,
    source: str = "",
) -> Usual:
    """Say what is usual for what is measured of a provision now. What was said before stays.

    Args:
        gain: in a term, where the kind is TERM. error: of one score, as the manual gives it.

    Raises:
        Invalid: a kind that is none, a gain where none belongs or the other way round, a number
            wider than the scale, a number without its source.
        NotPossible: nobody has said what is measured, or the provision is out of the library.
    """
    scale = scale_for(provision)
    if scale is None:
        raise NotPossible(_("Nobody has said yet what is measured here. Say that first."))
    if provision.ended_on is not None:
        raise NotPossible(_("This is out of the library. Choose another, or add it again."))
    _check_kind(scale, kind, gain)
    _check_size("gain", scale, gain)
    _check_size("error", scale, error)
    if error is not None and error <= 0:
        raise Invalid("error", _("No test is exact. Give a number above 0, or leave it empty."))
    words = line("source", source, MOST_SOURCE)
    if not words and (gain is not None or error is not None):
        raise Invalid("source", _("Say where the number comes from. For example: manual, page 12."))
    row = Usual(
        org_id=provision.org_id, scale=scale, kind=kind, gain=gain, error=error, source=words,
        person=actor.person, at=actor.next_moment(),
    )  # fmt: skip
    row.save()
    return row


def _check_kind(scale: Scale, kind: str, gain: Decimal | None) -> None:
    if kind not in UsualKind.values:
        raise Invalid("kind", _("Choose one of the answers shown."))
    if kind == UsualKind.TERM and gain is None:
        raise Invalid("gain", _("Say how much a pupil usually gains in a term."))
    if kind != UsualKind.TERM and gain is not None:
        raise Invalid("gain", _("Leave this empty, or choose “so much in a term”."))
    if kind == UsualKind.MONTHS and scale.less_is_better:
        raise Invalid("kind", _("Here a lower score is better, so it is no age in months."))


def _check_size(field: str, scale: Scale, value: Decimal | None) -> None:
    if value is None:
        return
    if abs(value) > scale.highest - scale.lowest:
        raise Invalid(field, _("This is more than the whole scale. Check the number."))
    if value != value.quantize(HUNDREDTH):
        raise Invalid(field, _("Give at most two places after the point."))
