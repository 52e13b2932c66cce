"""How much help a pupil needs is rated, and a rating made in error is marked so."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.people.models import Pupil
from opensenco.support.models import NeedRating
from opensenco.support.need_questions import Help, newest
from opensenco.support.words import paragraph

MOST_WORDS = 1_000


@operation(Action.REVIEW_WRITE, on="pupil")
def rate_needs(
    *, actor: Actor, pupil: Pupil, answers: Mapping[str, int], on: date, words: str = ""
) -> NeedRating:
    """Rate how much help a pupil needs, question by question. No status and no code is needed.

    Args:
        answers: by the name of a question asked now, a value of `Help`; unseen ones are left out.
        on: when it was seen so.

    Raises:
        Invalid: nothing answered, an answer that there is not, or a day that cannot be.
    """
    asked = newest()
    if on > actor.today:
        raise Invalid("on", _("This day is still to come. Give the day it was seen."))
    if on < pupil.birth_date:
        raise Invalid("on", _("This is before the pupil was born. Check the year."))
    given = {name: answers[name] for name in asked.ids if name in answers}
    if not given:
        raise Invalid(asked.ids[0], _("Answer at least one question."))
    if len(given) < len(answers) or not set(given.values()) <= set(Help.values):
        raise Invalid(asked.ids[0], _("Choose from the answers shown."))
    row = NeedRating(
        org_id=pupil.org_id, pupil=pupil, rated_on=on, rated_by=actor.person,
        of_questions=asked.number, answers=given, words=paragraph("words", words, MOST_WORDS),
    )  # fmt: skip
    row.save()
    spine.add_fact(
        actor=actor, pupil=pupil, kind="needs.rated", on=on, source=row,
        words=_("How much help is needed was rated"), reader=Action.PLAN_VIEW,
    )  # fmt: skip
    return row


@operation(Action.RECORD_INVALIDATE, on="rating")
def mark_rating_in_error(
    *, actor: Actor, rating: NeedRating, reason: str, version: int | None = None
) -> NeedRating:
    """Mark a rating as made in error. It stays in the history, and is compared no more.

    Raises:
        Invalid: no reason that says anything.
        NotPossible: it is marked already.
        Stale: somebody else changed it in between.
    """
    why = paragraph("reason", reason, MOST_WORDS)
    if len(why.split()) < 2:
        raise Invalid("reason", _("Say in a few words what was wrong."))
    if rating.in_error:
        raise NotPossible(_("This is marked as an error already."))
    change(
        rating, version=version, in_error_at=actor.at, in_error_by=actor.person,
        in_error_reason=why,
    )  # fmt: skip
    spine.withdraw_facts(
        actor=actor, pupil=rating.pupil, source=rating, words=_("A rating was made in error")
    )
    return rating
