"""The files of photos that were taken down, where whoever did it was cut off before they went."""

from datetime import timedelta

from opensenco.access.scope import system_scope
from opensenco.documents.keeping import store_of
from opensenco.documents.models import PupilPhoto
from opensenco.gate.clock import clock

#: looked for so long after a photo was taken down
LATELY = timedelta(days=30)


def remove_left() -> int:
    """Remove what is left on the disk of photos that ended lately. Gives how many files."""
    with system_scope("remove the files of photos that were taken down"):
        rows = PupilPhoto.objects.filter(ended_at__gte=clock().now() - LATELY)
        return sum(
            store_of(row.org).remove(row.removed)
            for row in rows.select_related("org").order_by("id")
        )
