"""What every step of a round leaves behind: tasks, notices, facts on the timeline."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.cases import spine
from opensenco.kernel.errors import NotPossible, Stale
from opensenco.participation.bylink import BY_LINK
from opensenco.participation.models import Asked, AskRound, Chase
from opensenco.participation.states import AskedState, ChaseKind, RoundState

#: what waits for whoever is asked, and for whoever asked
ANSWER, READ, ANOTHER_WAY = "ask.answer", "ask.read", "ask.another_way"


def check_open(row: AskRound, version: int | None = None) -> None:
    """Refuse what a closed round, or one made in error, cannot take.

    Raises:
        Stale: somebody changed it since the writer read it.
        NotPossible: it is closed, or was made in error.
    """
    if version is not None and version != row.version:
        raise Stale
    if row.in_error or row.state != RoundState.OPEN:
        raise NotPossible(_("This round is closed."))


def wait_for_answer(actor: Actor, asked: Asked, row: AskRound) -> None:
    """Say that one person's answer waits, and tell them."""
    title = row.questions.title
    spine.open_task(
        actor=actor, org=row.org, kind=ANSWER, source=asked, pupil=row.pupil, due=row.due,
        words=_("Answer “%(title)s”") % {"title": title}, person=asked.person,
        reader=Action.PLAN_WRITE,
    )  # fmt: skip
    words = _("%(who)s asks you to answer “%(title)s”.")
    tell(actor, asked, asked.person, words % {"who": actor.person.name, "title": title})


def tell(actor: Actor, asked: Asked, person: Person | None, words: str) -> None:
    """Tell somebody of one person's part of a round; nobody is told what they did themselves.

    Whoever has no account reads no notices: `operations.links` writes to them.
    """
    if person is not None and person.pk != actor.person.pk:
        spine.tell(
            actor=actor, org=asked.org, words=words, pupil=asked.pupil, person=person, source=asked
        )


def tell_asker(actor: Actor, ask_round: AskRound, words: str) -> None:
    """Tell whoever asked."""
    if ask_round.asked_by_id != actor.person.pk or actor.hat.role is BY_LINK:
        spine.tell(
            actor=actor, org=ask_round.org, words=words, pupil=ask_round.pupil,
            person=ask_round.asked_by, source=ask_round,
        )  # fmt: skip


def asker_acts(actor: Actor, ask_round: AskRound, kind: str, words: str) -> None:
    """Say that it is the turn of whoever asked."""
    spine.open_task(
        actor=actor, org=ask_round.org, kind=kind, source=ask_round, pupil=ask_round.pupil,
        words=words, person=ask_round.asked_by, reader=Action.PLAN_WRITE,
    )  # fmt: skip


def if_nobody_waits(actor: Actor, ask_round: AskRound) -> None:
    """Hand the round to whoever asked once nobody's answer is waited for any more."""
    parts = Asked.objects.filter(org=ask_round.org, ask_round=ask_round)
    if parts.filter(state=AskedState.WAITING).exists():
        return
    answered = parts.filter(state=AskedState.ANSWERED).count()
    spine.settle_task(actor=actor, source=ask_round, kind=ANOTHER_WAY)
    words = ngettext(
        "Read the answer and close the round",
        "Read the %(count)s answers and close the round",
        answered,
    )
    asker_acts(actor, ask_round, READ, words % {"count": answered})


def note(actor: Actor, ask_round: AskRound, kind: str, words: str) -> None:
    """Put a fact on the timeline, for whoever writes plans."""
    spine.add_fact(
        actor=actor, pupil=ask_round.pupil, kind=kind, on=actor.today, words=words,
        source=ask_round, reader=Action.PLAN_WRITE,
    )  # fmt: skip


def chased(actor: Actor, asked: Sequence[Asked], kind: ChaseKind) -> list[Asked]:
    """Write that people were chased today, those left out who were already. Gives who were."""
    today: date = actor.today
    done = set(Chase.objects.filter(asked__in=asked, on=today).values_list("asked_id", flat=True))
    fresh = [one for one in asked if one.pk not in done]
    Chase.objects.bulk_create(
        Chase(org_id=one.org_id, asked=one, kind=kind, on=today, at=actor.at, by=actor.person)
        for one in fresh
    )
    return fresh
