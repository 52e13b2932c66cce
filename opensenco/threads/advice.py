"""Finding again what was taught: by its words, its kind, the pupil it was for."""

import uuid
from datetime import date

from django.db.models import Count, Q, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.access.registry import flag, visible
from opensenco.gate.rows import find
from opensenco.kernel.text import search_key
from opensenco.people.models import Pupil
from opensenco.threads.advice_models import AdviceKind
from opensenco.threads.asked import LONGEST, MOST_WORDS
from opensenco.threads.models import Advice

PAGE = 20


def advice(actor: Actor, ref: uuid.UUID) -> Advice:
    """Give the entry of a reference that this actor may put right.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, Action.THREAD_MEND, Advice, ref, "org", "pupil", "by", "learner")


def one(actor: Actor, ref: uuid.UUID) -> Advice:
    """Give the entry of a reference that this actor may read.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, Action.SENCO_ASK, Advice, ref, "org", "pupil", "by", "learner")


def of_pupil(actor: Actor, pupil: Pupil) -> list[Advice]:
    """Give all that was taught for a pupil and this actor reads, by day."""
    return list(listed(actor, pupil=pupil).order_by("on", "id"))


def beside_visit(actor: Actor, ref: uuid.UUID, follows: uuid.UUID | None) -> list[Advice]:
    """Give what a lesson visit led to and what it looks at again, by day."""
    rows = listed(actor).filter(Q(visit=ref) | Q(ref=follows) if follows else Q(visit=ref))
    return list(rows.order_by("on", "id"))


def taught_to(actor: Actor, person: Person, first: date, last: date) -> list[Advice]:
    """Give what a colleague was advised and shown in some days, the newest first."""
    return list(listed(actor).filter(learner=person, on__range=(first, last)))


def counted(actor: Actor, first: date, last: date) -> dict[int, tuple[int, int, int]]:
    """Count what colleagues were advised and shown in some days, by their numbers.

    Returns: for each what was advised, what was shown in lessons, and of how much it is said what
        came of it.
    """
    rows = visible(actor, Action.SENCO_ASK, Advice).filter(
        in_error_at__isnull=True, learner__isnull=False, on__range=(first, last)
    )
    shown = Q(kind=AdviceKind.MODELLING)
    found = rows.order_by().values_list("learner").annotate(
        advised=Count("id", filter=~shown), shown=Count("id", filter=shown),
        came=Count("id", filter=~Q(came_of="")),
    )  # fmt: skip
    return {one: (advised, modelled, came) for one, advised, modelled, came in found}


def listed(
    actor: Actor, words: str = "", kind: str = "", pupil: Pupil | None = None
) -> QuerySet[Advice]:
    """Give what was taught, as far as this actor may read it, the newest first.

    Each says by `mends` whether they may put it right.

    Args:
        words: each of these words, or its beginning or part, stands in it or in the pupil's name.
        pupil: for this pupil, and in general.
    """
    rows = visible(actor, Action.SENCO_ASK, Advice).filter(in_error_at__isnull=True)
    if pupil is not None:
        rows = rows.filter(pupil=pupil)
    if kind in AdviceKind.values:
        rows = rows.filter(kind=kind)
    for word in search_key(words[:LONGEST]).split()[:MOST_WORDS]:
        rows = rows.filter(Q(search_key__contains=word) | Q(pupil__search_key__contains=word))
    found: QuerySet[Advice] = rows.annotate(mends=flag(actor, Action.THREAD_MEND, Advice))
    return found.select_related("pupil", "by", "org", "learner").order_by("-on", "-id")
