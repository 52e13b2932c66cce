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
from opensenco.participation.questions import NO, YES, Question, is_answered
from opensenco.participation.states import AskedState, Kind, Verb, allows

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
    return record_answer(actor, asked, version, answers)


def record_answer(
    actor: Actor, asked: Asked, version: int | None, answers: Mapping[str, Any]
) -> Asked:
    """Write an answer, whoever gives it; see `answer_round`."""
    ask_round = _open(asked, Verb.ANSWER, version)
    kept = checked(actor, asked, answers)
    again = asked.state == AskedState.ANSWERED
    change(
        asked, version=version, state=AskedState.ANSWERED, answers=kept, declined_because="",
        answered_on=actor.today,
    )  # fmt: skip
    spine.settle_task(actor=actor, source=asked)
    said = _("%(who)s put their answer to “%(title)s” right.") if again else _(
        "%(who)s answered “%(title)s”."
    )  # fmt: skip
    told = said % {"who": asked.who, "title": ask_round.questions.title}
    if not again:
        after.note(actor, ask_round, "ask.answered", told)
    after.tell_asker(actor, ask_round, told)
    after.if_nobody_waits(actor, ask_round)
    return asked


def check_open_for(asked: Asked) -> None:
    """Refuse an answer to what is closed, before anything is done for it.

    Raises:
        NotPossible: the round is closed, or nothing is waited for.
    """
    _open(asked, Verb.ANSWER, None)


def checked(actor: Actor, asked: Asked, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Give what is kept of answers. A paper that was filed before stays until another is.

    Raises:
        Invalid: nothing is answered, or something that must be is not.
    """
    words = asked.ask_round.questions.words
    before = {one.code: asked.answers.get(one.code) for one in words.asked if one.kind is Kind.FILE}
    given = {**before, **answers}
    kept = {one.code: given[one.code] for one in words.asked if is_answered(given.get(one.code))}
    for one in words.asked:
        if one.kind is Kind.SIGN and one.code in kept:
            kept[one.code] = _signed(actor, one, kept[one.code])
    missing = [one for one in words.asked if one.required and one.code not in kept]
    if missing:
        raise Invalid(missing[0].code, _("Answer this question: the school needs it."))
    if not kept:
        raise Invalid("", _("Answer at least one question, or say that you cannot."))
    return kept


def _signed(actor: Actor, one: Question, given: Any) -> dict[str, Any]:
    """Give an agreement as it is kept: the words that were shown, by whom, and when."""
    said = given if isinstance(given, Mapping) else {}
    agreed, name = said.get("agreed"), str(said.get("name", "")).strip()
    because = str(said.get("because", "")).strip()
    if agreed not in (YES, NO):
        raise Invalid(one.code, _("Choose whether you agree."))
    if not name:
        raise Invalid(f"{one.code}_name", _("Write your full name."))
    if agreed == NO and not because:
        raise Invalid(f"{one.code}_because", _("Say why you do not agree. A few words are enough."))
    return {
        "agreed": agreed, "name": name, "because": because if agreed == NO else "",
        "words": one.text, "at": actor.at.isoformat(),
    }  # fmt: skip


@operation(Action.ASK_ANSWER, on="asked")
def decline_round(*, actor: Actor, asked: Asked, version: int | None, reason: str) -> Asked:
    """Say that one cannot answer, and why: whoever asked can then ask somebody else.

    Raises:
        Invalid: no reason.
        NotPossible: the round is closed, or an answer was given.
        Stale: somebody else changed it in between.
    """
    return record_refusal(actor, asked, version, reason)


def record_refusal(actor: Actor, asked: Asked, version: int | None, reason: str) -> Asked:
    """Write that somebody cannot answer, whoever it is; see `decline_round`."""
    ask_round = _open(asked, Verb.DECLINE, version)
    if not reason.strip():
        raise Invalid("reason", _("Say why you cannot answer. A few words are enough."))
    change(asked, version=version, state=AskedState.DECLINED, declined_because=reason.strip())
    spine.settle_task(actor=actor, source=asked)
    words = _("%(who)s cannot answer “%(title)s”.")
    told = words % {"who": asked.who, "title": ask_round.questions.title}
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
