"""Where a sentence of a plan came from is said, and taken away."""

import uuid
from datetime import date

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import statements
from opensenco.cases.models import StatementSource
from opensenco.documents.models import Document
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid, NotFound
from opensenco.support.models import Cycle
from opensenco.support.operations.cycles import check_stands
from opensenco.support.queries.plans import plan_of
from opensenco.support.queries.sources import place_of, texts_of


@operation(Action.PLAN_WRITE, on="cycle")
def name_source(
    *,
    actor: Actor,
    cycle: Cycle,
    place: str,
    quote: str,
    document: Document | None = None,
    said_by: str = "",
    said_on: date | None = None,
) -> StatementSource:
    """Say which paper or person a sentence of a plan came from. The words stay as they are.

    An agreed plan can be given sources too: what was agreed does not change by them.

    Args:
        place: which of the plan's texts, as `support.queries.sources.texts_of` names them.

    Raises:
        Invalid: no such sentence, or not one source.
        NotPossible: the plan was made in error; the paper is another pupil's, or cannot be opened.
    """
    check_stands(cycle)
    text = place_of(texts_of(plan_of(actor, cycle)), place)
    if text is None:
        raise Invalid("quote", statements.changed())
    return statements.attach(
        actor=actor, host=text.host, pupil=cycle.pupil, part=text.part, text=text.words,
        quote=quote, reader=Action.PLAN_VIEW, source=document, said_by=said_by, said_on=said_on,
    )  # fmt: skip


@operation(Action.PLAN_WRITE, on="cycle")
def remove_source(*, actor: Actor, cycle: Cycle, source: uuid.UUID) -> StatementSource:
    """Take the source of a sentence away. That it was named stays known.

    Raises:
        NotFound: this plan has no such source that this person may know of.
        NotPossible: the plan was made in error; the source was taken away already.
    """
    check_stands(cycle)
    hosts = [text.host for text in texts_of(plan_of(actor, cycle), empty=True)]
    for one in statements.named(actor, hosts):
        if one.row.ref == source:
            return statements.remove(actor=actor, row=one.row)
    raise NotFound
