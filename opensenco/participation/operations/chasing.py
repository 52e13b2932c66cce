"""Thanking those who answered, and reminding those who have not."""

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import NotPossible
from opensenco.participation.models import Asked, AskRound
from opensenco.participation.operations import after, links
from opensenco.participation.policy import gone
from opensenco.participation.states import AskedState, ChaseKind
from opensenco.ui.words import day


@operation(Action.ASK_CHASE, on="ask_round")
def remind_waiting(*, actor: Actor, ask_round: AskRound) -> AskRound:
    """Remind everybody who has not answered, politely and at most once in a day.

    Raises:
        NotPossible: the round is closed, nobody is waited for, or all were reminded today.
    """
    after.check_open(ask_round)
    waiting = _waiting(ask_round)
    left = gone(waiting, actor.today)
    waiting = [one for one in waiting if one.pk not in left]
    if not waiting:
        raise NotPossible(_("Nobody’s answer is waited for."))
    fresh = after.chased(actor, waiting, ChaseKind.BY_HAND)
    if not fresh:
        raise NotPossible(_("Everybody who has not answered was reminded today."))
    # who only chases does not want the answer, and never reads it
    wants = actor.person if may(actor, Action.ASK_SEND, ask_round) else ask_round.asked_by
    for one in fresh:
        _remind(actor, one, ask_round, wants.name)
    return ask_round


@operation(Action.ASK_SEND, on="ask_round")
def thank_answered(*, actor: Actor, ask_round: AskRound) -> AskRound:
    """Thank everybody who has answered and was not thanked yet.

    Raises:
        NotPossible: nobody is left to thank.
    """
    rows = Asked.objects.filter(
        org=ask_round.org, ask_round=ask_round, state=AskedState.ANSWERED, thanked_on__isnull=True
    ).select_related("org", "pupil", "person")
    thanked = list(rows.order_by("id"))
    if not thanked or ask_round.in_error:
        raise NotPossible(_("Everybody who answered was thanked."))
    for one in thanked:
        change(one, version=None, thanked_on=actor.today, thanked_by=actor.person)
        words = _("%(who)s thanks you for your answer to “%(title)s”.")
        said = words % {"who": actor.person.name, "title": ask_round.questions.title}
        after.tell(actor, one, one.person, said)
        if one.by_link:
            links.say_thanks(actor, one)
    return ask_round


@operation(Action.ASK_SEND, on="asked")
def chase_by_rule(*, actor: Actor, asked: Asked, step: ChaseKind) -> Asked:
    """Do what the school's rule says today about somebody who has not answered.

    Args:
        step: as `silence.next_step` gives it: a reminder, or handing it back to whoever asked.

    Raises:
        NotPossible: an answer came meanwhile, the round was closed, or it was done today.
    """
    ask_round = asked.ask_round
    after.check_open(ask_round)
    if asked.state != AskedState.WAITING or not after.chased(actor, [asked], step):
        raise NotPossible(_("This is done already."))
    if step is ChaseKind.ESCALATED:
        _hand_back(actor, asked, ask_round)
    else:
        _remind(actor, asked, ask_round, ask_round.asked_by.name)
    return asked


def _remind(actor: Actor, asked: Asked, ask_round: AskRound, who: str) -> None:
    words = _("A reminder: %(who)s would like your answer to “%(title)s” by %(day)s.")
    if ask_round.due < actor.today:
        words = _("A reminder: %(who)s is still glad of your answer to “%(title)s”.")
    said = words % {"who": who, "title": ask_round.questions.title, "day": day(ask_round.due)}
    after.tell(actor, asked, asked.person, said)
    if asked.by_link:
        links.remind(actor, asked, ask_round)


def _hand_back(actor: Actor, asked: Asked, ask_round: AskRound) -> None:
    words = _("%(who)s has not answered “%(title)s”, though reminded. Ask in person, or close it.")
    if gone([asked], actor.today):
        words = _("%(who)s works here no more and has not answered “%(title)s”. Ask somebody else.")
    said = words % {"who": asked.who, "title": ask_round.questions.title}
    after.tell_asker(actor, ask_round, said)
    after.asker_acts(actor, ask_round, after.ANOTHER_WAY, said)


def _waiting(ask_round: AskRound) -> "list[Asked]":
    rows = Asked.objects.filter(
        org=ask_round.org, ask_round=ask_round, state=AskedState.WAITING
    ).select_related("org", "pupil", "person")
    return list(rows.order_by("id"))
