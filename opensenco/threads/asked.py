"""Reading questions to the SENCO: one, and finding them again with their answers."""

import uuid
from datetime import date

from django.db.models import Case, Count, Q, QuerySet, Value, When

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.access.registry import visible
from opensenco.gate.rows import find
from opensenco.kernel.text import search_key
from opensenco.people.models import Pupil
from opensenco.threads.models import SencoQuestion

PAGE = 20
#: words of what is looked for that are read, and letters
MOST_WORDS, LONGEST = 8, 200


def question(actor: Actor, ref: uuid.UUID, action: Action = Action.SENCO_ASK) -> SencoQuestion:
    """Give the question of a reference that this actor may do that to.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(
        actor, action, SencoQuestion, ref, "org", "pupil", "pupil__org", "asked_by", "answered_by",
        "in_error_by",
    )  # fmt: skip


def questions(actor: Actor, words: str = "", pupil: Pupil | None = None) -> QuerySet[SencoQuestion]:
    """Give the questions that this actor may read: what waits first and oldest, then the newest.

    Those are one's own, what was shared with all staff, and for who answers those about the pupils
    whom that verb reaches. What was made in error is left out.

    Args:
        words: each of these words, or its beginning or part, stands in question, answer or name.
        pupil: about this pupil alone.
    """
    rows = visible(actor, Action.SENCO_ASK, SencoQuestion).filter(in_error_at__isnull=True)
    if pupil is not None:
        rows = rows.filter(pupil=pupil)
    for word in search_key(words[:LONGEST]).split()[:MOST_WORDS]:
        rows = rows.filter(Q(search_key__contains=word) | Q(pupil__search_key__contains=word))
    waits = Case(When(answer="", then=Value(0)), default=Value(1))
    since = Case(When(answer="", then="written_at"))
    return rows.select_related("pupil", "asked_by", "answered_by", "org").order_by(
        waits, since, "-written_at", "-id"
    )


def asked_by(actor: Actor, person: Person, first: date, last: date) -> list[SencoQuestion]:
    """Give what a colleague asked in some days and this actor reads, the newest first."""
    rows = questions(actor).filter(asked_by=person, written_at__date__range=(first, last))
    return list(rows.order_by("-written_at", "-id"))


def counted(actor: Actor, first: date, last: date) -> dict[int, int]:
    """Count the questions of some days that this actor reads, by the number of who asked."""
    rows = visible(actor, Action.SENCO_ASK, SencoQuestion).filter(
        in_error_at__isnull=True, written_at__date__range=(first, last)
    )
    found = rows.order_by().values_list("asked_by").annotate(many=Count("id"))
    return dict(found.values_list("asked_by", "many"))
