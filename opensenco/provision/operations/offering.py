"""A trust, group or authority writes entries itself and offers them to the settings below it.

It has no library of its own and gives nothing to pupils: an entry is a row of what is shared, and
each change is another row, so that whoever took it over is shown what differs and decides.
"""

import uuid
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid, NotPossible, Stale
from opensenco.provision.models import SharedProvision
from opensenco.provision.operations.library import PARTS, check_values
from opensenco.provision.queries.shared import SHARING, changed, newest_of, offers_of


@operation(Action.LIBRARY_OFFER, on="org")
def offer_entry(*, actor: Actor, org: Organisation, **values: Any) -> SharedProvision:
    """Write an entry and offer it to all settings that belong to us.

    Args:
        values: as of `library.add_provision`.

    Raises:
        Invalid: as `library.add_provision`.
        NotPossible: no settings can belong to such a place.
    """
    if org.kind not in SHARING:
        raise NotPossible(_("Only a trust, a group or an authority offers entries to others."))
    clean = check_values(**{part: values.get(part, _usual(part)) for part in PARTS})
    _check_free(org, clean["name"])
    return _written(actor, org, uuid.uuid4(), clean)


@operation(Action.LIBRARY_OFFER, on="shared")
def change_offer(*, actor: Actor, shared: SharedProvision, **values: Any) -> SharedProvision:
    """Offer an entry in other words. Copies stay, and whoever has one is shown what differs.

    Raises:
        Invalid: as `library.add_provision`.
        NotPossible: it is offered no more.
        Stale: somebody else has changed it in between.
    """
    _check_newest(shared)
    clean = check_values(**{part: values.get(part, getattr(shared, part)) for part in PARTS})
    if clean["name"] != shared.name:
        _check_free(shared.org, clean["name"])
    row = _row(actor, shared.org, shared.entry, clean)
    if not changed(PARTS, row, shared):
        return shared
    row.save()
    return row


@operation(Action.LIBRARY_OFFER, on="shared")
def stop_offering(*, actor: Actor, shared: SharedProvision) -> SharedProvision:
    """Offer an entry to nobody any more. Copies stay.

    Raises:
        NotPossible: it is offered no more already.
        Stale: somebody else has changed it in between.
    """
    _check_newest(shared)
    same = {part: getattr(shared, part) for part in PARTS}
    row = _row(actor, shared.org, shared.entry, same, withdrawn=True)
    row.save()
    return row


def _check_newest(shared: SharedProvision) -> None:
    now = newest_of(shared.entry, shared.to)
    if now is None or now.withdrawn:
        raise NotPossible(_("This is offered no more."))
    if now.pk != shared.pk:
        raise Stale


def _check_free(org: Organisation, name: str) -> None:
    if any(one.name.casefold() == name.casefold() for one in offers_of([org.pk])):
        raise Invalid("name", _("You offer one of this name already. Choose another name."))


def _usual(part: str) -> Any:
    return {"group_usual": 1, "minutes": None, "times_a_week": None, "weeks": None}.get(part, "")


def _written(
    actor: Actor, org: Organisation, entry: uuid.UUID, clean: dict[str, Any]
) -> SharedProvision:
    row = _row(actor, org, entry, clean)
    row.save()
    return row


def _row(
    actor: Actor,
    org: Organisation,
    entry: uuid.UUID,
    clean: dict[str, Any],
    *,
    withdrawn: bool = False,
) -> SharedProvision:
    return SharedProvision(
        org=org, to=org, entry=entry, withdrawn=withdrawn, at=actor.next_moment(), **clean
    )
