"""Reading notes of classes: one, those of a class, of a pupil, and as sources of sentences."""

import uuid
from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import flag, visible
from opensenco.cases.statements import Told
from opensenco.gate.rows import find
from opensenco.people.models import Group, Pupil
from opensenco.threads.models import ClassNote
from opensenco.threads.note_models import Passed

MOST, MOST_NAMED = 200, 40


def note(actor: Actor, ref: uuid.UUID, action: Action = Action.THREAD_MEND) -> ClassNote:
    """Give the note of a reference that this actor may do that to.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, action, ClassNote, ref, "org", "pupil", "group", "by")


def of_class(actor: Actor, group: Group, pupils: Sequence[Pupil]) -> list[ClassNote]:
    """Give the newest notes that this actor reads of a class and of its pupils, newest first.

    Each says by `mends` whether they may put it right.
    """
    ids = [one.pk for one in pupils]
    rows = _standing(actor).filter(Q(pupil__in=ids) | Q(pupil__isnull=True, group=group))
    return list(rows.annotate(mends=flag(actor, Action.THREAD_MEND, ClassNote))[:MOST])


def to_name(actor: Actor, pupil: Pupil) -> list[ClassNote]:
    """Give the notes of a pupil that were passed on as evidence, the newest first."""
    return list(_standing(actor).filter(pupil=pupil, passed=Passed.PLAN)[:MOST_NAMED])


def as_sources(actor: Actor, refs: frozenset[uuid.UUID]) -> dict[uuid.UUID, Told]:
    """Tell of notes that are the source of a sentence, to who may read them."""
    rows = _standing(actor).filter(ref__in=refs, passed=Passed.PLAN)
    return {row.ref: Told(named(row), True) for row in rows}


def named(row: ClassNote) -> str:
    """Say which note is meant: by whom and when."""
    return _("Note from class by %(who)s on %(on)s") % {
        "who": row.by.name,
        "on": date_format(row.on, "j F Y"),
    }


def _standing(actor: Actor) -> QuerySet[ClassNote]:
    if not actor.can_somewhere(Action.THREAD_JOIN):
        return ClassNote.objects.none()
    rows = visible(actor, Action.THREAD_JOIN, ClassNote).filter(in_error_at__isnull=True)
    return rows.select_related("by", "pupil", "group", "org").order_by("-on", "-id")
