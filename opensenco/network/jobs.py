"""What the worker does with packs: many at once are sent while their sender goes on."""

import uuid
from datetime import date

from django_tasks import task

from opensenco.access.actions import Action
from opensenco.access.actor import Actor, hat_for
from opensenco.access.models import Organisation, Person
from opensenco.access.registry import visible
from opensenco.access.scope import scope
from opensenco.audit.acting import as_actor
from opensenco.documents import setting
from opensenco.documents.keeping import store_of
from opensenco.documents.states import Setting
from opensenco.gate.clock import clock
from opensenco.kernel.clock import london_date
from opensenco.network import papers
from opensenco.network.models import PackFile
from opensenco.network.operations.handing_over import hand_over_for


@task()
def hand_over(person_id: int, hat: str, org_ref: str, to_ref: str, until: str, words: str) -> None:
    """Send packs in the name and role of the person who asked for it, all or none.

    Where they no longer have that role nothing is sent. One that is done twice sends nothing anew.
    """
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    now = clock().now()
    wearing = hat_for(person, london_date(now), hat) if person else None
    if person is None or wearing is None or wearing.key != hat:
        return
    actor = Actor(person, wearing, now)
    with scope(actor.scope, write=True), as_actor(actor):
        places = Organisation.objects.in_bulk(
            [uuid.UUID(org_ref), uuid.UUID(to_ref)], field_name="ref"
        )
        if len(places) == 2:
            org, to = (places[uuid.UUID(ref)] for ref in (org_ref, to_ref))
            hand_over_for(actor, org, to, date.fromisoformat(until), words)


@task()
def set_pack(person_id: int, hat: str, ref: str, version: int) -> None:
    """Set a pack as PDF or Word, in the name and role of who asked; see `documents.setting`."""
    setting.work_on(person_id, hat, ref, version, make=_make, keep=_keep)


def _make(actor: Actor, ref: uuid.UUID, version: int) -> bytes | None:
    with scope(actor.scope):
        row = waiting(actor, ref, version)
        if row is None:
            return None
        store, form = store_of(row.edition.org), row.form
        paper = papers.paper_of(row.edition, store.whole)
    return papers.file_of(paper, form)


def waiting(actor: Actor, ref: uuid.UUID, version: int) -> PackFile | None:
    """Give the file that waits by this reference and version, inside an open scope.

    None where its pack was taken back meanwhile: then nobody may have it.
    """
    rows = visible(actor, Action.PACK_OPEN, PackFile).filter(
        ref=ref, version=version, state=Setting.WAITS
    )
    related = ("org", "edition__org", "edition__person", "edition__pack__from_org")
    return rows.select_related(*related).first()


def _keep(actor: Actor, ref: uuid.UUID, version: int, content: bytes | None) -> None:
    """Keep what was made, or say that it could not be."""
    from opensenco.network.operations.papers import keep_pack_file, stop_pack_file

    row = waiting(actor, ref, version)
    if row is not None and content is not None:
        keep_pack_file(actor=actor, pack_file=row, content=content, version=version)
    elif row is not None:
        stop_pack_file(actor=actor, pack_file=row, version=version)
