"""Authorities, areas and agencies bring settings here, below themselves and nowhere else.

The wall repeats it: staff add a row only with their own organisation as `added_by`, and say only of
such a setting that it belongs to them (access/models.py).
"""

import uuid
from collections.abc import Sequence

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.registry import visible
from opensenco.exchange.models import Establishment, RegisterSpan
from opensenco.exchange.operations.settings import checked, new_organisation, organisation_of
from opensenco.exchange.states import SettingKind
from opensenco.gate.operation import operation
from opensenco.kernel.errors import NotPossible
from opensenco.people.operations import places


@operation(Action.SETTING_ADOPT, on="org")
def adopt_below(*, actor: Actor, org: Organisation, establishment: Establishment) -> uuid.UUID:
    """Bring a setting of the register here, below an authority, area or trust of its own.

    Trusts and federations follow when the register is next taken over; so does the authority of a
    school that its trust has brought.

    Returns:
        The reference of the new organisation.

    Raises:
        Invalid: it is adopted already.
        NotPossible: it has closed, or is of another authority or trust.
    """
    if not is_ours(establishment, [org]):
        raise NotPossible(_("The register has this setting under another authority or trust."))
    return _kept(actor, org, organisation_of(establishment))


@operation(Action.SETTING_ADOPT, on="org")
def add_below(
    *,
    actor: Actor,
    org: Organisation,
    name: str,
    kind: str,
    postcode: str,
    town: str = "",
    ofsted_urn: str = "",
) -> uuid.UUID:
    """Add a childminder or private nursery, which the register does not hold, below one's own.

    Returns:
        The reference of the new organisation.

    Raises:
        Invalid: no name, one that is too long, or no such postcode or Ofsted number.
        NotPossible: this setting is here already, or stands in the register.
    """
    row = checked(name, SettingKind(kind), postcode, town, ofsted_urn)
    return _kept(actor, org, new_organisation(row))


def _kept(actor: Actor, org: Organisation, setting: Organisation) -> uuid.UUID:
    setting.added_by = org
    places.keep(setting)
    places.join(setting, org, actor.today, None)
    return setting.ref


def places_of(actor: Actor) -> list[Organisation]:
    """Give the organisations below which this person may bring settings here, by name."""
    rows = visible(actor, Action.SETTING_ADOPT, Organisation).select_related("parent__parent")
    return list(rows.order_by("name", "id"))


def is_ours(establishment: Establishment, orgs: Sequence[Organisation]) -> bool:
    """Tell whether the register has a setting under one of these authorities, areas or trusts."""
    if establishment.la_code in codes_of(orgs):
        return True
    groups = [org.group_uid for org in orgs if org.group_uid]
    spans = RegisterSpan.objects.filter(urn=establishment.urn, uid__in=groups, left_on__isnull=True)
    return bool(groups) and spans.exists()


def codes_of(orgs: Sequence[Organisation]) -> frozenset[str]:
    """Give the register's codes of these authorities, or of those that areas and teams are of."""
    found: set[str] = set()
    for place in orgs:
        above: Organisation | None = place
        while above is not None:
            found |= {above.la_code} - {""}
            above = above.parent
    return frozenset(found)
