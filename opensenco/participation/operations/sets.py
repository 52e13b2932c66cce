"""Taking a shipped set of questions over, changing it, making one's own, putting one away."""

import uuid
from dataclasses import replace

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotFound, NotPossible, Stale
from opensenco.participation.models import ChasingRule, QuestionSet, QuestionVersion
from opensenco.participation.questions import (
    Question,
    QuestionWords,
    faults,
    question_data,
    starters,
)
from opensenco.participation.silence import Rule
from opensenco.participation.states import AskedOf, Kind

MOST_QUESTIONS = 40


@operation(Action.QUESTIONS_EDIT, on="org")
def write_questions(
    *,
    actor: Actor,
    org: Organisation,
    words: QuestionWords,
    question_set: QuestionSet | None = None,
    starter: str = "",
    version: int | None = None,
) -> QuestionSet:
    """Write a new version of a set; what was asked before keeps the words it was asked in.

    Args:
        question_set: the school's set; None for one that it begins now.
        starter: the code of the shipped set that a new one begins as; empty for one's own.

    Raises:
        Invalid: no title, no question, or a question that cannot be asked.
        NotFound: there is no such shipped set, or the set is another place's.
        Stale: somebody else wrote a version in between, or took the set over first.
    """
    if starter and starter not in starters():
        raise NotFound
    if question_set is not None and question_set.org_id != org.pk:
        raise NotFound
    checked = _checked(words)
    if question_set is None:
        if starter and QuestionSet.objects.filter(org=org, starter=starter).exists():
            raise Stale
        question_set = QuestionSet(org=org, starter=starter)
        question_set.save()
    change(question_set, version=version, latest=question_set.latest + 1)
    _write(actor, question_set, checked, shipped=0)
    return question_set


@operation(Action.QUESTIONS_EDIT, on="question_set")
def put_questions_away(
    *, actor: Actor, question_set: QuestionSet, version: int | None, away: bool
) -> QuestionSet:
    """Offer a set no more, or again. What was asked with it stays.

    Raises:
        NotPossible: it is so already.
        Stale: somebody else changed it in between.
    """
    if question_set.put_away == away:
        raise NotPossible(_("This is so already."))
    return change(question_set, version=version, put_away=away)


@operation(Action.QUESTIONS_EDIT, on="org")
def set_chasing(*, actor: Actor, org: Organisation, rule: Rule, version: int | None) -> ChasingRule:
    """Say when people are reminded automatically here, and when it is handed back.

    Raises:
        Invalid: a number that is no politeness: reminders each day without end, or after a term.
        Stale: somebody else changed it in between.
    """
    if not 0 <= rule.remind_before <= 20:
        raise Invalid("remind_before", _("Choose a number from 0 to 20."))
    if not 1 <= rule.remind_every <= 20:
        raise Invalid("remind_every", _("Choose a number from 1 to 20."))
    if not 0 <= rule.most <= 5:
        raise Invalid("most", _("Choose a number from 0 to 5."))
    if not 1 <= rule.escalate_after <= 40:
        raise Invalid("escalate_after", _("Choose a number from 1 to 40."))
    held = ChasingRule.objects.filter(org=org).first()
    if held is None:
        if version:
            raise Stale
        held = ChasingRule(org=org, **vars(rule))
        held.save()
        return held
    return change(held, version=version, **vars(rule))


def taken(
    actor: Actor, org: Organisation, asked: QuestionSet | QuestionWords | str
) -> QuestionVersion:
    """Give the version that is asked now, taking a shipped set over where nobody has yet.

    Called inside an operation.

    Args:
        asked: words that are asked this once are kept too, as unchangeable as all others.

    Raises:
        NotFound: there is no such set here.
        NotPossible: it has been put away.
    """
    if isinstance(asked, QuestionWords):
        once = QuestionSet(org=org, latest=1, put_away=True)
        once.save()
        return _write(actor, once, _checked(asked), shipped=0)
    held = asked if isinstance(asked, QuestionSet) else None
    if isinstance(asked, str):
        held = QuestionSet.objects.filter(org=org, starter=asked).first() if asked else None
        if held is None:
            return _taken_over(actor, org, asked)
    if held is None or held.org_id != org.pk:
        raise NotFound
    if held.put_away:
        raise NotPossible(_("These questions have been put away."))
    return QuestionVersion.objects.get(org=org, question_set=held, number=held.latest)


def _taken_over(actor: Actor, org: Organisation, code: str) -> QuestionVersion:
    shipped = starters().get(code)
    if shipped is None:
        raise NotFound
    held = QuestionSet(org=org, starter=code, latest=1)
    held.save()
    return _write(actor, held, shipped.words, shipped=shipped.version)


def _write(
    actor: Actor, held: QuestionSet, words: QuestionWords, *, shipped: int
) -> QuestionVersion:
    version = QuestionVersion(
        org=held.org, question_set=held, number=held.latest, title=words.title,
        asked_of=words.asked_of, use_at=list(words.use_at), minutes=words.minutes,
        wanted=words.wanted,
        intro=words.intro, questions=[question_data(one) for one in words.questions],
        shipped_version=shipped, written_at=actor.at, written_by=actor.person,
    )  # fmt: skip
    version.save()
    return version


def _checked(words: QuestionWords) -> QuestionWords:
    if not words.title.strip():
        raise Invalid("title", _("Give these questions a title."))
    if words.asked_of not in AskedOf.values:
        raise Invalid("asked_of", _("Choose whom these questions are for."))
    if not words.asked:
        raise Invalid("title", _("Write at least one question."))
    if len(words.questions) > MOST_QUESTIONS:
        raise Invalid("title", _("Nobody answers so many questions. Leave some out."))
    wrong = faults(words)
    if wrong:
        place, kind = next(iter(wrong.items()))
        said = (
            _("Question %(number)s needs at least two answers to choose from, one to a line.")
            if kind == "options"
            else _("Question %(number)s needs the heads of its columns, one to a line.")
        )
        raise Invalid(f"options_{place}", said % {"number": place + 1})
    return replace(words, title=words.title.strip(), questions=_coded(words))


def _coded(words: QuestionWords) -> tuple[Question, ...]:
    """Give each question a name of its own; those it had before stay."""
    seen: set[str] = set()
    found = []
    for one in words.questions:
        code = one.code if one.code and one.code not in seen else f"own-{uuid.uuid4().hex[:8]}"
        seen.add(code)
        found.append(replace(one, code=code, text=one.text.strip(), kind=Kind(one.kind)))
    return tuple(found)
