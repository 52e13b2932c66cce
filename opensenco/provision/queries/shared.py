"""Reading what is shared of libraries: what we are offered and share, what a source changed."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Affiliation, Organisation
from opensenco.access.registry import visible
from opensenco.kernel.errors import NotFound
from opensenco.people.policy import on_day
from opensenco.provision.models import Provision, SharedProvision

#: within which of those to which a school belongs it can share
SHARING = frozenset(
    {Organisation.Kind.TRUST, Organisation.Kind.GROUP, Organisation.Kind.AREA,
     Organisation.Kind.AUTHORITY}
)  # fmt: skip
#: what of an entry can differ from its source, in the order in which a page shows it
COMPARED = (
    "name", "layer", "purpose", "how_it_runs", "group_usual", "times_a_week", "minutes", "weeks",
    "delivered_by", "training", "entry_measure", "exit_measure", "evidence", "strength",
    "evidence_from",
)  # fmt: skip
MOST_OFFERED = 100


@dataclass(frozen=True)
class Moved:
    """What a source changed since we took it over.

    Args:
        parts: fields that differ between then and now; empty where it was only taken back.
    """

    then: SharedProvision
    now: SharedProvision
    parts: tuple[str, ...]


def groups_of(orgs: Iterable[int], actor: Actor) -> list[Organisation]:
    """Give the trusts, groups and authorities to which settings belong today."""
    above = Affiliation.objects.filter(on_day(actor.today), member__in=orgs, of__kind__in=SHARING)
    return list(Organisation.objects.filter(pk__in=above.values("of")).order_by("name", "id"))


def offered(actor: Actor) -> list[SharedProvision]:
    """Give what other schools offer ours now, by name; not what is taken over already."""
    orgs = actor.hat.orgs
    later = SharedProvision.objects.filter(
        entry=OuterRef("entry"), to=OuterRef("to"), pk__gt=OuterRef("pk")
    )
    above = [one.pk for one in groups_of(orgs, actor)]
    rows = visible(actor, Action.PROVISION_ALLOCATE, SharedProvision).filter(
        ~Exists(later), to__in=above, withdrawn=False
    )
    taken = Provision.objects.filter(org__in=orgs, ended_on__isnull=True, taken_from__isnull=False)
    ours = SharedProvision.objects.filter(ref__in=taken.values("taken_from"))
    rows = rows.exclude(Q(org__in=orgs) | Q(entry__in=ours.values("entry")))
    found = rows.select_related("org", "to").order_by("layer", "name", "id")
    # offered through the trust and through the authority it is one entry all the same
    return list({one.entry: one for one in found[:MOST_OFFERED]}.values())


def shared(actor: Actor, ref: uuid.UUID) -> SharedProvision:
    """Give what is offered to us by its reference, or by that of an older version, as it is now.

    Raises:
        NotFound: there is none, it was taken back, or it is offered to others alone: that cannot be
            told apart.
    """
    rows = visible(actor, Action.PROVISION_ALLOCATE, SharedProvision)
    older = rows.filter(ref=ref).values("entry", "to")
    row = (
        rows.filter(entry__in=older.values("entry"), to__in=older.values("to"))
        .select_related("org", "to")
        .order_by("-id")
        .first()
    )
    if row is None or row.withdrawn:
        raise NotFound
    return row


def offers_of(orgs: Iterable[int]) -> list[SharedProvision]:
    """Give what trusts, groups or authorities offer of their own now, by name."""
    later = SharedProvision.objects.filter(
        entry=OuterRef("entry"), to=OuterRef("to"), pk__gt=OuterRef("pk")
    )
    rows = SharedProvision.objects.filter(
        ~Exists(later), org__in=orgs, to=F("org"), withdrawn=False
    )
    return list(rows.select_related("org", "to").order_by("layer", "name", "id"))


def own_offer(actor: Actor, ref: uuid.UUID) -> SharedProvision:
    """Give what we offer ourselves by its reference.

    Raises:
        NotFound: there is none, or another offers it: everybody may know of it, and nobody is told.
    """
    rows = visible(actor, Action.LIBRARY_OFFER, SharedProvision).filter(ref=ref)
    row = rows.select_related("org", "to").first()
    if row is None:
        raise NotFound
    return row


def settings_below(actor: Actor) -> int:
    """Count the settings that belong to us today."""
    rows = Affiliation.objects.filter(on_day(actor.today), of__in=actor.hat.orgs)
    return rows.values("member").distinct().count()


def newest_of(entry: uuid.UUID, to: Organisation) -> SharedProvision | None:
    """Give how an entry stands with those of a trust, group or authority; None where it never was
    shared there.
    """
    return SharedProvision.objects.filter(entry=entry, to=to).order_by("-id").first()


def shared_with(row: Provision) -> list[SharedProvision]:
    """Give with whom an entry of ours is shared now, and as what."""
    rows = SharedProvision.objects.filter(org=row.org_id, entry=row.ref)
    newest = {one.to_id: one for one in rows.select_related("to").order_by("id")}
    return [one for one in newest.values() if not one.withdrawn]


def source_of(row: Provision) -> SharedProvision | None:
    """Give what an entry was taken over from, as it was then."""
    if row.taken_from is None:
        return None
    return SharedProvision.objects.filter(ref=row.taken_from).select_related("org", "to").first()


def moved(row: Provision, day: date) -> Moved | None:
    """Give what the source has changed since; None where it has not, or there is none.

    Whoever has left those with whom it is shared is told no more.
    """
    then = source_of(row)
    if then is None:
        return None
    belongs = Affiliation.objects.filter(on_day(day), member=row.org_id, of=OuterRef("to"))
    rows = SharedProvision.objects.filter(
        Exists(belongs), entry=then.entry, to=then.to_id, pk__gt=then.pk
    )
    now = rows.select_related("org", "to").order_by("-id").first()
    if now is None:
        return None
    parts = tuple(changed(COMPARED, then, now))
    return Moved(then, now, parts) if parts or now.withdrawn else None


def changed(parts: Iterable[str], one: object, other: object) -> list[str]:
    """Give the fields in which two versions differ."""
    return [part for part in parts if getattr(one, part) != getattr(other, part)]
