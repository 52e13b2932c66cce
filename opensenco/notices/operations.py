"""Reading a notice is written down: afterwards nobody can say that they were not told."""

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.operation import operation
from opensenco.notices.models import Notice, NoticeRead


@operation(Action.TASK_DO, on="notices")
def read_notices(*, actor: Actor, notices: list[Notice]) -> None:
    """Mark notices as read by the acting person. Those that are read already stay as they are."""
    known = set(
        NoticeRead.objects.filter(notice__in=notices, person=actor.person).values_list(
            "notice_id", flat=True
        )
    )
    NoticeRead.objects.bulk_create(
        NoticeRead(org_id=notice.org_id, notice=notice, person=actor.person, at=actor.at)
        for notice in notices
        if notice.pk not in known
    )
