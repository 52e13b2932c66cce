"""What people can do with places that the tests' world does not, once each."""

from datetime import timedelta

from opensenco.access.actor import Actor
from opensenco.access.models import Affiliation, Organisation
from opensenco.exchange.models import (
    Establishment,
    EstablishmentLink,
    RegisterGroup,
    RegisterSpan,
)
from opensenco.exchange.operations import following, packs
from opensenco.exchange.operations import groups as family
from opensenco.exchange.states import GroupFamily, Status
from opensenco.network import figures
from opensenco.network.models import Pack
from opensenco.network.operations import handing_over, releasing
from opensenco.people.operations import places
from tests.cast import TODAY, YESTERDAY


def about_a_closed_school(actor: Actor) -> None:
    """A school that has closed goes on under the number of what follows it, and back."""
    Establishment.objects.create(
        urn="990103", name="Weir School", status=Status.CLOSED, search_key="weir school",
        digest="0", last_read_on=TODAY,
    )  # fmt: skip
    EstablishmentLink.objects.create(
        urn="990103", other_urn="900002", other_name="Weir Academy", kind="Successor",
        last_read_on=TODAY,
    )  # fmt: skip
    weir = Organisation.objects.get(urn="990103")
    following.go_on_as(actor=actor, org=weir, version=None, urn="900002")
    following.take_going_on_back(actor=actor, org=weir, version=None)


def about_packs_taken_over(actor: Actor, org: Organisation) -> None:
    """A pack that another school sent is read in; pupils are handed over, figures released."""
    pack = Pack.objects.filter(org=org, blind=False).select_related("org", "from_org").latest("id")
    packs.read_packs(actor=actor, org=org, packs=[pack])
    until = TODAY + timedelta(days=28)
    mill = Organisation.objects.get(name="Mill Lane School")
    pupils = list(handing_over.staying(actor, org)[:1])
    handing_over.send_packs(actor=actor, pupils=pupils, to=mill, until=until)
    above = Organisation.objects.get(kind="authority")
    seen = figures.seen(figures.figures_of(actor, org))
    releasing.release_figures(actor=actor, org=org, to=above, seen=seen)


def about_families(actor: Actor) -> None:
    """A trust of the register is adopted, a school joins it, and leaves it."""
    trust = RegisterGroup.objects.create(
        uid="11", name="Lark Trust", family=GroupFamily.TRUST, type_name="Multi-academy trust",
        last_read_on=TODAY,
    )  # fmt: skip
    family.adopt_group(actor=actor, group=trust)
    RegisterSpan.objects.create(uid="11", urn="900001", joined_on=YESTERDAY, last_read_on=TODAY)
    family.bring_memberships(actor=actor)
    joined = Affiliation.objects.get(of__group_uid="11")
    places.end_affiliation(actor=actor, affiliation=joined, ends=TODAY)
