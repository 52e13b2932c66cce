"""Asking about several pupils at once: the same questions, whoever works with each."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid
from opensenco.participation.models import AskRound, QuestionSet
from opensenco.participation.operations.asking import ask_people
from opensenco.participation.queries import proposed
from opensenco.people.models import Pupil

#: pupils at once; each is a round of its own
MOST_AT_ONCE = 60


@operation(Action.ASK_SEND, on="pupils")
def ask_about_many(
    *,
    actor: Actor,
    pupils: Sequence[Pupil],
    questions: QuestionSet | str,
    due: date | None,
    because: str = "",
) -> list[AskRound]:
    """Ask whoever works with each of these pupils, in one round for each. All or none are begun.

    Pupils with whom nobody works, apart from who asks, are left out.

    Args:
        questions: a set of the school, or the code of a shipped one.

    Raises:
        Invalid: too many pupils at once, or a day that cannot be.
    """
    if len(pupils) > MOST_AT_ONCE:
        raise Invalid("pupils", _("Choose at most %(most)s pupils.") % {"most": MOST_AT_ONCE})
    rounds = []
    for pupil in pupils:
        near, _others = proposed(actor, pupil)
        if near:
            row = ask_people(
                actor=actor, pupil=pupil, questions=questions, due=due, because=because,
                people=[one.person for one in near], hows={one.person.pk: one.how for one in near},
            )  # fmt: skip
            rounds.append(row)
    return rounds
