"""Working time in words: how long, and what stands under a bar of a chart."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.cases.states import Work

HOUR = 60
#: what stands under a bar
SHORT = {
    Work.CONTACT: gettext_lazy("Families"), Work.REVIEW: gettext_lazy("Plans"),
    Work.SESSION: gettext_lazy("Sessions"), Work.MEETING: gettext_lazy("Meetings"),
    Work.LOOK: gettext_lazy("Observing"), Work.STAFF: gettext_lazy("Staff"),
    Work.SERVICES: gettext_lazy("Services"), Work.PAPERS: gettext_lazy("Papers"),
    Work.MONEY: gettext_lazy("Money"), Work.TRAINING: gettext_lazy("Training"),
    Work.OTHER: gettext_lazy("Other"),
}  # fmt: skip


def long(minutes: int) -> str:
    """Say how long: "45 min", "2 h", "2 h 5 min"."""
    hours, rest = divmod(minutes, HOUR)
    if not hours:
        return _("%(num)s min") % {"num": rest}
    if not rest:
        return _("%(num)s h") % {"num": hours}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}
