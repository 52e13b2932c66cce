"""What was said in supervision is written down, corrected, marked as made in error."""

import uuid
from datetime import date

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership, Organisation, Person
from opensenco.cases import spine
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.staffing.models import Supervision
from opensenco.staffing.queries.supervision import sessions_of
from opensenco.support.words import paragraph

MOST_WORDS, MOST_REASON = 10_000, 300
NEXT = "supervision.next"


@operation(Action.SUPERVISE, on="org")
def write_supervision(
    *,
    actor: Actor,
    org: Organisation,
    who: Person,
    on: date,
    words: str,
    next_on: date | None = None,
    watched: uuid.UUID | None = None,
) -> Supervision:
    """Write down a conversation of supervision that one led. The other can read it.

    Args:
        watched: the session of theirs that was watched before, by what its rows share.

    Raises:
        Invalid: somebody from outside or oneself, a day or words that cannot be.
    """
    if who == actor.person:
        raise Invalid("who", _("Choose a colleague: whoever supervises you writes yours."))
    if not Membership.objects.filter(org=org, person=who, withdrawn=False).exists():
        raise Invalid("who", _("Choose somebody who works here."))
    values = _checked(actor, on=on, words=words, next_on=next_on)
    _check_watched(actor, org, who, watched)
    row = Supervision(org=org, who=who, by=actor.person, watched=watched, **values)
    row.save()
    spine.tell(
        actor=actor, org=org, person=who, source=row,
        words=_("Notes of your supervision are written. You can read them."),
    )  # fmt: skip
    _ask_next(actor, row)
    return row


@operation(Action.SUPERVISE, on="supervision")
def correct_supervision(
    *,
    actor: Actor,
    supervision: Supervision,
    version: int | None,
    on: date,
    words: str,
    next_on: date | None = None,
    watched: uuid.UUID | None = None,
) -> Supervision:
    """Correct one's own notes; what stood before is kept.

    Raises:
        Invalid: a day or words that cannot be.
        NotPossible: they are marked as made in error.
        Stale: they were changed in between.
    """
    _refuse_in_error(supervision)
    values = _checked(actor, on=on, words=words, next_on=next_on)
    if watched != supervision.watched:
        _check_watched(actor, supervision.org, supervision.who, watched)
    row = change(supervision, version=version, watched=watched, **values)
    spine.settle_task(actor=actor, source=row, kind=NEXT)
    _ask_next(actor, row)
    return row


@operation(Action.SUPERVISE, on="supervision")
def supervision_in_error(
    *, actor: Actor, supervision: Supervision, version: int | None, reason: str
) -> Supervision:
    """Mark one's own notes as made in error.

    Raises:
        Invalid: no reason.
        NotPossible: they are marked already.
        Stale: they were changed in between.
    """
    _refuse_in_error(supervision)
    why = paragraph("reason", reason, MOST_REASON)
    if not why:
        raise Invalid("reason", _("Say what was wrong."))
    row = change(
        supervision, version=version, in_error_at=actor.at, in_error_by=actor.person,
        in_error_reason=why,
    )  # fmt: skip
    spine.settle_task(actor=actor, source=row, kind=NEXT)
    return row


def _checked(
    actor: Actor, *, on: date, words: str, next_on: date | None
) -> dict[str, date | str | None]:
    said = paragraph("words", words, MOST_WORDS)
    if not said:
        raise Invalid("words", _("Write down what was said and agreed."))
    if on > actor.today:
        raise Invalid("on", _("This is a day to come. Write it down once you have met."))
    if next_on is not None and next_on <= on:
        raise Invalid("next_on", _("The next must be later than this one."))
    return {"on": on, "words": said, "next_on": next_on}


def _check_watched(actor: Actor, org: Organisation, who: Person, watched: uuid.UUID | None) -> None:
    if watched is not None and not sessions_of(actor, org, who, watched):
        raise Invalid("watched", _("Choose one of the sessions that they gave."))


def _ask_next(actor: Actor, row: Supervision) -> None:
    """Let whoever leads it be reminded of the next."""
    if row.next_on is not None:
        spine.open_task(
            actor=actor, org=row.org, kind=NEXT, person=actor.person, source=row,
            words=_("Meet for supervision"), since=row.next_on, due=row.next_on,
        )  # fmt: skip


def _refuse_in_error(row: Supervision) -> None:
    if row.in_error:
        raise NotPossible(_("These notes are marked as made in error."))
