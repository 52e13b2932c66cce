"""Asking people about a pupil, asking more of them, and ending a round."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.cases import spine
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.participation.models import Asked, AskRound, QuestionSet
from opensenco.participation.operations import after, links
from opensenco.participation.operations.links import Outside
from opensenco.participation.operations.sets import taken
from opensenco.participation.policy import staff_here
from opensenco.participation.questions import QuestionWords
from opensenco.participation.states import AskedState, RoundState
from opensenco.people.models import Pupil

MOST_ASKED = 60
#: a day further off is a slip of the pen
MOST_DAYS = 366


@operation(Action.ASK_SEND, on="pupil")
def ask_people(
    *,
    actor: Actor,
    pupil: Pupil,
    questions: QuestionSet | QuestionWords | str,
    people: Sequence[Person],
    due: date | None,
    because: str = "",
    source: Model | None = None,
    last_review: date | None = None,
    hows: Mapping[int, str] | None = None,
    outside: Sequence[Outside] = (),
) -> AskRound:
    """Ask people about a pupil, by a day, because of something (APD-06, IDN-13).

    Each finds a task and a notice; the questions stay as they are now.

    Args:
        questions: a set of the school; the code of a shipped one, which is taken over; or what is
            asked for this once (`wanted`).
        people: members of staff here; each is asked once, whoever stands twice.
        because: in words, where it is not a record; empty for "in general".
        source: the record because of which it is asked.
        last_review: the day since which the questions ask.
        hows: by person's id, how they work with the pupil today.
        outside: people without an account, who each get a link; then nobody of the staff need be.

    Raises:
        Invalid: nobody is asked, somebody who does not work here, or a day that cannot be.
        NotFound: there is no such set here.
        NotPossible: the set has been put away.
    """
    day = _check_due(actor.today, due)
    wanted = _checked(actor, pupil, people) if people or not outside else []
    row = AskRound(
        org=pupil.org, pupil=pupil, questions=taken(actor, pupil.org, questions),
        because=because.strip(), last_review=last_review, asked_by=actor.person,
        asked_on=actor.today, due=day, source_label=source._meta.label if source else "",
        source_ref=source.ref if source else None,  # type: ignore[attr-defined]
    )  # fmt: skip
    row.save()
    _ask(actor, row, wanted, hows or {})
    links.ask_outside(actor, row, outside)
    count = len(wanted) + len(outside)
    words = ngettext(
        "%(who)s asked %(count)s person: “%(title)s”.",
        "%(who)s asked %(count)s people: “%(title)s”.",
        count,
    ) % {"who": actor.person.name, "count": count, "title": row.questions.title}
    after.note(actor, row, "ask.asked", words)
    return row


@operation(Action.ASK_SEND, on="ask_round")
def ask_more(
    *,
    actor: Actor,
    ask_round: AskRound,
    version: int | None,
    people: Sequence[Person],
    due: date | None,
    hows: Mapping[int, str] | None = None,
    outside: Sequence[Outside] = (),
) -> AskRound:
    """Ask more people in the same round, and set another day for everybody who has not answered.

    Args:
        people: those who are asked already stay as they are.
        due: the day; the same or another.
        outside: people without an account, who each get a link.

    Raises:
        Invalid: somebody who does not work here, or a day that cannot be.
        NotPossible: the round is closed.
        Stale: somebody else changed it in between.
    """
    after.check_open(ask_round, version)
    _check_due(actor.today, due)
    known = Asked.objects.filter(org=ask_round.org, ask_round=ask_round)
    asked = set(known.values_list("person_id", flat=True))
    fresh = [one for one in people if one.pk not in asked]
    if not fresh and not outside and due == ask_round.due:
        raise Invalid("people", _("Choose somebody else to ask, or another day."))
    wanted = _checked(actor, ask_round.pupil, fresh) if fresh else []
    change(ask_round, version=version, due=due)
    for one in known.filter(state=AskedState.WAITING):
        spine.move_task(source=one, kind=after.ANSWER, due=due)
    _ask(actor, ask_round, wanted, hows or {})
    links.ask_outside(actor, ask_round, outside)
    if wanted or outside:
        spine.settle_task(actor=actor, source=ask_round)
    return ask_round


@operation(Action.ASK_SEND, on="ask_round")
def close_round(*, actor: Actor, ask_round: AskRound, version: int | None, reason: str) -> AskRound:
    """Close a round with a reason. Whoever has not answered is told that nothing waits any more.

    Raises:
        Invalid: no reason.
        NotPossible: it is closed already.
        Stale: somebody else changed it in between.
    """
    after.check_open(ask_round, version)
    if not reason.strip():
        raise Invalid("reason", _("Say why you close it. “Everybody has answered” is enough."))
    change(
        ask_round, version=version, state=RoundState.CLOSED, closed_on=actor.today,
        closed_by=actor.person, closed_because=reason.strip(),
    )  # fmt: skip
    parts = Asked.objects.filter(org=ask_round.org, ask_round=ask_round)
    answered = parts.filter(state=AskedState.ANSWERED).count()
    _let_go(actor, ask_round)
    words = ngettext(
        "%(who)s closed “%(title)s” with %(count)s answer.",
        "%(who)s closed “%(title)s” with %(count)s answers.",
        answered,
    )
    title = ask_round.questions.title
    after.note(
        actor, ask_round, "ask.closed",
        words % {"who": actor.person.name, "title": title, "count": answered},
    )  # fmt: skip
    return ask_round


@operation(Action.RECORD_INVALIDATE, on="ask_round")
def mark_round_in_error(
    *, actor: Actor, ask_round: AskRound, version: int | None, reason: str
) -> AskRound:
    """Mark a round as made in error, with a reason: about the wrong pupil, say. Nobody waits.

    Raises:
        Invalid: no reason that says anything.
        NotPossible: it is marked already.
        Stale: somebody else changed it in between.
    """
    if len(reason.split()) < 2:
        raise Invalid("reason", _("Say in a few words what was wrong."))
    if ask_round.in_error:
        raise NotPossible(_("This is marked as made in error already."))
    if ask_round.state == RoundState.OPEN:
        _let_go(actor, ask_round)
    change(
        ask_round, version=version, in_error_at=actor.at, in_error_by=actor.person,
        in_error_reason=reason.strip(),
    )  # fmt: skip
    spine.withdraw_facts(
        actor=actor, pupil=ask_round.pupil, source=ask_round, reader=Action.PLAN_WRITE,
        words=_("People were asked here in error."),
    )  # fmt: skip
    return ask_round


def _let_go(actor: Actor, ask_round: AskRound) -> None:
    """Wait for nobody any more: neither for an answer nor for whoever asked."""
    spine.settle_task(actor=actor, source=ask_round)
    waiting = Asked.objects.filter(
        org=ask_round.org, ask_round=ask_round, state=AskedState.WAITING
    ).select_related("org", "pupil", "person")
    for one in waiting.order_by("id"):
        change(one, version=None, state=AskedState.EXCUSED)
        spine.settle_task(actor=actor, source=one)
        words = _("Your answer to “%(title)s” is not needed any more. Thank you all the same.")
        after.tell(actor, one, one.person, words % {"title": ask_round.questions.title})
        if one.by_link:
            links.say_over(actor, one)
            links.forget_draft(one)


def _ask(actor: Actor, row: AskRound, people: Sequence[Person], hows: Mapping[int, str]) -> None:
    for person in people:
        asked = Asked(
            org=row.org, ask_round=row, pupil=row.pupil, person=person, asked_on=actor.today,
            how=hows.get(person.pk, "")[:200],
        )  # fmt: skip
        asked.save()
        after.wait_for_answer(actor, asked, row)


def _check_due(today: date, due: date | None) -> date:
    if due is None:
        raise Invalid("due", _("Choose the day by which you want answers."))
    if due < today:
        raise Invalid("due", _("The day by which you want answers must not be past."))
    if (due - today).days > MOST_DAYS:
        raise Invalid("due", _("The day by which you want answers must be within a year."))
    return due


def _checked(actor: Actor, pupil: Pupil, people: Sequence[Person]) -> list[Person]:
    wanted = list({one.pk: one for one in people}.values())
    if not wanted:
        raise Invalid("people", _("Choose whom you ask."))
    if len(wanted) > MOST_ASKED:
        raise Invalid("people", _("Ask at most %(most)s people at once.") % {"most": MOST_ASKED})
    here = {one.pk for one in staff_here(pupil.org_id, actor.today)}
    if any(one.pk not in here for one in wanted):
        raise Invalid("people", _("Choose people who work here today."))
    return wanted
