"""New staff are asked by the worker to read how their place works, on the day their role begins.

The timekeeper asks once an hour: whoever works somewhere since today, or is due a refresher, is
asked once; what waits for who has left is settled. A day without a worker is made up for.
"""

from opensenco.access.installation import installation_actor
from opensenco.access.models import Organisation
from opensenco.access.scope import system_scope
from opensenco.gate.clock import clock
from opensenco.kernel.errors import DomainError
from opensenco.staffing.models import ApproachEdition
from opensenco.staffing.operations.approach import follow_approach


def ask_new_staff() -> int:
    """Ask all who are to read the approach of their place, and give how many there were."""
    now = clock().now()
    count = 0
    with system_scope("ask new staff to read how their place works"):
        written = ApproachEdition.objects.values("org")
        for org in Organisation.objects.filter(pk__in=written).order_by("pk"):
            actor = installation_actor(now, frozenset({org.pk}))
            try:
                count += len(follow_approach(actor=actor, org=org))
            except DomainError:
                # another worker was first
                continue
    return count
