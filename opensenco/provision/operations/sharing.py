"""Sharing an entry of the library within a trust, group or authority, and taking one over.

What is taken over is a copy of one's own. It never changes by itself: what its source changed since
is shown, and a person takes that over too, or keeps their own.
"""

from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Affiliation, Organisation
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.people.policy import on_day
from opensenco.provision.models import Provision, SharedProvision
from opensenco.provision.operations.library import PARTS, check_free
from opensenco.provision.queries.shared import SHARING, moved, newest_of


@operation(Action.PROVISION_ALLOCATE, on="provision")
def share_entry(*, actor: Actor, provision: Provision, to: Organisation) -> SharedProvision:
    """Offer an entry, as it is now, to all settings of a trust, group or authority of ours.

    Shared again it is offered as it is now; as it was before stays with whoever took it over.

    Raises:
        Invalid: we do not belong to it today.
        NotPossible: it is out of the library.
    """
    if provision.ended_on is not None:
        raise NotPossible(_("This is out of the library. Choose another, or add it again."))
    belongs = Affiliation.objects.filter(
        on_day(actor.today), member=provision.org_id, of=to, of__kind__in=SHARING
    )
    if not belongs.exists():
        raise Invalid("to", _("Choose one of those to which we belong."))
    return _offered(actor, provision, to)


@operation(Action.PROVISION_ALLOCATE, on="provision")
def stop_sharing(*, actor: Actor, provision: Provision, to: Organisation) -> SharedProvision:
    """Offer an entry to nobody there any more. Who took it over keeps their copy.

    Raises:
        NotPossible: it is not shared there.
    """
    now = newest_of(provision.ref, to)
    if now is None or now.withdrawn:
        raise NotPossible(_("This is not shared there."))
    return _offered(actor, provision, to, withdrawn=True)


def _offered(
    actor: Actor, provision: Provision, to: Organisation, *, withdrawn: bool = False
) -> SharedProvision:
    row = SharedProvision(
        org_id=provision.org_id, to=to, entry=provision.ref, withdrawn=withdrawn,
        at=actor.next_moment(), **{part: getattr(provision, part) for part in PARTS},
    )  # fmt: skip
    row.save()
    return row


@operation(Action.PROVISION_ALLOCATE, on="org")
def take_over_entry(*, actor: Actor, org: Organisation, shared: SharedProvision) -> Provision:
    """Copy what another school shares into our library, with where it came from.

    Taken over already, ours is given and nothing is written.

    Raises:
        Invalid: our library has another of this name.
        NotPossible: it is not offered to us, or is our own.
    """
    now = newest_of(shared.entry, shared.to)
    stands = now is not None and not now.withdrawn
    members = Affiliation.objects.filter(on_day(actor.today), of=shared.to_id)
    both = set(members.filter(member__in=[org.pk, shared.org_id]).values_list("member", flat=True))
    # what those above wrote themselves is theirs who offer it
    needed = {org.pk} if shared.org_id == shared.to_id else {org.pk, shared.org_id}
    if not stands or shared.org_id == org.pk or both != needed:
        raise NotPossible(_("This is not offered to your school any more."))
    rows = SharedProvision.objects.filter(org=shared.org_id, entry=shared.entry)
    own = Provision.objects.filter(org=org, ended_on__isnull=True)
    have = own.filter(taken_from__in=rows.values("ref")).first()
    if have is not None:
        return have
    check_free(org.pk, shared.name)
    row = Provision(
        org=org, taken_from=shared.ref, **{part: getattr(shared, part) for part in PARTS}
    )
    row.save()
    return row


@operation(Action.PROVISION_ALLOCATE, on="provision")
def follow_source(
    *, actor: Actor, provision: Provision, take: bool, version: int | None = None
) -> Provision:
    """Take over what the source has changed since, or keep ours as it is and be told no more.

    What we changed ourselves and the source did not stays as it is.

    Raises:
        Invalid: our library has another of the new name.
        NotPossible: the source has not changed.
        Stale: somebody else changed ours in between.
    """
    found = moved(provision, actor.today)
    if found is None:
        raise NotPossible(_("Nothing has changed there since."))
    values: dict[str, Any] = {"taken_from": found.now.ref}
    if take:
        values |= {part: getattr(found.now, part) for part in found.parts}
        if values.get("name", provision.name) != provision.name:
            check_free(provision.org_id, values["name"])
    return change(provision, version=version, **values)
