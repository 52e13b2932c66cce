"""Steps of the guide are put off and taken up again; what is done is read from the record."""

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.exchange.models import SetAside
from opensenco.exchange.states import Step
from opensenco.gate.operation import operation


@operation(Action.IMPORT_PUPILS, on="org")
def put_off(*, actor: Actor, org: Organisation, step: Step) -> SetAside:
    """Say "not now" to a step of a setting's guide, or put the guide itself away.

    Put off twice it is put off once.
    """
    return _put_off(actor, org, step)


@operation(Action.IMPORT_PUPILS, on="org")
def take_up(*, actor: Actor, org: Organisation, step: Step) -> None:
    """Take a step up again that a setting put off."""
    _take_up(actor, org, step)


@operation(Action.SETTING_ADOPT, on="org")
def put_off_above(*, actor: Actor, org: Organisation, step: Step) -> SetAside:
    """Say "not now" to a step of the guide of an authority, area, trust or agency."""
    return _put_off(actor, org, step)


@operation(Action.SETTING_ADOPT, on="org")
def take_up_above(*, actor: Actor, org: Organisation, step: Step) -> None:
    """Take a step up again that an authority, area, trust or agency put off."""
    _take_up(actor, org, step)


def _put_off(actor: Actor, org: Organisation, step: Step) -> SetAside:
    standing = SetAside.objects.filter(org=org, step=step, taken_up_at__isnull=True).first()
    if standing is not None:
        return standing
    row = SetAside(org=org, step=step, at=actor.at, by=actor.person)
    row.save()
    return row


def _take_up(actor: Actor, org: Organisation, step: Step) -> None:
    SetAside.objects.filter(org=org, step=step, taken_up_at__isnull=True).update(
        taken_up_at=actor.at
    )
