"""A pack is put on paper for somebody: from our own record, from what we sent, from what we got."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine
from opensenco.documents import setting
from opensenco.documents.looking_back import filed_beside
from opensenco.documents.set_models import LOST_AFTER
from opensenco.documents.states import Level, Setting
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.network import editions, jobs, paper_queries
from opensenco.network.content import from_data, to_data
from opensenco.network.copying import sections_of
from opensenco.network.models import Pack, PackEdition, PackFile, Prepared
from opensenco.network.operations.preparing import MOST_WORDS, need_sight
from opensenco.network.record import record_of
from opensenco.network.seeing import seen_parts
from opensenco.network.states import TERMS, Audience, Part, Purpose
from opensenco.people.models import Pupil
from opensenco.support.words import paragraph

LONGEST_FOR = 200


@dataclass(frozen=True)
class Wanted:
    """What a pack on paper is to be.

    Args:
        for_whom: the person or place that is given it. why: what for.
        parts: in the order in which they are read.
        day: the record as it stood at its end; None for now.
        papers: references of the documents that belong to it.
    """

    audience: str
    for_whom: str
    parts: tuple[Part, ...]
    why: str = ""
    day: date | None = None
    papers: tuple[uuid.UUID, ...] = ()


@operation(Action.PACK_SEND, on="pupil")
def put_on_paper(*, actor: Actor, pupil: Pupil, wanted: Wanted) -> PackEdition:
    """Put a pack together for somebody, from the record as it is or as it stood. It never changes.

    Raises:
        Invalid: it is for nobody or has no part, or one that this actor may not see; the day has
            not come, or the pupil was not on the record then; a paper is not on file.
    """
    audience, for_whom = _audience(wanted.audience), _for_whom(wanted.for_whom)
    seen = seen_parts(actor, pupil)
    if not wanted.parts:
        raise Invalid("parts", _("Choose at least one part."))
    if set(wanted.parts) - seen:
        raise Invalid("parts", _("Choose parts from the list only."))
    if wanted.day is not None and wanted.day > actor.today:
        raise Invalid("on", _("Choose today or a day before."))
    record = record_of(actor, pupil, wanted.day, family=audience is Audience.FAMILY)
    if record is None:
        raise Invalid("on", _("This pupil was not on the record on that day."))
    known = editions.papers_of(actor, pupil, wanted.day)
    beside = filed_beside(pupil, wanted.day) if wanted.day else set()
    annexes = editions.chosen_papers(known, wanted.papers, beside)
    if len(annexes) != len(set(wanted.papers)):
        raise Invalid("papers", _("Choose papers that were on file on that day."))
    rest = sum(row.level == Level.ORDINARY and row.ref not in wanted.papers for row, _v in known)
    then = record.then
    row = _edition(
        actor,
        pupil=pupil,
        org_id=pupil.org_id,
        audience=audience,
        for_whom=for_whom,
        why=paragraph("why", wanted.why, MOST_WORDS),
        about=f"{then.first_name} {then.last_name}",
        place=pupil.org.name,
        as_on=wanted.day,
        content=to_data(sections_of(record, wanted.parts, blind=False)),
        left_out=editions.left_out(wanted.parts, seen, audience, day=wanted.day, papers=rest),
        annexes=editions.annexes_to(annexes),
    )
    spine.add_fact(
        actor=actor, pupil=pupil, kind="pack.paper", on=actor.today, source=row,
        words=_("A pack on paper was put together. Read by: %(who)s") % {"who": audience.label},
        reader=Action.PLAN_VIEW,
    )  # fmt: skip
    return row


@operation(Action.PACK_SEND, on="prepared")
def put_sent_on_paper(*, actor: Actor, prepared: Prepared) -> PackEdition:
    """Put what was sent on paper, to the letter.

    Raises:
        NotPossible: it was never sent, or a part of it is not for this actor.
    """
    if prepared.pack_id is None:
        raise NotPossible(_("This has not been sent yet."))
    need_sight(actor, prepared)
    to, blind = prepared.to, TERMS[Purpose(prepared.purpose)].blind
    audience = Audience.AUTHORITY if to.kind == "authority" else Audience.SETTING
    return _edition(
        actor,
        pupil=prepared.pupil,
        org_id=prepared.org_id,
        prepared=prepared,
        audience=audience,
        for_whom=to.name,
        why=editions.why_of(prepared.purpose, prepared.words),
        about=prepared.about,
        place="" if blind else prepared.pupil.org.name,
        content=to_data(from_data(prepared.content)),
        left_out=[*editions.not_sent(prepared.parts), *editions.always(audience)],
    )


@operation(Action.PACK_OPEN, on="pack")
def put_received_on_paper(*, actor: Actor, pack: Pack) -> PackEdition:
    """Put what another organisation sent on paper, to the letter. It can be had while it can be
    read here; what has been saved by then stays with whoever saved it.
    """
    parts = [one.part for one in from_data(pack.content)]
    return _edition(
        actor,
        pack=pack,
        org_id=pack.org_id,
        audience=Audience.OWN,
        for_whom=pack.org.name,
        left_out=[*editions.not_sent(parts), *editions.always(Audience.OWN)],
    )


@operation(Action.PACK_OPEN, on="edition")
def ask_for_pack_file(*, actor: Actor, edition: PackEdition, form: str) -> PackFile:
    """Ask for a pack as PDF or Word. The worker makes it; of an edition each is made once.

    Raises:
        Invalid: there is no such form.
        NotPossible: a part of it, or a paper that belongs to it, is not for this actor.
    """
    setting.need_form(form)
    if not paper_queries.sees_all(actor, edition):
        raise NotPossible(_("Your role does not see every part of this."))
    rows = PackFile.objects.filter(edition=edition, form=form).order_by("-at", "-id")
    waits = rows.filter(state=Setting.WAITS, at__gt=actor.at - LOST_AFTER).first()
    if found := waits or rows.filter(state=Setting.DONE).first():
        return found
    row = PackFile(
        org_id=edition.org_id, edition=edition, form=form, person=actor.person, at=actor.at
    )
    row.save()
    setting.hand(actor, jobs.set_pack, row)
    return row


@operation(Action.PACK_OPEN, on="pack_file")
def keep_pack_file(
    *, actor: Actor, pack_file: PackFile, content: bytes, version: int | None
) -> PackFile:
    """Keep a file that was made: see `documents.setting.keep`.

    Raises:
        NotPossible: nobody waits for it.
        Stale: another worker made it in between.
    """
    setting.keep(pack_file, content=content, at=actor.at, version=version)
    spine.tell(
        actor=actor, org=pack_file.org, words=_("A pack on paper is ready"), person=actor.person,
        source=pack_file.edition,
    )  # fmt: skip
    return pack_file


@operation(Action.PACK_OPEN, on="pack_file")
def stop_pack_file(*, actor: Actor, pack_file: PackFile, version: int | None) -> PackFile:
    """Say that a file could not be made; it can be asked for anew.

    Raises:
        NotPossible: nobody waits for it.
        Stale: it was made in between.
    """
    return setting.stop(pack_file, version=version)


def _edition(actor: Actor, **values: Any) -> PackEdition:
    row = PackEdition(person=actor.person, at=actor.at, **values)
    held, day = editions.held_by(row), row.as_on.isoformat() if row.as_on else ""
    row.digest = editions.digest_of(
        held.about, row.for_whom, held.why, day, held.content, row.left_out, row.annexes
    )
    row.save()
    return row


def _audience(value: str) -> Audience:
    if value not in Audience.values:
        raise Invalid("audience", _("Choose who reads it."))
    return Audience(value)


def _for_whom(value: str) -> str:
    said = " ".join(value.split())
    if not said:
        raise Invalid("for_whom", _("Say who is given it."))
    if len(said) > LONGEST_FOR:
        most = _("Use at most %(most)s characters.") % {"most": LONGEST_FOR}
        raise Invalid("for_whom", most)
    return said
