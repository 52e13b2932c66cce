"""Adjustments to what is in the way, what the family does at home, and notes on a condition."""

import uuid
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.people.models import Pupil
from opensenco.support.models import Adjustment, BankStrategy, ConditionNote, HomeAction, Outcome
from opensenco.support.states import Helped
from opensenco.support.words import differing, line, paragraph

#: what waits from the day on which a note on a condition is to be read again
READ_AGAIN = "condition.review"
MOST = 2_000
LONG = 300


@operation(Action.PLAN_WRITE, on="pupil")
def add_adjustment(
    *, actor: Actor, pupil: Pupil, barrier: str, words: str, who: str = "",
    strategy: BankStrategy | None = None, outcome_root: uuid.UUID | None = None,
    starts: date | None = None,
) -> Adjustment:  # fmt: skip
    """Say what is in a pupil's way and what is changed for it. It needs no status or diagnosis.

    Args:
        strategy: of the bank, where its words were taken; what was written stays as it is.
        outcome_root: the outcome that it serves, by its `root`.

    Raises:
        Invalid: no barrier, no adjustment, or it begins on a day to come.
    """
    if strategy is not None and strategy.retired_on is not None:
        raise Invalid("strategy", _("This strategy is retired. Choose another."))
    known = Outcome.objects.filter(pupil=pupil)
    if outcome_root is not None and not known.filter(root=outcome_root).exists():
        raise Invalid("outcome_root", _("Choose an outcome of this pupil."))
    row = Adjustment(
        org_id=pupil.org_id, pupil=pupil, strategy=strategy, outcome_root=outcome_root,
        starts=_begins(actor, starts), **_adjustment(barrier, words, who),
    )  # fmt: skip
    row.save()
    _tell(actor, row, "adjustment.began", _("An adjustment began"))
    return row


@operation(Action.PLAN_WRITE, on="adjustment")
def change_adjustment(
    *, actor: Actor, adjustment: Adjustment, barrier: str, words: str, who: str = "",
    version: int | None = None,
) -> Adjustment:  # fmt: skip
    """Change the words of an adjustment; what they were stays in its history.

    Raises:
        Invalid: no barrier or no adjustment.
        NotPossible: it has ended or was made in error.
        Stale: somebody else changed it in between.
    """
    _runs(adjustment)
    values = _adjustment(barrier, words, who)
    return change(adjustment, version=version, **differing(adjustment, values.items()))


@operation(Action.REVIEW_WRITE, on="adjustment")
def say_if_it_helped(
    *, actor: Actor, adjustment: Adjustment, helped: str, words: str = "",
    version: int | None = None,
) -> Adjustment:  # fmt: skip
    """Say whether an adjustment helps, and how anybody can tell.

    Raises:
        Invalid: no answer.
        NotPossible: it was made in error.
        Stale: somebody else changed it in between.
    """
    _stands(adjustment)
    change(
        adjustment, version=version, helped=_answer(helped), helped_on=actor.today,
        helped_by=actor.person, helped_words=paragraph("words", words, MOST),
    )  # fmt: skip
    _tell(actor, adjustment, "adjustment.helped", _("It was said whether an adjustment helps"))
    return adjustment


@operation(Action.PLAN_WRITE, on="adjustment")
def end_adjustment(
    *, actor: Actor, adjustment: Adjustment, reason: str, version: int | None = None
) -> Adjustment:
    """End an adjustment, with a reason.

    Raises:
        Invalid: no reason.
        NotPossible: it has ended or was made in error.
        Stale: somebody else changed it in between.
    """
    _runs(adjustment)
    why = line("reason", reason, LONG)
    if not why:
        raise Invalid("reason", _("Say why this ends."))
    return change(adjustment, version=version, ended_on=actor.today, ended_reason=why)


@operation(Action.PLAN_WRITE, on="pupil")
def add_home_action(
    *, actor: Actor, pupil: Pupil, words: str, who: str = "", starts: date | None = None
) -> HomeAction:
    """Write down one thing that the family does at home.

    Raises:
        Invalid: nothing written, or it begins on a day to come.
    """
    row = HomeAction(
        org_id=pupil.org_id, pupil=pupil, starts=_begins(actor, starts), **_home(words, who)
    )
    row.save()
    _tell(actor, row, "home.began", _("Something at home was agreed"))
    return row


@operation(Action.PLAN_WRITE, on="home_action")
def change_home_action(
    *, actor: Actor, home_action: HomeAction, words: str, who: str = "", ended: bool = False,
    version: int | None = None,
) -> HomeAction:  # fmt: skip
    """Change what the family does, or say that it has ended.

    Raises:
        Invalid: nothing written.
        NotPossible: it has ended or was made in error.
        Stale: somebody else changed it in between.
    """
    _runs(home_action)
    values = _home(words, who) | {"ended_on": actor.today if ended else None}
    return change(home_action, version=version, **differing(home_action, values.items()))


@operation(Action.REVIEW_WRITE, on="home_action")
def record_answer_from_home(
    *, actor: Actor, home_action: HomeAction, answer: str, answered_by: str = "", helped: str = "",
    on: date | None = None, version: int | None = None,
) -> HomeAction:  # fmt: skip
    """Write down what the family says of something that they do; earlier answers stay in history.

    Raises:
        Invalid: no answer, or a day to come.
        NotPossible: it was made in error.
        Stale: somebody else changed it in between.
    """
    _stands(home_action)
    said = paragraph("answer", answer, MOST)
    if not said:
        raise Invalid("answer", _("Write what the family said."))
    day = on or actor.today
    if day > actor.today or day < home_action.starts:
        raise Invalid("on", _("Give the day on which they said it, after it was agreed."))
    change(
        home_action, version=version, answer=said, answered_by=line("answered_by", answered_by),
        answered_on=day, recorded_by=actor.person, helped=_answer(helped) if helped else "",
    )  # fmt: skip
    _tell(actor, home_action, "home.answered", _("The family said how it goes at home"), day)
    return home_action


@operation(Action.PLAN_WRITE, on="pupil")
def write_condition_note(
    *, actor: Actor, pupil: Pupil, title: str, words: str, source: str, review_on: date,
    source_on: date | None = None,
) -> ConditionNote:  # fmt: skip
    """Keep what staff learned about a condition or need, with where it is from.

    Raises:
        Invalid: a part is missing, or a day that cannot be.
    """
    row = ConditionNote(
        org_id=pupil.org_id, pupil=pupil, written_on=actor.today, written_by=actor.person,
        **_note(actor, title, words, source, source_on, review_on),
    )  # fmt: skip
    row.save()
    _read_again_on_its_day(actor, row)
    _tell(actor, row, "condition.noted", _("A note on a condition was written"))
    return row


@operation(Action.PLAN_WRITE, on="note")
def change_condition_note(
    *, actor: Actor, note: ConditionNote, title: str, words: str, source: str, review_on: date,
    source_on: date | None = None, version: int | None = None,
) -> ConditionNote:  # fmt: skip
    """Change a note, or read it again and set its next review.

    Raises:
        Invalid: a part is missing, or a day that cannot be.
        NotPossible: it was made in error.
        Stale: somebody else changed it in between.
    """
    _stands(note)
    values = _note(actor, title, words, source, source_on, review_on)
    before = note.review_on
    row = change(note, version=version, **differing(note, values.items()))
    if row.review_on != before:
        spine.settle_task(actor=actor, source=row, kind=READ_AGAIN)
        _read_again_on_its_day(actor, row)
    return row


def _read_again_on_its_day(actor: Actor, note: ConditionNote) -> None:
    """Let it wait for whoever writes plans, from its day on. A list does not name the condition."""
    spine.open_task(
        actor=actor, org=note.pupil.org, kind=READ_AGAIN, source=note, pupil=note.pupil,
        words=_("Read a note on a condition again, and say when next"),
        role_action=Action.PLAN_WRITE, since=note.review_on, due=note.review_on,
    )  # fmt: skip


@operation(Action.RECORD_INVALIDATE, on="row")
def mark_beside_in_error(
    *, actor: Actor, row: Adjustment | HomeAction | ConditionNote, reason: str,
    version: int | None = None,
) -> Adjustment | HomeAction | ConditionNote:  # fmt: skip
    """Mark something beside a plan as made in error, with a reason. The history keeps it.

    Raises:
        Invalid: no reason.
        NotPossible: it is marked already.
        Stale: somebody else changed it in between.
    """
    why = paragraph("reason", reason, 1_000)
    if len(why.split()) < 2:
        raise Invalid("reason", _("Say in a few words what was wrong."))
    _stands(row)
    change(
        row, version=version, in_error_at=actor.at, in_error_by=actor.person, in_error_reason=why
    )
    if isinstance(row, ConditionNote):
        spine.settle_task(actor=actor, source=row, kind=READ_AGAIN)
    spine.withdraw_facts(
        actor=actor, pupil=row.pupil, source=row, words=_("An entry was marked as made in error")
    )
    return row


def _adjustment(barrier: str, words: str, who: str) -> dict[str, Any]:
    values = {
        "barrier": line("barrier", barrier, LONG),
        "words": paragraph("words", words, MOST),
        "who": line("who", who),
    }
    if not values["barrier"]:
        raise Invalid("barrier", _("Write what is in the pupil’s way."))
    if not values["words"]:
        raise Invalid("words", _("Write what is changed for it."))
    return values


def _home(words: str, who: str) -> dict[str, Any]:
    text = line("words", words, LONG)
    if not text:
        raise Invalid("words", _("Write what the family does."))
    return {"words": text, "who": line("who", who)}


def _note(
    actor: Actor, title: str, words: str, source: str, source_on: date | None, review_on: date
) -> dict[str, Any]:
    values: dict[str, Any] = {
        "title": line("title", title, 120),
        "words": paragraph("words", words, 5_000),
        "source": line("source", source, LONG),
    }
    asked = {
        "title": _("Say what the note is about."),
        "words": _("Write what helps staff to understand."),
        "source": _("Say where this is from: a report, a website, a course, the family."),
    }
    for part, sentence in asked.items():
        if not values[part]:
            raise Invalid(part, sentence)
    if source_on is not None and source_on > actor.today:
        raise Invalid("source_on", _("This is a day to come. Give the day of the source."))
    if review_on < actor.today:
        raise Invalid("review_on", _("Choose a day to come on which this is read again."))
    return values | {"source_on": source_on, "review_on": review_on}


def _begins(actor: Actor, day: date | None) -> date:
    if day is not None and day > actor.today:
        raise Invalid("starts", _("This is a day to come. Give the day it begins."))
    return day or actor.today


def _answer(helped: str) -> str:
    if helped not in Helped.values:
        raise Invalid("helped", _("Choose one of the three."))
    return helped


def _stands(row: Adjustment | HomeAction | ConditionNote) -> None:
    if row.in_error:
        raise NotPossible(_("This is marked as an error already."))


def _runs(row: Adjustment | HomeAction) -> None:
    _stands(row)
    if row.ended_on is not None:
        raise NotPossible(_("This has ended. Begin a new one."))


def _tell(
    actor: Actor, row: Adjustment | HomeAction | ConditionNote, kind: str, words: str,
    on: date | None = None,
) -> None:  # fmt: skip
    spine.add_fact(
        actor=actor, pupil=row.pupil, kind=kind, on=on or actor.today, words=words, source=row,
        reader=Action.PLAN_VIEW,
    )  # fmt: skip
