"""The words of the guides beside each step, and doing otherwise than guidance for a good reason."""

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.cases import spine
from opensenco.cases.guide_models import MOST_GUIDE
from opensenco.cases.guides import For, shipped
from opensenco.cases.models import Departure, GuideEdition
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotFound, NotPossible
from opensenco.law.rules import get
from opensenco.law.strength import Strength
from opensenco.people.models import Pupil

MOST_WORDS = 2_000
KIND = "guidance.otherwise"


@operation(Action.GUIDE_EDIT, on="org")
def word_guide(
    *, actor: Actor, org: Organisation, step: str, words: str, place: For = For.SCHOOL
) -> GuideEdition:
    """Word the guide beside a step, for this place and for those that belong to it.

    Args:
        place: for which kind of place; a nursery words those for nurseries.
        words: without any, one's own are taken back and those of above, or ours, are shown.

    Raises:
        Invalid: no such step, or longer than anybody reads in a minute.
    """
    if step not in shipped():
        raise Invalid("step", _("Choose one of the steps shown."))
    clean = words.replace("\r\n", "\n").strip()
    if len(clean) > MOST_GUIDE:
        raise Invalid("words", _("A guide of a minute has at most 2,000 characters."))
    row = GuideEdition(org=org, step=shipped()[step].key(place), words=clean, at=actor.at)
    row.save()
    return row


@operation(Action.PLAN_WRITE, on="pupil")
def do_otherwise(*, actor: Actor, pupil: Pupil, rule: str, words: str) -> Departure:
    """Say that guidance is not followed for a pupil, and why. The law itself leaves no choice.

    Raises:
        Invalid: a rule that is no guidance, or no reason.
    """
    try:
        asked = get(rule)
    except NotFound:
        raise Invalid("rule", _("Choose one of the rules shown.")) from None
    if asked.strength is not Strength.SHOULD:
        raise Invalid("rule", _("Only guidance may be departed from. This one is not guidance."))
    why = words.strip()
    if len(why.split()) < 3:
        raise Invalid("words", _("Say why in a sentence. Guidance is departed from with a reason."))
    if len(why) > MOST_WORDS:
        raise Invalid("words", _("Shorten this to 2,000 characters."))
    row = Departure(
        org_id=pupil.org_id, pupil=pupil, rule=rule, words=why, on=actor.today, by=actor.person,
        at=actor.at,
    )  # fmt: skip
    row.save()
    spine.add_fact(
        actor=actor, pupil=pupil, kind=KIND, on=actor.today, source=row,
        words=_("Otherwise than guidance (%(rule)s), with a reason") % {"rule": rule},
    )  # fmt: skip
    return row


@operation(Action.RECORD_INVALIDATE, on="departure")
def departure_in_error(
    *, actor: Actor, departure: Departure, reason: str, version: int | None
) -> Departure:
    """Mark a departure as made in error; the guidance is to be followed again.

    Raises:
        Invalid: no reason.
        NotPossible: it is marked already.
        Stale: somebody else changed it in between.
    """
    if len(reason.split()) < 2:
        raise Invalid("reason", _("Say in a few words what was wrong."))
    if departure.in_error:
        raise NotPossible(_("This is marked as an error already."))
    change(
        departure, version=version, in_error_at=actor.at, in_error_by=actor.person,
        in_error_reason=reason.strip(),
    )  # fmt: skip
    spine.withdraw_facts(
        actor=actor, pupil=departure.pupil, source=departure,
        words=_("A departure from guidance was entered in error"),
    )  # fmt: skip
    return departure
