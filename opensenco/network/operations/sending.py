"""Letting a copy leave, taking it back, and reading what came back."""

from django.db.models import Max
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.network.blind import finds
from opensenco.network.content import from_data
from opensenco.network.models import Pack, Prepared, Receipt, Reply
from opensenco.network.operations.preparing import (
    SEND_TASK,
    need_sight,
    need_stage,
    tell_who_gathered,
)
from opensenco.network.seeing import telling_of
from opensenco.network.states import TERMS, Purpose, Stage
from opensenco.support.words import paragraph


@operation(Action.PACK_SEND, on="prepared")
def send_pack(*, actor: Actor, prepared: Prepared, version: int | None) -> Pack:
    """Send what was looked at, to the letter. It can be read from now until its last day.

    Raises:
        NotPossible: it has been sent or given up; its last day is over or its receiver closed; a
            blind pack still says who the child is; a part is not for this actor to see.
        Stale: somebody else changed it in between, so it is not what was looked at.
    """
    need_stage(prepared, Stage.PREPARED)
    need_sight(actor, prepared)
    if not prepared.parts:
        raise NotPossible(_("Nothing has been copied yet. Choose the parts first."))
    _check_ready(actor, prepared)
    blind = TERMS[Purpose(prepared.purpose)].blind
    pack = Pack(
        from_org_id=prepared.org_id, org=prepared.to, purpose=prepared.purpose, blind=blind,
        about=prepared.about, words=prepared.words, content=prepared.content,
        facts=prepared.facts,
        by_name="" if blind else actor.person.name, by_role="" if blind else actor.hat.name,
        at=actor.at, sent_on=actor.today, until=prepared.until,
    )  # fmt: skip
    pack.save()
    # Somebody who looked at another version is told so, and the pack above never was.
    change(
        prepared, version=version, stage=Stage.SENT, pack=pack, sent_at=actor.at,
        sent_by=actor.person,
    )  # fmt: skip
    spine.settle_task(actor=actor, source=prepared, kind=SEND_TASK)
    tell_who_gathered(actor, prepared, _("The pack for %(place)s was sent."))
    _tell(actor, prepared, "pack.sent", _("Part of the record was sent to %(place)s: %(purpose)s."))
    return pack


@operation(Action.PACK_SEND, on="prepared")
def withdraw_pack(
    *, actor: Actor, prepared: Prepared, version: int | None, reason: str
) -> Prepared:
    """End the receiver's sight of a pack, with a reason. It is never given back.

    What the receiver has written down, printed or put on their own record stays with them.

    Raises:
        Invalid: there is no reason.
        NotPossible: it was never sent, is withdrawn already, or was sent because the law asks for
            it and has been opened: then it is corrected by another pack.
        Stale: somebody else changed it in between.
    """
    need_stage(prepared, Stage.SENT)
    why = paragraph("reason", reason)
    if not why:
        raise Invalid("reason", _("Say why you take it back."))
    if TERMS[Purpose(prepared.purpose)].statutory and is_opened(prepared):
        raise NotPossible(
            _("The law asks for this pack and it has been opened. Send a corrected one instead.")
        )
    change(
        prepared, version=version, stage=Stage.WITHDRAWN, withdrawn_at=actor.at,
        withdrawn_by=actor.person, withdrawn_reason=why,
    )  # fmt: skip
    taken = Pack.objects.filter(pk=prepared.pack_id or 0, revoked_at__isnull=True)
    # a clock that was put back does not make it withdrawn before it was sent
    if taken.update(revoked_at=max(actor.at, prepared.sent_at or actor.at)) != 1:
        raise NotPossible(_("This has been withdrawn."))
    _tell(actor, prepared, "pack.withdrawn",
          _("What was sent to %(place)s was withdrawn: %(purpose)s."))  # fmt: skip
    return prepared


@operation(Action.PACK_SEND, on="prepared")
def read_replies(*, actor: Actor, prepared: Prepared) -> Prepared:
    """Say that the answers to a pack have been read here: they wait for nobody any more.

    Raises:
        NotPossible: it was never sent.
    """
    if prepared.pack_id is None:
        raise NotPossible(_("This has not been sent yet."))
    last = Reply.objects.filter(pack=prepared.pack_id).aggregate(last=Max("at"))["last"]
    return change(prepared, version=None, replies_read_at=max(actor.at, last or actor.at))


def is_opened(prepared: Prepared) -> bool:
    """Tell whether somebody at the receiver has opened it."""
    return Receipt.objects.filter(pack=prepared.pack_id, org=prepared.org_id).exists()


def _check_ready(actor: Actor, prepared: Prepared) -> None:
    if prepared.until < actor.today:
        raise NotPossible(_("The last day of this pack is over. Prepare another."))
    if prepared.to.closed_on is not None:
        raise NotPossible(_("The receiver has closed. Prepare another pack for somebody else."))
    if TERMS[Purpose(prepared.purpose)].blind:
        telling = telling_of(actor, prepared.pupil)
        left = finds(from_data(prepared.content), prepared.words, telling)
        if any(find.must_go for find in left):
            raise NotPossible(_("This still says who the pupil is. Take those words out first."))


def _tell(actor: Actor, prepared: Prepared, kind: str, words: str) -> None:
    said = {"place": prepared.to.name, "purpose": Purpose(prepared.purpose).label}
    spine.add_fact(
        actor=actor, pupil=prepared.pupil, kind=kind, on=actor.today, words=words % said,
        source=prepared, reader=Action.PLAN_VIEW,
    )  # fmt: skip
