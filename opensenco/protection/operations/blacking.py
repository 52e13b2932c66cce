"""A copy of a file, blacked out by hand, is given in place of the file."""

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.documents.files.refusal import FileNotTaken
from opensenco.documents.keeping import Incoming, arrive, store_of, stored
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.protection.models import BlackedOutFile, GatheredItem
from opensenco.protection.operations.gathering import refuse_ended, values_of
from opensenco.protection.states import Decision


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
        Invalid: the file is of no kind that is kept or is the same file, or no ground is chosen.
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
        Invalid: the file is of no kind that is kept or is the same file, or no ground is chosen.
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
        arrived = arrive(store, file)
    except FileNotTaken as refused:
        raise Invalid("file", refused.sentence) from None
    if arrived.taken.digest == row.digest:
        store.drop(arrived.taken)
        raise Invalid("file", _("This is the same file: nothing in it is blacked out."))
    store.keep(arrived.taken)
    copy = BlackedOutFile(
        org_id=row.org_id, data_request_id=row.data_request_id, pupil_id=row.pupil_id,
        file=stored(actor, row.org, arrived.taken, arrived.found), name=arrived.name[-150:],
        lead=row.lead, person=actor.person, at=actor.at,
    )  # fmt: skip
    copy.save()
    return copy
