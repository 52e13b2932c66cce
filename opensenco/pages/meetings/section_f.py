"""Section F of the pupil's EHC plan in the record of a review: what came of what it promises."""

from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actor import Actor
from opensenco.cases import explain
from opensenco.documents.pdf.ehc import Came
from opensenco.ehc import promised as section_f
from opensenco.ehc import queries
from opensenco.kernel.clock import london_date
from opensenco.ui.words import day as said_day

#: meetings whose subject it is what the plan has come to
REVIEWS = ("annual-review", "sen-support-review", "transition-meeting")


def of_meeting(actor: Actor, row: Any) -> tuple[tuple[Came, ...], str]:
    """Give what came of each row by the day of the meeting, and how days were counted.

    It is counted as the record stood on that day, so that a paper drawn again says the same.
    Nothing for other meetings, without a plan, and for who may not see it.
    """
    if row.pupil is None or not row.kind.startswith(REVIEWS):
        return (), ""
    held = london_date(row.starts) if row.starts else actor.today
    day = held if held < actor.today else None
    card = queries.card_then(actor, row.pupil, day)
    owed = section_f.owed(actor, card.provision, row.pupil, day)
    found = tuple(
        Came(
            one.line.number,
            ". ".join(filter(None, (one.asked_words, one.met_words))),
            one.delivered_words if one.ties else "",
            one.missed_words,
        )
        for one in owed
    )
    counted = [_("By %(day)s.") % {"day": said_day(day or actor.today)}] if found else []
    counted += [explain.said(one) for one in section_f.remarks_of(owed)]
    return found, " ".join(counted)
