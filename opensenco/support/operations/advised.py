"""What a service advised becomes what every adult does in class, with where it came from."""

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import statements
from opensenco.concerns.follow_states import Becomes
from opensenco.concerns.models import Referral, ReferralAdvice
from opensenco.concerns.operations.advised import keep_advice
from opensenco.gate.operation import operation
from opensenco.kernel.errors import NotPossible
from opensenco.support.models import Strategy
from opensenco.support.operations.needs import replace_strategies


@operation(Action.PLAN_WRITE, on="referral")
def advice_becomes_strategy(*, actor: Actor, referral: Referral, words: str) -> ReferralAdvice:
    """Put what a service advised last among what every adult does in class, and say who says so.

    Raises:
        Invalid: nothing said, longer than a line, or there are six already.
        NotPossible: every adult does it already, or the referral was made in error.
    """
    row = keep_advice(actor, referral, words, Becomes.STRATEGY)
    pupil = referral.pupil
    standing = Strategy.objects.filter(pupil=pupil, group=None, ended_on__isnull=True)
    now = list(standing.order_by("position").values_list("text", flat=True))
    if row.words in now:
        raise NotPossible(_("Every adult does this already."))
    added = replace_strategies(actor.today, pupil, [*now, row.words])[-1]
    statements.attach(
        actor=actor, host=added, pupil=pupil, part="text", text=added.text, quote=added.text,
        reader=Action.PROFILE_VIEW, said_by=referral.service[: statements.LONGEST_WHO],
        said_on=row.on,
    )  # fmt: skip
    return row
