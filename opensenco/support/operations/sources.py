"""Where a sentence of a plan or profile came from is said, and taken away."""

import uuid
from datetime import date

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import statements
from opensenco.cases.models import StatementSource
from opensenco.concerns.models import Observation
from opensenco.documents.models import Document
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid, NotFound
from opensenco.participation.models import AskRound
from opensenco.people.models import Pupil
from opensenco.support.models import Cycle, Profile
from opensenco.support.operations.cycles import check_stands
from opensenco.support.queries.plans import plan_of
from opensenco.support.queries.sources import Text, place_of, texts_of, texts_of_profile
from opensenco.threads.models import ClassNote


@operation(Action.PLAN_WRITE, on="cycle")
def name_source(
    *,
    actor: Actor,
    cycle: Cycle,
    place: str,
    quote: str,
    document: Document | AskRound | Observation | ClassNote | None = None,
    said_by: str = "",
    said_on: date | None = None,
) -> StatementSource:
    """Say which paper, answers or person a sentence of a plan came from. The words stay.

    An agreed plan can be given sources too: what was agreed does not change by them.

    Args:
        place: which of the plan's texts, as `support.queries.sources.texts_of` names them.
        document: a paper, what people were asked, or what somebody saw.

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


@operation(Action.PROFILE_EDIT, on="pupil")
def name_profile_source(
    *,
    actor: Actor,
    pupil: Pupil,
    place: str,
    quote: str,
    document: Document | AskRound | Observation | ClassNote | None = None,
    said_by: str = "",
    said_on: date | None = None,
) -> StatementSource:
    """Say which paper, answers or person a sentence of the one-page profile came from.

    Args:
        place: which of its texts, as `support.queries.sources.texts_of_profile` names them.

    Raises:
        Invalid: no such sentence, or not one source.
        NotPossible: the paper is another pupil's, or cannot be opened.
    """
    text = place_of(_of_profile(pupil), place)
    if text is None:
        raise Invalid("quote", statements.changed())
    return statements.attach(
        actor=actor, host=text.host, pupil=pupil, part=text.part, text=text.words, quote=quote,
        reader=Action.PROFILE_VIEW, source=document, said_by=said_by, said_on=said_on,
    )  # fmt: skip


@operation(Action.PROFILE_EDIT, on="pupil")
def remove_profile_source(*, actor: Actor, pupil: Pupil, source: uuid.UUID) -> StatementSource:
    """Take the source of a sentence of the profile away. That it was named stays known.

    Raises:
        NotFound: the profile has no such source that this person may know of.
        NotPossible: the source was taken away already.
    """
    for one in statements.named(actor, [text.host for text in _of_profile(pupil)[:1]]):
        if one.row.ref == source:
            return statements.remove(actor=actor, row=one.row)
    raise NotFound


def _of_profile(pupil: Pupil) -> list[Text]:
    return texts_of_profile(Profile.objects.filter(pupil=pupil).first(), empty=True)
