"""Before anything leaves: what is copied, for whom and for what, looked at and mended."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.cases import spine
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.network.content import from_data, rewritten, to_data
from opensenco.network.copying import copied
from opensenco.network.facts import facts_of
from opensenco.network.models import Prepared
from opensenco.network.seeing import seen_parts
from opensenco.network.states import TERMS, Purpose, Stage, in_order
from opensenco.people.models import Pupil
from opensenco.support.words import paragraph

SEND_TASK = "pack.send"
#: no letter or figure that is read for another
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
MOST_WORDS = 5000
MOST_TEXT = 20_000


@operation(Action.PACK_SEND, on="pupil")
def prepare_pack(
    *,
    actor: Actor,
    pupil: Pupil,
    to: Organisation,
    purpose: str,
    until: date,
    words: str = "",
) -> Prepared:
    """Copy what is usually sent for a purpose, for the sender to look at. Nothing leaves yet.

    Args:
        until: the last day on which the receiver can read it.
        words: what is asked of the receiver, in the sender's own words.

    Raises:
        Invalid: the receiver is no other open organisation, or not one for this purpose; the last
            day is over.
    """
    terms = TERMS[known_purpose(purpose)]
    check_receiver(pupil, to, terms.kinds, until, actor.today)
    seen = seen_parts(actor, pupil)
    parts = in_order([part.value for part in terms.proposed if part in seen])
    prepared = Prepared(
        org_id=pupil.org_id, pupil=pupil, to=to, purpose=purpose, until=until,
        words=paragraph("words", words, MOST_WORDS), person=actor.person, at=actor.at,
        about=blind_name() if terms.blind else pupil.name, parts=[part.value for part in parts],
        content=to_data(copied(actor, pupil, parts, blind=terms.blind)),
        facts=facts_of(actor, pupil, parts, blind=terms.blind),
    )  # fmt: skip
    prepared.save()
    spine.open_task(
        actor=actor, org=pupil.org, kind=SEND_TASK, source=prepared, pupil=pupil,
        person=actor.person,
        words=_("Look at what you prepared for %(place)s, and send it") % {"place": to.name},
    )  # fmt: skip
    return prepared


@operation(Action.PACK_SEND, on="prepared")
def choose_parts(
    *, actor: Actor, prepared: Prepared, version: int | None, parts: Iterable[str]
) -> Prepared:
    """Copy other parts of the record, as it stands now; what was mended is copied afresh.

    Raises:
        Invalid: no part was chosen, or one that this purpose or this sender does not have.
        NotPossible: it has been sent already, or given up.
        Stale: somebody else changed it in between.
    """
    need_stage(prepared, Stage.PREPARED)
    terms = TERMS[Purpose(prepared.purpose)]
    chosen = in_order(list(parts))
    if not chosen:
        raise Invalid("parts", _("Choose at least one part."))
    if set(chosen) - (terms.allowed & seen_parts(actor, prepared.pupil)):
        raise Invalid("parts", _("Choose parts from the list only."))
    copy = copied(actor, prepared.pupil, chosen, blind=terms.blind)
    return change(
        prepared, version=version, parts=[part.value for part in chosen], content=to_data(copy),
        facts=facts_of(actor, prepared.pupil, chosen, blind=terms.blind),
        about=prepared.about if terms.blind else prepared.pupil.name,
    )  # fmt: skip


@operation(Action.PACK_SEND, on="prepared")
def mend_words(
    *,
    actor: Actor,
    prepared: Prepared,
    version: int | None,
    texts: Mapping[str, str],
    words: str,
) -> Prepared:
    """Take out of a blind pack what would tell who the child is. The record itself is untouched.

    Args:
        texts: new texts by the name of their place (`content.Place.name`); others stay.
        words: the covering note.

    Raises:
        NotPossible: it is not a blind pack, has been sent already, or given up.
        Stale: somebody else changed it in between.
    """
    need_stage(prepared, Stage.PREPARED)
    if not TERMS[Purpose(prepared.purpose)].blind:
        raise NotPossible(_("What a pack with names says is what the record says."))
    need_sight(actor, prepared)
    mended = {place: paragraph(place, text, MOST_TEXT) or "–" for place, text in texts.items()}
    sections = rewritten(
        from_data(prepared.content), lambda place, text: mended.get(place.name, text)
    )
    note = paragraph("words", words, MOST_WORDS)
    return change(prepared, version=version, content=to_data(sections), words=note)


@operation(Action.PACK_SEND, on="prepared")
def drop_pack(*, actor: Actor, prepared: Prepared, version: int | None) -> Prepared:
    """Give up what was prepared: nothing leaves.

    Raises:
        NotPossible: it has been sent already, or given up.
        Stale: somebody else changed it in between.
    """
    need_stage(prepared, Stage.PREPARED)
    row = change(prepared, version=version, stage=Stage.DROPPED)
    spine.settle_task(actor=actor, source=prepared, kind=SEND_TASK)
    tell_who_gathered(actor, prepared, _("A pack for %(place)s was given up: nothing was sent."))
    return row


def tell_who_gathered(actor: Actor, prepared: Prepared, words: str) -> None:
    """Tell whoever put a pack together what another made of it; they read none of it."""
    if prepared.person_id != actor.person.pk:
        spine.tell(
            actor=actor, org=prepared.pupil.org, person=prepared.person, pupil=prepared.pupil,
            words=words % {"place": prepared.to.name},
        )  # fmt: skip


def need_stage(prepared: Prepared, stage: Stage) -> None:
    """Refuse what a pack's stage does not allow.

    Raises:
        NotPossible: it stands elsewhere.
    """
    if prepared.stage != stage:
        said = {
            Stage.PREPARED: _("This has not been sent yet."),
            Stage.SENT: _("This has been sent. What was sent does not change: prepare another."),
            Stage.WITHDRAWN: _("This has been withdrawn."),
            Stage.DROPPED: _("This was given up. Prepare another."),
        }
        raise NotPossible(said[Stage(prepared.stage)])


def need_sight(actor: Actor, prepared: Prepared) -> None:
    """Refuse to let somebody send or change what they may not see.

    Raises:
        NotPossible: a part of the pack is not for this actor.
    """
    if set(in_order(prepared.parts)) - seen_parts(actor, prepared.pupil):
        raise NotPossible(_("Your role does not see every part of this. Choose the parts again."))


def known_purpose(value: str) -> Purpose:
    """Give a purpose by its stored word.

    Raises:
        Invalid: it is none.
    """
    if value not in Purpose.values:
        raise Invalid("purpose", _("Choose what it is for."))
    return Purpose(value)


def check_receiver(
    pupil: Pupil, to: Organisation, kinds: tuple[str, ...], until: date, today: date
) -> None:
    """Refuse a receiver that cannot get a pack for its purpose, and a last day that is over.

    Raises:
        Invalid: it is so.
    """
    if to.pk == pupil.org_id or to.kind == Organisation.Kind.PART or to.closed_on is not None:
        raise Invalid("to", _("Choose another organisation that is open."))
    if kinds and to.kind not in kinds:
        raise Invalid("to", _("Packs for this purpose do not go to organisations of this kind."))
    if until < today:
        raise Invalid("until", _("The last day must be today or later."))


def blind_name() -> str:
    """Give a reference that leads nowhere; it is drawn, not counted."""
    drawn = "".join(secrets.choice(LETTERS) for _i in range(5))
    return _("Pupil %(reference)s") % {"reference": drawn}
