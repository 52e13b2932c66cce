"""At the receiver: each opening is told to the sender, and an answer is a row of its own."""

from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid
from opensenco.network.models import Pack, Receipt, Reply
from opensenco.network.states import TERMS, Purpose, ReplyKind
from opensenco.support.words import paragraph


@operation(Action.PACK_OPEN, on="pack")
def open_pack(*, actor: Actor, pack: Pack) -> Receipt:
    """Write down that somebody read a pack, where its sender reads it too."""
    receipt = Receipt(**_written(actor, pack))
    receipt.save()
    return receipt


@operation(Action.PACK_ANSWER, on="pack")
def answer_pack(*, actor: Actor, pack: Pack, kind: str, words: str) -> Reply:
    """Say something back to the sender: a comment, advice, a decision. It cannot be changed.

    Raises:
        Invalid: this kind of answer does not belong to the pack's purpose, or it has no words.
    """
    if kind not in {one.value for one in TERMS[Purpose(pack.purpose)].replies}:
        raise Invalid("kind", _("Choose one of the answers shown."))
    said = paragraph("words", words)
    if not said:
        raise Invalid("words", _("Write what you want to say."))
    reply = Reply(kind=ReplyKind(kind), words=said, **_written(actor, pack))
    reply.save()
    return reply


def _written(actor: Actor, pack: Pack) -> dict[str, Any]:
    return {
        "from_org_id": pack.org_id,
        "org_id": pack.from_org_id,
        "pack": pack,
        "person": actor.person,
        "by_name": actor.person.name[:170],
        "by_role": actor.hat.name[:120],
        "at": actor.next_moment(),
    }
