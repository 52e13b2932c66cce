"""What follows a setting of ours that the register calls closed, and what would stay with it."""

from collections.abc import Iterable
from dataclasses import dataclass

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership, Organisation
from opensenco.access.registry import visible
from opensenco.exchange import register_queries
from opensenco.exchange.models import Establishment, EstablishmentLink, Succession
from opensenco.exchange.states import ADOPTABLE, Status
from opensenco.people.days import on_roll
from opensenco.people.models import Group, Pupil
from opensenco.people.policy import on_day

#: what of an organisation the register describes; the rest is the setting's own
DESCRIBED = ("name", "phase", "town", "postcode")
#: one's own adoption takes no longer phase either
LONGEST_PHASE = 40


@dataclass(frozen=True)
class Way:
    """One establishment as which a closed setting could go on.

    Args:
        here: the organisation that it is here already, with a record of its own.
        also_follows: names of other settings that it follows: two schools became one.
    """

    row: Establishment
    here: Organisation | None
    also_follows: tuple[str, ...]

    @property
    def may_go_on(self) -> bool:
        """Whether the record can go on under its number."""
        return self.here is None and ADOPTABLE[Status(self.row.status)]


@dataclass(frozen=True)
class Closed:
    """A setting of ours that has closed, says the register, with what follows it."""

    org: Organisation
    row: Establishment
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class Held:
    """What a record holds, counted: none of it moves when its setting goes on."""

    on_roll: int
    former: int
    classes: int
    people: int


def closed(actor: Actor) -> list[Closed]:
    """Give the settings of this hat that the register calls closed, each with what follows it."""
    mine = Organisation.objects.filter(pk__in=actor.hat.orgs).exclude(urn="")
    rows = Establishment.objects.filter(status=Status.CLOSED, urn__in=mine.values("urn"))
    told = {row.urn: row for row in rows}
    if not told:
        return []
    orgs = mine.filter(urn__in=told).order_by("name", "id")
    ways = ways_on(told)
    return [Closed(org, told[org.urn], ways.get(org.urn, ())) for org in orgs]


def ways_on(urns: Iterable[str]) -> dict[str, tuple[Way, ...]]:
    """Give by number what is open today and follows these establishments, the nearest first."""
    following = register_queries.following(urns)
    after = {one.urn for chain in following.values() for one in chain if one.is_open}
    rows = {row.urn: row for row in Establishment.objects.filter(urn__in=after)}
    here = {org.urn: org for org in Organisation.objects.filter(urn__in=after)}
    before = _followed(after)
    return {
        urn: tuple(
            Way(
                rows[one.urn],
                here.get(one.urn),
                tuple(name for other, name in before.get(one.urn, ()) if other != urn),
            )
            for one in chain
            if one.urn in rows
        )
        for urn, chain in following.items()
    }


def _followed(urns: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """Give the numbers and names of what each of these follows, by the register's own links."""
    links = EstablishmentLink.objects.filter(
        register_queries.FOLLOWS, other_urn__in=list(urns)
    ).values_list("other_urn", "urn")
    pairs = list(dict.fromkeys(links.order_by("id")))
    known = Establishment.objects.filter(urn__in=[urn for _after, urn in pairs])
    names = dict(known.values_list("urn", "name"))
    found: dict[str, list[tuple[str, str]]] = {}
    for after, urn in pairs:
        found.setdefault(after, []).append((urn, names.get(urn, urn)))
    return found


def described(row: Establishment) -> dict[str, str]:
    """Give what an establishment's description of itself would be here."""
    phase = (row.phase or row.type_name)[:LONGEST_PHASE]
    return {"name": row.name, "phase": phase, "town": row.town, "postcode": row.postcode}


def held(actor: Actor, org: Organisation) -> Held:
    """Count what the record of a setting holds today."""
    pupils = visible(actor, Action.PUPIL_VIEW, Pupil).filter(org=org, in_error_at__isnull=True)
    here = pupils.filter(on_roll(actor.today)).count()
    staff = Membership.objects.filter(on_day(actor.today), org=org, withdrawn=False)
    return Held(
        on_roll=here,
        former=pupils.count() - here,
        classes=Group.objects.filter(org=org, ended_on__isnull=True).count(),
        people=staff.values("person").distinct().count(),
    )


def gone_on(actor: Actor) -> list[Succession]:
    """Give what settings of this hat went on as, the latest first, and not taken back."""
    rows = Succession.objects.filter(org__in=actor.hat.orgs, undone_at__isnull=True)
    return list(rows.select_related("org").order_by("-at", "-id"))


def as_it_was_left(row: Succession) -> bool:
    """Tell whether nothing of what the register says has changed here since the setting went on."""
    now = {name: getattr(row.org, name) for name in DESCRIBED}
    return row.org.urn == row.new_urn and now == row.became


def current(org: Organisation) -> Organisation:
    """Give a setting as it is now, after somebody else has changed how it is described."""
    return Organisation.objects.get(pk=org.pk)
