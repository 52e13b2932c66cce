"""Status and main need of many pupils as they were before this record began, set in one go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid, Stale
from opensenco.people.models import Pupil
from opensenco.support.models import Need
from opensenco.support.operations.needs import rank_needs
from opensenco.support.operations.status import set_status
from opensenco.support.queries.reading import spans_version
from opensenco.support.states import Ground, Status


@dataclass(frozen=True, slots=True)
class Known:
    """What a school knows of one pupil when the record begins.

    Args:
        key: how the page calls this pupil; a refusal names the field with it.
        code: E or K; empty where the status stands already or there is none.
        since: the day from which it has held; None where nobody knows, and then it is today.
        need: the main need; empty where it is not known, which changes nothing.
        version: of the ranked needs as the writer read them; None without a form.
    """

    key: str
    code: str = ""
    since: date | None = None
    need: str = ""
    version: int | None = None


@operation(Action.STATUS_SET, on="pupils")
def take_over(*, actor: Actor, pupils: Sequence[Pupil], known: Sequence[Known]) -> list[Pupil]:
    """Write down the status and main need that pupils had before this record began.

    Nobody is asked about parents here: whether they were told is a gap that is told of later, and
    not a task for each pupil at once.

    Args:
        known: for each pupil, in the same order, what is known.

    Raises:
        Invalid: a day, code or need that cannot be; the field is "since-KEY", "status-KEY" or
            "need-KEY". Nothing of the whole list is then written. So too where somebody set the
            status or ranked the needs in between.
    """
    for pupil, one in zip(pupils, known, strict=True):
        try:
            _take_over(actor, pupil, one)
        except Stale:
            raise Invalid(f"status-{one.key}", CHANGED()) from None
        except Invalid as refused:
            fields = {"starts": "since", "code": "status", "grounds": "status"}
            name = fields.get(refused.field, "need")
            raise Invalid(f"{name}-{one.key}", refused.sentence) from None
    return list(pupils)


def CHANGED() -> str:
    """Give the sentence for a pupil whom somebody else has changed meanwhile."""
    return _("Somebody set this just now. Open the page anew to see what they wrote.")


def _take_over(actor: Actor, pupil: Pupil, one: Known) -> None:
    if one.code:
        if one.code not in (Status.EHC_PLAN, Status.SEN_SUPPORT):
            raise Invalid("code", _("Choose SEN support or EHC plan."))
        set_status(
            actor=actor,
            pupil=pupil,
            code=one.code,
            starts=one.since or actor.today,
            reason=_("Held when this record began.")
            if one.since
            else _("Held when this record began. Since when is not known here."),
            grounds=[Ground.ALREADY] if one.code == Status.SEN_SUPPORT else [],
            version=0,
        )
    elif one.since:
        raise Invalid("code", _("Choose the status that the pupil has since that day."))
    if one.need:
        if one.version is not None and one.version != spans_version(Need, pupil):
            raise Invalid("need", CHANGED())
        standing = Need.objects.filter(pupil=pupil, ended_on__isnull=True).order_by("rank")
        others = [code for code in standing.values_list("code", flat=True) if code != one.need]
        rank_needs(actor=actor, pupil=pupil, codes=[one.need, *others])
