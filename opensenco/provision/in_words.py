"""How one pupil fares with one provision, in words: for pages and for packs alike."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from opensenco.kernel.dates import say
from opensenco.provision.progress import AimLine, better_by, plain
from opensenco.provision.queries.points import Course, norm_of
from opensenco.provision.usual import expected
from opensenco.provision.usual_words import beside_usual


@dataclass(frozen=True)
class Line:
    """One point of the table, and how it stands to the aim line in words."""

    point: Any
    score: str
    kind: str
    against: str
    usual: str = ""


def lines(found: Course) -> list[Line]:
    """Give the points, newest first."""
    kinds = {
        one.on: word
        for one, word in ((found.journey.entry, _("entry")), (found.journey.exit, _("exit")))
        if one is not None
    }
    less = bool(found.scale and found.scale.less_is_better)
    line = found.line
    return [
        Line(
            one, plain(one.score), kinds.get(one.on, ""),
            against(one.score, one.on, line, less_is_better=less) if line and place else "",
            _usual(found, one.on),
        )
        for place, one in reversed(list(enumerate(found.points)))
        if one.score is not None
    ]  # fmt: skip


def _usual(found: Course, on: date) -> str:
    """Give the score that would have been usual by a day."""
    score = expected(norm_of(found.usual), found.journey, on) if found.usual else None
    return "" if score is None else plain(score)


def against(score: Decimal, on: Any, line: AimLine, *, less_is_better: bool) -> str:
    """Say how a point stands to the aim line: ahead of it, on it or behind it."""
    ahead = round(better_by(score, line.on(on), less_is_better=less_is_better), 1)
    if not ahead:
        return _("on the aim line")
    words = _("%(by)s ahead of the aim line") if ahead > 0 else _("%(by)s behind the aim line")
    return words % {"by": plain(abs(ahead))}


def said(found: Course) -> str:
    """Say in one or two sentences where the pupil is and where they were to be."""
    journey = found.journey
    if not journey.marks:
        return _("Nothing has been measured yet.")
    last = journey.marks[-1]
    numbers = {"score": plain(last.score), "day": say(last.on)}
    if journey.gain is not None and journey.entry and journey.exit:
        words = _("From %(entry)s at entry to %(exit)s at exit: %(gain)s.") % {
            "entry": plain(journey.entry.score), "exit": plain(journey.exit.score),
            "gain": gain_in_words(journey.gain),
        }  # fmt: skip
    elif journey.entry is None:
        words = (
            _(
                "Latest %(score)s on %(day)s. The first measure came too late to be the entry, so "
                "no gain is counted."
            )
            % numbers
        )
    else:
        words = _("Began at %(entry)s. Latest %(score)s on %(day)s.") % {
            **numbers, "entry": plain(journey.entry.score),
        }  # fmt: skip
    if found.line is not None and len(journey.marks) > 1 and found.scale is not None:
        where = against(last.score, last.on, found.line, less_is_better=found.scale.less_is_better)
        words = f"{words} " + _("That is %(where)s.") % {"where": where}
    compared = found.compared
    return f"{words} {beside_usual(compared)}" if compared is not None else words


def gain_in_words(gain: Decimal) -> str:
    """Say a gain: 3 better, 1 worse, or no change."""
    if not gain:
        return _("no change")
    words = _("%(by)s better") if gain > 0 else _("%(by)s worse")
    return words % {"by": plain(abs(gain))}


def in_words(scale: Any) -> str:
    """Say the range of a scale, and which end is better where that is the lower one."""
    numbers = {"lowest": plain(scale.lowest), "highest": plain(scale.highest)}
    if scale.less_is_better:
        return _("from %(lowest)s to %(highest)s, where less is better") % numbers
    return _("from %(lowest)s to %(highest)s") % numbers
