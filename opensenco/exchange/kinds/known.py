"""Every kind of list, by its code."""

from opensenco.access.actor import Actor
from opensenco.exchange.kinds.classes import ClassLists
from opensenco.exchange.kinds.contacts import Contacts
from opensenco.exchange.kinds.kind import Kind
from opensenco.exchange.kinds.plans.kind import Plans
from opensenco.exchange.kinds.provision_map.kind import ProvisionMap
from opensenco.exchange.kinds.pupils.kind import Pupils
from opensenco.exchange.kinds.records.assessments import Assessments
from opensenco.exchange.kinds.records.attendance import AttendanceLists
from opensenco.exchange.kinds.records.behaviour import Behaviour
from opensenco.exchange.kinds.staff import Staff
from opensenco.exchange.kinds.terms import Terms
from opensenco.exchange.states import ImportKind

#: in the order in which several files are applied: what others are found by comes first
KINDS: dict[ImportKind, Kind] = {
    kind.code: kind
    for kind in (
        Terms(),
        Staff(),
        Pupils(),
        ClassLists(),
        Contacts(),
        AttendanceLists(),
        Assessments(),
        Behaviour(),
        ProvisionMap(),
        Plans(),
    )
}


def kind_of(code: str) -> Kind:
    """Give the kind of a code."""
    return KINDS[ImportKind(code)]


def kinds_for(actor: Actor) -> list[Kind]:
    """Give the kinds that this hat may take over."""
    return [kind for kind in KINDS.values() if kind.may(actor)]


def lists_for(actor: Actor) -> list[Kind]:
    """Give the kinds of lists that this hat may take over: papers are none."""
    return [kind for kind in kinds_for(actor) if not kind.papers]
