"""What shows that an outcome is coming nearer is pointed to, and taken away again."""

import uuid

from django.db.models import Model
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import statements
from opensenco.cases.models import StatementSource
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid, NotFound, NotPossible
from opensenco.support.models import Outcome
from opensenco.support.operations.cycles import check_stands
from opensenco.support.queries.sources import EVIDENCE

LONGEST = 400


@operation(Action.REVIEW_WRITE, on="outcome")
def point_to(*, actor: Actor, outcome: Outcome, words: str, source: Model) -> StatementSource:
    """Point to something of the record that shows how far an outcome has come.

    Args:
        words: what it shows.
        source: a result, session, piece of work, observation, paper, round of answers or note.

    Raises:
        Invalid: nothing is said, or more than 400 characters.
        NotPossible: the plan or outcome does not stand; the source is another pupil's, or cannot
            be opened by who points to it, or is pointed to already.
    """
    check_stands(outcome.cycle)
    if outcome.in_error or outcome.dropped_on is not None:
        raise NotPossible(_("This outcome is no part of the plan any more."))
    said = " ".join(words.split())
    if not said:
        raise Invalid("words", _("Say in a few words what it shows."))
    if len(said) > LONGEST:
        raise Invalid("words", _("Use at most %(most)s characters.") % {"most": LONGEST})
    return statements.attach(
        actor=actor, host=outcome, pupil=outcome.pupil, part=EVIDENCE, text=said, quote=said,
        reader=Action.PLAN_VIEW, source=source,
    )  # fmt: skip


@operation(Action.REVIEW_WRITE, on="outcome")
def take_evidence_away(*, actor: Actor, outcome: Outcome, source: uuid.UUID) -> StatementSource:
    """Take away what was pointed to. That it was pointed to stays known.

    Raises:
        NotFound: the outcome has no such evidence that this person may know of.
        NotPossible: it was taken away already.
    """
    for one in statements.named(actor, [outcome]):
        if one.row.ref == source and one.row.part == EVIDENCE:
            return statements.remove(actor=actor, row=one.row)
    raise NotFound
