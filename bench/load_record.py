"""What the record must hold after the trial under load: each write that was acknowledged, once."""

from collections import Counter
from itertools import pairwise

from bench.load_people import KEPT, MARK, Act
from opensenco.concerns.models import Concern
from opensenco.kernel.refs import short
from opensenco.support.models import Profile
from opensenco.threads.models import Message

#: of so many of the newest marks none is cut off by the next writer, who adds one
SURE = KEPT - 1


def faults_of_acts(acts: list[Act], before: dict[str, int]) -> list[str]:
    """Say what is missing, there twice, or written over.

    Args:
        before: the version of each child's page when all began, by the child's reference.
    """
    found = Counter[str]()
    found.update(Concern.objects.filter(noticed__startswith="w").values_list("noticed", flat=True))
    found.update(Message.objects.filter(words__startswith="w").values_list("words", flat=True))
    faults = [
        f"{act.kind} {act.mark}: {found[act.mark]} times in the record"
        for act in acts
        if act.kind != "profile"
        and (found[act.mark] > 1 or (act.acknowledged and not found[act.mark]))
    ]
    for row in Profile.objects.select_related("pupil"):
        ref = short(row.pupil.ref)
        mine = [act for act in acts if act.kind == "profile" and ref in act.where]
        faults += _of_profile(row, mine, before.get(ref, 0))
    return faults


def _of_profile(row: Profile, acts: list[Act], before: int) -> list[str]:
    """Say where a version does not build on the one before it, or a mark is in none."""
    name = f"profile {row.pk}"
    told = sum(act.acknowledged for act in acts)
    texts = row.history.order_by("version", "history_id").values_list("version", "helps")
    marks = [(version, MARK.findall(helps)) for version, helps in texts if version > before]
    faults = []
    if not told <= len(marks) == row.version - before <= len(acts):
        faults.append(
            f"{name}: {told} of {len(acts)} acknowledged, {len(marks)} kept, {row.version - before}"
        )
    for (version, earlier), (_next, later) in pairwise(marks):
        if lost := set(earlier[-SURE:]) - set(later):
            faults.append(f"{name}: what came after version {version} lost {sorted(lost)}")
    ever = {mark for _version, some in marks for mark in some}
    faults += [f"{name}: {a.mark} is lost" for a in acts if a.acknowledged and a.mark not in ever]
    return faults


def versions() -> dict[str, int]:
    """Give the version of each child's page now, by the child's reference in addresses."""
    return {short(row.pupil.ref): row.version for row in Profile.objects.select_related("pupil")}
