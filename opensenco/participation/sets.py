"""The sets of questions that a place has: shipped ones, and those it has made its own."""

import uuid
from dataclasses import dataclass
from datetime import date

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.registry import visible
from opensenco.gate.rows import find
from opensenco.kernel.errors import NotFound
from opensenco.kernel.refs import short
from opensenco.participation.models import ChasingRule, QuestionSet, QuestionVersion
from opensenco.participation.questions import QuestionWords, starters
from opensenco.participation.silence import Rule
from opensenco.participation.states import Wanted


@dataclass(frozen=True)
class SetLine:
    """One set of questions as it is asked now.

    Args:
        key: how a form names it: the code of a shipped one, or "own:" and a reference.
        held: the place's row; None for a shipped one that it has not taken over.
    """

    key: str
    starter: str
    words: QuestionWords
    held: QuestionSet | None
    version: int
    written_on: date | None

    @property
    def changed(self) -> bool:
        """Whether the words are the place's own."""
        return self.held is not None and self.written_on is not None

    @property
    def put_away(self) -> bool:
        """Whether it is offered no more."""
        return self.held is not None and self.held.put_away


def sets_of(actor: Actor, org: Organisation, action: Action = Action.ASK_SEND) -> list[SetLine]:
    """Give the sets of a place, as they are asked now: shipped ones in their order, then its own.

    Those that were put away come too, and say so.
    """
    rows = visible(actor, action, QuestionSet).filter(org=org).order_by("id")
    held = {row.pk: row for row in rows}
    # what was asked once, in the asker's own words, is no set to ask again
    versions = visible(actor, action, QuestionVersion).filter(
        question_set__in=list(held), wanted=Wanted.QUESTIONS
    )
    newest = {
        one.question_set_id: one
        for one in versions.order_by("number")
        if one.number == held[one.question_set_id].latest
    }
    taken = {row.starter: row for row in held.values() if row.starter}
    found = []
    for code, shipped in starters().items():
        row = taken.get(code)
        if row is None or row.pk not in newest:
            found.append(SetLine(code, code, shipped.words, None, 0, None))
        else:
            found.append(_held_line(row, newest[row.pk], code))
    own = [row for row in held.values() if not row.starter and row.pk in newest]
    return found + [_held_line(row, newest[row.pk], f"own:{short(row.ref)}") for row in own]


def _held_line(row: QuestionSet, version: QuestionVersion, key: str) -> SetLine:
    wrote = None if version.shipped_version else version.written_at.date()
    return SetLine(key, row.starter, version.words, row, version.number, wrote)


def offered(actor: Actor, org: Organisation) -> list[SetLine]:
    """Give the sets that can be asked now."""
    return [one for one in sets_of(actor, org) if not one.put_away]


def of_key(lines: list[SetLine], key: str) -> SetLine:
    """Give the set that a form names.

    Raises:
        NotFound: there is none of that name among them.
    """
    for one in lines:
        if one.key == key:
            return one
    raise NotFound


def question_set(actor: Actor, ref: uuid.UUID) -> QuestionSet:
    """Give the set of a reference that this actor may change.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, Action.QUESTIONS_EDIT, QuestionSet, ref, "org")


def versions_of(actor: Actor, row: QuestionSet) -> list[QuestionVersion]:
    """Give the versions of a set, the newest first."""
    rows = visible(actor, Action.QUESTIONS_EDIT, QuestionVersion).filter(question_set=row)
    return list(rows.select_related("written_by").order_by("-number"))


def chasing_of(org: Organisation) -> tuple[Rule, int]:
    """Give how a place reminds people, and the version of that; nought for the usual."""
    held = ChasingRule.objects.filter(org=org).first()
    if held is None:
        return Rule(), 0
    rule = Rule(held.remind_before, held.remind_every, held.most, held.escalate_after)
    return rule, held.version
