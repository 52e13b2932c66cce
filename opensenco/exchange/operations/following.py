"""A closed setting goes on as what follows it: the record stays, its number and name change.

Why it is done so stands in docs/adr/0026.
"""

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.exchange.following import DESCRIBED, as_it_was_left, described, ways_on
from opensenco.exchange.models import Establishment, Succession
from opensenco.exchange.states import Status
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible


@operation(Action.SETTING_GO_ON, on="org")
def go_on_as(*, actor: Actor, org: Organisation, version: int | None, urn: str) -> Succession:
    """Let a setting that has closed go on, with all it holds, as one that the register names.

    No row of its record moves: it has another number, name, phase and place from now on.

    Raises:
        Invalid: the register does not name this one as following it.
        NotPossible: the register does not call it closed; what follows is here already.
        Stale: somebody else changed how the setting is described in between.
    """
    old = Establishment.objects.filter(urn=org.urn).exclude(urn="").first()
    if old is None or old.status != Status.CLOSED:
        raise NotPossible(_("The national register does not say that this setting has closed."))
    ways = ways_on([org.urn]).get(org.urn, ())
    way = next((one for one in ways if one.row.urn == urn), None)
    if way is None:
        raise Invalid("urn", _("Choose one of the schools shown."))
    if not way.may_go_on:
        raise NotPossible(
            _("%(name)s is here already, with a record of its own. Hand the pupils over to it.")
            % {"name": way.row.name}
        )
    became = described(way.row)
    row = Succession(
        org=org, old_urn=org.urn, new_urn=urn, was={name: getattr(org, name) for name in DESCRIBED},
        became=became, starts=way.row.opened_on or old.closed_on or actor.today, at=actor.at,
    )  # fmt: skip
    change(org, version=version, urn=urn, **became)
    row.save()
    return row


@operation(Action.SETTING_GO_ON, on="org")
def take_going_on_back(*, actor: Actor, org: Organisation, version: int | None) -> Succession:
    """Give a setting back the number and name that it had, where nobody has changed them since.

    Raises:
        NotPossible: it did not go on, or what it became has been changed since.
        Stale: somebody else changed how the setting is described in between.
    """
    rows = Succession.objects.filter(org=org, undone_at__isnull=True).select_related("org")
    row = rows.order_by("-at", "-id").first()
    if row is None:
        raise NotPossible(_("This setting did not go on under another number."))
    if not as_it_was_left(row):
        raise NotPossible(_("Its name or number has been changed since. It is not taken back."))
    change(org, version=version, urn=row.old_urn, **row.was)
    row.undone_at = actor.at
    row.save(update_fields=["undone_at"])
    return row
