"""Answering what one was asked, and saying that one cannot."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible, Stale
from opensenco.participation.models import Asked, AskRound
from opensenco.participation.operations import after
from opensenco.participation.questions import is_answered
from opensenco.participation.states import AskedState, Verb, allows

MOST_WORDS = 5_000


@operation(Action.ASK_ANSWER, on="asked")
def answer_round(
    *, actor: Actor, asked: Asked, version: int | None, answers: Mapping[str, Any]
) -> Asked:
    """Answer what one was asked; while the round is open, an answer can be put right.

    Args:
        answers: by the name of the question, as `questions` says they are kept. What is no question
            of this round is left out.

    Raises:
        Invalid: nothing is answered, or something that must be is not.
        NotPossible: the round is closed.
        Stale: somebody else changed it in between.
    """
    ask_round = _open(asked, Verb.ANSWER, version)
    words = ask_round.questions.words
    kept = {
        one.code: answers[one.code] for one in words.asked if is_answered(answers.get(one.code))
    }
    missing = [one for one in words.asked if one.required and one.code not in kept]
    if missing:
        raise Invalid(missing[0].code, _("Answer this question: the school needs it."))
    if not kept:
        raise Invalid("", _("Answer at least one question, or say that you cannot."))
    again = asked.state == AskedState.ANSWERED
    change(
        asked, version=version, state=AskedState.ANSWERED, answers=kept, declined_because="",
        answered_on=actor.today,
    )  # fmt: skip
    spine.settle_task(actor=actor, source=asked)
    said = _("%(who)s put their answer to “%(title)s” right.") if again else _(
        "%(who)s answered “%(title)s”."
    )  # fmt: skip
    told = said % {"who": actor.person.name, "title": ask_round.questions.title}
    after.tell_asker(actor, ask_round, told)
    after.if_nobody_waits(actor, ask_round)
    return asked


@operation(Action.ASK_ANSWER, on="asked")
def decline_round(*, actor: Actor, asked: Asked, version: int | None, reason: str) -> Asked:
    """Say that one cannot answer, and why: whoever asked can then ask somebody else.

    Raises:
        Invalid: no reason.
        NotPossible: the round is closed, or an answer was given.
        Stale: somebody else changed it in between.
    """
    ask_round = _open(asked, Verb.DECLINE, version)
    if not reason.strip():
        raise Invalid("reason", _("Say why you cannot answer. A few words are enough."))
    change(asked, version=version, state=AskedState.DECLINED, declined_because=reason.strip())
    spine.settle_task(actor=actor, source=asked)
    words = _("%(who)s cannot answer “%(title)s”.")
    told = words % {"who": actor.person.name, "title": ask_round.questions.title}
    after.tell_asker(actor, ask_round, told)
    after.if_nobody_waits(actor, ask_round)
    return asked


def _open(asked: Asked, verb: Verb, version: int | None) -> Any:
    if version is not None and version != asked.version:
        raise Stale
    # one after the other, so that the last answer is seen to be the last, and none after the close
    now = AskRound.objects.select_for_update().get(org=asked.org_id, pk=asked.ask_round_id)
    after.check_open(now)
    if not allows(asked.state, verb):
        raise NotPossible(_("This cannot be done with your answer as it stands now."))
    return asked.ask_round
