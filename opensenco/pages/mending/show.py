"""What the pages of two records show of each."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actor import Actor
from opensenco.cases.joining import queries
from opensenco.cases.joining.people_subjects import DETAILS, Class
from opensenco.kernel.dates import say
from opensenco.kernel.refs import short
from opensenco.pages.mending.forms import BETWEEN


def beside(row: Any, other: Any) -> str:
    """Give the address where two records lie side by side, the first to go on."""
    return f"{reverse('mending:one', args=[row.ref])}?with={short(other.ref)}"


def sides(actor: Actor, row: Any, other: Any) -> dict[str, Any]:
    """Give both records field by field, and who will see the one."""
    lines = []
    for subject in (*DETAILS, Class()):
        mine, theirs = subject.lines(row), subject.lines(other)
        if mine or theirs:
            said = BETWEEN.join(mine), BETWEEN.join(theirs)
            lines.append((subject.title, *said, mine == theirs))
    return {
        "pupil": row,
        "other": other,
        "lines": lines,
        "other_way": beside(other, row),
        "apart": f"{reverse('mending:apart', args=[row.ref])}?with={short(other.ref)}",
        "family": queries.who_will_see(actor, row, other),
    }


def versions(text: str) -> tuple[int, int]:
    """Give the versions of both records that a form was read with; none that stand if damaged."""
    first, _gap, second = text.partition(" ")
    if not (first.isdecimal() and second.isdecimal() and len(text) < 20):
        return 0, 0
    return int(first), int(second)


def written(one: queries.Written) -> str:
    """Say what was written since, when and by whom; nothing of what it says."""
    if one.at is None:
        return one.what
    told = {"what": one.what, "day": say(one.at.date()), "who": one.by}
    return _("%(what)s, written on %(day)s by %(who)s") % told
