"""A school's promised and delivered minutes without names."""

from opensenco.access.actor import Actor
from opensenco.people.policy import standing
from opensenco.provision.delivery import Delivery, Total
from opensenco.provision.models import Allocation
from opensenco.provision.queries.delivered import measured
from opensenco.provision.states import Layer
from opensenco.support.queries.figures import check


def by_layer(actor: Actor, org: int | None = None) -> dict[int, Total]:
    """Add up what runs today by layer: minutes due and delivered so far, and for how many pupils.

    Raises:
        NotAllowed: the role sees no figures of the whole place.
    """
    rows = (
        Allocation.objects.filter(standing(), org__in=check(actor, org), in_error_at__isnull=True)
        .exclude(ends__lt=actor.today)
        .select_related("provision")
        .order_by("id")
    )
    parts: dict[int, list[Delivery]] = {layer.value: [] for layer in Layer}
    for one in measured(list(rows), actor.today):
        parts[one.allocation.provision.layer].append(one)
    return {layer: Total.of(found) for layer, found in parts.items()}
