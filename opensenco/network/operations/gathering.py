"""Putting a pack together without reading it: for whom, what for, until when. Others copy and send.

Whoever does the clerical work chooses the receiver and writes the covering note. Nothing of the
record is copied in their name: the parts are chosen, read and sent by somebody who may read them.
"""

from datetime import date

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.cases import spine
from opensenco.gate.operation import operation
from opensenco.network.models import Prepared
from opensenco.network.operations.preparing import (
    MOST_WORDS,
    SEND_TASK,
    blind_name,
    check_receiver,
    known_purpose,
)
from opensenco.network.states import TERMS
from opensenco.people.models import Pupil
from opensenco.support.words import paragraph


@operation(Action.PACK_GATHER, on="pupil")
def put_together(
    *,
    actor: Actor,
    pupil: Pupil,
    to: Organisation,
    purpose: str,
    until: date,
    words: str = "",
) -> Prepared:
    """Put a pack together for somebody else to look through and send. Nothing is copied yet.

    Args:
        until: the last day on which the receiver can read it.
        words: what is asked of the receiver.

    Raises:
        Invalid: the receiver is no other open organisation, or not one for this purpose; the last
            day is over.
    """
    terms = TERMS[known_purpose(purpose)]
    check_receiver(pupil, to, terms.kinds, until, actor.today)
    prepared = Prepared(
        org_id=pupil.org_id, pupil=pupil, to=to, purpose=purpose, until=until,
        words=paragraph("words", words, MOST_WORDS), person=actor.person, at=actor.at,
        about=blind_name() if terms.blind else pupil.name, parts=[], content=[], facts={},
    )  # fmt: skip
    prepared.save()
    spine.open_task(
        actor=actor, org=pupil.org, kind=SEND_TASK, source=prepared, pupil=pupil,
        role_action=Action.PACK_SEND,
        words=_("Choose the parts of a pack that was put together for %(place)s, and send it")
        % {"place": to.name},
    )  # fmt: skip
    return prepared
