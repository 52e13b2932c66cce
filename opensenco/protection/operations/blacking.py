"""A copy of a file, blacked out by hand, is given in place of the file."""

from pathlib import Path

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.documents.files import kinds
from opensenco.documents.files.hidden import check_blacked_out
from opensenco.documents.files.portrait import drawn_anew, is_photo
from opensenco.documents.files.refusal import FileNotTaken
from opensenco.documents.files.store import Store
from opensenco.documents.keeping import Arrived, Incoming, arrive, store_of, stored
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.protection.models import BlackedOutFile, GatheredItem
from opensenco.protection.operations.gathering import refuse_ended, values_of
from opensenco.protection.states import Decision

#: of a picture that is given, in pixels: wide enough to read a page that was scanned
WIDE = 2_000


@operation(Action.REQUEST_HANDLE, on="gathered_item")
def give_blacked_out(
    *,
    actor: Actor,
    gathered_item: GatheredItem,
    file: Incoming,
    ground: str,
    why: str,
    version: int | None,
) -> GatheredItem:
    """Give a copy that somebody blacked out in place of a file.

    Raises:
        Invalid: the file is of no kind that is kept, or what was blacked out can be read in it; no
            ground is chosen.
        NotPossible: the request has ended, or the piece has no file.
        Stale: somebody else decided in between.
    """
    return _give(actor, gathered_item, file, ground, why, version)


@operation(Action.SAFEGUARDING_VIEW, on="gathered_item")
def give_lead_blacked_out(
    *,
    actor: Actor,
    gathered_item: GatheredItem,
    file: Incoming,
    ground: str,
    why: str,
    version: int | None,
) -> GatheredItem:
    """Give a blacked-out copy in place of a file that is the safeguarding lead's alone.

    Raises:
        Invalid: the file is of no kind that is kept, or what was blacked out can be read in it; no
            ground is chosen.
        NotPossible: the request has ended, or the piece has no file.
        Stale: somebody else decided in between.
    """
    return _give(actor, gathered_item, file, ground, why, version)


def _give(
    actor: Actor, row: GatheredItem, file: Incoming, ground: str, why: str, version: int | None
) -> GatheredItem:
    refuse_ended(row.data_request)
    if not row.digest:
        raise NotPossible(_("This piece has no file."))
    values = values_of(actor, Decision.WITHOUT, ground, why)
    copy = _kept(actor, row, file)
    return change(row, version=version, hidden=[], instead=copy, **values)


def _kept(actor: Actor, row: GatheredItem, file: Incoming) -> BlackedOutFile:
    store = store_of(row.org)
    try:
        arrived = _blacked_out(store, row, arrive(store, file))
    except FileNotTaken as refused:
        raise Invalid("file", refused.sentence) from None
    store.keep(arrived.taken)
    copy = BlackedOutFile(
        org_id=row.org_id, data_request_id=row.data_request_id, pupil_id=row.pupil_id,
        file=stored(actor, row.org, arrived.taken, arrived.found), name=arrived.name[-150:],
        lead=row.lead, person=actor.person, at=actor.at,
    )  # fmt: skip
    copy.save()
    return copy


def _blacked_out(store: Store, row: GatheredItem, arrived: Arrived) -> Arrived:
    """Give what is kept of a copy, once nothing of what was blacked out can be read in it.

    A photo is drawn anew: a camera's file holds a small picture of how it was before.

    Raises:
        FileNotTaken: something can; nothing of it stays.
        Invalid: it is the file itself.
    """
    taken = arrived.taken
    try:
        if taken.digest == row.digest:
            raise Invalid("file", _("This is the same file: nothing in it is blacked out."))
        if not is_photo(taken.path):
            original = store.whole(row.digest)
            kind = kinds.look(original).kind.code
            check_blacked_out((taken.path, arrived.found.kind.code), (original, kind))
            return arrived
        drawn = drawn_anew(taken.path, row.ref.bytes, WIDE)
    except BaseException:
        store.drop(taken)
        raise
    store.drop(taken)
    return arrive(store, Incoming(f"{Path(arrived.name).stem}.png", [drawn]))
