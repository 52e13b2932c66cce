"""Time set aside to co-ordinate that is short week after week is told to the head by the worker.

The timekeeper asks once an hour; what it tells changes with whole weeks alone.
"""

from dataclasses import replace

from opensenco.access.grants import ANSWERING_GRANTS
from opensenco.access.installation import installation_actor
from opensenco.access.models import Organisation
from opensenco.access.scope import system_scope
from opensenco.gate.clock import clock
from opensenco.kernel.errors import DomainError
from opensenco.staffing.models import Hours
from opensenco.staffing.operations.shortfall import follow_shortfall
from opensenco.staffing.states import Does


def tell_of_shortfalls() -> int:
    """Tell heads whose time to co-ordinate is short, settle what is mended, count what was told."""
    now = clock().now()
    count = 0
    with system_scope("tell heads where time to co-ordinate is short"):
        aside = Hours.objects.filter(does=Does.CO_ORDINATES)
        for org in Organisation.objects.filter(pk__in=aside.values("org")).order_by("pk"):
            # it counts what the head would see
            actor = installation_actor(now, frozenset({org.pk}))
            hat = replace(actor.hat, grants={**actor.hat.grants, **ANSWERING_GRANTS})
            try:
                count += len(follow_shortfall(actor=replace(actor, hat=hat), org=org))
            except DomainError:
                # another worker was first
                continue
    return count
