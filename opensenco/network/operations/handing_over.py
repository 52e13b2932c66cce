"""Many pupils move to one other school: a pack each, sent in one go, as when a school closes."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import ngettext

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.registry import visible
from opensenco.cases import spine
from opensenco.gate.operation import operation
from opensenco.network.models import Pack, Prepared
from opensenco.network.operations.preparing import prepare_pack
from opensenco.network.operations.sending import send_pack
from opensenco.network.states import Purpose, Stage
from opensenco.people.days import on_roll
from opensenco.people.models import Pupil


def staying(actor: Actor, org: Organisation, to: Organisation | None = None) -> QuerySet[Pupil]:
    """Give the pupils on the roll of a place of this hat who have not been handed over yet.

    Args:
        to: the school they go to; without one nobody counts as handed over.
    """
    rows = visible(actor, Action.PACK_SEND, Pupil).filter(
        on_roll(actor.today), org=org, in_error_at__isnull=True
    )
    if to is not None:
        sent = Prepared.objects.filter(
            pupil=OuterRef("pk"), to=to, purpose=Purpose.MOVING, stage=Stage.SENT
        )
        rows = rows.filter(~Exists(sent))
    return rows.select_related("org").order_by("sort_key", "id")


@operation(Action.PACK_SEND, on="pupils")
def send_packs(
    *, actor: Actor, pupils: Sequence[Pupil], to: Organisation, until: date, words: str = ""
) -> list[Pack]:
    """Send a pack of the usual parts of each pupil to the school that they move to, all or none.

    What is never ticked at first (health, care, confidential entries) is in none of them. The last
    of these packs can be read on `until`.

    Raises:
        Invalid: the receiver is no other open school; the last day is over.
    """
    return [_sent(actor, pupil, to, until, words) for pupil in pupils]


def _sent(actor: Actor, pupil: Pupil, to: Organisation, until: date, words: str) -> Pack:
    prepared = prepare_pack(
        actor=actor, pupil=pupil, to=to, purpose=Purpose.MOVING, until=until, words=words
    )
    return send_pack(actor=actor, prepared=prepared, version=prepared.version)


def hand_over_for(
    actor: Actor, org: Organisation, to: Organisation, until: date, words: str
) -> None:
    """Send the packs in the worker, those that were not sent meanwhile, and tell the person."""
    pupils = list(staying(actor, org, to))
    if not pupils:
        return
    sent = send_packs(actor=actor, pupils=pupils, to=to, until=until, words=words)
    said = ngettext(
        "The pack of %(num)s pupil was sent to %(place)s.",
        "The packs of %(num)s pupils were sent to %(place)s.",
        len(sent),
    ) % {"num": len(sent), "place": to.name}
    spine.tell(actor=actor, org=org, words=said, person=actor.person)
