"""Asking the SENCO, answering, sharing an answer, and taking a question back."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.cases import spine
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.kernel.text import search_key
from opensenco.people.models import Pupil
from opensenco.threads.models import SencoQuestion

LONGEST_QUESTION, LONGEST_ANSWER = 1000, 3000
MOST_STRATEGIES = 6
LONGEST_KEY = 3 * (LONGEST_QUESTION + LONGEST_ANSWER)
#: what waits for whoever answers
ANSWER = "question.answer"


@operation(Action.SENCO_ASK, on="pupil")
def ask_about_pupil(*, actor: Actor, pupil: Pupil, words: str) -> SencoQuestion:
    """Ask whoever co-ordinates about a pupil.

    Raises:
        Invalid: nothing is asked, or more than 1,000 characters.
    """
    return _asked(actor, pupil.org, pupil, words)


@operation(Action.SENCO_ASK, on="org")
def ask_in_general(*, actor: Actor, org: Organisation, words: str) -> SencoQuestion:
    """Ask whoever co-ordinates, about no pupil.

    Raises:
        Invalid: nothing is asked, or more than 1,000 characters.
    """
    return _asked(actor, org, None, words)


@operation(Action.SENCO_ANSWER, on="question")
def answer_question(
    *, actor: Actor, question: SencoQuestion, version: int | None, answer: str,
    shared: bool = False, strategies: Sequence[str] = (),
) -> SencoQuestion:  # fmt: skip
    """Answer a question, or put the answer in other words. Who asked is told.

    Args:
        shared: all staff of the place read question and answer; never of one about a pupil.
        strategies: what to try, in the words of the bank; they stay so when the bank changes.

    Raises:
        Invalid: nothing is said, too much, too many strategies, or an answer about a pupil is to be
            shared.
        NotPossible: the question was taken back.
        Stale: somebody else answered in between.
    """
    _check_standing(question)
    said = answer.strip()
    if not said:
        raise Invalid("answer", _("Write your answer."))
    if len(said) > LONGEST_ANSWER:
        raise Invalid("answer", _("Keep an answer to 3,000 characters."))
    if shared and question.pupil_id is not None:
        raise Invalid("shared", _("An answer about a pupil is not shared with all staff."))
    named = list(dict.fromkeys(clean for one in strategies if (clean := " ".join(one.split()))))
    if len(named) > MOST_STRATEGIES:
        raise Invalid(
            "strategies", _("Name six strategies at most. A teacher can hold about three.")
        )
    change(
        question, version=version, answer=said, strategies=named, answered_by=actor.person,
        answered_at=actor.next_moment(), shared=shared,
        search_key=_key(question.words, said, *named),
    )  # fmt: skip
    spine.settle_task(actor=actor, source=question)
    words = _("%(who)s answered your question.") % {"who": actor.person.name}
    _tell(actor, question, words)
    return question


@operation(Action.RECORD_INVALIDATE, on="question")
def mark_question_in_error(
    *, actor: Actor, question: SencoQuestion, version: int | None, reason: str
) -> SencoQuestion:
    """Mark a question as made in error, with a reason. It waits for nobody and is not found again.

    Raises:
        Invalid: no reason that says anything.
        NotPossible: it is marked already.
        Stale: somebody else changed it in between.
    """
    if len(reason.split()) < 2:
        raise Invalid("reason", _("Say in a few words what was wrong."))
    _check_standing(question)
    change(
        question, version=version, shared=False, in_error_at=actor.at, in_error_by=actor.person,
        in_error_reason=reason.strip(),
    )  # fmt: skip
    spine.settle_task(actor=actor, source=question)
    _tell(actor, question, _("Your question was marked as made in error."))
    return question


def _asked(actor: Actor, org: Organisation, pupil: Pupil | None, words: str) -> SencoQuestion:
    said = words.strip()
    if not said:
        raise Invalid("words", _("Write your question."))
    if len(said) > LONGEST_QUESTION:
        raise Invalid("words", _("Keep a question to 1,000 characters."))
    question = SencoQuestion(
        org=org, pupil=pupil, words=said, asked_by=actor.person, written_at=actor.next_moment(),
        search_key=_key(said),
    )  # fmt: skip
    question.save()
    spine.open_task(
        actor=actor, org=org, kind=ANSWER, source=question, pupil=pupil,
        role_action=Action.SENCO_ANSWER,
        words=_("Answer %(who)s: “%(words)s”")
        % {"who": actor.person.name, "words": " ".join(said.split())},
    )  # fmt: skip
    return question


def _key(*texts: str) -> str:
    return search_key(" ".join(texts), LONGEST_KEY)


def _check_standing(question: SencoQuestion) -> None:
    if question.in_error:
        raise NotPossible(_("This is marked as made in error already."))


def _tell(actor: Actor, question: SencoQuestion, words: str) -> None:
    if question.asked_by_id != actor.person.pk:
        spine.tell(
            actor=actor, org=question.org, pupil=question.pupil, person=question.asked_by,
            source=question, words=words,
        )  # fmt: skip
