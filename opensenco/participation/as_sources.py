"""Answers from which a sentence of the record came: named by the round that asked for them."""

import uuid
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.cases.statements import Told
from opensenco.participation.models import Asked, AskRound
from opensenco.participation.states import AskedAs, AskedState
from opensenco.people.looking_back import reads_then
from opensenco.people.models import Pupil

MOST_NAMED = 40
#: in whose name the pupil's and the family's voice is heard
FAMILY = (AskedAs.PUPIL, AskedAs.PARENT)


def as_sources(actor: Actor, refs: frozenset[uuid.UUID]) -> dict[uuid.UUID, Told]:
    """Tell of rounds whose answers are the source of a sentence, to who may read all answers."""
    rows = visible(actor, Action.ASK_SEND, AskRound).filter(ref__in=refs, in_error_at__isnull=True)
    return {row.ref: Told(named(row), True) for row in rows.select_related("questions")}


def to_name(actor: Actor, pupil: Pupil) -> list[AskRound]:
    """Give the rounds about a pupil that were answered and this actor reads, the newest first."""
    answered = Asked.objects.filter(ask_round=OuterRef("pk"), state=AskedState.ANSWERED)
    rows = visible(actor, Action.ASK_SEND, AskRound).filter(
        Exists(answered), pupil=pupil, in_error_at__isnull=True
    )
    return list(rows.select_related("questions").order_by("-asked_on", "-id")[:MOST_NAMED])


def named(row: AskRound) -> str:
    """Say which answers are meant: to what, and when they were asked for."""
    return _("Answers to “%(title)s”, asked on %(on)s") % {
        "title": row.questions.title,
        "on": date_format(row.asked_on, "j F Y"),
    }


def voices_then(actor: Actor, pupil: Pupil, day: date | None) -> list[Asked]:
    """Give what a pupil and the family answered, to who may read all answers, the newest first.

    Args:
        day: what had been answered by its end, for who may look back; None for now.
    """
    rounds = visible(actor, Action.ASK_SEND, AskRound).filter(in_error_at__isnull=True)
    rows = visible(actor, Action.ASK_SEND, Asked).filter(
        pupil=pupil.pk, state=AskedState.ANSWERED, asked_as__in=FAMILY,
        ask_round__in=rounds.values("pk"),
    )  # fmt: skip
    if day is not None:
        if not reads_then(actor, pupil):
            return []
        # an answer that was sent does not change
        rows = rows.filter(answered_on__lte=day)
    found = rows.select_related("person", "ask_round__questions")
    return list(found.order_by("-answered_on", "-id")[:MOST_NAMED])
