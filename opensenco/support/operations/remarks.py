"""A remark of the plan check is set aside with a reason, and taken up again."""

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.plainwords.reading import same_words
from opensenco.plainwords.rules import rules
from opensenco.support.models import Cycle, RemarkDismissed
from opensenco.support.states import WhyDismissed
from opensenco.support.words import line


@operation(Action.PLAN_WRITE, on="cycle")
def dismiss_remark(
    *, actor: Actor, cycle: Cycle, rule: str, place: str, sentence: str, reason: str,
    words: str = "",
) -> RemarkDismissed:  # fmt: skip
    """Set a remark aside. It stays away as long as its sentence reads as it does now.

    Args:
        rule: the id of the rule.
        place: kind and part of what it is about, "outcome text".
        sentence: on which it fired; it is compared without case, spaces and marks.

    Raises:
        Invalid: no reason, or no such rule.
    """
    every = rules()
    if rule not in every.structure and all(one.id != rule for one in every.wording):
        raise Invalid("rule", _("There is no such rule."))
    if reason not in WhyDismissed.values:
        raise Invalid("reason", _("Choose why this remark is set aside."))
    row = RemarkDismissed(
        org_id=cycle.org_id, pupil_id=cycle.pupil_id, cycle=cycle, rule=rule, place=place[:60],
        sentence=same_words(sentence), reason=reason, words=line("words", words, 300),
        dismissed_by=actor.person, at=actor.at,
    )  # fmt: skip
    row.save()
    return row


@operation(Action.PLAN_WRITE, on="dismissed")
def take_up_remark(
    *, actor: Actor, dismissed: RemarkDismissed, version: int | None = None
) -> RemarkDismissed:
    """Let a remark that was set aside stand again.

    Raises:
        NotPossible: it stands again already.
        Stale: somebody else changed it in between.
    """
    if dismissed.returned_on is not None:
        raise NotPossible(_("This remark stands again already."))
    return change(dismissed, version=version, returned_on=actor.today, returned_by=actor.person)
