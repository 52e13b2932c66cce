"""Finding again what was taught: by its words, its kind, the pupil it was for."""

import uuid

from django.db.models import Q, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
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
    return find(actor, Action.THREAD_MEND, Advice, ref, "org", "pupil", "by")


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
    return found.select_related("pupil", "by", "org").order_by("-on", "-id")
